"""Tells the demo's conversations again, comment by comment, through the one door that readers use.

Each comment is submitted at its own time, in the order in which people wrote under all the posts, so the
spam filter judges it knowing just what it would have known. Where a comment ended up elsewhere than the
filter put it, the moderator's own functions move it: the log then shows who did what, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.utils.timezone import localtime

from blog.models import Post
from comments.draft import Draft
from comments.identity import Sender
from comments.models import Comment, Reaction
from comments.moderation import actions
from comments.reacting import react
from comments.reporting import Complaint, report
from comments.submit import submit_comment
from comments.voices import stored_key
from demo import library
from lib.network import keyed_hash

MODERATED_AFTER = timedelta(minutes=40)
# Nobody has looked at a report yet, so it came in not long ago.
REPORTED_BEFORE = timedelta(hours=7)
MOVE = {
    Comment.Status.APPROVED: actions.approve,
    Comment.Status.HELD: actions.hold,
    Comment.Status.SPAM: actions.mark_spam,
    Comment.Status.TRASH: actions.trash,
}


@dataclass(frozen=True)
class Told:
    """A comment of the library, with the post it stands under and its place in that post's thread."""

    at: datetime
    post: Post
    place: int
    record: library.Comment


@dataclass
class Telling:
    """What has been written so far: each comment by post and place, and each person's own ids."""

    writer: AbstractUser
    moderator: AbstractUser
    now: datetime
    written: dict[tuple[int, int], Comment] = field(default_factory=dict)
    ids_of: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def sender_of(self, record: library.Comment) -> Sender:
        """Team members by their account; a reader as one browser on one network, the whole year."""
        user = {"writer": self.writer, "moderator": self.moderator}.get(record.by)
        network = keyed_hash(f"demo {record.name or record.by}", key=settings.SECRET_KEY, purpose="network")
        return Sender(network=network, own_ids=self.ids_of.get(record.name, ()), user=user)

    def remember(self, told: Told, comment: Comment) -> None:
        self.written[told.post.pk, told.place] = comment
        self.ids_of[told.record.name] = (*self.ids_of.get(told.record.name, ()), comment.pk)


def load_threads(
    posts: Mapping[str, Post], *, writer: AbstractUser, moderator: AbstractUser, now: datetime
) -> int:
    """Writes every comment whose time has come. Returns how many."""
    telling = Telling(writer, moderator, now)
    for told in sorted(_everything(posts), key=lambda told: told.at):
        if told.at <= now:
            _tell(told, telling)
    return len(telling.written)


def _everything(posts: Mapping[str, Post]) -> Iterator[Told]:
    for slug, post in posts.items():
        for place, record in enumerate(library.read_thread(slug)):
            midnight = localtime(post.publish_at).replace(hour=0, minute=0)
            yield Told(midnight + record.after, post, place, record)


def _tell(told: Told, telling: Telling) -> None:
    draft = _draft(told, telling)
    sender = telling.sender_of(told.record)
    comment = submit_comment(draft, post=told.post, sender=sender, now=told.at).comment
    telling.remember(told, comment)
    if comment.status != told.record.status:
        moment = min(told.at + MODERATED_AFTER, telling.now)
        reason = actions.Reason(told.record.reason_code, told.record.reason)
        MOVE[told.record.status](comment, by=telling.moderator, reason=reason, now=moment)
    _react(comment, told.record)
    if told.record.reported:
        complaint = Complaint(**told.record.reported, key=stored_key("demo"), network="")
        report(comment, complaint, now=max(told.at, telling.now - REPORTED_BEFORE))


def _react(comment: Comment, record: library.Comment) -> None:
    """As many readers as the record says, each with a voice of their own."""
    for kind in Reaction.Kind:
        for number in range(getattr(record, kind)):
            react(comment, kind, key=stored_key(f"demo {kind} {number}"), network="")


def _draft(told: Told, telling: Telling) -> Draft:
    record = told.record
    answers = None if record.answers is None else telling.written[told.post.pk, record.answers]
    return Draft(
        name=record.name,
        text=record.text,
        email=record.email,
        website=record.website,
        answers=answers,
        honeypot=record.honeypot,
        form_age=record.form_age or _time_to_type(record.text),
    )


def _time_to_type(text: str) -> float:
    """Seconds for reading the form and typing four characters a second."""
    return 20 + len(text) / 4
