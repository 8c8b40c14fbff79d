"""What a moderator's deed teaches the filter, written in the deed's own transaction.

Approving a comment teaches that such comments are ham, marking it as spam that they are spam. The latest deed
that nobody has undone decides, so a second verdict replaces the first and an undo brings the first back.
Once the commenter has changed the words, a verdict on the former ones teaches nothing any more.
Holding and trashing teach nothing, nor does anything done to the team's own comments, and an untouched
comment has no deed.
"""

import hashlib
import json
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F
from django.utils.crypto import get_random_string

from comments.lessons import DIGEST_LENGTH, TOKEN_LENGTH, LearningState, Lesson
from comments.models import Comment, Deed
from comments.spam.text import fingerprint

IS_SPAM = {Deed.Verb.APPROVE: False, Deed.Verb.SPAM: True}


def teach(comment: Comment) -> None:
    """Makes the comment's lesson the one its deeds lead to. The caller holds the lock on its row."""
    wanted = _lesson_of(comment)
    found = Lesson.objects.filter(comment=comment).first()
    if _digest(wanted) == _digest(found):
        return
    if found:
        found.delete()
    if wanted:
        wanted.save(force_insert=True)
    raise_version()


def unteach(comment: Comment) -> None:
    """Forgets the comment's lesson, words and all. In the transaction that takes the words away."""
    if Lesson.objects.filter(comment=comment).delete()[0]:
        raise_version()


def teach_anew() -> None:
    """Makes every comment's lesson anew from the log, and raises the version even where nothing changed."""
    for comment_id in Deed.objects.order_by("comment").values_list("comment", flat=True).distinct():
        with transaction.atomic():
            comment = Comment.objects.select_for_update(no_key=True).filter(pk=comment_id).first()
            if comment:
                teach(comment)
    with transaction.atomic():
        raise_version()


def raise_version() -> None:
    """Tells every process that the lessons have changed. Moderators at once wait for each other here, so each
    version is one state of the lessons."""
    change = {"version": F("version") + 1, "token": get_random_string(TOKEN_LENGTH)}
    only = LearningState.objects.filter(pk=LearningState.ONLY)
    if not only.update(**change):
        LearningState.objects.get_or_create(pk=LearningState.ONLY)
        only.update(**change)


def _lesson_of(comment: Comment) -> Lesson | None:
    """The lesson that the comment's deeds lead to, not saved."""
    deed = None if comment.badge else comment.deeds.in_force().order_by("-pk").first()
    if deed is None or deed.verb not in IS_SPAM or _is_about_other_words(deed, comment):
        return None
    lesson = Lesson(
        deed=deed,
        comment=comment,
        is_spam=IS_SPAM[deed.verb],
        name=comment.name,
        website=comment.website,
        text=comment.text,
        campaign=comment.fingerprint or fingerprint(comment.text),
        commenter=_commenter_of(comment, deed.at),
        at=deed.at,
    )
    lesson.digest = _digest_of(lesson)
    return lesson


def _is_about_other_words(deed: Deed, comment: Comment) -> bool:
    """The words that the moderator read are gone; nobody has judged those that took their place."""
    return comment.edited_at is not None and deed.at < comment.edited_at


def _commenter_of(comment: Comment, at: datetime) -> str:
    """A hash with the day in it: lessons of two days do not show that one commenter wrote both."""
    day = at.astimezone(UTC).date().isoformat()
    return _hash_of(day, comment.network or [comment.name, comment.website])


def _digest(lesson: Lesson | None) -> str:
    return lesson.digest if lesson else ""


def _digest_of(lesson: Lesson) -> str:
    words = (lesson.name, lesson.website, lesson.text)
    return _hash_of(lesson.deed_id, lesson.is_spam, *words, lesson.campaign, lesson.commenter)


def _hash_of(*facts: object) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:DIGEST_LENGTH]
