"""Keeps on each post what its pages say about the conversation: counts, last comment, version."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import F

from blog.models import Post
from comments.models.comment import ID_LENGTH

# SQL by hand: one statement instead of four, in every transaction that touches a comment. A branch stands
# while anything in it is approved (CommentQuerySet.standing(); a test holds the two together), so branches
# are counted by the beginnings of approved paths: thousands of held comments cost nothing.
_RECOUNT = f"""
    UPDATE blog_post SET
        thread_version = thread_version + 1,
        comment_count = (
            SELECT COUNT(*) FROM comments_comment AS c WHERE c.post_id = %s AND c.status = 'approved'
        ),
        last_comment_at = (
            SELECT MAX(c.created_at) FROM comments_comment AS c WHERE c.post_id = %s AND c.status = 'approved'
        ),
        root_count = (
            SELECT COUNT(DISTINCT SUBSTR(c.path, 1, {ID_LENGTH}))
            FROM comments_comment AS c WHERE c.post_id = %s AND c.status = 'approved'
        )
    WHERE id = %s
    RETURNING root_count
"""  # noqa: S608  (a number of ours; every value is bound)


def touch_thread(post_id: int) -> None:
    """Says that something shown in the thread has changed, where no count can have. In the transaction of
    the change."""
    Post.objects.filter(pk=post_id).update(thread_version=F("thread_version") + 1)


def lock_posts(post_ids: Iterable[int]) -> None:
    """Locks the posts' rows in the order of their numbers: whoever touches several posts, or something that
    comes after posts in the order of locks, calls it first."""
    if connection.features.has_select_for_update:
        wanted = Post.objects.select_for_update().filter(pk__in=set(post_ids)).order_by("pk")
        list(wanted.values_list("pk"))


def recount(post_id: int) -> int:
    """Counts afresh, raises the thread's version and returns how many branches the thread has now.

    Call it in the transaction of every change to a comment, and `comments.indexing.index_comment` with it.
    The post's row is locked first, so that of two writers the second one counts what the first one wrote.
    Raises Post.DoesNotExist for a post that is gone.
    """
    lock_posts([post_id])
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, [post_id] * 4)
        row = cursor.fetchone()
    if row is None:
        raise Post.DoesNotExist(f"There is no post {post_id}.")
    return row[0]
