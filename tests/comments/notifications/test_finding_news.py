"""What is new to moderators is found by an index, and looked for only when it may be mailed."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, ModeratorPreferences
from comments.notifications.moderators import mail_moderators
from comments.notifications.told import BEFORE_EVERYTHING
from comments.notifications.waiting import held_news
from tests.comments.notifications.mails import make_mail
from tests.makers import NOW, make_comment, make_moderator, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model", "clock")]
DAY = timedelta(days=1)


def test_held_news_are_found_in_their_order_by_an_index():
    """Without it every look sorts all that is held, however little of it is new."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    for news in (held_news(NOW, now=NOW), held_news(NOW, now=NOW).reverse()):
        plan = news.values("pk")[:1].explain()
        assert "comment_waits_since" in plan
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan


def held_news_are_asked_for() -> bool:
    with CaptureQueriesContext(connection) as captured:
        mail_moderators(timezone.now())
    return any("CASE WHEN" in query["sql"] for query in captured)


def test_news_are_not_looked_for_within_the_hour_of_rest():
    make_comment(make_post(), status=Comment.Status.HELD, created_at=BEFORE_EVERYTHING)
    mine = ModeratorPreferences.objects.create(user=make_moderator(), last_mailed_at=NOW)
    assert not held_news_are_asked_for()
    ModeratorPreferences.objects.filter(pk=mine.pk).update(last_mailed_at=None)
    assert held_news_are_asked_for()


def test_what_was_told_before_the_upgrade_is_read_from_the_mails():
    told, untold = (
        ModeratorPreferences.objects.create(user=make_moderator(name)) for name in ("sam", "noor")
    )
    for number, sent_at in enumerate([NOW - 2 * DAY, NOW - DAY, None]):
        make_mail(f"moderator:{number}", now=NOW, kind="moderator", moderator=told, sent_at=sent_at)
    make_mail("wave:1", now=NOW, kind="wave", moderator=untold, sent_at=NOW)
    import_module("comments.migrations.0021_moderatornews").read_from_mails(apps, None)
    told.refresh_from_db()
    untold.refresh_from_db()
    assert (told.told_until, untold.told_until) == (NOW - DAY - timedelta(minutes=1), None)
