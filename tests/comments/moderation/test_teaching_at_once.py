"""Two moderators who teach at the same moment both are learned from, on every database."""

import pytest

from comments.learning import SiteModel
from comments.lessons import LearningState, Lesson
from comments.moderation.actions import approve, mark_spam
from tests.comments.moderation.cast import make_comment, make_owner, make_post
from tests.comments.moderation.test_two_moderators import at_once
from tests.makers import make_moderator

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_no_lesson_is_lost() -> None:
    sam, mara = make_moderator(), make_owner()
    post = make_post(mara)
    comments = [make_comment(post, text=f"Mile {number}", name=f"Runner {number}") for number in range(8)]
    model = SiteModel()
    deeds = [
        lambda comment=comment, number=number: (approve, mark_spam)[number % 2](
            comment, by=(sam, mara)[number % 2]
        )
        for number, comment in enumerate(comments)
    ]
    at_once(*deeds, model.layer, model.layer)
    assert Lesson.objects.count() == 8
    assert LearningState.objects.get().version == 8
    assert model.layer() == SiteModel().layer()
    assert model.layer().number == 8
