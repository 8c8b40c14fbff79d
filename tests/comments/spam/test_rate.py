"""Many comments from one network within ten minutes."""

import pytest

from comments.spam.candidate import History
from comments.spam.verdict import Decision
from tests.comments.spam.cast import codes, finding_of, verdict_on


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_comments_from_a_network_are_no_finding(count: int) -> None:
    """Two people behind one address may both write."""
    assert codes(verdict_on(History(recent_from_network=count))) == []


@pytest.mark.parametrize("count", [3, 4, 5])
def test_several_comments_from_a_network_are_noted_and_published(count: int) -> None:
    """A lively evening, or a running club on one connection."""
    verdict = verdict_on(History(recent_from_network=count))
    assert codes(verdict) == ["rate_raised"]
    assert verdict.decision is Decision.PUBLISH


@pytest.mark.parametrize("count", [6, 60, 6_000])
def test_more_than_five_comments_from_a_network_are_held(count: int) -> None:
    """Held and never called spam: the number alone proves no ill will."""
    verdict = verdict_on(History(recent_from_network=count))
    assert codes(verdict) == ["rate_high"]
    assert verdict.decision is Decision.HOLD


def test_more_than_five_comments_are_held_even_of_a_well_known_commenter() -> None:
    """A stolen cookie could flood the site otherwise."""
    history = History(recent_from_network=6, approved_before=500)
    assert verdict_on(history).decision is Decision.HOLD


def test_moderator_and_commenter_both_read_about_the_rate() -> None:
    """The moderator with the number, the commenter without."""
    finding = finding_of(verdict_on(History(recent_from_network=7)), "rate_high")
    assert finding.words.startswith("7 comments")
    assert finding.reader_words == "many comments from one network at once"
