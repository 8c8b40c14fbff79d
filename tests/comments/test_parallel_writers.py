"""Eight writers at once in one thread: nothing lost, nothing doubled, the order intact, the counts right."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from blog.models import Post
from blog.thread_part import ThreadPart
from comments.models import Comment
from comments.submit import submit_comment
from comments.thread import build_thread
from comments.thread_query import BRANCH_SIZE
from tests.makers import make_comment, make_draft, make_post, make_sender

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8
REPLIES = 1_000


def write_replies(post: Post, root: Comment, writer: int) -> list[str]:
    """This writer's share of the replies, each sent twice as an impatient finger would."""
    try:
        sender = make_sender(f"network-{writer}")
        ids = []
        for number in range(REPLIES // WRITERS):
            draft = make_draft(f"Writer {writer}, reply {number}", name=f"Writer {writer}", answers=root)
            sent = [submit_comment(draft, post=post, sender=sender, now=timezone.now()) for _ in range(2)]
            assert sent[0].comment.pk == sent[1].comment.pk
            ids.append(sent[0].comment.pk)
        return ids
    finally:
        connection.close()


def test_eight_parallel_writers_lose_and_double_nothing():
    post = make_post()
    root = make_comment(post, "Who else?")
    with ThreadPoolExecutor(WRITERS) as pool:
        shares = list(pool.map(lambda writer: write_replies(post, root, writer), range(WRITERS)))
    post.refresh_from_db()
    stored = list(Comment.objects.filter(parent=root).in_thread_order().values_list("pk", "text", "path"))
    assert len(stored) == len({text for _pk, text, _path in stored}) == REPLIES
    assert {pk for share in shares for pk in share} == {pk for pk, _text, _path in stored}
    assert [path for _pk, _text, path in stored] == sorted(root.path + pk for pk, _text, _path in stored)
    for share in shares:
        assert share == sorted(share, key=[pk for pk, _text, _path in stored].index)
    approved = Comment.objects.approved().count()
    assert (post.comment_count, post.root_count) == (approved, 1)
    assert post.thread_version == approved


def test_same_comment_from_eight_windows_at_once_is_one():
    post = make_post()

    def send(_window: int) -> str:
        try:
            return submit_comment(
                make_draft(), post=post, sender=make_sender(), now=timezone.now()
            ).comment.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        ids = set(pool.map(send, range(WRITERS)))
    assert len(ids) == Comment.objects.count() == 1


def test_thread_of_a_thousand_replies_reads_in_order():
    post = make_post()
    root = make_comment(post)
    Comment.objects.bulk_create(_replies(post, root, 1_000))
    rows = build_thread(post, ThreadPart()).rows
    assert len(rows) == 1 + BRANCH_SIZE
    assert sum(row["opens"] for row in rows) == 1
    [more] = [end.more for row in rows for end in row["closes"]]
    assert more.count == 1_000 - BRANCH_SIZE


def _replies(post: Post, root: Comment, number: int) -> list[Comment]:
    ids = [f"{100_000_000_000 + index:012}" for index in range(number)]
    return [
        Comment(
            pk=pk,
            post=post,
            parent=root,
            answers=root,
            path=root.path + pk,
            depth=1,
            name="Ines",
            status="approved",
        )
        for pk in ids
    ]
