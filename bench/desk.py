"""What a moderator finds after a very bad night: 100,000 held comments. Runs inside the site.

They lie on the posts that take posted comments, from some thousand networks, a tenth of them with the same
text, with findings as the filter leaves them. The moderator is signed in; their requests carry the session.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore

from bench import words
from blog.models import Post
from comments.models import Comment, MainReason
from comments.spam.text import fingerprint
from comments.submit import place

HELD = 100_000
BATCH = 2_000
NETWORKS = 2_000
# Of all texts, so many say the same; and one in five hundred names the thing that is searched for.
SAME_TEXT, NAMES_IT = 0.1, 0.002
SAME = "Wonderful blog, so informative, I told all my friends"
RARE = "xylophone"
FINDINGS = [
    {"code": "words_spam", "points": 1.9, "words": "Words that are common in spam: “cheap”, “visit”, “best”"},
    {"code": "first_link", "points": 0.9, "words": "A link from a first-time commenter"},
    {"code": "off_topic_link", "points": 1.4, "words": "A link in a text that takes up nothing of the post"},
    {
        "code": "traits_ham",
        "points": -0.7,
        "words": "Made as honest comments often are: a full stop at its end",
    },
]


def fill_desk(posts: Sequence[Post], now: datetime) -> dict[str, str]:
    """Writes the comments and the moderator. Returns `cookie`, the header of their browser, and what the rows
    ask for: `middle` and `example`, ids of a comment in the middle and of one with the common text, and
    `post`, the number of a post."""
    rows = _held(posts, now)
    keys: list[str] = []
    example = ""
    while batch := list(islice(rows, BATCH)):
        Comment.objects.bulk_create(batch)
        keys += [comment.pk for comment in batch]
        example = next((comment.pk for comment in batch if comment.text == SAME), example)
    return {"cookie": _sign_in(), "middle": keys[HELD // 2], "example": example, "post": str(posts[0].pk)}


def _held(posts: Sequence[Post], now: datetime) -> Iterator[Comment]:
    draw = Random(3)
    for number in range(HELD):
        text = SAME if draw.random() < SAME_TEXT else words.comment_text(draw)
        text += f" {RARE}" if draw.random() < NAMES_IT else ""
        moment = now - timedelta(seconds=HELD - number)
        comment = Comment(
            post=draw.choice(posts),
            name=draw.choice(words.NAMES),
            text=text,
            html=f"<p>{text}</p>",
            status=Comment.Status.HELD,
            created_at=moment,
            probability=draw.random(),
            findings=FINDINGS,
            main_reason=draw.choice(MainReason.values),
            network=f"network {draw.randrange(NETWORKS)}",
            fingerprint=fingerprint(text),
        )
        place(comment, moment)
        yield comment


def _sign_in() -> str:
    moderator = get_user_model().objects.create_user("bench-moderator", password=None)
    moderator.groups.add(Group.objects.get(name="Moderators"))
    session = SessionStore()
    session[SESSION_KEY] = str(moderator.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = moderator.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
