"""What is talked about under a post: its topics, and the telling words of its latest comments.

Read for long comments and those with a link only, which can be off the topic, and kept in the process under
the thread's version, so that a thread is read once however many comments arrive between two approved ones.
"""

from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from blog.models import Post
from comments.spam.rules.on_topic import is_long
from comments.spam.text import links_in
from comments.spam.words import telling_stems

# Of threads, a few hundred words each.
KEPT = 64
TEXTS_KEPT = 1_000

# SQL by hand: one query for both.
_TALK = """
    SELECT 'topic', topic.name
    FROM blog_topic AS topic JOIN blog_post_topics AS chosen ON chosen.topic_id = topic.id
    WHERE chosen.post_id = %s
    UNION ALL
    SELECT 'comment', latest.text FROM (
        SELECT text FROM comments_comment WHERE post_id = %s AND status = 'approved' ORDER BY id DESC LIMIT 50
    ) AS latest
"""


class Talk(NamedTuple):
    topics: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()


NO_TALK = Talk()


def talk_under(post: Post, *, for_text: str) -> Talk:
    """The talk that a comment with this text joins; none when the filter would not ask for it."""
    if not (is_long(for_text) or links_in(for_text)):
        return NO_TALK
    return read_talk(post.pk, post.thread_version)


@lru_cache(KEPT)
def read_talk(post_id: int, _thread_version: int) -> Talk:
    """The version is only part of the key: with the next approved comment another one is asked for."""
    with connection.cursor() as cursor:
        cursor.execute(_TALK, [post_id, post_id])
        rows = cursor.fetchall()
    topics = tuple(words for kind, words in rows if kind == "topic")
    return Talk(topics, frozenset().union(*(_stems_in(words) for kind, words in rows if kind == "comment")))


@lru_cache(TEXTS_KEPT)
def _stems_in(text: str) -> frozenset[str]:
    """Of the fifty latest comments all but one were among the fifty latest before."""
    return telling_stems(text)
