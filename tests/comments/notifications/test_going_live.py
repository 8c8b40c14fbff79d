"""A commenter whose comment waited is told once that it is live, and an address is not bothered."""

import re
from datetime import timedelta

import pytest
from django.core import mail as django_mail

from comments.following_tokens import Subscription, read_token
from comments.models import Comment, Mail, Reader
from comments.moderation.actions import approve, hold
from comments.moderation.undoing import undo
from tests.comments.cast import SAME_ORIGIN
from tests.comments.notifications.mails import run_tasks
from tests.makers import NOW, make_comment, make_moderator, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Status = Comment.Status


def make_waiting(status: str = Status.HELD, **fields: object) -> Comment:
    words = {"email": "Ines@Example.org", "created_at": NOW}
    post = make_post(f"Post {Comment.objects.count()}", publish_at=NOW - timedelta(days=3))
    return make_comment(post, status=status, **(words | fields))


@pytest.fixture
def sam() -> object:
    return make_moderator()


@pytest.mark.parametrize("status", [Status.HELD, Status.SPAM])
def test_comment_that_waited_is_announced_to_its_commenter(sam, status):
    comment = make_waiting(status)
    approve(comment, by=sam, now=NOW)
    run_tasks()
    (message,) = django_mail.outbox
    assert message.to == ["ines@example.org"]
    assert comment.get_absolute_url() in message.body
    assert Mail.objects.get().key == f"live:{comment.pk}"


def test_comment_without_an_address_has_nobody_to_tell(sam):
    approve(make_waiting(email=""), by=sam, now=NOW)
    assert not Mail.objects.exists()
    assert not Reader.objects.exists()


def test_comment_of_the_team_is_no_news_to_it(sam):
    approve(make_waiting(user=sam), by=sam, now=NOW)
    assert not Mail.objects.exists()


def test_comment_that_was_published_at_once_is_no_news(sam):
    comment = make_waiting(Status.APPROVED)
    hold(comment, by=sam, now=NOW)
    approve(comment, by=sam, now=NOW)
    assert not Mail.objects.exists()


def test_commenter_is_told_once_however_often_it_is_approved(sam):
    comment = make_waiting()
    approve(comment, by=sam, now=NOW)
    run_tasks()
    hold(comment, by=sam, now=NOW)
    approve(comment, by=sam, now=NOW + timedelta(days=2))
    run_tasks()
    assert len(django_mail.outbox) == 1


def test_undo_tells_nobody(sam):
    comment = make_waiting()
    deed = hold(make_waiting(Status.SPAM), by=sam, now=NOW)
    undo(deed, by=sam, now=NOW)
    assert not Mail.objects.exists()
    assert comment.status == Status.HELD


def test_approval_that_is_undone_in_time_says_nothing_and_the_next_one_does(sam):
    comment = make_waiting()
    undo(approve(comment, by=sam, now=NOW), by=sam, now=NOW)
    run_tasks()
    assert not django_mail.outbox
    Reader.objects.update(asked_at=None)
    approve(comment, by=sam, now=NOW)
    run_tasks()
    assert len(django_mail.outbox) == 1


def test_silenced_address_gets_no_mail(sam):
    Reader.objects.create(email="ines@example.org", silenced_at=NOW, confirmed_at=NOW)
    approve(make_waiting(), by=sam, now=NOW)
    assert not Mail.objects.exists()


def test_unconfirmed_address_gets_one_mail_a_day_and_one_more_waits(sam):
    for hours in (0, 1, 23, 24):
        approve(make_waiting(), by=sam, now=NOW + timedelta(hours=hours))
    due = Mail.objects.order_by("due_at").values_list("due_at", flat=True)
    assert list(due) == [NOW, NOW + timedelta(days=1), NOW + timedelta(days=2)]


def test_second_comment_of_a_day_is_told_of_on_the_next(sam, time_machine):
    for _ in range(2):
        approve(make_waiting(), by=sam, now=NOW)
    run_tasks()
    assert len(django_mail.outbox) == 1
    time_machine.move_to(NOW + timedelta(days=1))
    run_tasks()
    assert len(django_mail.outbox) == 2


def test_commenter_who_was_just_asked_to_confirm_hears_a_day_later(sam):
    reader = Reader.objects.create(email="ines@example.org", asked_at=NOW - timedelta(hours=3))
    approve(make_waiting(), by=sam, now=NOW)
    assert Mail.objects.get().due_at == NOW + timedelta(hours=21)
    reader.refresh_from_db()
    assert reader.asked_at == NOW + timedelta(hours=21)


def test_mail_brings_a_link_to_all_that_was_written(client, sam):
    """Nobody has confirmed the address, so no second mail with such a link would go out that day."""
    comment = make_waiting(email="ines@example.org")
    approve(comment, by=sam, now=NOW)
    run_tasks()
    (message,) = django_mail.outbox
    address = re.search(r"https://blog\.example\.org(/my-comments/\S+)", message.body)[1]
    page = client.post(address, headers=SAME_ORIGIN, follow=True)
    assert f"/my-comments/{comment.pk}/edit/" in page.content.decode()
    assert Reader.objects.get().confirmed_at == NOW


def test_mail_can_be_stopped_for_good(sam):
    approve(make_waiting(), by=sam, now=NOW)
    run_tasks()
    (message,) = django_mail.outbox
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert address in message.body
    assert read_token(address.split("/")[-2]) == Subscription(Reader.objects.get().pk)


def test_confirmed_address_hears_of_each_comment(sam):
    Reader.objects.create(email="ines@example.org", confirmed_at=NOW)
    for _ in range(3):
        approve(make_waiting(), by=sam, now=NOW)
    assert Mail.objects.count() == 3


def test_site_without_mails_tells_nobody(sam, settings):
    settings.MAILS = False
    approve(make_waiting(), by=sam, now=NOW)
    assert not Mail.objects.exists()
    assert not Reader.objects.exists()
