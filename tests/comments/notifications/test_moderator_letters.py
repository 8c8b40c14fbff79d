"""What a mail to moderators says: what they need to know, and nothing of a reader as a link or address."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from comments.models import Mail
from comments.notifications.delivery import deliver
from comments.notifications.moderators import mail_moderators
from tests.comments.notifications.moderator_mails import FINDINGS, HELD, MINUTE, complain, hold, look
from tests.makers import (
    NOW,
    make_comment,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model", "clock")]


def test_mail_says_what_a_moderator_needs_to_know(post, sam, clock):
    comment = hold(post, "I ran *far*.\n\nSee www.shoes.example", probability=0.82, findings=FINDINGS)
    clock.shift(10 * MINUTE)
    [message] = look()
    page = f"https://blog.example.org{reverse('desk:comment', args=[comment.pk])}"
    html = message.alternatives[0].content
    for part in (
        "Ines",
        post.title,
        "82%, likely spam",
        "from a first-time commenter",
        "I ran *far*. See [link]",
    ):
        assert part in message.body
        assert part in html
    assert f"Read it: {page}\nApprove: {page}?ask=approve&seen=\nSpam: {page}?ask=spam&seen=" in message.body
    assert f'href="{page}?ask=approve&amp;seen="' in html
    assert "https://blog.example.org/desk/preferences/" in html


def test_links_of_a_mail_open_the_question(post, sam, clock, client):
    comment = hold(post)
    clock.shift(10 * MINUTE)
    [message] = look()
    [link] = [line.split(": ")[1] for line in message.body.splitlines() if line.startswith("Approve: ")]
    client.force_login(sam)
    assert (
        "Approve this comment?" in client.get(link.removeprefix("https://blog.example.org")).content.decode()
    )
    comment.refresh_from_db()
    assert comment.status == HELD


def test_reported_comments_come_first_and_are_kept_or_removed(post, sam, clock):
    loud = make_comment(post, "Loud words.", name="Bo", created_at=NOW - timedelta(days=30))
    hold(post, "Held words.")
    complain(loud)
    complain(loud, key="r2", network="n2", reason="spam")
    clock.shift(10 * MINUTE)
    [message] = look()
    assert message.subject == "2 new comments wait at the desk"
    assert message.body.index("Loud words.") < message.body.index("Held words.")
    assert "Reported: It is rude or hurtful; It is spam or advertising" in message.body
    for ask in ("keep", "spam", "trash"):
        assert f"/desk/comments/{loud.pk}/?ask={ask}&seen=" in message.body


def test_nothing_of_a_reader_is_a_link_or_an_address(post, sam, clock):
    bait = "www.bait.example"
    found = [{"code": "blocked", "points": 2.0, "words": f"Links to {bait}"}]
    hold(post, f"{bait} <b>bold</b> me@{bait}", name=bait, website=f"https://{bait}", findings=found)
    clock.shift(10 * MINUTE)
    [message] = look()
    for words in (message.body, message.alternatives[0].content):
        assert "bait" not in words
        assert "ines@reader.example" not in words
    assert "<b>bold" not in message.alternatives[0].content


def test_mail_names_ten_and_says_how_many_more(post, sam, clock):
    for number in range(12):
        hold(post, f"Number {number}.")
    clock.shift(10 * MINUTE)
    [message] = look()
    assert message.subject == "12 new comments wait at the desk"
    assert message.body.count("Read it: ") == 10
    assert "And 2 more." in message.body


def test_mail_is_stopped_at_the_desk_and_not_by_one_click(post, sam, clock):
    """The page behind it asks for the sign-in, so a mail program's button could do nothing there."""
    hold(post)
    clock.shift(10 * MINUTE)
    [message] = look()
    assert message.extra_headers["List-Unsubscribe"] == "<https://blog.example.org/desk/preferences/>"
    assert "List-Unsubscribe-Post" not in message.extra_headers


@pytest.mark.parametrize("count", [2, 10])
def test_letter_costs_the_same_queries_however_much_it_tells(
    post, sam, clock, count, django_assert_num_queries: DjangoAssertNumQueries
):
    for number in range(count):
        hold(post, f"Number {number}.")
        complain(make_comment(post, f"Loud {number}.", created_at=NOW - timedelta(days=2)), key=f"r{number}")
    clock.shift(10 * MINUTE)
    mail_moderators(timezone.now())
    row = Mail.objects.get()
    with django_assert_num_queries(20):
        deliver(row.pk, now=timezone.now())
