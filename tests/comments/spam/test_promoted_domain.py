"""Domains known from comments that were rejected or approved."""

import pytest

from comments.spam.candidate import History
from comments.spam.verdict import Decision
from tests.comments.spam.cast import codes, finding_of, verdict_on, whole_verdict_on

LINK = "This plan got me back: https://shop.plan.example/return"


def test_unknown_domain_is_no_finding() -> None:
    """Only the stranger's link is."""
    assert codes(verdict_on(text=LINK)) == ["first_link"]


def test_strangers_link_to_a_domain_rejected_three_times_is_spam() -> None:
    """What the text says and what moderators did agree."""
    assert verdict_on(History(domain_rejected=1), text=LINK).decision is Decision.HOLD
    assert whole_verdict_on(History(domain_rejected=2), text=LINK).decision is Decision.HOLD
    assert whole_verdict_on(History(domain_rejected=3), text=LINK).decision is Decision.SPAM


def test_rejected_domain_alone_never_makes_spam() -> None:
    """Somebody may have promoted a competitor to death."""
    assert verdict_on(History(domain_rejected=10**6)).decision is Decision.HOLD


def test_known_commenter_may_name_a_domain_rejected_once() -> None:
    """To warn of it, for instance."""
    history = History(domain_rejected=1, approved_before=1)
    assert verdict_on(history, text=LINK).decision is Decision.PUBLISH


@pytest.mark.parametrize(("count", "points"), [(1, -0.4), (4, -0.9), (5, -1.0), (99, -1.0)])
def test_approvals_of_a_domain_speak_for_it_a_little_and_are_bounded(count: int, points: float) -> None:
    """The physio everybody names."""
    verdict = verdict_on(History(domain_approved=count), text=LINK)
    assert finding_of(verdict, "domain_approved").points == points


def test_one_rejection_outweighs_every_approval() -> None:
    """A site that was good once may have been sold."""
    history = History(domain_rejected=1, domain_approved=99)
    assert codes(verdict_on(history, text=LINK)) == ["first_link", "domain_rejected"]


def test_moderator_reads_the_domain_and_the_commenter_nothing() -> None:
    """Up to three of them."""
    finding = finding_of(verdict_on(History(domain_rejected=3), text=LINK), "domain_rejected")
    assert finding.words == "3 comments with a link to plan.example rejected in the last 30 days"
    assert finding.reader_words is None


def test_known_commenter_gets_no_bonus_beside_their_trust() -> None:
    """They may link as it is."""
    assert codes(verdict_on(History(approved_before=1, domain_approved=9), text=LINK)) == ["approved_before"]
