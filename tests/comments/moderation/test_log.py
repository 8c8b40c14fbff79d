"""The log lists every deed, newest first, and offers Undo where it is possible."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.models import Comment, Deed
from comments.moderation.actions import Reason, approve, mark_spam, trash
from comments.moderation.log import COLUMNS, LINES_PER_PAGE
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


# ---------- searching and saving ----------
def test_log_is_searched_by_words_person_deed_and_day(
    desk: Client, post: Post, sam: User, mara: User
) -> None:
    trash(make_comment(post, name="Ann"), by=mara, reason=Reason(words="Sells shoes"), now=NOON)
    approve(make_comment(post, name="Bo", text="Three weeks of shoes"), by=sam, now=NOON + timedelta(days=1))
    mark_spam(make_comment(post, name="Cy"), by=sam, now=NOON + timedelta(days=2))

    def found(**query: object) -> str:
        return "".join(name[0] for line in lines_of(desk, **query) for name in [words_of(line.a)])

    assert found(words="shoes") == "BA"
    assert found(who=mara.pk) == "A"
    assert found(verb="spam") == "C"
    assert found(since="2026-03-15") == "CB"
    assert found(until="2026-03-15") == "BA"
    assert found(words="shoes", verb="trash") == "A"
    assert found(words="nothing like it") == ""


@pytest.mark.parametrize(
    "value", ["x", "-1", "9999-99-99", "0001-01-01", "9999-12-31", "9" * 30, "\x00", "%"]
)
def test_log_passes_over_what_makes_no_sense(desk: Client, held: Comment, sam: User, value: str) -> None:
    trash(held, by=sam)
    assert len(lines_of(desk, who=value, verb=value, since=value, until=value, page=value)) == 1


def test_pages_of_a_search_keep_it(desk: Client, post: Post, sam: User) -> None:
    for comment in make_comments(post, LINES_PER_PAGE + 1):
        trash(comment, by=sam)
    page = BeautifulSoup(desk.get("/desk/log/?verb=trash").content, "html.parser")
    assert page.select_one("a[rel=next]")["href"] == "/desk/log/?verb=trash&page=2"
    assert page.select_one(".bar a")["href"] == "/desk/log/export/?verb=trash"


def rows_of(desk: Client, **query: object) -> list[list[str]]:
    answer = desk.get(reverse("desk:export"), query)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def test_log_is_saved_as_a_file_oldest_first(desk: Client, post: Post, sam: User, mara: User) -> None:
    comment = make_comment(post)
    approve(comment, by=sam, now=NOON)
    reason = Reason("rude", 'Says "no", twice\nand again')
    trash(comment, by=mara, reason=reason, now=NOON + timedelta(days=1))
    heading, first, second = rows_of(desk)
    assert heading == list(COLUMNS)
    about = [comment.pk, "Why I keep a boring log"]
    assert first == [
        *("2026-03-14T12:00:00+00:00", "Sam Okoro", "approve", *about, "held", "approved", "", "", "", ""),
    ]
    assert second[2:] == ["trash", *about, "approved", "trash", "rude", reason.words, "", ""]


def test_file_has_a_line_for_each_comment_of_a_sweep(desk: Client, post: Post) -> None:
    comments = make_comments(post, 3)
    desk.post(
        reverse("desk:chosen"),
        {"verb": "spam", "pick": [f"{comment.pk}:{comment.stand}" for comment in comments]},
    )
    rows = rows_of(desk)[1:]
    assert sorted(row[3] for row in rows) == sorted([*(comment.pk for comment in comments), "3 comments"])
    assert len({row[-1] for row in rows}) == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_the_file_is_a_formula(desk: Client, held: Comment, sam: User, start: str) -> None:
    trash(held, by=sam, reason=Reason(words=f"{start}HYPERLINK(1)"))
    assert rows_of(desk)[1][8].startswith(f"'{start}")


def test_file_keeps_to_the_search(desk: Client, post: Post, sam: User) -> None:
    trash(make_comment(post), by=sam)
    approve(make_comment(post), by=sam)
    assert [row[2] for row in rows_of(desk, verb="trash")[1:]] == ["trash"]
