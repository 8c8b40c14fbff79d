"""What a reader of one post gets around it, in as few queries as it takes."""

from datetime import datetime

from blog.models import Post

RELATED = 3
# Of the related posts some may be neighbours already, and are not named twice.
SPARE = 2

# SQL by hand: composing this from querysets takes ten times as long as running it. "Published" is what
# PostQuerySet.published() says; a test holds the two together.
_AROUND = """
    WITH published AS (
        SELECT id, title, slug, publish_at, created_at, series_id, series_part, minutes FROM blog_post
        WHERE publish_at <= %(now)s AND (withdraw_at IS NULL OR withdraw_at > %(now)s)
    )
    SELECT * FROM published
    WHERE id = (SELECT id FROM published WHERE publish_at < %(moment)s ORDER BY publish_at DESC LIMIT 1)
       OR id = (SELECT id FROM published WHERE publish_at > %(moment)s ORDER BY publish_at LIMIT 1)
       OR series_id = %(series)s
       OR id IN (
            SELECT id FROM published
            WHERE id <> %(post)s AND id IN (
                SELECT theirs.post_id FROM blog_post_topics AS ours
                JOIN blog_post_topics AS theirs ON theirs.topic_id = ours.topic_id
                WHERE ours.post_id = %(post)s
            )
            ORDER BY publish_at DESC LIMIT %(related)s
       )
    ORDER BY publish_at, id
"""


def post_to_read(post_id: int) -> Post:
    """The post with everything its page shows of it, in one query."""
    return Post.objects.select_related("author", "hero", "series").get(pk=post_id)


def neighbours(post: Post, now: datetime) -> dict[str, object]:
    """The posts before and after, the others of its series, and a few on the same topics, in one query.

    Keys: `earlier` and `later` (a post or None), `series_posts` (in order, the post itself among them; empty
    without a series), `related` (at most three, newest first, none of them named before).
    """
    around = list(Post.objects.raw(_AROUND, _arguments(post, now)))
    others = [other for other in around if other.pk != post.pk]
    earlier = next((other for other in reversed(others) if other.publish_at < post.publish_at), None)
    later = next((other for other in others if other.publish_at > post.publish_at), None)
    series_posts = _in_series(post, around)
    named = {earlier, later, *series_posts}
    return {
        "earlier": earlier,
        "later": later,
        "series_posts": series_posts,
        "related": [other for other in reversed(others) if other not in named][:RELATED],
    }


def _arguments(post: Post, now: datetime) -> dict[str, object]:
    return {
        "now": now,
        "moment": post.publish_at,
        "post": post.pk,
        "series": post.series_id,
        "related": RELATED + SPARE,
    }


def _in_series(post: Post, around: list[Post]) -> list[Post]:
    if not post.series_id:
        return []
    parts = [other for other in around if other.series_id == post.series_id]
    return sorted(parts, key=lambda part: (part.series_part or 0, part.publish_at))
