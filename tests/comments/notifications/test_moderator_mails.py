"""Moderators are mailed what waits now: each thing once, and nothing that is done with."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core import mail as mailbox
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from blog.models import Post
from comments.draft import Draft
from comments.editing import edit_comment
from comments.forgetting import forget_mails
from comments.models import Comment, Mail, ModeratorPreferences
from comments.moderation.actions import approve, mark_spam, trash
from comments.moderation.wording import Words, edit_words
from comments.notifications import moderators
from comments.notifications.delivery import deliver
from comments.notifications.moderators import mail_moderators
from comments.reporting import settle_reports
from comments.submit import submit_comment
from tests.comments.notifications.mails import do_tasks
from tests.comments.notifications.moderator_mails import (
    HELD,
    HOUR,
    MINUTE,
    complain,
    hold,
    look,
    look_for,
    refuse,
)
from tests.makers import (
    NOW,
    make_comment,
    make_draft,
    make_moderator,
    make_sender,
    make_writer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model", "clock")]


# ---------- who and when ----------
def test_held_comment_is_told_within_ten_minutes_and_once(post, sam, clock):
    hold(post)
    assert look_for(clock, minutes=180, every=9) == [(9, "1 new comment waits at the desk")]


def test_comment_that_is_held_when_it_comes_is_told(post, sam, clock):
    Post.objects.update(commenting="moderated")
    post.refresh_from_db()
    assert submit_comment(make_draft(), post=post, sender=make_sender(), now=NOW).comment.status == HELD
    assert look_for(clock, minutes=10) == [(9, "1 new comment waits at the desk")]


def test_posting_a_comment_that_waits_costs_no_query_for_it(post, django_assert_num_queries):
    """What waits is read from the comments, so that nothing is written for moderators, and no task."""
    for name in ("sam", "noor", "kim"):
        make_moderator(name)
    Post.objects.update(commenting="moderated")
    post.refresh_from_db()
    submit_comment(make_draft(), post=post, sender=make_sender(), now=NOW)
    assert Comment.objects.get().status == HELD
    assert not Mail.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_comment_that_is_edited_and_held_is_told(post, sam, clock):
    comment = make_comment(post, created_at=NOW - timedelta(days=1), status="approved")
    comment.post.commenting = "moderated"
    draft = Draft(name="Ines", text="Mine took seven weeks.", form_age=60.0)
    edit_comment(comment, draft, edition=comment.edition, sender=make_sender(), now=NOW)
    assert comment.status == HELD
    assert look_for(clock, minutes=10) == [(9, "1 new comment waits at the desk")]


def test_report_is_told(post, sam, clock):
    comment = make_comment(post, created_at=NOW - timedelta(days=30))
    complain(comment)
    assert look_for(clock, minutes=10) == [(9, "1 new comment waits at the desk")]
    assert "Reported: It is rude or hurtful" in mailbox.outbox[0].body


def test_what_comes_later_is_told_an_hour_later_together(post, sam, clock):
    hold(post)
    told = look_for(clock, minutes=10)
    for _ in range(3):
        hold(post)
        clock.shift(MINUTE)
    told += look_for(clock, minutes=44, every=11)
    told += look_for(clock, minutes=60)
    assert [subject for _minute, subject in told] == [
        "1 new comment waits at the desk",
        "3 new comments wait at the desk",
    ]
    first, second = Mail.objects.order_by("pk").values_list("sent_at", flat=True)
    assert second - first == HOUR


def test_everybody_who_may_moderate_is_told_once(post, clock):
    make_moderator("sam").user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    User.objects.create_superuser("owner", "owner@example.org", "correct-horse")
    User.objects.create_user("rosa", "rosa@example.org", "correct-horse")
    make_writer("lena", "Lena Writes")
    gone, silent = make_moderator("gone"), make_moderator("silent")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    User.objects.filter(pk=silent.pk).update(email="")
    hold(post)
    clock.shift(10 * MINUTE)
    assert sorted(message.to[0] for message in look()) == ["owner@example.org", "sam@example.org"]


def test_moderator_who_wants_none_gets_none(post, sam, clock):
    ModeratorPreferences.objects.create(user=sam, mails="never")
    hold(post)
    assert look_for(clock, minutes=90, every=30) == []


def test_daily_mail_comes_in_the_morning_with_all_that_is_new(post, sam, clock):
    ModeratorPreferences.objects.create(user=sam, mails="daily")
    hold(post)
    clock.shift(HOUR)
    hold(post)
    assert look() == []
    clock.move_to(datetime(2026, 3, 21, 7, 0, tzinfo=NOW.tzinfo))
    assert [message.subject for message in look()] == ["2 new comments wait at the desk"]
    assert look_for(clock, minutes=60, every=20) == []


def test_site_without_mails_writes_none(post, sam, clock, settings):
    settings.MAILS = False
    hold(post)
    clock.shift(HOUR)
    assert look() == []
    assert not ModeratorPreferences.objects.exists()


# ---------- nothing twice, nothing lost ----------
def test_comment_whose_transaction_ends_late_is_not_forgotten(post, sam, clock):
    """It is dated before the mail and could not be read when the mail was made."""
    hold(post)
    clock.shift(10 * MINUTE)
    assert len(look()) == 1
    hold(post, created_at=timezone.now() - timedelta(seconds=30))
    clock.shift(HOUR)
    [message] = look()
    assert message.subject == "1 new comment waits at the desk"


def test_two_workers_that_look_at_once_write_one_mail(post, sam, clock, monkeypatch):
    hold(post)
    clock.shift(10 * MINUTE)
    decide = moderators.mail_to_write

    def other_worker_first(situation, *, now):
        monkeypatch.setattr(moderators, "mail_to_write", decide)
        assert mail_moderators(now) == 1
        return decide(situation, now=now)

    monkeypatch.setattr(moderators, "mail_to_write", other_worker_first)
    assert mail_moderators(timezone.now()) == 0
    assert Mail.objects.count() == 1


def test_mail_is_taken_by_one_of_two_workers(post, sam, clock):
    hold(post)
    clock.shift(10 * MINUTE)
    mail_moderators(timezone.now())
    row = Mail.objects.get()
    for _ in range(2):
        deliver(row.pk, now=timezone.now())
    assert len(mailbox.outbox) == 1


def test_mail_whose_worker_was_killed_tells_all_when_it_goes_out(post, sam, clock, settings):
    hold(post)
    clock.shift(10 * MINUTE)
    mail_moderators(timezone.now())
    DBTaskResult.objects.all().delete()
    clock.shift(2 * HOUR)
    hold(post)
    assert mail_moderators(timezone.now()) == 0
    clock.shift(2 * MINUTE)
    deliver(Mail.objects.get().pk, now=timezone.now())
    assert [message.subject for message in mailbox.outbox] == ["2 new comments wait at the desk"]
    hold(post)
    assert look_for(clock, minutes=59, every=59) == []
    assert len(look_for(clock, minutes=5)) == 1


@pytest.mark.parametrize("verb", [approve, mark_spam, trash])
def test_nothing_is_sent_when_somebody_has_dealt_with_it(post, sam, clock, verb):
    comment = hold(post)
    clock.shift(10 * MINUTE)
    mail_moderators(timezone.now())
    verb(comment, by=sam)
    do_tasks()
    assert [message.to for message in mailbox.outbox if message.to == [sam.email]] == []
    assert Mail.objects.get(kind="moderator").dropped_at == timezone.now()


def test_settled_report_is_not_told(post, sam, clock):
    comment = make_comment(post, created_at=NOW - timedelta(days=1))
    complain(comment)
    settle_reports(comment, by=sam, now=NOW)
    assert look_for(clock, minutes=15) == []


def test_mail_that_was_not_sent_makes_nobody_wait(post, sam, clock):
    comment = hold(post)
    clock.shift(10 * MINUTE)
    mail_moderators(timezone.now())
    approve(comment, by=sam)
    do_tasks()
    hold(post)
    assert look_for(clock, minutes=10) == [(9, "1 new comment waits at the desk")]


def test_what_was_told_and_still_waits_is_not_told_again(post, sam, clock):
    hold(post, "The first.")
    look_for(clock, minutes=10)
    clock.shift(HOUR)
    hold(post, "The second.")
    look_for(clock, minutes=10)
    second = mailbox.outbox[1].body
    assert second.startswith("2 held, 0 reported; new since the last mail: 1")
    assert "The second." in second
    assert "The first." not in second


@pytest.mark.parametrize(
    "change",
    [
        lambda sam: ModeratorPreferences.objects.update(mails="never"),
        lambda sam: User.objects.filter(pk=sam.pk).update(is_active=False),
        lambda sam: User.objects.filter(pk=sam.pk).update(email="new@example.org"),
        lambda sam: sam.groups.clear(),
    ],
)
def test_mail_on_its_way_is_dropped_when_it_is_no_longer_for_them(post, sam, clock, change):
    hold(post)
    clock.shift(10 * MINUTE)
    mail_moderators(timezone.now())
    change(sam)
    do_tasks()
    assert mailbox.outbox == []


def test_words_that_a_moderator_changed_are_not_new(post, sam, clock):
    comment = hold(post, "Call me on 0123.")
    told = look_for(clock, minutes=10)
    edit_words(comment, Words("Ines", "", "Call me."), by=sam, seen=comment.edition, now=timezone.now())
    assert len(told) == 1
    assert look_for(clock, minutes=120, every=30) == []


def test_new_comment_that_a_moderator_changed_is_new_to_the_others(post, sam, clock):
    comment = hold(post, "Call me on 0123.")
    edit_words(comment, Words("Ines", "", "Call me."), by=sam, seen=comment.edition, now=timezone.now())
    [(minute, _subject)] = look_for(clock, minutes=15)
    assert minute == 9


def test_what_was_told_is_not_new_when_its_mail_is_deleted(post, sam, clock):
    hold(post)
    look_for(clock, minutes=10)
    clock.shift(timedelta(days=400))
    forget_mails(timezone.now())
    assert not Mail.objects.exists()
    assert look_for(clock, minutes=10) == []


def test_what_a_refused_mail_said_is_told_again(post, sam, clock, monkeypatch):
    hold(post)
    clock.shift(10 * MINUTE)
    with monkeypatch.context() as patched:
        patched.setattr(EmailMultiAlternatives, "send", refuse)
        assert look() == []
    clock.shift(HOUR)
    assert [message.subject for message in look()] == ["1 new comment waits at the desk"]
