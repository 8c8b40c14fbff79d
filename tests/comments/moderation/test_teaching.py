"""What moderators' deeds teach: approving and marking as spam do, others do not, undo takes back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from blog.models import Post
from comments.lessons import LearningState, Lesson
from comments.models import Comment
from comments.moderation.actions import approve, hold, keep, mark_spam, trash
from comments.moderation.undoing import undo
from comments.reporting import Complaint, report
from tests.comments.moderation.cast import NOON, Status, make_comment


def lessons() -> list[tuple[str, bool]]:
    return list(Lesson.objects.values_list("comment_id", "is_spam"))


def version() -> int:
    state = LearningState.objects.first()
    return state.version if state else 0


def test_approving_teaches_ham(held: Comment, sam: User) -> None:
    deed = approve(held, by=sam)
    lesson = Lesson.objects.get()
    assert (lesson.deed, lesson.comment, lesson.is_spam) == (deed, held, False)
    assert (lesson.name, lesson.text, lesson.website) == (held.name, held.text, held.website)


def test_marking_as_spam_teaches_spam(held: Comment, sam: User) -> None:
    mark_spam(held, by=sam)
    assert lessons() == [(held.pk, True)]


@pytest.mark.parametrize("verb", [hold, trash])
def test_holding_and_trashing_teach_nothing(post: Post, sam: User, verb: object) -> None:
    verb(make_comment(post, status=Status.APPROVED), by=sam)
    assert (lessons(), version()) == ([], 0)


def test_untouched_comment_teaches_nothing(post: Post) -> None:
    make_comment(post, status=Status.SPAM)
    make_comment(post, status=Status.APPROVED)
    assert lessons() == []


def test_second_verdict_replaces_the_first(held: Comment, sam: User) -> None:
    approve(held, by=sam)
    mark_spam(held, by=sam)
    assert lessons() == [(held.pk, True)]


def test_trashing_what_was_approved_takes_the_lesson_back(held: Comment, sam: User) -> None:
    approve(held, by=sam)
    trash(held, by=sam)
    assert lessons() == []


def test_undo_takes_the_lesson_back(held: Comment, sam: User) -> None:
    undo(mark_spam(held, by=sam), by=sam)
    assert lessons() == []


def test_undo_brings_the_earlier_lesson_back_exactly(held: Comment, sam: User) -> None:
    approve(held, by=sam, now=NOON)
    before = Lesson.objects.values().get()
    undo(mark_spam(held, by=sam, now=NOON + timedelta(days=1)), by=sam, now=NOON + timedelta(days=2))
    assert Lesson.objects.values().get() == before


def test_each_change_of_the_lessons_raises_the_version(held: Comment, sam: User) -> None:
    deed = approve(held, by=sam)
    assert version() == 1
    undo(deed, by=sam)
    assert version() == 2


def test_comment_of_the_team_teaches_nothing(post: Post, sam: User) -> None:
    comment = make_comment(post, user=sam, badge=Comment.Badge.MODERATOR)
    approve(comment, by=sam)
    assert (lessons(), version()) == ([], 0)


def test_what_was_learned_outlives_its_comment(held: Comment, sam: User) -> None:
    """Spam is deleted for good after a while, and the filter still knows what it was like."""
    mark_spam(held, by=sam)
    before = lessons()
    held.delete()
    assert [is_spam for _, is_spam in lessons()] == [is_spam for _, is_spam in before] == [True]


def test_confirming_what_the_filter_took_for_spam_teaches_it(post: Post, sam: User) -> None:
    spam = make_comment(post, status="spam")
    deed = mark_spam(spam, by=sam)
    assert lessons() == [(spam.pk, True)]
    undo(deed, by=sam)
    assert lessons() == []


def test_keeping_a_reported_comment_leaves_its_lesson(held: Comment, sam: User) -> None:
    approve(held, by=sam)
    before = lessons()
    report(held, Complaint("rude", "", "k1", "n1"), now=NOON)
    assert keep(held, by=sam).verb == "keep"
    assert lessons() == before


def test_commenter_is_not_told_from_day_to_day(post: Post, sam: User) -> None:
    """Lessons of one network have the same hash on one day only, and it is not the network's."""
    ours = [make_comment(post, network="n1", text=f"Mile {number}") for number in range(3)]
    for comment, day in zip(ours, (0, 0, 1), strict=True):
        approve(comment, by=sam, now=NOON + timedelta(days=day))
    one, same_day, next_day = Lesson.objects.values_list("commenter", flat=True)
    assert one == same_day != next_day
    assert "n1" not in {one, next_day}
