"""Two moderators who act at the same moment leave one line in the log, on every database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import connection

from blog.models import Post
from comments.blocking import AlreadyBlockedError, block, unblock
from comments.models import BlockedTerm, Comment, Deed
from comments.moderation.actions import approve
from comments.moderation.undoing import CannotUndoError, undo, undo_listing
from tests.comments.moderation.cast import NOON, Status, deeds_of, make_comment, make_owner, make_post
from tests.makers import make_moderator

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Starts all of them together, each on a connection of its own; an exception is a result too."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=10)
            return deed()
        except CannotUndoError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_second_of_two_approvals_at_once_finds_it_done() -> None:
    sam, mara = make_moderator(), make_owner()
    comment = make_comment(make_post(mara))
    copies = [Comment.objects.get(pk=comment.pk) for _ in range(2)]
    results = at_once(lambda: approve(copies[0], by=sam), lambda: approve(copies[1], by=mara))
    assert [result is None for result in results].count(True) == 1
    assert deeds_of(comment) == [("approve", "held", "approved")]
    assert Post.objects.get().comment_count == 1


def test_second_of_two_undos_at_once_is_refused() -> None:
    sam, mara = make_moderator(), make_owner()
    comment = make_comment(make_post(mara))
    deed = approve(comment, by=sam)
    results = at_once(lambda: undo(deed, by=sam), lambda: undo(deed, by=mara))
    assert [isinstance(result, CannotUndoError) for result in results].count(True) == 1
    assert deeds_of(comment) == [("approve", "held", "approved"), ("undo", "approved", "held")]


def insoles() -> BlockedTerm:
    return BlockedTerm(kind="word", value="insole*", strength="hold")


@pytest.mark.parametrize("verb", ["block", "unblock"])
def test_second_of_two_undos_of_an_entry_at_once_is_refused(verb: str) -> None:
    sam, mara = make_moderator(), make_owner()
    term = block(insoles(), by=sam, now=NOON)
    if verb == "unblock":
        unblock(term, by=sam, now=NOON)
    deed = Deed.objects.select_related("term").get(verb=verb)
    results = at_once(
        lambda: undo_listing(deed, by=sam, now=NOON), lambda: undo_listing(deed, by=mara, now=NOON)
    )
    assert [isinstance(result, CannotUndoError) for result in results].count(True) == 1
    assert Deed.objects.filter(undoes=deed).count() == 1


def test_entry_put_back_and_added_at_once_is_on_the_list_once() -> None:
    sam = make_moderator()
    unblock(block(insoles(), by=sam, now=NOON), by=sam, now=NOON)
    deed = Deed.objects.select_related("term").get(verb="unblock")

    def add() -> None:
        with suppress(AlreadyBlockedError):
            block(insoles(), by=sam, now=NOON)

    at_once(lambda: undo_listing(deed, by=sam, now=NOON), add)
    assert BlockedTerm.objects.listed().count() == 1


def test_approvals_of_many_comments_at_once_are_all_counted() -> None:
    sam = make_moderator()
    post = make_post(make_owner())
    comments = [make_comment(post) for _ in range(4)]
    at_once(*[lambda comment=comment: approve(comment, by=sam) for comment in comments])
    assert Post.objects.get().comment_count == 4
    assert set(Comment.objects.values_list("status", flat=True)) == {Status.APPROVED}
