"""System checks for settings and data that cannot be meant. Each has an id and says what to do.

gunicorn runs no checks by itself, so `config.wsgi` calls `refuse_unsafe_start`.
"""

from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError

from comments.akismet import is_private_way
from comments.disposal import UNDO_FOR
from comments.spam.prior import PriorError, shipped_prior

DEMO_MAIL = "@demo.invalid"
# Seconds. Who has pressed “Post comment” and waits longer presses it again.
MOST_PATIENCE = 10


@register(Tags.security)
def check_demo_sign_ins(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """The demo's passwords are printed on every screen; they must not open a public site."""
    if settings.DEBUG or not _has_demo_sign_ins():
        return []
    return [
        Error(
            "This database holds the demo's sign-ins, whose passwords everybody knows, and DEBUG is off.",
            hint=f"Delete the accounts whose address ends in {DEMO_MAIL}, or start from an empty database.",
            id="config.E001",
        )
    ]


@register(Tags.security, deploy=True)
def check_site_hosts(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    if settings.DEBUG or settings.ALLOWED_HOSTS not in ([], ["*"]):
        return []
    return [
        Error(
            "ALLOWED_HOSTS must name the site's hosts; pages are kept and linked under them.",
            hint="Set ALLOWED_HOSTS=example.org,www.example.org.",
            id="config.E002",
        )
    ]


@register(Tags.security)
def check_outside_opinions(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Readers' words leave the machine on a private way, to somebody who answers in time, or not at all."""
    if not (settings.AKISMET_URL or settings.AKISMET_KEY):
        return []
    return [*_incomplete_service(), *_exposed_service(), *_patient_service()]


def _incomplete_service() -> Iterator[CheckMessage]:
    if not (settings.AKISMET_URL and settings.AKISMET_KEY):
        yield Error(
            "Of AKISMET_URL and AKISMET_KEY one is set without the other, so no service is asked.",
            hint="Set both, or neither.",
            id="config.E003",
        )


def _exposed_service() -> Iterator[CheckMessage]:
    if settings.AKISMET_URL and not is_private_way(settings.AKISMET_URL):
        yield Error(
            "AKISMET_URL must be an https address: comments and the key would travel readable by others.",
            hint="Set AKISMET_URL=https://rest.akismet.com/1.1/. Only a service on this machine may be http.",
            id="config.E004",
        )


def _patient_service() -> Iterator[CheckMessage]:
    if not 0 < settings.AKISMET_TIMEOUT <= MOST_PATIENCE:
        yield Error(
            f"AKISMET_TIMEOUT must be above 0 and at most {MOST_PATIENCE} seconds: commenters wait for it.",
            hint="Leave it out for 2 seconds.",
            id="config.E005",
        )


@register()
def check_disposal(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """What can still be taken back is not deleted."""
    days = settings.COMMENT_DELETE_AFTER_DAYS
    if days == 0 or days >= UNDO_FOR.days:
        return []
    return [
        Error(
            f"COMMENT_DELETE_AFTER_DAYS is {days}, but moderators can undo for {UNDO_FOR.days} days.",
            hint=f"Set it to {UNDO_FOR.days} or more, or to 0 to delete nothing.",
            id="config.E010",
        )
    ]


@register(Tags.security)
def check_mail(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """A mail says who it is from and links to this site, or it is not sent."""
    if not settings.MAILS:
        return []
    return [*_lost_links(), *_nameless_sender()]


def _lost_links() -> Iterator[CheckMessage]:
    address = urlsplit(settings.SITE_URL)
    if not settings.SITE_URL:
        yield Error(
            "EMAIL_URL is set without SITE_URL, so no link in a mail would lead anywhere.",
            hint="Set SITE_URL=https://example.org, the site's own address.",
            id="config.E006",
        )
    elif not address.hostname or address.scheme not in ("http", "https") or address.path.strip("/"):
        yield Error(
            "SITE_URL must be the site's whole address, without a path.",
            hint="Set SITE_URL=https://example.org.",
            id="config.E007",
        )
    elif settings.HTTPS and address.scheme != "https":
        yield Error(
            "SITE_URL is not https: links in mails carry secrets that others could read on their way.",
            hint="Set SITE_URL=https://example.org.",
            id="config.E008",
        )


def _nameless_sender() -> Iterator[CheckMessage]:
    try:
        validate_email(parseaddr(settings.MAIL_FROM)[1])
    except ValidationError:
        yield Error(
            "MAIL_FROM is not a mail address, so no server takes a mail from this site.",
            hint="Set MAIL_FROM=mail@example.org; a name may stand before <mail@example.org>.",
            id="config.E009",
        )


@register()
def check_text_model(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Without the spam filter's text model the site runs on, but every comment waits for a moderator."""
    try:
        shipped_prior()
    except PriorError as problem:
        return [
            Warning(
                f"The spam filter's text model cannot be used, so every comment is held: {problem}.",
                hint="Install the release anew, or bring comments/spam/prior.bin back from git.",
                id="config.W001",
            )
        ]
    return []


def refuse_unsafe_start() -> None:
    """Raises ImproperlyConfigured where starting the server would open the site to anybody."""
    for problem in check_demo_sign_ins(None):
        raise ImproperlyConfigured(f"{problem.msg} {problem.hint} ({problem.id})")


def _has_demo_sign_ins() -> bool:
    """False too where there is no database yet: then there are no accounts either."""
    try:
        return get_user_model().objects.filter(email__endswith=DEMO_MAIL).exists()
    except DatabaseError:
        return False
