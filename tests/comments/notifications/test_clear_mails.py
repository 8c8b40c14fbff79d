"""Addresses of mails are forgotten after a month, mails after a year, and none that may still go out."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from comments.models import Mail
from tests.comments.notifications.mails import make_mail
from tests.makers import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OLD = NOW - timedelta(days=31)


def rows() -> dict[str, str]:
    call_command("clear_mails", verbosity=0)
    return dict(Mail.objects.values_list("key", "to"))


def test_address_is_forgotten_a_month_after_a_mail_was_sent_or_given_up():
    make_mail("sent", now=OLD, sent_at=OLD)
    make_mail("dropped", now=OLD, dropped_at=OLD)
    assert rows() == {"sent": "", "dropped": ""}


def test_address_of_a_late_mail_stays():
    make_mail("sent", now=NOW, sent_at=NOW - timedelta(days=29))
    make_mail("waiting", now=NOW - timedelta(days=29))
    assert set(rows().values()) == {"ines@example.org"}


def test_mail_that_found_no_way_for_a_month_is_given_up():
    make_mail("waiting", now=OLD)
    assert rows() == {"waiting": ""}
    assert Mail.objects.get().dropped_at == NOW


def test_mail_is_deleted_after_a_year():
    year = NOW - timedelta(days=366)
    make_mail("sent", now=year, sent_at=year)
    assert rows() == {}
