"""Undo gives a comment back the status it had, step by step, for 30 days, and never twice."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from blog.models import Post
from comments.models import Comment, Deed
from comments.moderation.actions import approve, mark_spam, trash
from comments.moderation.undoing import UNDO_FOR, CannotUndoError, undo, undoable
from tests.comments.moderation.cast import NOON, Status, deeds_of, make_comment


def test_undo_restores_the_status_before_and_is_logged(held: Comment, sam: User, mara: User) -> None:
    deed = trash(held, by=sam, now=NOON)
    undoing = undo(deed, by=mara, now=NOON + timedelta(minutes=1))
    held.refresh_from_db()
    assert held.status == Status.HELD
    assert (undoing.verb, undoing.undoes, undoing.by) == (Deed.Verb.UNDO, deed, mara)
    assert (undoing.before, undoing.after) == (Status.TRASH, Status.HELD)
    assert deeds_of(held) == [("trash", "held", "trash"), ("undo", "trash", "held")]


def test_undo_returns_to_what_was_and_not_to_held(post: Post, sam: User) -> None:
    comment = make_comment(post, status=Status.APPROVED)
    undo(mark_spam(comment, by=sam), by=sam)
    comment.refresh_from_db()
    assert comment.status == Status.APPROVED


def test_undo_counts_afresh_and_raises_both_versions(held: Comment, post: Post, sam: User) -> None:
    before = post.thread_version
    undo(approve(held, by=sam), by=sam)
    held.refresh_from_db()
    post.refresh_from_db()
    assert (held.version, post.comment_count, post.thread_version) == (3, 0, before + 2)


def test_undoing_twice_is_refused_and_changes_nothing(held: Comment, sam: User) -> None:
    deed = trash(held, by=sam)
    undo(deed, by=sam)
    with pytest.raises(CannotUndoError, match="undone this already"):
        undo(deed, by=sam)
    held.refresh_from_db()
    assert (held.status, held.version, len(deeds_of(held))) == (Status.HELD, 3, 2)


def test_undoing_a_deed_that_was_followed_by_another_is_refused(held: Comment, sam: User) -> None:
    first = approve(held, by=sam)
    trash(held, by=sam)
    with pytest.raises(CannotUndoError, match="it is in the trash now"):
        undo(first, by=sam)
    held.refresh_from_db()
    assert held.status == Status.TRASH


def test_earlier_deed_stays_closed_when_a_later_one_led_back_to_the_same_status(
    held: Comment, sam: User
) -> None:
    first = approve(held, by=sam)
    trash(held, by=sam)
    approve(held, by=sam)
    with pytest.raises(CannotUndoError, match="Undo that first"):
        undo(first, by=sam)


def test_deeds_can_be_undone_one_after_the_other_backwards(held: Comment, sam: User) -> None:
    first, second = approve(held, by=sam), trash(held, by=sam)
    undo(second, by=sam)
    undo(first, by=sam)
    held.refresh_from_db()
    assert held.status == Status.HELD


def test_status_changed_without_a_deed_is_respected(held: Comment, sam: User) -> None:
    deed = approve(held, by=sam)
    Comment.objects.filter(pk=held.pk).update(status=Status.SPAM)
    with pytest.raises(CannotUndoError, match="it is in spam now"):
        undo(deed, by=sam)


def test_an_undo_is_not_undone(held: Comment, sam: User) -> None:
    undoing = undo(approve(held, by=sam), by=sam)
    with pytest.raises(CannotUndoError, match="An undo is not undone"):
        undo(undoing, by=sam)


def test_undo_is_possible_until_the_end_of_thirty_days(held: Comment, sam: User) -> None:
    deed = trash(held, by=sam, now=NOON)
    undo(deed, by=sam, now=NOON + UNDO_FOR - timedelta(seconds=1))
    held.refresh_from_db()
    assert held.status == Status.HELD


def test_undo_is_refused_after_thirty_days(held: Comment, sam: User) -> None:
    deed = trash(held, by=sam, now=NOON)
    with pytest.raises(CannotUndoError, match="more than 30 days"):
        undo(deed, by=sam, now=NOON + UNDO_FOR)
    held.refresh_from_db()
    assert held.status == Status.TRASH


def test_another_comments_deeds_do_not_stand_in_the_way(post: Post, sam: User) -> None:
    one, other = make_comment(post), make_comment(post)
    deed = approve(one, by=sam)
    approve(other, by=sam)
    undo(deed, by=sam)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, other.status) == (Status.HELD, Status.APPROVED)


def test_undoable_lists_the_latest_deed_of_each_comment(post: Post, sam: User) -> None:
    one, other = make_comment(post), make_comment(post)
    approve(one, by=sam, now=NOON)
    latest = trash(one, by=sam, now=NOON)
    undone = approve(other, by=sam, now=NOON)
    undo(undone, by=sam, now=NOON)
    assert list(undoable(NOON)) == [latest]
