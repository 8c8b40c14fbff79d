"""One verb on many comments: chosen or all that match, in portions, undone as one step."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments.models import Comment, Deed, Lesson, Report, Sweep
from comments.moderation import sweeping, tasks
from comments.moderation.actions import NO_REASON, approve, line_for, trash
from comments.moderation.sieve import Sieve
from comments.moderation.sweeping import (
    MoreThanShownError,
    advance,
    begin_choice,
    begin_sweep,
    begin_undo,
    stop,
)
from comments.moderation.undoing import UNDO_FOR, CannotUndoError, undo
from comments.reporting import Complaint, report
from tests.comments.moderation.cast import NOON, Status, make_comment, make_comments, words_of
from tests.comments.notifications.mails import do_tasks

HELD = Sieve()
LATER = NOON + timedelta(days=1)


def sweep_all(
    verb: str = "spam", *, by: User, sieve: Sieve = HELD, count: int = 10_000, now: object = LATER
) -> Sweep:
    line = line_for(Deed.Verb(verb), by=by, reason=NO_REASON, now=now)
    return finish(begin_sweep(line, sieve, seen_at=now, count=count))


def finish(sweep: Sweep) -> Sweep:
    while advance(sweep.pk, now=LATER):
        pass
    sweep.refresh_from_db()
    return sweep


def undo_all(sweep: Sweep, *, by: User) -> Sweep:
    return finish(begin_undo(sweep.deed, by=by, now=LATER))


def statuses() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("status", flat=True))


@pytest.fixture
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "PORTION", 2)


# ---------- what a sweep does ----------
def test_sweep_moves_all_that_match_and_is_one_line_in_the_log(
    post: Post, sam: User, small_portions: None
) -> None:
    make_comments(post, 5)
    approved = make_comment(post, status=Status.APPROVED)
    sweep = sweep_all(by=sam)
    assert statuses().count("spam") == 5
    approved.refresh_from_db()
    assert approved.status == Status.APPROVED
    assert (sweep.total, sweep.done_count, sweep.left_count) == (5, 5, 0)
    assert [deed.whole for deed in Deed.objects.lines()] == [sweep]
    assert sweep.deeds.count() == 5


def test_each_comment_of_a_sweep_teaches_the_filter(post: Post, sam: User, small_portions: None) -> None:
    make_comments(post, 3)
    sweep_all(by=sam)
    assert list(Lesson.objects.values_list("is_spam", flat=True)) == [True] * 3


def test_approving_sweep_counts_afresh_under_every_post(post: Post, sam: User, small_portions: None) -> None:
    make_comments(post, 5)
    sweep_all("approve", by=sam)
    post.refresh_from_db()
    assert (post.comment_count, post.root_count) == (5, 5)


def test_sweep_settles_reports_and_its_undo_opens_them(post: Post, sam: User) -> None:
    comment = make_comment(post, status=Status.APPROVED)
    report(comment, Complaint("rude", "", "k1", "n1"), now=NOON)
    sweep = sweep_all(by=sam, sieve=Sieve(queue="reported"))
    assert Report.objects.open().count() == 0
    undo_all(sweep, by=sam)
    assert Report.objects.open().count() == 1


def test_what_arrived_or_changed_after_the_page_was_made_is_left(post: Post, sam: User) -> None:
    make_comment(post, created_at=LATER + timedelta(seconds=1))
    make_comment(post, edited_at=LATER + timedelta(seconds=1))
    read = make_comment(post)
    sweep = sweep_all(by=sam)
    read.refresh_from_db()
    assert (read.status, sweep.total, sweep.done_count) == ("spam", 1, 1)
    assert statuses().count("held") == 2


def test_more_than_was_shown_is_refused(post: Post, sam: User) -> None:
    make_comments(post, 3)
    with pytest.raises(MoreThanShownError) as refusal:
        sweep_all(by=sam, count=2)
    assert refusal.value.count == 3
    assert (statuses(), Deed.objects.count(), Sweep.objects.count()) == (["held"] * 3, 0, 0)


def test_what_another_moderator_decided_meanwhile_is_not_overwritten(
    post: Post, sam: User, mara: User, small_portions: None
) -> None:
    comments = make_comments(post, 5)
    line = line_for(Deed.Verb.SPAM, by=sam, reason=NO_REASON, now=LATER)
    sweep = begin_sweep(line, HELD, seen_at=LATER, count=5)
    advance(sweep.pk, now=LATER)
    approve(comments[4], by=mara)
    finish(sweep)
    comments[4].refresh_from_db()
    assert (comments[4].status, sweep.done_count) == ("approved", 4)


def test_chosen_comments_changed_by_their_writer_are_left_and_told(post: Post, sam: User) -> None:
    read, changed = make_comment(post), make_comment(post, edited_at=NOON)
    line = line_for(Deed.Verb.APPROVE, by=sam, reason=NO_REASON, now=LATER)
    sweep = finish(begin_choice(line, {read.pk: "held:", changed.pk: "held:", "0123456789ab": "held:"}))
    assert (sweep.total, sweep.done_count, sweep.left_count) == (3, 1, 2)
    changed.refresh_from_db()
    assert changed.status == Status.HELD


def test_stopped_sweep_leaves_the_rest_and_is_undone(post: Post, sam: User, small_portions: None) -> None:
    make_comments(post, 5)
    line = line_for(Deed.Verb.SPAM, by=sam, reason=NO_REASON, now=LATER)
    sweep = begin_sweep(line, HELD, seen_at=LATER, count=5)
    advance(sweep.pk, now=LATER)
    assert stop(sweep, now=LATER)
    assert not stop(sweep, now=LATER)
    assert not advance(sweep.pk, now=LATER)
    assert statuses() == ["spam"] * 2 + ["held"] * 3
    undo_all(sweep, by=sam)
    assert statuses() == ["held"] * 5


def test_running_sweep_is_not_undone(post: Post, sam: User, small_portions: None) -> None:
    make_comments(post, 5)
    line = line_for(Deed.Verb.SPAM, by=sam, reason=NO_REASON, now=LATER)
    sweep = begin_sweep(line, HELD, seen_at=LATER, count=5)
    with pytest.raises(CannotUndoError, match="still running"):
        begin_undo(sweep.deed, by=sam, now=LATER)


# ---------- undo ----------
def test_undo_leaves_what_was_decided_since(post: Post, sam: User, mara: User, small_portions: None) -> None:
    comments = make_comments(post, 5)
    sweep = sweep_all(by=sam)
    approve(comments[1], by=mara)
    undone = undo_all(sweep, by=sam)
    assert statuses() == ["held", "approved", "held", "held", "held"]
    assert (undone.done_count, undone.left_count) == (4, 1)


def test_undo_gives_each_comment_back_the_status_it_had(post: Post, sam: User, small_portions: None) -> None:
    same = {"network": "n1"}
    before = [make_comment(post, status=status, **same) for status in ("held", "spam", "approved", "trash")]
    sweep = sweep_all("trash", by=sam, sieve=Sieve(queue="all", same="network", of=before[0].pk))
    assert (statuses(), sweep.done_count) == (["trash"] * 4, 3)
    undo_all(sweep, by=sam)
    for comment in before:
        comment.refresh_from_db()
    assert [comment.status for comment in before] == ["held", "spam", "approved", "trash"]


def test_sweep_is_undone_once_and_an_undo_never(post: Post, sam: User) -> None:
    make_comments(post, 2)
    sweep = sweep_all(by=sam)
    undoing = undo_all(sweep, by=sam)
    with pytest.raises(CannotUndoError, match="undone this already"):
        begin_undo(sweep.deed, by=sam, now=LATER)
    with pytest.raises(CannotUndoError, match="not undone itself"):
        begin_undo(undoing.deed, by=sam, now=LATER)


def test_sweep_is_not_undone_after_thirty_days(post: Post, sam: User) -> None:
    make_comments(post, 2)
    sweep = sweep_all(by=sam)
    with pytest.raises(CannotUndoError, match="too long ago"):
        begin_undo(sweep.deed, by=sam, now=LATER + UNDO_FOR)


def test_one_comment_of_a_sweep_can_be_taken_back_alone(post: Post, sam: User) -> None:
    comments = make_comments(post, 3)
    sweep = sweep_all(by=sam)
    undo(sweep.deeds.get(comment=comments[0]), by=sam, now=LATER)
    assert statuses() == ["held", "spam", "spam"]
    undo_all(sweep, by=sam)
    assert statuses() == ["held"] * 3


# ---------- pages ----------
def soup(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def press_chosen(desk: Client, comments: list[Comment], verb: str = "spam", **sent: str) -> HttpResponse:
    picks = [f"{comment.pk}:{comment.stand}" for comment in comments]
    return desk.post(reverse("desk:chosen"), {"pick": picks, "verb": verb} | sent)


def test_ticked_rows_are_done_at_once_and_undone_as_one(desk: Client, post: Post) -> None:
    comments = make_comments(post, 4)
    answer = press_chosen(desk, comments[:3], reason_code="advertising", back="/desk/held/?order=oldest")
    deed = Deed.objects.lines().get()
    assert answer["Location"] == f"/desk/held/?order=oldest&done={deed.pk}"
    assert deed.reason_code == "advertising"
    bar = soup(desk.get(answer["Location"])).select_one(".toast")
    assert words_of(bar.p) == "Marked as spam 3 comments"
    desk.post(bar.form["action"], {"back": "/desk/held/"})
    assert statuses() == ["held"] * 4


def test_boxes_belong_to_the_form_of_the_verbs(desk: Client, post: Post) -> None:
    [comment] = make_comments(post, 1)
    page = soup(desk.get("/desk/held/"))
    box = page.select_one("[name=pick]")
    assert (box["form"], box["value"]) == (page.select_one("form.bulk")["id"], f"{comment.pk}:held:")


@pytest.mark.parametrize(
    ("picks", "verb", "complaint"),
    [
        ([], "spam", "No comment was chosen"),
        (["x", "'; --"], "spam", "No comment was chosen"),
        ([], "burn", "knows no"),
    ],
)
def test_nothing_sensible_chosen_is_told(
    desk: Client, held: Comment, picks: list[str], verb: str, complaint: str
) -> None:
    answer = desk.post(reverse("desk:chosen"), {"pick": picks, "verb": verb})
    assert answer.status_code == 400
    assert complaint in words_of(soup(answer).main)
    assert Deed.objects.count() == 0


def test_page_that_asks_says_how_many_and_shows_some(desk: Client, post: Post) -> None:
    make_comments(post, 7)
    page = soup(desk.get("/desk/held/sweep/"))
    assert words_of(page.h1) == "7 comments"
    assert len(page.select(".log li")) == 5
    assert words_of(page.select_one("button[value=spam]")) == "Mark all 7 as spam"
    assert statuses() == ["held"] * 7


def confirm(desk: Client, address: str, verb: str = "spam", **sent: str) -> HttpResponse:
    form = soup(desk.get(address)).select_one("form.decide")
    fields = {
        field["name"]: field["value"] for field in form.select("input[type=hidden]") if field.get("name")
    }
    fields.pop("csrfmiddlewaretoken", None)
    return desk.post(address, fields | {"verb": verb} | sent)


def test_confirmed_sweep_is_done_with_its_filter(desk: Client, post: Post) -> None:
    make_comments(post, 3)
    make_comment(post, text="Buy shoes")
    answer = confirm(desk, "/desk/held/sweep/?words=shoes")
    assert answer["Location"] == f"/desk/held/?done={Deed.objects.lines().get().pk}"
    assert statuses().count("spam") == 1


def test_comments_that_came_to_match_since_are_asked_about_again(desk: Client, post: Post, sam: User) -> None:
    make_comments(post, 2)
    other = make_comment(post, status=Status.TRASH)
    form = soup(desk.get("/desk/held/sweep/")).select_one("form.decide")
    sent = {name: form.select_one(f"[name={name}]")["value"] for name in ("seen_at", "count")}
    Comment.objects.filter(pk=other.pk).update(status=Status.HELD)
    answer = desk.post("/desk/held/sweep/", sent | {"verb": "spam", "reason": "my note"})
    page = soup(answer)
    assert answer.status_code == 409
    assert "There are 3 now, more than you were shown" in words_of(page.main)
    assert page.select_one("[name=reason]")["value"] == "my note"
    assert statuses() == ["held"] * 3


@pytest.mark.parametrize(
    "sent",
    [
        {"count": "3"},
        {"count": "-3", "seen_at": "2026-03-15T12:00:00+00:00"},
        {"count": "3", "seen_at": "2026-03-15T12:00:00"},
        {"count": "3", "seen_at": "2999-01-01T00:00:00+00:00"},
        {"count": "3", "seen_at": "2026-99-99T00:00:00+00:00"},
        {"count": "²", "seen_at": "2026-03-15T12:00:00+00:00"},
    ],
)
def test_forged_confirmation_is_asked_again(desk: Client, post: Post, sent: dict[str, str]) -> None:
    make_comments(post, 3)
    assert desk.post("/desk/held/sweep/", sent | {"verb": "spam"}).status_code == 409
    assert statuses() == ["held"] * 3


def test_confirmation_sent_twice_moves_nothing_twice(desk: Client, post: Post) -> None:
    make_comments(post, 3)
    sent = {"count": "3", "seen_at": timezone.now().isoformat(), "verb": "spam"}
    desk.post("/desk/held/sweep/", sent)
    desk.post("/desk/held/sweep/", sent)
    assert Deed.objects.filter(comment__isnull=False).count() == 3


def test_large_sweep_is_left_to_the_worker_and_shows_how_far_it_is(
    desk: Client, post: Post, monkeypatch: pytest.MonkeyPatch, small_portions: None
) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", 3)
    make_comments(post, 5)
    answer = confirm(desk, "/desk/held/sweep/")
    sweep = Sweep.objects.get()
    assert answer["Location"] == f"/desk/sweeps/{sweep.pk}/"
    assert statuses() == ["held"] * 5
    assert "0 of 5 comments so far" in words_of(soup(desk.get(answer["Location"])).main)
    desk.post(reverse("desk:steer", args=[sweep.pk]), {"do": "portion"})
    assert "2 of 5 comments so far" in words_of(soup(desk.get(answer["Location"])).main)
    do_tasks()
    page = soup(desk.get(answer["Location"]))
    assert "5 of 5 comments." in words_of(page.main)
    desk.post(page.select_one("[data-undo]").parent["action"])
    do_tasks()
    assert statuses() == ["held"] * 5


def test_undo_of_a_large_sweep_shows_how_far_it_is(
    desk: Client, post: Post, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_comments(post, 5)
    sweep = sweep_all(by=sam, now=timezone.now())
    monkeypatch.setattr(tasks, "AT_ONCE", 3)
    answer = desk.post(reverse("desk:undo", args=[sweep.deed_id]))
    undoing = Sweep.objects.get(deed__undoes=sweep.deed)
    assert answer["Location"] == f"/desk/sweeps/{undoing.pk}/"
    do_tasks()
    assert statuses() == ["held"] * 5


def test_stopping_by_the_page(desk: Client, post: Post, sam: User, small_portions: None) -> None:
    make_comments(post, 5)
    line = line_for(Deed.Verb.SPAM, by=sam, reason=NO_REASON, now=LATER)
    sweep = begin_sweep(line, HELD, seen_at=LATER, count=5)
    desk.post(reverse("desk:steer", args=[sweep.pk]), {"do": "stop"})
    assert "Done" in words_of(soup(desk.get(reverse("desk:sweep", args=[sweep.pk]))).main)


def test_log_names_the_sweep_and_leads_to_it(desk: Client, post: Post, sam: User) -> None:
    make_comments(post, 3)
    sweep = sweep_all(by=sam)
    trash(make_comment(post), by=sam, now=LATER)
    lines = soup(desk.get("/desk/log/")).select(".log li")
    assert len(lines) == 2
    assert "Sam Okoro Marked as spam 3 comments" in words_of(lines[1])
    assert lines[1].a["href"] == f"/desk/sweeps/{sweep.pk}/"


def test_empty_sweep_is_told(desk: Client, post: Post) -> None:
    assert "Nothing is left to do" in words_of(soup(desk.get("/desk/held/sweep/")).main)
