"""Workers and moderators at the same moment: a sweep does each comment once, and nobody is overruled."""

import pytest
from django.utils import timezone

from comments.models import Comment, Deed, Lesson
from comments.moderation import sweeping
from comments.moderation.actions import NO_REASON, approve, line_for
from comments.moderation.sieve import Sieve
from comments.moderation.sweeping import advance, begin_sweep, begin_undo
from tests.comments.moderation.cast import make_comments, make_owner, make_post
from tests.comments.moderation.test_two_moderators import at_once
from tests.makers import make_moderator

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def work(sweep_id: int) -> None:
    while advance(sweep_id, now=timezone.now()):
        pass


def test_each_comment_is_done_once_and_undone_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "PORTION", 3)
    sam, mara = make_moderator(), make_owner()
    posts = [make_post(mara, slug=f"p{number}") for number in range(2)]
    comments = [comment for post in posts for comment in make_comments(post, 8)]
    mine = [comments[2], comments[11]]
    now = timezone.now()
    line = line_for(Deed.Verb.SPAM, by=sam, reason=NO_REASON, now=now)
    sweep = begin_sweep(line, Sieve(), seen_at=now, count=16)
    at_once(
        *[lambda: work(sweep.pk)] * 3,
        *(lambda comment=comment: approve(comment, by=mara) for comment in mine),
    )
    sweep.refresh_from_db()
    assert Deed.objects.filter(sweep=sweep).count() == sweep.done_count
    # Mara came before the sweep or after it; either way her word stands.
    assert {comment.pk for comment in Comment.objects.filter(status="approved")} == {row.pk for row in mine}
    assert Lesson.objects.filter(is_spam=True).count() == 14
    undoing = begin_undo(sweep.deed, by=sam, now=timezone.now())
    at_once(*[lambda: work(undoing.pk)] * 3)
    undoing.refresh_from_db()
    assert Comment.objects.filter(status="held").count() == 14
    assert (undoing.done_count, undoing.left_count) == (14, sweep.done_count - 14)
