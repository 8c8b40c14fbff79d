"""Approving a comment with an answer to it: both or neither, and nothing typed is lost."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.editing import withdraw_comment
from comments.models import Comment, Deed
from tests.comments.moderation.cast import NOON, Status, deeds_of, make_comment, words_of


def send(desk: Client, comment: Comment, text: str, edition: str = "") -> HttpResponse:
    return desk.post(reverse("desk:reply", args=[comment.pk]), {"text": text, "edition": edition})


def soup(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def test_page_shows_what_is_answered_and_who_signs(desk: Client, held: Comment) -> None:
    page = soup(desk.get(reverse("desk:reply", args=[held.pk])))
    assert page.h1.text == "Approve and reply"
    assert words_of(page.select_one("pre")) == held.text
    assert "signed Sam Okoro" in words_of(page.main)


def test_reply_approves_and_stands_below_at_once(desk: Client, held: Comment, sam: User) -> None:
    answer = send(desk, held, "Well done, *Hollis*.")
    reply = Comment.objects.get(parent=held)
    assert (reply.name, reply.badge, reply.status, reply.user) == ("Sam Okoro", "moderator", "approved", sam)
    assert deeds_of(held) == [("approve", "held", "approved")]
    assert answer["Location"] == f"/desk/held/?done={Deed.objects.get().pk}"


def test_reply_to_what_is_approved_already_only_answers(desk: Client, post: Post) -> None:
    comment = make_comment(post, status=Status.APPROVED)
    assert soup(desk.get(reverse("desk:reply", args=[comment.pk]))).h1.text == "Reply"
    answer = desk.post(reverse("desk:reply", args=[comment.pk]), {"text": "Yes.", "edition": ""}, follow=True)
    assert "Approved “Hollis" in words_of(soup(answer).select_one(".toast"))
    second = desk.post(
        reverse("desk:reply", args=[comment.pk]), {"text": "And yes.", "edition": ""}, follow=True
    )
    assert "Your reply to “Hollis" in words_of(soup(second).select_one(".toast"))
    assert Comment.objects.filter(parent=comment).count() == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "Write your reply"),
        ("\u200b", "readers would see nothing"),
        ("x" * 10_001, "Shorten your reply to 10000"),
    ],
)
def test_reply_that_cannot_be_taken_approves_nothing(
    desk: Client, held: Comment, text: str, complaint: str
) -> None:
    answer = send(desk, held, text)
    assert (answer.status_code, deeds_of(held)) == (400, [])
    assert complaint in words_of(soup(answer).main)


def test_comment_changed_meanwhile_is_shown_and_the_reply_is_kept(desk: Client, held: Comment) -> None:
    Comment.objects.filter(pk=held.pk).update(text="Buy shoes", edited_at=NOON + timedelta(hours=1))
    answer = send(desk, held, "Well done.")
    page = soup(answer)
    assert (answer.status_code, deeds_of(held), Comment.objects.count()) == (409, [], 1)
    assert page.select_one("[name=text]").text.strip() == "Well done."
    assert "Buy shoes" in words_of(page.select_one("pre"))
    held.refresh_from_db()
    assert page.select_one("[name=edition]")["value"] == held.stand


def test_withdrawn_comment_cannot_be_answered(desk: Client, held: Comment) -> None:
    withdraw_comment(held)
    assert send(desk, held, "Well done.").status_code == 409
    assert Comment.objects.count() == 1


def test_double_click_is_one_reply(desk: Client, held: Comment) -> None:
    send(desk, held, "Well done.")
    send(desk, held, "Well done.")
    assert Comment.objects.filter(parent=held).count() == 1
