"""The scorecard's page: which period it shows, charts that can be read in words, names as text."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments.models import Comment
from comments.moderation.actions import approve, mark_spam
from tests.comments.moderation.cast import make_comment, words_of

HOUR = timedelta(hours=1)
EVIL = "<script>alert(1)</script>"


def page_of(desk: Client, query: str = "") -> BeautifulSoup:
    answer = desk.get(reverse("desk:scorecard") + query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def section(page: BeautifulSoup, name: str) -> str:
    return words_of(page.select_one(f"section[aria-labelledby={name}]"))


def held_an_hour_ago(post: Post, **fields) -> Comment:
    return make_comment(post, probability=0.7, created_at=timezone.now() - HOUR, **fields)


@pytest.fixture
def busy(post: Post, sam: User) -> Comment:
    """Two held comments, of which Sam approved one and marked the other as spam, and one that waits."""
    approve(held_an_hour_ago(post), by=sam)
    mark_spam(held_an_hour_ago(post), by=sam)
    return held_an_hour_ago(post, name="Fay")


def test_figures_stand_on_the_page(desk: Client, busy: Comment) -> None:
    page = page_of(desk)
    assert "3 comments : 3 held (100%), 0 put into spam (0%), 0 published at once" in section(page, "volume")
    record = section(page, "filter-record")
    assert "Only the 2 of 3 comments that a moderator approved or marked as spam are counted" in record
    assert "was spam (precision) 0 of 0 too few to say" in record
    # Wilson, none of one and one of one: 0 to 79.35, and 20.65 to 100.
    assert "put into spam (recall) 0 of 1 0% 0 to 79%" in record
    assert "held or put into spam 1 of 1 100% 21 to 100%" in record
    assert "60 to 80% 1 of 2 50% 9 to 91%" in section(page, "calibration")
    assert "1 more had to wait without any deed so far" in section(page, "response")
    assert "Sam Okoro 2 0" in section(page, "moderators")


def test_waiting_comment_is_a_link_to_its_page(desk: Client, busy: Comment) -> None:
    page = page_of(desk)
    [link] = page.select(".log a")
    assert (link.get_text(), link["href"]) == ("Fay", reverse("desk:comment", args=[busy.pk]))
    assert "Fay 1 hour Why I keep a boring log" in section(page, "waiting").replace("\xa0", " ")
    assert page.select_one("[aria-labelledby=waiting] header a").get_text() == "All 1 held"


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", "30 days"), ("?days=7", "7 days"), ("?days=90", "90 days"), ("?days=x", "30 days")],
)
def test_period_is_a_link_of_three(desk: Client, busy: Comment, query: str, shown: str) -> None:
    page = page_of(desk, query)
    links = page.select("nav[aria-label=Period] a")
    assert [link["href"] for link in links] == ["?days=7", "?days=30", "?days=90"]
    assert [link.get_text() for link in links if link.has_attr("aria-current")] == [shown]
    assert page.title.get_text().startswith(f"Scorecard, {shown}")


@pytest.mark.parametrize(("days", "rows", "of"), [(7, 7, "by day"), (30, 30, "by day"), (90, 13, "by week")])
def test_columns_have_a_table_with_a_row_for_each(
    desk: Client, busy: Comment, days: int, rows: int, of: str
) -> None:
    page = page_of(desk, f"?days={days}")
    [details] = page.select("[aria-labelledby=volume] details")
    assert details.summary.get_text() == f"Show the numbers {of}"
    assert len(details.select("tbody tr")) == rows
    assert words_of(details.tfoot) == "Together 0 3 0"


def test_charts_are_pictures_with_words(desk: Client, busy: Comment) -> None:
    page = page_of(desk)
    columns, bars = page.select("svg[role=img]")
    assert "with 3: 0 published, 3 held, 0 in spam" in columns["aria-label"]
    assert "Half waited at most" in bars["aria-label"]
    assert [rect["class"] for rect in columns.select("rect")] == [["hold"]]


def test_tables_say_what_they_are_and_what_heads_them(desk: Client, busy: Comment) -> None:
    tables = page_of(desk).select("main table")
    assert len(tables) == 5
    for table in tables:
        assert words_of(table.caption)
        assert {cell.get("scope") for cell in table.select("thead th")} == {"col"}
        assert {cell.get("scope") for cell in table.select("tbody th, tfoot th")} == {"row"}


def test_empty_site_says_so(desk: Client) -> None:
    page = page_of(desk)
    assert "No comments came in this time" in section(page, "volume")
    assert "there are too few to say" in section(page, "filter-record")
    assert "No comment of this time had to wait" in section(page, "response")
    assert "Nothing is waiting" in section(page, "waiting")
    assert "Nobody has done anything" in section(page, "moderators")
    assert page.select("main table, main svg") == []


def test_comments_that_only_wait_give_no_times(desk: Client, post: Post) -> None:
    held_an_hour_ago(post)
    response = section(page_of(desk), "response")
    assert "1 comment of this time had to wait, without any deed so far" in response


def test_names_and_titles_are_text(desk: Client, mara: User, sam: User) -> None:
    post = Post.objects.create(title=EVIL, slug="evil", author=mara, publish_at=timezone.now(), body="")
    approve(held_an_hour_ago(post), by=sam)
    held_an_hour_ago(post, name=EVIL)
    User.objects.filter(pk=sam.pk).update(first_name=EVIL, last_name="")
    html = desk.get(reverse("desk:scorecard")).content.decode()
    assert EVIL not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3


def test_no_mail_address_is_shown(desk: Client, post: Post) -> None:
    held_an_hour_ago(post, email="fay@example.org")
    assert "fay@example.org" not in desk.get(reverse("desk:scorecard")).content.decode()


def test_navigation_leads_here_and_says_so(desk: Client) -> None:
    links = page_of(desk).select("nav[aria-label=Desk] a[aria-current]")
    assert [(link.get_text(), link["aria-current"]) for link in links] == [("Scorecard", "page")]
    elsewhere = BeautifulSoup(desk.get("/desk/held/").content, "html.parser")
    assert elsewhere.select_one(f'nav a[href="{reverse("desk:scorecard")}"]').get_text() == "Scorecard"
