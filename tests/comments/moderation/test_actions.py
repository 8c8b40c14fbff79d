"""A moderator's verbs move a comment, write the log, and keep the post's counts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from blog.models import Post
from comments.models import Comment, Deed
from comments.moderation.actions import Reason, approve, hold, mark_spam, trash
from tests.comments.moderation.cast import NOON, Status, deeds_of, make_comment

Act = Callable[..., Deed | None]

VERBS = [
    (approve, "held", "approve", "approved"),
    (hold, "approved", "hold", "held"),
    (mark_spam, "approved", "spam", "spam"),
    (trash, "held", "trash", "trash"),
]


@pytest.mark.parametrize(("act", "before", "verb", "after"), VERBS)
def test_verb_moves_the_comment_and_logs_it(
    post: Post, sam: User, act: Act, before: str, verb: str, after: str
) -> None:
    comment = make_comment(post, status=before)
    deed = act(comment, by=sam, reason=Reason(words="Because"), now=NOON)
    comment.refresh_from_db()
    assert comment.status == after
    assert (deed.verb, deed.before, deed.after) == (verb, before, after)
    assert (deed.comment_id, deed.by, deed.reason, deed.at) == (comment.pk, sam, "Because", NOON)
    assert deeds_of(comment) == [(verb, before, after)]


@pytest.mark.parametrize(("act", "after"), [(hold, "held"), (trash, "trash")])
def test_verb_on_a_comment_that_is_there_already_does_nothing(
    post: Post, sam: User, act: Act, after: str
) -> None:
    comment = make_comment(post, status=after)
    thread_version = post.thread_version
    assert act(comment, by=sam) is None
    comment.refresh_from_db()
    post.refresh_from_db()
    assert (comment.status, comment.version, post.thread_version) == (after, 1, thread_version)
    assert deeds_of(comment) == []


@pytest.mark.parametrize(
    ("act", "verb", "status"), [(approve, "approve", "approved"), (mark_spam, "spam", "spam")]
)
def test_what_the_filter_decided_is_confirmed_once(
    post: Post, sam: User, mara: User, act: Act, verb: str, status: str
) -> None:
    """A verdict that changes no status, and nothing that readers see."""
    comment = make_comment(post, status=status)
    thread_version = post.thread_version
    assert act(comment, by=sam).is_confirmation
    assert act(comment, by=mara) is None
    comment.refresh_from_db()
    post.refresh_from_db()
    assert (comment.status, comment.version, post.thread_version) == (status, 1, thread_version)
    assert deeds_of(comment) == [(verb, status, status)]


def test_comment_of_the_team_needs_no_confirmation(post: Post, sam: User) -> None:
    comment = make_comment(post, status="approved", user=sam, badge=Comment.Badge.MODERATOR)
    assert approve(comment, by=sam) is None


def test_deed_is_dated_now_unless_told_otherwise(held: Comment, sam: User, time_machine: object) -> None:
    time_machine.move_to(NOON + timedelta(days=3), tick=False)
    assert approve(held, by=sam).at == NOON + timedelta(days=3)


def test_deed_without_a_person_is_logged_as_nobodys(held: Comment) -> None:
    assert approve(held, by=None).by is None


def test_version_rises_so_that_the_kept_rendering_is_not_used_again(held: Comment, sam: User) -> None:
    approve(held, by=sam)
    trash(held, by=sam)
    held.refresh_from_db()
    assert held.version == 3


def test_the_callers_comment_is_brought_up_to_date(held: Comment, sam: User) -> None:
    approve(held, by=sam)
    assert (held.status, held.version) == (Status.APPROVED, 2)


def test_what_counts_is_the_row_and_not_the_callers_stale_copy(held: Comment, sam: User, mara: User) -> None:
    stale = Comment.objects.get(pk=held.pk)
    approve(held, by=sam)
    assert approve(stale, by=mara) is None
    assert stale.status == Status.APPROVED
    assert trash(stale, by=mara).before == Status.APPROVED


def test_only_status_and_version_are_written(held: Comment, sam: User) -> None:
    stale = Comment.objects.get(pk=held.pk)
    Comment.objects.filter(pk=held.pk).update(text="Edited meanwhile")
    approve(stale, by=sam)
    held.refresh_from_db()
    assert held.text == "Edited meanwhile"


def test_approving_counts_the_comment_under_its_post(held: Comment, post: Post, sam: User) -> None:
    approve(held, by=sam)
    post.refresh_from_db()
    assert (post.comment_count, post.root_count, post.last_comment_at) == (1, 1, held.created_at)


def test_trashing_takes_the_comment_out_of_the_count(held: Comment, post: Post, sam: User) -> None:
    approve(held, by=sam)
    trash(held, by=sam)
    post.refresh_from_db()
    assert (post.comment_count, post.root_count, post.last_comment_at) == (0, 0, None)


def test_each_deed_raises_the_threads_version(held: Comment, post: Post, sam: User) -> None:
    before = post.thread_version
    approve(held, by=sam)
    hold(held, by=sam)
    post.refresh_from_db()
    assert post.thread_version == before + 2


def test_replies_keep_their_own_status_when_their_parent_is_trashed(post: Post, sam: User) -> None:
    parent = make_comment(post, status=Status.APPROVED)
    reply = make_comment(post, status=Status.APPROVED, parent=parent)
    trash(parent, by=sam)
    reply.refresh_from_db()
    post.refresh_from_db()
    assert reply.status == Status.APPROVED
    assert (post.comment_count, post.root_count) == (1, 1)


def test_comment_that_is_gone_raises(held: Comment, sam: User) -> None:
    Comment.objects.filter(pk=held.pk).delete()
    with pytest.raises(Comment.DoesNotExist):
        approve(held, by=sam)


def test_deed_outlives_the_account_of_its_moderator(held: Comment, sam: User) -> None:
    deed = approve(held, by=sam)
    sam.delete()
    deed.refresh_from_db()
    assert (deed.by, deed.after) == (None, Status.APPROVED)
