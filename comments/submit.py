"""The one door: every comment, from whatever side it comes, is written by `submit_comment`.

It blanks what a visitor may not set, asks the spam filter, and writes the comment, its findings, its traces
and the post's new counts in one transaction. The answer is sent after the commit: acknowledged means stored.
On sites that ask a service outside, it is asked first, while no transaction is open.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction

from blog.models import Post
from blog.people import writer_name
from comments.blocking import count_hits
from comments.counting import recount
from comments.draft import Draft, Submission
from comments.following import ask_to_follow
from comments.idempotency import key_of
from comments.identity import Sender
from comments.indexing import index_comment
from comments.judging import judge_comment
from comments.models import MAX_DEPTH, Comment
from comments.notifications.news import tell_of_comment
from comments.spam.candidate import BlockedEntry
from comments.spam.text import fingerprint
from comments.team import badge_of
from comments.traces import leave_traces
from lib.ids import new_id
from lib.markup import render_comment

# Ids are drawn at random within a millisecond; twice the same is a matter of one in a million.
ATTEMPTS = 3


def submit_comment(draft: Draft, *, post: Post, sender: Sender, now: datetime) -> Submission:
    """Judges and stores a comment under a post that takes comments.

    The same words by the same person under the same comment are one comment, however often they arrive.
    Raises ValueError when the text is longer than lib.markup allows.
    """
    comment = _comment_from(draft, post=post, sender=sender, now=now)
    comment.idempotency_key = key_of(draft, post=post, sender=sender)
    matched = judge_comment(comment, draft, sender=sender, now=now)
    follow = partial(_follow, draft, sender=sender, now=now)
    return _store(comment, now, matched=matched, follow=follow)


def _comment_from(draft: Draft, *, post: Post, sender: Sender, now: datetime) -> Comment:
    """The row, without its place in the tree. Only a session gives a badge; a typed name never does."""
    comment = Comment(
        post=post,
        answers=draft.answers,
        name=draft.name,
        email=draft.email,
        website=draft.website,
        text=draft.text,
        html=render_comment(draft.text),
        network=sender.network,
        fingerprint=fingerprint(draft.text),
        created_at=now,
    )
    if sender.user:
        comment.user, comment.badge = sender.user, badge_of(sender.user)
        comment.name = writer_name(sender.user)
    return comment


def _follow(draft: Draft, comment: Comment, *, sender: Sender, now: datetime) -> None:
    """What the commenter asked to be mailed about. Spam makes us write to nobody, unless a person approves
    it; the comment itself waits for no confirmation."""
    wanted = [comment] * draft.wants_answers + [comment.post] * draft.wants_thread
    if wanted and comment.email:
        is_quiet = comment.status == Comment.Status.SPAM
        ask_to_follow(comment.email, wanted, known_as=sender.reader_id, now=now, is_quiet=is_quiet)


def _store(
    comment: Comment,
    now: datetime,
    *,
    matched: Sequence[BlockedEntry],
    follow: Callable[[Comment], None],
) -> Submission:
    """Writes the comment, its traces, the post's counts, and who is to be told. What is there already is
    found by its key.

    The key alone decides, not a look before: of two requests at once only one can be first. What nobody sees
    yet changes no count and no version, so spam cannot empty the caches.
    """
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                place(comment, now)
                comment.save(force_insert=True)
                leave_traces(comment)
                count_hits(matched, now=now)
                if comment.status == Comment.Status.APPROVED:
                    index_comment(comment)
                    comment.post.root_count = recount(comment.post_id)
                    tell_of_comment(comment)
                follow(comment)
            return Submission(comment, is_new=True)
        except IntegrityError:
            if found := _stored_before(comment):
                return Submission(found, is_new=False)
    raise IntegrityError(f"no free id in {ATTEMPTS} attempts")


def _stored_before(comment: Comment) -> Comment | None:
    if comment.idempotency_key is None:
        return None
    same = Comment.objects.filter(idempotency_key=comment.idempotency_key)
    return same.with_post_title().first()


def place(comment: Comment, now: datetime) -> None:
    """Gives a comment its id and its place below the one it answers, fixed from here on.

    An answer to a comment at the deepest level stands beside it; `answers` still says whom it answers.
    """
    comment.id = new_id(now)
    answered = comment.answers
    parent = answered.parent if answered and answered.depth >= MAX_DEPTH else answered
    comment.parent = parent
    comment.depth = parent.depth + 1 if parent else 0
    comment.path = f"{parent.path if parent else ''}{comment.id}"
