"""What moderators decided before, and how far it reaches."""

import pytest

from comments.spam.candidate import History
from comments.spam.verdict import Decision
from tests.comments.spam.cast import codes, finding_of, verdict_on, whole_verdict_on
from tests.comments.spam.test_judging import FLATTERY


def test_approved_comments_lower_the_probability() -> None:
    """Compared with a stranger who sends the same."""
    assert verdict_on(History(approved_before=1)).probability < verdict_on().probability


@pytest.mark.parametrize(("count", "points"), [(1, -1.0), (2, -1.6), (3, -2.0), (4, -2.0), (10**6, -2.0)])
def test_trust_grows_slowly_and_is_bounded(count: int, points: float) -> None:
    """The third approved comment brings all the trust there is."""
    assert finding_of(verdict_on(History(approved_before=count)), "approved_before").points == points


@pytest.mark.parametrize(("count", "points"), [(1, 2.4), (2, 3.8), (3, 4.0), (10**6, 4.0)])
def test_distrust_grows_slowly_and_is_bounded(count: int, points: float) -> None:
    """Likewise for rejected comments."""
    assert finding_of(verdict_on(History(rejected_before=count)), "rejected_before").points == points


@pytest.mark.parametrize("count", [1, 5, 5_000])
def test_commenter_rejected_before_is_held_and_never_spam_for_that_alone(count: int) -> None:
    """A moderator looks again; people change."""
    assert verdict_on(History(rejected_before=count)).decision is Decision.HOLD


def test_one_rejection_among_many_approvals_is_published() -> None:
    """A regular had one bad day."""
    assert verdict_on(History(rejected_before=1, approved_before=20)).decision is Decision.PUBLISH


def test_one_rejected_comment_from_the_network_is_noted_and_published() -> None:
    """Networks are shared by strangers."""
    verdict = verdict_on(History(network_rejected=1))
    assert codes(verdict) == ["network_rejected"]
    assert verdict.decision is Decision.PUBLISH


@pytest.mark.parametrize("count", [3, 30, 3_000])
def test_stranger_from_a_network_that_sent_much_spam_is_held_if_nothing_speaks_for_them(count: int) -> None:
    """Held and no more, however much came from there."""
    assert verdict_on(History(network_rejected=count)).decision is Decision.HOLD


@pytest.mark.parametrize("count", [3, 30, 3_000])
def test_honest_text_outweighs_the_network_it_came_from(count: int) -> None:
    """Strangers share the network; an advertisement from there waits."""
    history = History(network_rejected=count)
    assert whole_verdict_on(history).decision is Decision.PUBLISH
    assert whole_verdict_on(history, text=FLATTERY).probability > whole_verdict_on(text=FLATTERY).probability
    assert whole_verdict_on(history, text=FLATTERY).decision is Decision.HOLD


def test_known_commenter_from_a_bad_network_is_published() -> None:
    """The person's own past weighs more than the network's."""
    assert verdict_on(History(network_rejected=3_000, approved_before=3)).decision is Decision.PUBLISH


def test_moderator_reads_one_comment_in_the_singular() -> None:
    """Words a person would use."""
    one = finding_of(verdict_on(History(approved_before=1)), "approved_before")
    two = finding_of(verdict_on(History(approved_before=2)), "approved_before")
    assert one.words == "1 comment by this person approved before"
    assert two.words == "2 comments by this person approved before"


def test_commenter_is_not_told_about_reputation() -> None:
    """What others did from the same network is not theirs to know."""
    history = History(approved_before=1, rejected_before=1, network_rejected=1)
    assert {finding.reader_words for finding in verdict_on(history).findings} == {None}
