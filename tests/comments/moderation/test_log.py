"""The log lists every deed, newest first, and offers Undo where it is possible."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.models import Comment, Deed
from comments.moderation.actions import Reason, approve, mark_spam, trash
from comments.moderation.log import LINES_PER_PAGE
from comments.moderation.undoing import UNDO_FOR
from tests.comments.moderation.cast import NOON, make_comment, make_comments, words_of


def lines_of(desk: Client, **query: object) -> list[BeautifulSoup]:
    answer = desk.get(reverse("desk:log"), query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").select(".log li")


def test_line_tells_who_what_when_why_and_from_where_to_where(
    desk: Client, held: Comment, mara: User
) -> None:
    trash(held, by=mara, reason=Reason(words="Sells shoes"), now=NOON)
    [line] = lines_of(desk)
    words = words_of(line)
    assert "Mara Lindqvist Moved to trash Hollis: Three weeks into the stair thing" in words
    assert "14 March 2026, 12:00 Held → Trash" in words
    assert "Note: Sells shoes" in words
    assert line.time["datetime"] == "2026-03-14T12:00:00+00:00"
    assert line.a["href"] == reverse("desk:comment", args=[held.pk])


def test_newest_deeds_come_first(desk: Client, post: Post, sam: User) -> None:
    for hours, name in enumerate(["Early", "Late"]):
        mark_spam(make_comment(post, name=name), by=sam, now=NOON + timedelta(hours=hours))
    [first, second] = lines_of(desk)
    assert "Late" in words_of(first)
    assert "Early" in words_of(second)


def test_deeds_of_an_account_that_is_gone_stay(desk: Client, held: Comment, mara: User, rosa: User) -> None:
    approve(held, by=rosa)
    rosa.delete()
    [line] = lines_of(desk)
    assert "Somebody whose account is gone Approved" in words_of(line)


def test_undo_is_offered_for_the_latest_deed_within_thirty_days(desk: Client, post: Post, sam: User) -> None:
    old, twice = make_comment(post), make_comment(post)
    trash(old, by=sam, now=NOON - UNDO_FOR * 2)
    approve(twice, by=sam)
    latest = trash(twice, by=sam)
    [form] = [line.form for line in lines_of(desk) if line.form]
    assert form["action"] == reverse("desk:undo", args=[latest.pk])


def test_undo_in_the_log_returns_to_the_same_page_of_it(desk: Client, held: Comment, sam: User) -> None:
    trash(held, by=sam)
    [line] = lines_of(desk)
    assert line.form.select_one("[name=back]")["value"] == "/desk/log/?page=1"


def test_long_log_has_pages(desk: Client, post: Post, sam: User) -> None:
    for comment in make_comments(post, LINES_PER_PAGE + 1):
        approve(comment, by=sam)
    assert len(lines_of(desk)) == LINES_PER_PAGE
    assert len(lines_of(desk, page=2)) == 1


def test_empty_log_says_what_would_be_here(desk: Client) -> None:
    page = BeautifulSoup(desk.get(reverse("desk:log")).content, "html.parser")
    assert words_of(page.select_one(".empty h2")) == "Nothing has been done yet"
    assert Deed.objects.count() == 0
