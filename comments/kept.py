"""What is kept under a mail address: its comments, with what became of each, and everything as one record.

The record is what a reader takes home (docs/readers.md has its format). It holds what they gave us and what
we did with it; not the filter's opinion of a comment, and no hash.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from comments.forgetting import KEEP_NETWORKS
from comments.models import Comment, Follow, Mail, Reader
from comments.notifications.letter import absolute

FORMAT = "second-wind-reader/1"
_STATES = {
    Comment.Status.APPROVED: "Published",
    Comment.Status.HELD: "Waits for a moderator",
    # What the filter thinks stays with the moderators: it may be wrong, and spammers would like to know.
    Comment.Status.SPAM: "Waits for a moderator",
    Comment.Status.TRASH: "Removed by a moderator",
    Comment.Status.WITHDRAWN: "Withdrawn",
    Comment.Status.DELETED: "Deleted",
}
_POST_GONE = "Not shown: its post is no longer here"


def comments_of(reader: Reader) -> QuerySet[Comment]:
    """Newest first. A withdrawn comment has no address any more, so it is not among them."""
    return Comment.objects.filter(email=reader.email).with_post_title().newest_first()


def agreed_at(reader: Reader) -> datetime:
    """When the address was first left here: with a comment, or to follow something."""
    oldest = comments_of(reader).order_by("created_at").values_list("created_at", flat=True).first()
    return min(oldest, reader.created_at) if oldest else reader.created_at


def mails_to(reader: Reader) -> QuerySet[Mail]:
    return Mail.objects.filter(Q(reader=reader) | Q(to=reader.email)).order_by("-created_at", "-pk")


def state_of(comment: Comment, now: datetime) -> str:
    """What became of the comment, in words for its writer."""
    if comment.status == Comment.Status.APPROVED and not comment.post.is_published(now):
        return _POST_GONE
    return _STATES[Comment.Status(comment.status)]


def record_of(reader: Reader, now: datetime) -> dict[str, object]:
    return {
        "format": FORMAT,
        "site": absolute("/"),
        "made_at": now,
        "address": _address(reader),
        "comments": [_comment(comment, now) for comment in comments_of(reader)],
        "follows": [_follow(follow, now) for follow in reader.follows.with_targets()],
        "mails": list(_mails(reader)),
        "links": list(reader.links.values("purpose", "created_at", "expires_at", "used_at")),
    }


def _address(reader: Reader) -> dict[str, object]:
    return {
        "email": reader.email,
        "kept_since": agreed_at(reader),
        "confirmed_at": reader.confirmed_at,
        "last_asked_at": reader.asked_at,
        "rhythm": reader.rhythm,
        "no_mail_since": reader.silenced_at,
        "last_daily_mail_at": reader.last_digest_at,
    }


def _comment(comment: Comment, now: datetime) -> dict[str, object]:
    return {
        "id": comment.pk,
        "url": absolute(comment.get_absolute_url()),
        "post": _title(comment, now),
        "answers": comment.answers_id,
        "state": state_of(comment, now),
        "name": comment.name,
        "email": comment.email,
        "website": comment.website,
        "text": comment.text,
        "written_at": comment.created_at,
        "edited_at": comment.edited_at,
        "network_kept_until": comment.created_at + KEEP_NETWORKS if comment.network else None,
    }


def _title(comment: Comment, now: datetime) -> str | None:
    """A post that is no longer public is not named."""
    return comment.post.title if comment.post.is_published(now) else None


def _follow(follow: Follow, now: datetime) -> dict[str, object]:
    kind = follow.target.partition(".")[0]
    followed = follow.topic or follow.talk
    is_named = follow.topic_id is not None or followed.is_published(now)
    return {
        "kind": kind,
        "comment": follow.comment_id,
        "title": str(followed) if is_named else None,
        "asked_at": follow.created_at,
        "confirmed_at": follow.confirmed_at,
    }


def _mails(reader: Reader) -> Iterator[dict[str, object]]:
    fields = ("kind", "comment_id", "post_id", "created_at", "due_at", "sent_at", "dropped_at")
    for row in mails_to(reader).values(*fields):
        row["comment"], row["post"] = row.pop("comment_id"), row.pop("post_id")
        yield row
