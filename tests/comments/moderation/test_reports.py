"""What moderators see of readers' reports, and how these are settled."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from blog.models import Post
from comments.models import Comment, Report
from comments.moderation.actions import approve, hold, keep, trash
from comments.moderation.undoing import undo
from comments.reporting import Complaint, report
from tests.comments.moderation.cast import NOON, deeds_of, make_comment, words_of

FRAME = 5


@pytest.fixture
def reported(post: Post) -> Comment:
    comment = make_comment(post, status="approved")
    complain(comment, "<b>It</b> hurt me")
    return comment


def complain(comment: Comment, words: str = "", *, key: str = "k1", reason: str = "unsafe") -> Report:
    return report(comment, Complaint(reason, words, key, "network"), now=NOON)


def page_of(desk: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(desk.get(address).content, "html.parser")


def open_reports(comment: Comment) -> int:
    return Report.objects.open().filter(comment=comment).count()


def test_reported_comments_have_a_queue_with_reasons_and_words_as_text(
    desk: Client, post: Post, reported: Comment
) -> None:
    make_comment(post, status="approved", name="Nobody minds")
    page = page_of(desk, "/desk/reported/")
    [row] = page.select(".queue-row")
    assert "Its advice could hurt somebody" in words_of(row)
    assert "<b>It</b> hurt me" in words_of(row)
    assert "Reported 1" in words_of(page.select_one(".tabs"))


def test_empty_queue_says_what_would_be_here(desk: Client, post: Post) -> None:
    assert "Nothing is reported" in words_of(page_of(desk, "/desk/reported/").main)


def test_comment_with_two_reports_is_one_row(desk: Client, reported: Comment) -> None:
    complain(reported, key="k2", reason="rude")
    page = page_of(desk, "/desk/reported/")
    assert len(page.select(".queue-row")) == 1
    assert len(page.select(".reports li")) == 2
    assert "Reported 1" in words_of(page.select_one(".tabs"))


def test_keeping_settles_and_changes_nothing_else(desk: Client, sam: User, reported: Comment) -> None:
    answer = desk.post(
        reverse("desk:keep", args=[reported.pk]), {"back": "/desk/reported/?order=oldest"}, follow=True
    )
    assert "Kept as it is" in answer.content.decode()
    reported.refresh_from_db()
    assert (reported.status, open_reports(reported)) == ("approved", 0)
    assert deeds_of(reported) == [("keep", "approved", "approved")]
    settled = Report.objects.get()
    assert settled.settled_by == sam
    assert settled.settled_at


@pytest.mark.parametrize("verb", [hold, trash, approve])
def test_every_verb_settles_also_one_that_changes_nothing(sam: User, reported: Comment, verb) -> None:
    verb(reported, by=sam)
    assert open_reports(reported) == 0


@pytest.mark.parametrize("verb", [trash, approve, keep])
def test_undo_opens_the_reports_again_that_the_deed_had_settled(sam: User, reported: Comment, verb) -> None:
    before = Comment.objects.get(pk=reported.pk).helpfulness
    undo(verb(reported, by=sam), by=sam)
    reported.refresh_from_db()
    assert (reported.status, open_reports(reported)) == ("approved", 1)
    assert reported.helpfulness == before


def test_undo_leaves_reports_settled_that_an_earlier_deed_had_settled(sam: User, reported: Comment) -> None:
    keep(reported, by=sam)
    undo(trash(reported, by=sam), by=sam)
    assert open_reports(reported) == 0


def test_keeping_what_nobody_reports_any_more_is_told(desk: Client, sam: User, reported: Comment) -> None:
    keep(reported, by=sam)
    answer = desk.post(reverse("desk:keep", args=[reported.pk]), follow=True)
    assert "Already approved: “Hollis" in words_of(BeautifulSoup(answer.content, "html.parser").main)
    assert len(deeds_of(reported)) == 1


def test_settled_report_no_longer_weighs_on_the_comment(sam: User, reported: Comment) -> None:
    reported.reactions.create(kind="helped", reader_key="k9")
    complain(reported, key="k2")
    before = Comment.objects.get(pk=reported.pk).helpfulness
    approve(reported, by=sam)
    assert Comment.objects.get(pk=reported.pk).helpfulness > before


def test_comment_reported_again_is_back_in_the_queue(desk: Client, sam: User, reported: Comment) -> None:
    approve(reported, by=sam)
    complain(reported, "Still wrong")
    assert len(page_of(desk, "/desk/reported/").select(".queue-row")) == 1


def test_page_of_the_comment_shows_open_and_settled_reports(
    desk: Client, sam: User, reported: Comment
) -> None:
    address = reverse("desk:comment", args=[reported.pk])
    assert "Keep, nothing wrong" in words_of(page_of(desk, address).main)
    approve(reported, by=sam)
    page = words_of(page_of(desk, address).main)
    assert "settled by Sam Okoro" in page
    assert "Keep, nothing wrong" not in page


@pytest.mark.parametrize("count", [5, 25])
def test_queue_takes_as_many_queries_for_many(
    desk: Client, post: Post, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        comment = make_comment(post, status="approved", name=f"Runner {number}")
        complain(comment, key="k1")
        complain(comment, key="k2")
    with django_assert_num_queries(FRAME + 5):  # as any queue, and the reports
        desk.get("/desk/reported/")
