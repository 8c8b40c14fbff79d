"""What an outside service says counts as one sign among others."""

import pytest

from comments.spam.candidate import History, Opinion
from comments.spam.verdict import Decision
from tests.comments.spam.cast import STRANGER, codes, finding_of, verdict_on, whole_verdict_on


@pytest.mark.parametrize(
    ("opinion", "points"), [(Opinion.HAM, -0.5), (Opinion.SPAM, 3.0), (Opinion.DISCARD, 3.5)]
)
def test_opinion_is_one_finding_with_its_points(opinion: Opinion, points: float) -> None:
    """Kept from the commenter, who would only try again until it passes."""
    verdict = verdict_on(History(service_says=opinion))
    assert codes(verdict) == ["service_says"]
    assert finding_of(verdict, "service_says").points == points
    assert finding_of(verdict, "service_says").reader_words is None


def test_no_opinion_is_no_finding() -> None:
    """A service that was not asked, or did not answer, changes nothing."""
    assert verdict_on(History(service_says=None)) == verdict_on(STRANGER)


@pytest.mark.parametrize("opinion", [Opinion.SPAM, Opinion.DISCARD])
def test_stranger_called_spam_is_held_and_no_more(opinion: Opinion) -> None:
    """A moderator looks, because the service may be wrong."""
    assert verdict_on(History(service_says=opinion)).decision is Decision.HOLD


@pytest.mark.parametrize("opinion", [Opinion.SPAM, Opinion.DISCARD])
def test_trusted_commenter_called_spam_is_published(opinion: Opinion) -> None:
    """Moderators of this site know them better."""
    trusted = History(approved_before=3, service_says=opinion)
    assert verdict_on(trusted).decision is Decision.PUBLISH


def test_stranger_with_a_link_called_spam_is_spam() -> None:
    """Two signs that agree."""
    verdict = whole_verdict_on(History(service_says=Opinion.DISCARD), text="See https://a.example/ now")
    assert {"first_link", "service_says"} <= set(codes(verdict))
    assert verdict.decision is Decision.SPAM


def test_praise_does_not_publish_what_another_rule_holds() -> None:
    """A link from a stranger still waits."""
    praised = whole_verdict_on(History(service_says=Opinion.HAM), text="See https://a.example/ now")
    assert praised.decision is Decision.HOLD


def test_staff_needs_no_opinion() -> None:
    """No rule is asked about a signed-in writer, so this one isn't either."""
    assert codes(verdict_on(History(service_says=Opinion.DISCARD), is_staff=True)) == ["staff"]
