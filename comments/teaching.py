"""What a moderator's deed teaches the filter, written in the deed's own transaction.

Approving a comment teaches that such comments are ham, marking it as spam that they are spam. The latest deed
that nobody has undone decides, so a second verdict replaces the first and an undo brings the first back.
Once the commenter has changed the words, a verdict on the former ones teaches nothing any more.
Holding and trashing teach nothing, nor does anything done to the team's own comments, and an untouched
comment has no deed.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F
from django.utils.crypto import get_random_string

from comments.lessons import DIGEST_LENGTH, TOKEN_LENGTH, LearningState, Lesson
from comments.models import Comment, Deed
from comments.spam.text import fingerprint

IS_SPAM = {Deed.Verb.APPROVE: False, Deed.Verb.SPAM: True}


def teach(comments: Sequence[Comment]) -> None:
    """Makes each comment's lesson the one its deeds lead to. The caller holds the locks on their rows. Of
    what is gone there are no words to learn from; what was learned of it before is left as it is."""
    comments = [comment for comment in comments if not comment.is_gone]
    wanted = _lessons_of(comments)
    found = {lesson.comment_id: lesson for lesson in Lesson.objects.filter(comment__in=comments)}
    changed = [
        comment.pk
        for comment in comments
        if _digest(wanted.get(comment.pk)) != _digest(found.get(comment.pk))
    ]
    if not changed:
        return
    if former := [found[key].pk for key in changed if key in found]:
        Lesson.objects.filter(pk__in=former).delete()
    Lesson.objects.bulk_create(wanted[key] for key in changed if key in wanted)
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
                teach([comment])
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


def _lessons_of(comments: Sequence[Comment]) -> dict[str, Lesson]:
    """The lessons that the comments' deeds lead to, not saved, by the comments' ids."""
    by_id = {comment.pk: comment for comment in comments if not comment.badge}
    return {
        key: _lesson_from(deed, by_id[key])
        for key, deed in Deed.objects.last_verdicts(by_id.values()).items()
        # The words that the moderator read may be gone; nobody has judged those that took their place.
        if deed.verb in IS_SPAM and not by_id[key].was_edited_after(deed.at)
    }


def _lesson_from(deed: Deed, comment: Comment) -> Lesson:
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
