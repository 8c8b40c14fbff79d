"""Nobody is overruled in passing: not by an old tab, a sweep, an undo or a second press."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments.draft import Draft
from comments.editing import edit_comment, withdraw_comment
from comments.models import Comment, Deed, Lesson, Report, Sweep
from comments.moderation import actions, sweeping, tasks
from comments.moderation.actions import NO_REASON, approve, hold, line_for, mark_spam
from comments.moderation.sieve import Sieve
from comments.moderation.sweeping import advance, begin_sweep, begin_undo, stop
from comments.moderation.undoing import CannotUndoError, undo, undoable
from comments.moderation.wording import Words, edit_words
from comments.reporting import Complaint, report
from comments.teaching import teach, teach_anew
from tests.comments.moderation.cast import NOON, Status, deeds_of, make_comment, make_comments, words_of
from tests.comments.moderation.test_sweeping import LATER, finish, sweep_all, undo_all
from tests.makers import make_sender

HOUR = timedelta(hours=1)


def said_on(desk: Client, answer: HttpResponse) -> str:
    page = BeautifulSoup(desk.get(answer["Location"]).content, "html.parser")
    return words_of(page.select_one(".toast"))


# ---------- old tabs ----------
def test_old_tab_overrules_no_other_moderator(desk: Client, held: Comment, mara: User) -> None:
    before = held.stand
    approve(held, by=mara)
    answer = desk.post(reverse("desk:act", args=[held.pk]), {"verb": "spam", "edition": before})
    assert "Already approved by Mara Lindqvist" in said_on(desk, answer)
    assert deeds_of(held) == [("approve", "held", "approved")]


def test_ticked_comments_that_others_moved_are_left_and_told(desk: Client, post: Post, mara: User) -> None:
    mine, hers = make_comment(post), make_comment(post)
    picks = [f"{comment.pk}:{comment.stand}" for comment in (mine, hers)]
    approve(hers, by=mara)
    answer = desk.post(reverse("desk:chosen"), {"verb": "spam", "pick": picks})
    assert "Marked as spam 1 comment; 1 was left alone" in said_on(desk, answer)
    hers.refresh_from_db()
    assert hers.status == Status.APPROVED


def test_reply_does_not_bring_back_what_another_moderator_took_down(
    desk: Client, held: Comment, mara: User
) -> None:
    before = held.stand
    mark_spam(held, by=mara)
    answer = desk.post(reverse("desk:reply", args=[held.pk]), {"text": "Well done.", "edition": before})
    held.refresh_from_db()
    assert (answer.status_code, held.status, Comment.objects.count()) == (409, "spam", 1)


def test_words_changed_since_are_not_kept_unread(desk: Client, post: Post) -> None:
    comment = make_comment(post, status=Status.APPROVED)
    report(comment, Complaint("rude", "", "k1", "n1"), now=NOON)
    before = comment.stand
    Comment.objects.filter(pk=comment.pk).update(text="Much worse", edited_at=NOON + HOUR)
    answer = desk.post(reverse("desk:keep", args=[comment.pk]), {"edition": before})
    assert "changed=" in answer["Location"]
    assert Report.objects.open().count() == 1


def test_comment_deleted_meanwhile_is_not_found(
    desk: Client, held: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "locked", lambda keys: [])
    answer = desk.post(reverse("desk:act", args=[held.pk]), {"verb": "spam", "edition": held.stand})
    assert answer.status_code == 404


def test_already_names_whoever_gave_the_verdict(desk: Client, held: Comment, sam: User, mara: User) -> None:
    approve(held, by=mara, now=NOON)
    edit_words(held, Words("H.", "", "Less"), by=sam, seen="", now=NOON + HOUR)
    page = f"/desk/held/?already={held.pk}"
    assert "Already approved by Mara Lindqvist" in said_on(desk, {"Location": page})
    withdraw_comment(held)
    assert "Already withdrawn by its writer: " in said_on(desk, {"Location": page})


# ---------- sweeps ----------
def test_sweep_leaves_what_was_put_into_the_queue_after_it_was_seen(
    post: Post, sam: User, mara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "PORTION", 2)
    make_comments(post, 4)
    late = make_comment(post, status=Status.APPROVED, created_at=NOON + timedelta(minutes=30))
    line = line_for(Deed.Verb.TRASH, by=sam, reason=NO_REASON, now=LATER)
    sweep = begin_sweep(line, Sieve(), seen_at=LATER, count=10)
    advance(sweep.pk, now=LATER)
    hold(late, by=mara, now=LATER + HOUR)
    finish(sweep)
    sweep.refresh_from_db()
    late.refresh_from_db()
    assert (late.status, sweep.done_count, sweep.total) == ("held", 4, 4)


def test_sweep_leaves_reports_that_came_after_it_was_seen(post: Post, sam: User) -> None:
    comment = make_comment(post, status=Status.APPROVED)
    line = line_for(Deed.Verb.SPAM, by=sam, reason=NO_REASON, now=LATER)
    sweep = begin_sweep(line, Sieve(queue="approved"), seen_at=LATER, count=10)
    report(comment, Complaint("private", "my number", "k1", "n1"), now=LATER + HOUR)
    finish(sweep)
    assert Report.objects.open().count() == 1


def test_sweep_ends_with_its_moderators_right(post: Post, sam: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "PORTION", 2)
    make_comments(post, 6)
    line = line_for(Deed.Verb.SPAM, by=sam, reason=NO_REASON, now=LATER)
    sweep = begin_sweep(line, Sieve(), seen_at=LATER, count=10)
    advance(sweep.pk, now=LATER)
    sam.groups.clear()
    assert not advance(sweep.pk, now=LATER)
    assert Comment.objects.filter(status="spam").count() == 2


def test_undo_goes_on_to_its_end_whoever_began_it(
    post: Post, sam: User, mara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of an undo would leave the rest with no way back."""
    monkeypatch.setattr(sweeping, "PORTION", 2)
    make_comments(post, 6)
    undoing = begin_undo(sweep_all(by=mara).deed, by=sam, now=LATER)
    advance(undoing.pk, now=LATER)
    sam.groups.clear()
    finish(undoing)
    assert Comment.objects.filter(status="held").count() == 6


@pytest.mark.parametrize("at_once", [2, 200])
def test_confirmation_sent_twice_is_one_sweep(
    desk: Client, post: Post, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", at_once)
    make_comments(post, 6)
    sent = {"verb": "spam", "seen_at": timezone.now().isoformat(), "count": "6", "token": "once"}
    first, second = (desk.post("/desk/held/sweep/", sent) for _ in range(2))
    assert Sweep.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_undo_of_a_sweep_is_not_stopped_half_way(
    post: Post, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "PORTION", 2)
    make_comments(post, 6)
    undoing = begin_undo(sweep_all(by=sam).deed, by=sam, now=LATER)
    advance(undoing.pk, now=LATER)
    assert not stop(undoing, now=LATER)
    finish(undoing)
    assert Comment.objects.filter(status="held").count() == 6


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+10:00", "1999-12-31T00:00:00+00:00"])
def test_moment_before_all_sites_is_asked_again(desk: Client, held: Comment, moment: str) -> None:
    sent = {"verb": "spam", "seen_at": moment, "count": "1"}
    assert desk.post("/desk/held/sweep/", sent).status_code == 409


# ---------- reports and verdicts ----------
def test_reports_on_what_needs_no_other_verdict_are_settled_with_a_line(
    post: Post, sam: User, mara: User
) -> None:
    comment = make_comment(post)
    approve(comment, by=sam, now=NOON)
    report(comment, Complaint("rude", "", "k1", "n1"), now=NOON + HOUR)
    deed = approve(comment, by=mara, now=NOON + 2 * HOUR)
    assert (deed.verb, Report.objects.open().count()) == ("keep", 0)
    undo(deed, by=mara, now=NOON + 3 * HOUR)
    assert Report.objects.open().count() == 1


def test_undo_of_a_sweep_over_reports_opens_them_again(post: Post, sam: User) -> None:
    comment = make_comment(post)
    approve(comment, by=sam, now=NOON)
    report(comment, Complaint("rude", "", "k1", "n1"), now=NOON + HOUR)
    sweep = sweep_all("approve", by=sam, sieve=Sieve(queue="reported"))
    assert (sweep.done_count, Report.objects.open().count()) == (1, 0)
    undo_all(sweep, by=sam)
    assert Report.objects.open().count() == 1


def test_verdict_on_changed_words_counts_anew(post: Post, sam: User) -> None:
    comment = make_comment(post)
    approve(comment, by=sam, now=NOON)
    Comment.objects.filter(pk=comment.pk).update(text="New words", edited_at=NOON + HOUR)
    comment.refresh_from_db()
    teach([comment])
    assert Lesson.objects.count() == 0
    assert approve(comment, by=sam, now=NOON + 2 * HOUR, seen=comment.stand).is_confirmation
    assert Lesson.objects.get().text == "New words"


def test_lessons_made_anew_know_nothing_of_what_is_gone(post: Post, sam: User) -> None:
    comment = make_comment(post)
    approve(comment, by=sam, now=NOON)
    withdraw_comment(comment)
    teach_anew()
    assert Lesson.objects.count() == 0


@pytest.mark.usefixtures("silent_text_model")
def test_undo_of_an_edit_does_not_overwrite_its_writers_later_words(post: Post, sam: User) -> None:
    comment = make_comment(post, status=Status.APPROVED, text="Ring 555 0101")
    deed = edit_words(comment, Words("Hollis", "", "Ring"), by=sam, seen="", now=NOON)
    draft = Draft(name="Hollis", text="My own words, and longer ones.", form_age=60.0)
    edit_comment(comment, draft, edition=comment.edition, sender=make_sender(), now=NOON + HOUR)
    assert not undoable(NOON + HOUR).filter(pk=deed.pk).exists()
    with pytest.raises(CannotUndoError, match="they would be lost"):
        undo(deed, by=sam, now=NOON + 2 * HOUR)
    comment.refresh_from_db()
    assert comment.text == draft.text
