"""A moderator changes or redacts the words of a comment: logged, public, and taken back exactly."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.editing import withdraw_comment
from comments.models import Comment, CommentDomain, Deed, Lesson, Wording
from comments.moderation.actions import approve, mark_spam
from comments.moderation.undoing import CannotUndoError, undo
from comments.moderation.wording import REDACTED, Words, edit_words
from comments.spam.text import fingerprint
from comments.traces import leave_traces
from tests.comments.moderation.cast import NOON, Status, make_comment, words_of

LATER = NOON + timedelta(hours=1)
NUMBER = "Ring me on 555 0101 about the stairs."


@pytest.fixture
def shown(post: Post) -> Comment:
    words = {"text": NUMBER, "fingerprint": fingerprint(NUMBER), "website": "https://hollis.example/"}
    comment = make_comment(post, status=Status.APPROVED, **words)
    leave_traces(comment)
    return comment


def send(desk: Client, comment: Comment, **typed: str) -> HttpResponse:
    comment.refresh_from_db()
    kept = {
        "text": comment.text,
        "name": comment.name,
        "website": comment.website,
        "edition": comment.edition,
    }
    return desk.post(reverse("desk:edit", args=[comment.pk]), kept | typed)


def soup(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def test_form_shows_the_comment_as_typed(desk: Client, shown: Comment) -> None:
    page = soup(desk.get(reverse("desk:edit", args=[shown.pk])))
    assert page.select_one("[name=text]").text.strip() == NUMBER
    assert page.select_one("[name=name]")["value"] == "Hollis"
    assert page.select_one("[name=website]")["value"] == "https://hollis.example/"


def test_edit_changes_words_and_says_so_in_the_thread(
    desk: Client, client: Client, shown: Comment, post: Post
) -> None:
    answer = send(desk, shown, text="Ring *me*.", name="H.", website="")
    deed = Deed.objects.get()
    assert answer["Location"] == f"/desk/comments/{shown.pk}/?done={deed.pk}"
    shown.refresh_from_db()
    assert (shown.name, shown.website, shown.html) == ("H.", "", "<p>Ring <em>me</em>.</p>\n")
    assert (deed.verb, deed.before, deed.after) == ("edit", "approved", "approved")
    article = soup(client.get(post.get_absolute_url())).select_one(f"#c{shown.pk}")
    assert "edited by a moderator" in words_of(article)
    assert "555" not in str(article)


def test_words_to_take_out_are_replaced_wherever_they_stand(desk: Client, shown: Comment) -> None:
    send(
        desk,
        shown,
        text="555 0101, I said 555 0101.",
        passage="555 0101",
        reason_code="private",
        reason="asked",
    )
    shown.refresh_from_db()
    assert shown.text == f"{REDACTED}, I said {REDACTED}."
    assert (Deed.objects.get().reason_code, Deed.objects.get().reason) == ("private", "asked")


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"text": ""}, "Leave something of the comment"),
        ({"text": "&nbsp;\u200b"}, "Leave something of the comment"),
        ({"text": "x" * 10_001}, "Shorten it to 10000 characters"),
        ({"name": ""}, "Enter a name"),
        ({"name": "n" * 61}, "Shorten the name"),
        ({"name": "Mara Lindqvist"}, "That name belongs to somebody who works on this site"),
        ({"website": "javascript:alert(1)"}, "Enter a web address"),
        ({"passage": "not there"}, "These words do not stand in the comment"),
        ({"passage": "a", "text": "a" * 9_000}, "Shorten it to 10000 characters"),
    ],
)
def test_wrong_input_is_told_and_kept(desk: Client, shown: Comment, typed: dict, complaint: str) -> None:
    answer = send(desk, shown, **(typed | {"reason": "my note"}))
    page = soup(answer)
    assert answer.status_code == 400
    assert complaint in words_of(page.main)
    assert page.select_one("[name=reason]")["value"] == "my note"
    shown.refresh_from_db()
    assert shown.text == NUMBER
    assert Deed.objects.count() == 0


def test_nothing_changed_is_no_deed(desk: Client, shown: Comment) -> None:
    assert send(desk, shown)["Location"] == f"/desk/comments/{shown.pk}/"
    assert Deed.objects.count() == 0


def test_words_changed_by_their_writer_meanwhile_are_not_overwritten(desk: Client, shown: Comment) -> None:
    Comment.objects.filter(pk=shown.pk).update(text="New words", edited_at=LATER)
    answer = desk.post(
        reverse("desk:edit", args=[shown.pk]), {"text": "Mine", "name": "H", "website": "", "edition": ""}
    )
    page = soup(answer)
    assert answer.status_code == 409
    assert "It has been changed since you began" in words_of(page.main)
    assert page.select_one("[name=text]").text.strip() == "Mine"
    assert "New words" in page.select_one("pre.typed").text
    shown.refresh_from_db()
    assert shown.text == "New words"


def test_withdrawn_comment_has_no_words_to_edit(desk: Client, shown: Comment) -> None:
    withdraw_comment(shown)
    assert desk.get(reverse("desk:edit", args=[shown.pk])).status_code == 409


def test_undo_brings_back_everything_the_edit_changed(shown: Comment, sam: User) -> None:
    approve(shown, by=sam, now=NOON)
    before = state_of(shown)
    deed = edit_words(shown, Words("H.", "", "See https://x.example"), by=sam, seen="", now=LATER)
    assert state_of(shown) != before
    undo(deed, by=sam, now=LATER)
    assert state_of(shown) == before


def state_of(comment: Comment) -> tuple:
    fields = ("name", "website", "text", "html", "fingerprint", "edited_at", "is_edited_by_team", "status")
    domains = list(CommentDomain.objects.filter(comment=comment).values_list("domain", flat=True))
    return Comment.objects.filter(pk=comment.pk).values(*fields).get(), list(Lesson.objects.values()), domains


def test_second_edit_is_undone_first_and_the_first_one_still_shows(shown: Comment, sam: User) -> None:
    first = edit_words(shown, Words("H.", "", "One"), by=sam, seen="", now=NOON)
    second = edit_words(shown, Words("H.", "", "Two"), by=sam, seen=shown.edition, now=LATER)
    with pytest.raises(CannotUndoError, match="Undo that first"):
        undo(first, by=sam, now=LATER)
    undo(second, by=sam, now=LATER)
    shown.refresh_from_db()
    assert (shown.text, shown.is_edited_by_team) == ("One", True)
    undo(first, by=sam, now=LATER)
    shown.refresh_from_db()
    assert (shown.text, shown.is_edited_by_team) == (NUMBER, False)


def test_edit_forgets_the_lesson_of_the_former_words(shown: Comment, sam: User) -> None:
    mark_spam(shown, by=sam, now=NOON)
    edit_words(shown, Words("H.", "", "Other"), by=sam, seen="", now=LATER)
    assert Lesson.objects.count() == 0


def test_writer_who_withdraws_takes_the_kept_words_along(shown: Comment, sam: User) -> None:
    edit_words(shown, Words("H.", "", "Other"), by=sam, seen="", now=NOON)
    withdraw_comment(shown)
    assert Wording.objects.count() == 0
    assert Deed.objects.get().verb == "edit"


def test_history_shows_before_and_after_as_text(desk: Client, shown: Comment, sam: User) -> None:
    edit_words(shown, Words("H.", "", "<b>Other</b>"), by=sam, seen="", now=NOON)
    line = soup(desk.get(reverse("desk:comment", args=[shown.pk]))).select_one(".log li")
    assert [words_of(pre) for pre in line.select("pre")] == [NUMBER, "<b>Other</b>"]
