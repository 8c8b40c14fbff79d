"""Pressing a button at the desk: the deed is done, the queue comes back and says so, with Undo."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments.models import Comment, Deed
from comments.moderation.actions import approve, trash
from comments.moderation.undoing import UNDO_FOR, undo
from tests.comments.moderation.cast import NOON, Status, deeds_of, make_comment


def press(desk: Client, comment: Comment, verb: str, **sent: object) -> HttpResponse:
    return desk.post(reverse("desk:act", args=[comment.pk]), {"verb": verb} | sent)


def press_undo(desk: Client, deed: Deed, **sent: object) -> HttpResponse:
    return desk.post(reverse("desk:undo", args=[deed.pk]), sent)


def bar_after(desk: Client, answer: HttpResponse) -> BeautifulSoup | None:
    page = desk.get(answer["Location"])
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser").select_one(".toast")


@pytest.mark.parametrize(
    ("before", "verb", "after"),
    [
        ("held", "approve", "approved"),
        ("held", "spam", "spam"),
        ("held", "trash", "trash"),
        ("spam", "hold", "held"),
        ("trash", "hold", "held"),
        ("trash", "approve", "approved"),
    ],
)
def test_button_moves_the_comment_and_returns_to_its_queue(
    desk: Client, post: Post, sam: User, before: str, verb: str, after: str
) -> None:
    comment = make_comment(post, status=before)
    answer = press(desk, comment, verb)
    deed = Deed.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/{before}/?done={deed.pk}")
    comment.refresh_from_db()
    assert (comment.status, deed.by) == (after, sam)


def test_bar_says_what_was_done_and_offers_undo(desk: Client, held: Comment) -> None:
    bar = bar_after(desk, press(desk, held, "approve"))
    assert bar["role"] == "status"
    assert bar.p.string == "Approved “Hollis: Three weeks into the stair thing and I can do ten…”"
    assert bar.form["action"] == reverse("desk:undo", args=[Deed.objects.get().pk])
    assert bar.form["method"] == "post"


@pytest.mark.parametrize(
    ("verb", "words"), [("spam", "Marked as spam “Hollis"), ("trash", "Moved to trash “Hollis")]
)
def test_bar_names_each_deed(desk: Client, held: Comment, verb: str, words: str) -> None:
    assert bar_after(desk, press(desk, held, verb)).p.string.startswith(words)


def test_moderator_comes_back_to_the_page_of_the_queue(desk: Client, held: Comment) -> None:
    answer = press(desk, held, "approve", back="/desk/held/?page=3")
    assert answer["Location"] == f"/desk/held/?page=3&done={Deed.objects.get().pk}"


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/desk/", "//evil.example/desk/", "/admin/", "javascript:alert(1)", "/deskette/"],
)
def test_moderator_is_never_sent_elsewhere(desk: Client, held: Comment, back: str) -> None:
    answer = press(desk, held, "approve", back=back)
    assert answer["Location"] == f"/desk/held/?done={Deed.objects.get().pk}"


def test_line_break_in_the_way_back_cannot_add_a_header(desk: Client, held: Comment) -> None:
    answer = press(desk, held, "approve", back="/desk/held/\r\nX-Evil: 1")
    assert answer.status_code == 302
    assert "X-Evil" not in answer.headers


def test_reason_goes_into_the_log_on_one_line(desk: Client, held: Comment) -> None:
    press(desk, held, "trash", reason="  Sells\n shoes ")
    assert Deed.objects.get().reason == "Sells shoes"


def test_reason_that_grows_when_made_regular_still_fits(desk: Client, held: Comment) -> None:
    press(desk, held, "trash", reason="\u0958" * 200)
    assert Deed.objects.get().reason == "\u0915\u093c" * 100


def test_second_moderator_is_told_that_it_is_done(desk: Client, held: Comment, mara: User) -> None:
    approve(Comment.objects.get(pk=held.pk), by=mara)
    answer = press(desk, held, "approve", back="/desk/held/?page=1")
    assert parse_qs(urlsplit(answer["Location"]).query)["already"] == [held.pk]
    bar = bar_after(desk, answer)
    assert bar.p.string.startswith("Already approved by Mara Lindqvist: “Hollis: Three weeks")
    assert bar.form is None
    assert len(deeds_of(held)) == 1


def test_comment_that_was_never_moved_is_already_there_by_nobody(desk: Client, held: Comment) -> None:
    assert bar_after(desk, press(desk, held, "hold")).p.string.startswith("Already held: “Hollis")


def test_confirming_spam_says_so(desk: Client, post: Post) -> None:
    spam = make_comment(post, status=Status.SPAM)
    assert bar_after(desk, press(desk, spam, "spam")).p.string.startswith("Marked as spam “Hollis")


def test_unknown_verb_is_refused_with_its_name(desk: Client, held: Comment) -> None:
    answer = press(desk, held, "<b>burn</b>")
    assert answer.status_code == 400
    assert "The desk knows no “&lt;b&gt;burn&lt;/b&gt;”" in answer.content.decode()
    assert deeds_of(held) == []


def test_missing_verb_is_refused(desk: Client, held: Comment) -> None:
    answer = desk.post(reverse("desk:act", args=[held.pk]))
    assert answer.status_code == 400
    assert "Choose what to do" in answer.content.decode()


@pytest.mark.parametrize("reason", ["x" * 201, "nul\x00"])
def test_reason_that_cannot_be_kept_is_refused(desk: Client, held: Comment, reason: str) -> None:
    assert press(desk, held, "trash", reason=reason).status_code == 400
    held.refresh_from_db()
    assert held.status == Status.HELD


def test_deed_on_a_missing_comment_is_not_found(desk: Client) -> None:
    assert desk.post("/desk/comments/0123456789ab/act/", {"verb": "approve"}).status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_looking_at_a_deeds_address_does_nothing(desk: Client, held: Comment, sam: User, method: str) -> None:
    deed = trash(held, by=sam)
    for name, argument in [("desk:act", held.pk), ("desk:undo", deed.pk)]:
        assert getattr(desk, method)(reverse(name, args=[argument])).status_code == 405
    assert len(deeds_of(held)) == 1


def test_undo_restores_and_says_so(desk: Client, held: Comment, sam: User) -> None:
    deed = trash(held, by=sam)
    answer = press_undo(desk, deed, back="/desk/held/?page=1")
    held.refresh_from_db()
    assert held.status == Status.HELD
    assert answer["Location"] == f"/desk/held/?page=1&done={Deed.objects.get(undoes=deed).pk}"
    bar = bar_after(desk, answer)
    assert bar.p.string.startswith("Undone: “Hollis: Three weeks")
    assert bar.p.string.endswith("is held again")
    assert bar.form is None


def test_undo_without_a_way_back_leads_to_the_log(desk: Client, held: Comment, sam: User) -> None:
    assert press_undo(desk, trash(held, by=sam))["Location"].startswith("/desk/log/?done=")


def test_undoing_twice_says_so_and_changes_nothing(desk: Client, held: Comment, sam: User) -> None:
    deed = trash(held, by=sam)
    undo(deed, by=sam)
    answer = press_undo(desk, deed)
    assert answer.status_code == 409
    assert "undone this already" in answer.content.decode()
    assert len(deeds_of(held)) == 2


def test_undoing_what_was_moved_since_says_where_it_is(
    desk: Client, held: Comment, sam: User, mara: User
) -> None:
    deed = approve(held, by=sam)
    trash(held, by=mara)
    answer = press_undo(desk, deed)
    assert answer.status_code == 409
    assert "it is in the trash now" in answer.content.decode()
    assert reverse("desk:comment", args=[held.pk]) in answer.content.decode()
    held.refresh_from_db()
    assert held.status == Status.TRASH


@pytest.mark.parametrize("key", [1, 99999999999999999999])
def test_undo_of_no_deed_is_not_found(desk: Client, key: int) -> None:
    assert desk.post(f"/desk/log/{key}/undo/").status_code == 404


def test_bar_offers_no_undo_once_it_is_undone(desk: Client, held: Comment, sam: User) -> None:
    answer = press(desk, held, "trash")
    undo(Deed.objects.get(), by=sam)
    assert bar_after(desk, answer).form is None


def test_bar_offers_no_undo_after_thirty_days(desk: Client, held: Comment, time_machine: object) -> None:
    time_machine.move_to(NOON, tick=False)
    answer = press(desk, held, "trash")
    time_machine.move_to(NOON + UNDO_FOR - timedelta(minutes=1), tick=False)
    assert bar_after(desk, answer).form is not None
    time_machine.move_to(NOON + UNDO_FOR, tick=False)
    desk.force_login(Deed.objects.get().by)
    assert bar_after(desk, answer).form is None


@pytest.mark.parametrize(
    "query",
    ["done=", "done=0", "done=x", "done=²", "done=99999999999999999999", "already=", "already=nothing"],
)
def test_bar_is_silent_about_what_is_not_there(desk: Client, query: str) -> None:
    page = BeautifulSoup(desk.get(f"/desk/held/?{query}").content, "html.parser")
    assert page.select(".toast") == []


def test_nul_in_the_address_is_no_error(desk: Client) -> None:
    assert desk.get("/desk/held/?already=%00").status_code == 200


def test_words_that_nobody_at_the_desk_has_seen_are_not_approved(desk: Client, held: Comment) -> None:
    page = BeautifulSoup(desk.get(reverse("desk:comment", args=[held.pk])).content, "html.parser")
    edition = page.select_one("form.decide [name=edition]")["value"]
    held.edited_at = timezone.now()
    held.save()
    answer = desk.post(
        reverse("desk:act", args=[held.pk]), {"verb": "approve", "edition": edition}, follow=True
    )
    assert "It has been changed since you saw it" in answer.content.decode()
    assert Comment.objects.get(pk=held.pk).status == Comment.Status.HELD
    edition = Comment.objects.get(pk=held.pk).edition
    desk.post(reverse("desk:act", args=[held.pk]), {"verb": "approve", "edition": edition})
    assert Comment.objects.get(pk=held.pk).status == Comment.Status.APPROVED
