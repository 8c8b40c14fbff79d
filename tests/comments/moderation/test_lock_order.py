"""Verdicts, settled reports and lessons at the same moment: nobody waits in a circle."""

from datetime import timedelta

import pytest

from comments.models import Deed, Report
from comments.moderation.actions import approve, keep, mark_spam
from comments.moderation.undoing import undo
from comments.reporting import Complaint, report
from tests.comments.moderation.cast import NOON, make_comment, make_owner, make_post
from tests.comments.moderation.test_two_moderators import at_once
from tests.makers import make_moderator

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize("round_", range(3))
def test_confirming_what_is_reported_while_others_judge_under_the_same_post(round_: int) -> None:
    sam, post = make_moderator(), make_post(make_owner())
    reported = [make_comment(post, status="approved", name=f"Rude {n}") for n in range(6)]
    for comment in reported:
        report(comment, Complaint("rude", "", "k1", "n1"), now=NOON + timedelta(hours=1))
    held = [make_comment(post, name=f"New {n}") for n in range(6)]
    confirmed = [approve(comment, by=sam) for comment in reported[:3]]
    at_once(
        *(lambda deed=deed: undo(deed, by=sam) for deed in confirmed),
        *(lambda comment=comment: approve(comment, by=sam) for comment in reported[3:5]),
        lambda: keep(reported[5], by=sam),
        *(lambda comment=comment: mark_spam(comment, by=sam) for comment in held),
    )
    assert Report.objects.open().count() == 3
    assert Deed.objects.count() == 3 + 3 + 2 + 1 + 6
