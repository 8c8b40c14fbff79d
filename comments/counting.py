"""Keeps on each post what its pages say about the conversation: counts, last comment, version."""

from django.db import connection
from django.db.models import F

from blog.models import Post

# SQL by hand: one statement instead of four, in every transaction that touches a comment. "Standing" roots
# are those of CommentQuerySet.standing(); a test holds the two together.
_RECOUNT = """
    UPDATE blog_post SET
        thread_version = thread_version + 1,
        comment_count = (
            SELECT COUNT(*) FROM comments_comment AS c WHERE c.post_id = %s AND c.status = 'approved'
        ),
        last_comment_at = (
            SELECT MAX(c.created_at) FROM comments_comment AS c WHERE c.post_id = %s AND c.status = 'approved'
        ),
        root_count = (
            SELECT COUNT(*) FROM comments_comment AS c
            WHERE c.post_id = %s AND c.depth = 0 AND (c.status = 'approved' OR EXISTS (
                SELECT 1 FROM comments_comment AS r
                WHERE r.post_id = c.post_id AND r.status = 'approved'
                  AND r.path > c.path AND r.path < c.path || '~'
            ))
        )
    WHERE id = %s
    RETURNING root_count
"""


def touch_thread(post_id: int) -> None:
    """Says that something shown in the thread has changed, where no count can have. In the transaction of
    the change."""
    Post.objects.filter(pk=post_id).update(thread_version=F("thread_version") + 1)


def recount(post_id: int) -> int:
    """Counts afresh, raises the thread's version and returns how many branches the thread has now.

    Call it in the transaction of every change to a comment, and `comments.indexing.index_comment` with it.
    The post's row is locked first, so that of two writers the second one counts what the first one wrote.
    Raises Post.DoesNotExist for a post that is gone.
    """
    if connection.features.has_select_for_update:
        # No row but its key: several posts of one sweep are counted one after the other.
        Post.objects.select_for_update().filter(pk=post_id).values_list("pk").first()
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, [post_id] * 4)
        row = cursor.fetchone()
    if row is None:
        raise Post.DoesNotExist(f"There is no post {post_id}.")
    return row[0]
