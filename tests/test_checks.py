"""What refuses to start, and what `check --deploy` says of the documented production settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from comments.spam.prior import PriorError
from config import checks
from config.checks import (
    check_demo_sign_ins,
    check_disposal,
    check_mail,
    check_outside_opinions,
    check_site_hosts,
    check_text_model,
    refuse_unsafe_start,
)

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "SECRET_KEY": "a-long-key-of-fifty-and-more-characters-that-only-this-test-has-ever-seen",
    "ALLOWED_HOSTS": "blog.example.org",
    "DATABASE_URL": "sqlite://:memory:",
    "HSTS_SECONDS": "31536000",
    "HSTS_PRELOAD": "1",
    "PATH": os.environ["PATH"],
}


@pytest.mark.django_db
def test_demo_sign_ins_refuse_to_start_without_debug(django_user_model, settings):
    django_user_model.objects.create_user("mara", "mara@demo.invalid", "second-wind-mara")
    assert [problem.id for problem in check_demo_sign_ins(None)] == ["config.E001"]
    with pytest.raises(ImproperlyConfigured, match="demo"):
        refuse_unsafe_start()


@pytest.mark.django_db
def test_demo_sign_ins_are_fine_in_development(django_user_model, settings):
    settings.DEBUG = True
    django_user_model.objects.create_user("mara", "mara@demo.invalid", "second-wind-mara")
    assert check_demo_sign_ins(None) == []


@pytest.mark.django_db
def test_other_accounts_are_no_reason(django_user_model):
    django_user_model.objects.create_user("mara", "mara@example.org", "correct-horse")
    refuse_unsafe_start()


@pytest.mark.parametrize("hosts", [[], ["*"]])
def test_site_without_named_hosts_is_refused(settings, hosts):
    settings.ALLOWED_HOSTS = hosts
    assert [problem.id for problem in check_site_hosts(None)] == ["config.E002"]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({}, []),
        ({"MAIL_FROM": "Second Wind <mail@example.org>"}, []),
        ({"SITE_URL": ""}, ["config.E006"]),
        ({"SITE_URL": "blog.example.org"}, ["config.E007"]),
        ({"SITE_URL": "ftp://blog.example.org"}, ["config.E007"]),
        ({"SITE_URL": "https://blog.example.org/blog"}, ["config.E007"]),
        ({"SITE_URL": "http://blog.example.org"}, ["config.E008"]),
        ({"MAIL_FROM": ""}, ["config.E009"]),
        ({"MAIL_FROM": "Second Wind"}, ["config.E009"]),
        ({"SITE_URL": "", "MAIL_FROM": "", "MAILS": False}, []),
    ],
)
def test_mails_need_a_sender_and_an_address_to_link_to(settings, wrong, found):
    settings.HTTPS = True
    for name, value in wrong.items():
        setattr(settings, name, value)
    assert [problem.id for problem in check_mail(None)] == found


@pytest.mark.parametrize(
    ("days", "found"),
    [(0, []), (30, []), (90, []), (29, ["config.E010"]), (1, ["config.E010"]), (-1, ["config.E010"])],
)
def test_nothing_is_deleted_while_it_can_be_undone(settings, days, found):
    settings.COMMENT_DELETE_AFTER_DAYS = days
    assert [problem.id for problem in check_disposal(None)] == found


AKISMET = {
    "AKISMET_URL": "https://rest.akismet.com/1.1/",
    "AKISMET_KEY": "a-key",
    "AKISMET_TIMEOUT": 2.0,
}
ALL_WRONG = ["config.E003", "config.E004", "config.E005"]


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({}, []),
        ({"AKISMET_URL": "", "AKISMET_KEY": ""}, []),
        ({"AKISMET_URL": "", "AKISMET_KEY": "", "AKISMET_TIMEOUT": 0}, []),
        ({"AKISMET_URL": "http://127.0.0.1:8080/"}, []),
        ({"AKISMET_KEY": ""}, ["config.E003"]),
        ({"AKISMET_URL": ""}, ["config.E003"]),
        ({"AKISMET_URL": "http://rest.akismet.com/1.1/"}, ["config.E004"]),
        ({"AKISMET_URL": "rest.akismet.com"}, ["config.E004"]),
        ({"AKISMET_TIMEOUT": 0}, ["config.E005"]),
        ({"AKISMET_TIMEOUT": 10.1}, ["config.E005"]),
        ({"AKISMET_TIMEOUT": float("nan")}, ["config.E005"]),
        ({"AKISMET_URL": "http://a.example/", "AKISMET_KEY": "", "AKISMET_TIMEOUT": -1}, ALL_WRONG),
    ],
)
def test_service_for_opinions_is_whole_private_and_quick_or_refused(settings, changes, problems):
    """Off is fine; half set, in the open or slow can't be meant."""
    for name, value in (AKISMET | changes).items():
        setattr(settings, name, value)
    found = [problem.id for problem in check_outside_opinions(None)]
    assert found == problems


def test_shipped_text_model_can_be_read():
    assert check_text_model(None) == []


@pytest.mark.parametrize("reason", ["prior.bin is missing", "prior.bin is damaged: its weights are not …"])
def test_text_model_that_cannot_be_read_is_a_warning_with_the_reason(monkeypatch, reason):
    """The site answers all the same; that it holds every comment, somebody should know."""

    def unreadable():
        raise PriorError(reason)

    monkeypatch.setattr(checks, "shipped_prior", unreadable)
    [problem] = check_text_model(None)
    assert problem.id == "config.W001"
    assert f"held: {reason}." in problem.msg
    assert "prior.bin" in problem.hint


def manage(*arguments: str, environment: dict[str, str] = PRODUCTION) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_documented_production_settings_pass_the_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({}, "3600 False False"),
        ({"HSTS_SECONDS": "86400"}, "86400 False False"),
        ({"HSTS_SECONDS": "31536000", "HSTS_PRELOAD": "1"}, "31536000 True True"),
        ({"HTTPS": "0"}, "0 False False"),
    ],
)
def test_browsers_are_bound_to_https_for_an_hour_until_somebody_decides_otherwise(variables, told):
    """What browsers were told for a year, and for all hosts of a domain, cannot be taken back."""
    kept = {name: value for name, value in PRODUCTION.items() if not name.startswith("HSTS")}
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    code = f"from django.conf import settings; print(*(getattr(settings, name) for name in {names}))"
    done = manage("shell", "-c", code, environment=kept | variables)
    assert done.stdout.strip().endswith(told), done.stderr


def test_missing_secret_key_is_named():
    environment = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    done = manage("check", environment=environment)
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_demo_is_not_even_installed_without_debug():
    done = manage("demo", environment=PRODUCTION | {"DEMO": "1"})
    assert done.returncode != 0
    assert "Unknown command" in done.stderr


def test_migrations_fit_the_models():
    done = manage("makemigrations", "--check", "--dry-run", environment=PRODUCTION | {"DEBUG": "1"})
    assert done.returncode == 0, done.stdout
