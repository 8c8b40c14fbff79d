"""Who appears in the tests of the desk, and what waits there."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bs4 import Tag
from django.contrib.auth.models import User

from blog.models import Post
from comments.models import Comment, Deed
from tests import makers

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
PASSWORD = "correct-horse"
Status = Comment.Status


def make_owner() -> User:
    """Mara, who writes the blog and may do everything."""
    return User.objects.create_superuser("mara", password=PASSWORD, first_name="Mara", last_name="Lindqvist")


def make_reader() -> User:
    """Rosa, who has an account and no rights."""
    return User.objects.create_user("rosa", password=PASSWORD)


def make_post(author: User, **fields: Any) -> Post:
    words = {"title": "Why I keep a boring log", "publish_at": NOON - timedelta(days=3)}
    return makers.make_post(author=author, **(words | fields))


def make_comment(
    post: Post, *, status: str = Status.HELD, parent: Comment | None = None, **fields: Any
) -> Comment:
    words = {
        "name": "Hollis",
        "text": "Three weeks into the stair thing and I can do ten without wobbling.",
        "created_at": NOON,
    }
    return makers.make_comment(post, status=status, answers=parent, **(words | fields))


def make_comments(post: Post, count: int, *, status: str = Status.HELD) -> list[Comment]:
    """Comments a minute apart, by different people, each with two findings."""
    findings = [
        {"code": "first_link", "points": 1.8, "words": "A link from a first-time commenter"},
        {"code": "known", "points": -0.4, "words": "Approved before"},
    ]
    return [
        make_comment(
            post,
            status=status,
            name=f"Runner {number}",
            created_at=NOON + timedelta(minutes=number),
            probability=0.5,
            findings=findings,
        )
        for number in range(count)
    ]


def deeds_of(comment: Comment) -> list[tuple[str, str, str]]:
    """A comment's log, oldest first, as verb, before, after."""
    return list(Deed.objects.filter(comment=comment).order_by("pk").values_list("verb", "before", "after"))


def words_of(tag: Tag) -> str:
    """What a reader of the element reads, on one line."""
    return " ".join(tag.get_text(" ").split())
