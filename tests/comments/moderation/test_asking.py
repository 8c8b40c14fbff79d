"""A link in a mail opens a page that asks: nothing is done until its button is pressed."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from comments.editing import withdraw_comment
from comments.models import Comment, Report
from comments.moderation.actions import approve, trash
from tests.comments.moderation.cast import NOON, PASSWORD, Status, deeds_of, make_comment, words_of

VERBS = {"approve": "approved", "spam": "spam", "trash": "trash", "hold": "held"}


def address(comment: Comment, ask: str, **more: str) -> str:
    return reverse("desk:comment", args=[comment.pk], query={"ask": ask, **more})


def asked(answer: HttpResponse) -> Tag | None:
    return BeautifulSoup(answer.content, "html.parser").select_one(".ask")


def press(client: Client, question: Tag) -> HttpResponse:
    """What the question's own button sends."""
    sent = {tag["name"]: tag.get("value", "") for tag in question.select("input, button")}
    return client.post(question.form["action"], sent, follow=True)


@pytest.mark.parametrize("ask", VERBS)
def test_opening_the_link_changes_nothing_and_the_button_does(desk: Client, held: Comment, ask: str) -> None:
    Comment.objects.filter(pk=held.pk).update(status=Status.APPROVED if ask == "hold" else Status.HELD)
    question = asked(desk.get(address(held, ask)))
    assert words_of(question.p).endswith("?")
    assert deeds_of(held) == []
    press(desk, question)
    held.refresh_from_db()
    assert held.status == VERBS[ask]


def test_leaving_it_leads_to_the_page_without_the_question(desk: Client, held: Comment) -> None:
    link = asked(desk.get(address(held, "approve"))).a
    assert words_of(link) == "Leave it"
    assert asked(desk.get(link["href"])) is None
    assert deeds_of(held) == []


def test_reported_comment_is_kept_by_its_button(desk: Client, post) -> None:
    comment = make_comment(post, status=Status.APPROVED)
    Report.objects.create(comment=comment, reason="rude", reader_key="r")
    press(desk, asked(desk.get(address(comment, "keep"))))
    assert not Report.objects.open().exists()
    later = asked(desk.get(address(comment, "keep")))
    assert "settled already" in words_of(later)
    assert later.form is None


def test_deed_that_is_done_already_is_not_offered(desk: Client, held: Comment, sam: User) -> None:
    approve(held, by=sam)
    question = asked(desk.get(address(held, "approve")))
    assert words_of(question) == "This comment is approved already. There is nothing left to do."
    assert question.form is None


def test_deed_of_somebody_else_meanwhile_leaves_the_other_verbs(
    desk: Client, held: Comment, sam: User
) -> None:
    trash(held, by=sam)
    press(desk, asked(desk.get(address(held, "approve"))))
    held.refresh_from_db()
    assert held.status == Status.APPROVED


def test_withdrawn_comment_says_so(desk: Client, held: Comment) -> None:
    withdraw_comment(held)
    question = asked(desk.get(address(held, "spam")))
    assert "This comment was withdrawn by its writer" in words_of(question)
    assert question.form is None


def test_words_that_changed_since_the_mail_are_pointed_out(desk: Client, held: Comment) -> None:
    warning = "It has been changed since the mail was sent"
    assert warning not in words_of(asked(desk.get(address(held, "approve", seen=""))))
    Comment.objects.filter(pk=held.pk).update(edited_at=NOON + timedelta(hours=1))
    assert warning in words_of(asked(desk.get(address(held, "approve", seen=""))))
    assert warning not in words_of(asked(desk.get(address(held, "approve"))))


def test_words_that_change_under_the_question_are_not_approved(desk: Client, held: Comment) -> None:
    question = asked(desk.get(address(held, "approve")))
    Comment.objects.filter(pk=held.pk).update(edited_at=NOON + timedelta(hours=1))
    press(desk, question)
    held.refresh_from_db()
    assert held.status == Status.HELD


@pytest.mark.parametrize("ask", ["", "undo", "erase", "<b>"])
def test_address_that_asks_nothing_we_know_shows_the_comment(desk: Client, held: Comment, ask: str) -> None:
    answer = desk.get(address(held, ask))
    assert answer.status_code == 200
    assert asked(answer) is None


def test_sign_in_leads_back_to_the_question(client: Client, held: Comment, sam: User) -> None:
    link = address(held, "approve", seen="")
    sign_in = client.get(link)["Location"]
    page = BeautifulSoup(client.get(sign_in).content, "html.parser")
    sent = {"username": "sam", "password": PASSWORD, "next": page.select_one("[name=next]")["value"]}
    assert client.post(sign_in, sent)["Location"] == link
    assert deeds_of(held) == []


def test_question_costs_no_query(
    desk: Client, held: Comment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as without:
        desk.get(reverse("desk:comment", args=[held.pk]))
    with django_assert_num_queries(len(without)):
        assert asked(desk.get(address(held, "spam")))
