"""Who is told of a new comment or post: each follower once, never its writer, only of what may be read."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail as mailbox
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from time_machine import travel

from comments.following import start, stop, stop_all
from comments.following_tokens import Subscription, read_token
from comments.models import Announcement, Comment, Follow, Mail, Reader
from comments.moderation.actions import approve, hold, mark_spam
from comments.moderation.undoing import undo
from comments.notifications.digest import hurry_digests, send_digest
from comments.notifications.morning import next_morning
from comments.notifications.news import announce_posts, tell_followers
from comments.readers import reader_for
from comments.submit import submit_comment
from tests.comments.notifications.mails import do_tasks
from tests.makers import NOW, make_comment, make_draft, make_moderator, make_post, make_sender, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model")]
Kind = Mail.Kind


@pytest.fixture
def clock() -> Iterator[object]:
    with travel(NOW, tick=False) as clock:
        yield clock


def follower(email: str, *targets, rhythm: str = "single") -> Reader:
    reader = reader_for(email)
    long_ago = timezone.now() - timedelta(days=30)
    Reader.objects.filter(pk=reader.pk).update(confirmed_at=long_ago, rhythm=rhythm)
    reader.refresh_from_db()
    for target in targets:
        assert start(reader, f"{type(target).__name__.lower()}.{target.pk}", now=long_ago)
    return reader


def say(post, text: str = "Mine took six weeks.", **fields) -> Comment:
    draft = make_draft(text, **fields)
    return submit_comment(draft, post=post, sender=make_sender(), now=timezone.now()).comment


def told() -> list[tuple[str, str]]:
    return sorted((mail.to, mail.kind) for mail in Mail.objects.all())


def test_follower_of_the_thread_gets_one_mail_with_the_comment():
    post = make_post()
    reader = follower("dev@example.org", post)
    comment = say(post, "Six weeks with *peas*.")
    do_tasks()
    [message] = mailbox.outbox
    assert message.to == ["dev@example.org"]
    assert message.subject == f"A new comment on “{post.title}”"
    assert "Six weeks with peas." in message.body
    since = int(comment.created_at.timestamp()) - 1
    assert f"https://blog.example.org/comments/{comment.pk}/?since={since}" in message.body
    stop_url = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop_url.startswith("https://blog.example.org/following/stop/")
    assert read_token(stop_url.split("/")[-2]) == Subscription(reader.pk, f"post.{post.pk}")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_answer_wins_over_the_thread():
    post = make_post()
    mine = make_comment(post)
    follower("ines@example.org", post, mine)
    say(post, answers=mine)
    do_tasks()
    assert told() == [("ines@example.org", Kind.REPLY)]
    assert mailbox.outbox[0].subject.startswith("An answer to your comment")


def test_only_direct_answers_are_answers():
    post = make_post()
    mine = make_comment(post)
    theirs = make_comment(post, "No.", answers=mine)
    follower("ines@example.org", mine)
    say(post, answers=theirs)
    do_tasks()
    assert told() == []


def test_answer_below_the_deepest_level_reaches_whom_it_answers_and_whom_it_stands_under():
    post = make_post()
    chain = [make_comment(post, "0")]
    for number in range(6):
        chain.append(make_comment(post, str(number), answers=chain[-1]))
    follower("a@example.org", chain[-1])
    follower("b@example.org", chain[-1].parent)
    say(post, answers=chain[-1])
    do_tasks()
    assert told() == [("a@example.org", Kind.REPLY), ("b@example.org", Kind.REPLY)]


def test_writer_of_a_comment_is_not_told_of_it():
    post = make_post()
    follower("dev@example.org", post)
    say(post, email="dev@example.org")
    do_tasks()
    assert told() == []


def test_nobody_is_told_before_they_said_yes():
    post = make_post()
    Follow.objects.create(reader=reader_for("dev@example.org"), post=post)
    say(post)
    do_tasks()
    assert told() == []


def test_held_comment_is_told_when_it_is_approved_and_only_then():
    post = make_post(commenting="moderated")
    follower("dev@example.org", post)
    comment = say(post)
    do_tasks()
    assert told() == []
    approve(comment, by=make_moderator())
    do_tasks()
    assert told() == [("dev@example.org", Kind.THREAD)]


def test_comment_is_told_once_however_often_it_comes_and_goes():
    post, sam = make_post(commenting="moderated"), make_moderator()
    follower("dev@example.org", post)
    comment = say(post)
    approve(comment, by=sam)
    do_tasks()
    Mail.objects.all().delete()  # as when old mails have been cleared away
    undo(hold(comment, by=sam), by=sam)
    approve(comment, by=sam)
    hold(comment, by=sam)
    approve(comment, by=sam)
    do_tasks()
    assert told() == []
    assert len(mailbox.outbox) == 1


def test_task_that_is_done_twice_tells_once():
    post = make_post()
    follower("dev@example.org", post)
    comment = make_comment(post)
    tell_followers.call(comment.pk)
    tell_followers.call(comment.pk)
    assert len(told()) == 1


def test_comment_removed_before_the_mail_leaves_is_in_no_mail():
    post = make_post()
    follower("dev@example.org", post)
    comment = make_comment(post)
    tell_followers.call(comment.pk)
    mark_spam(comment, by=make_moderator())
    do_tasks()
    assert mailbox.outbox == []
    assert Mail.objects.get().dropped_at


def test_follow_stopped_before_the_mail_leaves_gets_none():
    post = make_post()
    reader = follower("dev@example.org", post)
    say(post)
    tell_followers.call(Comment.objects.get().pk)
    stop(reader, f"post.{post.pk}")
    do_tasks()
    assert mailbox.outbox == []


def test_without_followers_no_task_is_written():
    say(make_post())
    assert not DBTaskResult.objects.exists()


def test_what_a_stranger_typed_stays_out_of_the_headers():
    post = make_post()
    follower("dev@example.org", post)
    say(post, name="Bcc: all@example.org")
    do_tasks()
    [message] = mailbox.outbox
    assert "Bcc" not in str(message.message()).split("\n\n")[0]


# ---------- asking in the comment form ----------


def test_commenter_follows_answers_and_thread_after_confirming_and_the_comment_does_not_wait():
    post = make_post()
    comment = say(post, email="ines@example.org", wants_answers=True, wants_thread=True)
    assert comment.status == Comment.Status.APPROVED
    do_tasks()
    [message] = mailbox.outbox
    assert "answers to your comment" in message.body
    assert "/following/confirm/" in message.body
    assert Follow.objects.pending().count() == 2


def test_spam_makes_us_write_to_nobody_until_a_person_approves_it():
    post = make_post()
    make_text = "Buy cheap pills https://pills.example https://more.example https://again.example"
    comment = say(post, make_text, honeypot="x", email="ines@example.org", wants_thread=True)
    assert comment.status == Comment.Status.SPAM
    assert told() == []
    approve(comment, by=make_moderator())
    assert told() == [("ines@example.org", Kind.CONFIRM), ("ines@example.org", Kind.LIVE)]
    live = Mail.objects.get(kind=Kind.LIVE)
    assert live.due_at - live.created_at == timedelta(days=1)


def test_same_comment_twice_asks_once():
    post = make_post()
    for _ in range(2):
        say(post, email="ines@example.org", wants_answers=True)
    assert Follow.objects.count() == 1
    assert len(told()) == 1


# ---------- topics ----------


def test_new_post_is_announced_once_to_followers_of_its_topics():
    band, knee = make_topic(), make_topic("Knee")
    reader = follower("dev@example.org", band, knee)
    post = make_post(topics=[band, knee])
    assert announce_posts(timezone.now()) == 1
    assert announce_posts(timezone.now()) == 0
    do_tasks()
    [message] = mailbox.outbox
    assert message.subject == f"New post: {post.title}"
    assert post.deck in message.body
    assert Mail.objects.get().reader == reader


def test_scheduled_post_is_announced_when_the_clock_publishes_it():
    topic = make_topic()
    follower("dev@example.org", topic)
    now = timezone.now()
    make_post(topics=[topic], publish_at=now + timedelta(hours=1))
    assert announce_posts(now) == 0
    assert announce_posts(now + timedelta(hours=2)) == 1
    assert told() == [("dev@example.org", Kind.TOPIC)]


def test_posts_older_than_the_follow_are_not_announced():
    topic = make_topic()
    make_post(topics=[topic], publish_at=timezone.now() - timedelta(days=2))
    reader = follower("dev@example.org")
    start(reader, f"topic.{topic.pk}", now=timezone.now())
    announce_posts(timezone.now())
    assert told() == []
    assert Announcement.objects.count() == 1


def test_site_without_mails_announces_nothing(settings):
    settings.MAILS = False
    make_post()
    assert announce_posts(timezone.now()) == 0
    assert not Announcement.objects.exists()


def test_posts_from_before_there_were_mails_are_no_news():
    topic = make_topic()
    follower("dev@example.org", topic)
    make_post(topics=[topic], publish_at=timezone.now() - timedelta(days=20))
    assert announce_posts(timezone.now()) == 0


# ---------- the daily mail ----------


def test_daily_reader_gets_everything_in_one_mail(clock):
    post, topic = make_post(), make_topic()
    reader = follower("dev@example.org", post, topic, rhythm="daily")
    for number in range(3):
        make_comment(post, f"Comment number {number}")
    for comment in Comment.objects.all():
        tell_followers.call(comment.pk)
    make_post("A new one", slug="new", topics=[topic], publish_at=NOW)
    announce_posts(NOW)
    do_tasks()
    assert mailbox.outbox == []
    clock.move_to(next_morning(NOW))
    do_tasks()
    [message] = mailbox.outbox
    assert message.subject == "4 new since yesterday"
    assert all(f"Comment number {number}" in message.body for number in range(3))
    assert "A new one" in message.body
    reader.refresh_from_db()
    assert reader.last_digest_at == next_morning(NOW)
    do_tasks()
    assert len(mailbox.outbox) == 1


def test_daily_mail_whose_task_is_lost_is_sent_all_the_same(clock):
    post = make_post()
    follower("dev@example.org", post, rhythm="daily")
    tell_followers.call(make_comment(post).pk)
    DBTaskResult.objects.all().delete()
    clock.move_to(next_morning(NOW) + timedelta(hours=1))
    for _ in range(2):
        hurry_digests(timezone.now())
    assert DBTaskResult.objects.count() == 1
    do_tasks()
    assert len(mailbox.outbox) == 1


def test_daily_mail_leaves_out_what_was_removed_and_is_not_sent_when_empty(clock):
    post = make_post()
    reader = follower("dev@example.org", post, rhythm="daily")
    comment = make_comment(post)
    tell_followers.call(comment.pk)
    stop_all(reader, now=NOW)
    clock.move_to(next_morning(NOW))
    send_digest.call(reader.pk)
    assert mailbox.outbox == []
    assert Mail.objects.get().dropped_at


def test_digest_is_due_next_morning_by_the_writers_clock():
    """07:00 in London, also on the day when the clocks change."""
    assert next_morning(NOW).isoformat() == "2026-03-21T07:00:00+00:00"
    spring = NOW.replace(day=28)
    assert next_morning(spring).isoformat() == "2026-03-29T07:00:00+01:00"
    assert next_morning(next_morning(NOW)) > next_morning(NOW)
