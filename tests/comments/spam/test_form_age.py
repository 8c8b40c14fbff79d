"""How long the form was open, and whether it was ours."""

import pytest

from comments.spam.candidate import History
from comments.spam.verdict import Decision
from tests.comments.spam.cast import KNOWN, codes, finding_of, verdict_on, whole_verdict_on

LONG_TEXT = "Every week a little more, and never two days in a row. " * 10


def test_form_sent_within_three_seconds_is_held() -> None:
    """Nobody types that fast."""
    verdict = verdict_on(form_age=2.9)
    assert verdict.decision is Decision.HOLD
    assert codes(verdict) == ["too_fast"]


def test_moderator_reads_how_fast_it_was() -> None:
    """The number is in the words."""
    assert "2.4 seconds" in finding_of(verdict_on(form_age=2.4), "too_fast").words


def test_form_sent_after_three_seconds_is_no_finding() -> None:
    """A short answer may be that quick."""
    assert codes(verdict_on(form_age=3.0, text="Thank you!")) == []


def test_age_below_zero_counts_as_no_time_at_all() -> None:
    """Two servers' clocks may differ a little."""
    assert "0.0 seconds" in finding_of(verdict_on(form_age=-0.4), "too_fast").words


def test_unknown_age_is_no_finding() -> None:
    """A mention has no form."""
    assert codes(verdict_on(form_age=None)) == []


@pytest.mark.parametrize("age", [90_000.0, 10_000_000.0, float("inf"), float("nan")])
def test_old_form_is_no_finding(age: float) -> None:
    """Pages are kept in caches, and people leave tabs open."""
    assert codes(verdict_on(form_age=age)) == []


def test_form_without_our_stamp_is_held() -> None:
    """Something sent it without ever fetching the page, or changed it."""
    verdict = verdict_on(form_is_ours=False, form_age=None)
    assert verdict.decision is Decision.HOLD
    assert codes(verdict) == ["no_stamp"]


def test_age_of_a_form_that_is_not_ours_is_not_believed() -> None:
    """A forged stamp says nothing about time, so one finding is enough."""
    assert codes(verdict_on(form_is_ours=False, form_age=1.0)) == ["no_stamp"]


def test_link_in_a_form_without_our_stamp_is_held_and_spam_with_a_third_sign() -> None:
    """Two signs need a moderator still, three need none."""
    changes = {"form_is_ours": False, "text": "Nice read, mine is at https://pills.example/"}
    verdict = whole_verdict_on(**changes)
    assert {"no_stamp", "first_link"} <= set(codes(verdict))
    assert verdict.decision is Decision.HOLD
    assert whole_verdict_on(History(network_rejected=1), **changes).decision is Decision.SPAM


def test_long_text_typed_impossibly_fast_is_noted_and_published() -> None:
    """Pasting one's own text is honest."""
    verdict = verdict_on(form_age=10.0, text=LONG_TEXT)
    assert codes(verdict) == ["typed_too_fast"]
    assert verdict.decision is Decision.PUBLISH


def test_long_text_typed_at_leisure_is_no_finding() -> None:
    """The same text in five minutes."""
    assert codes(verdict_on(form_age=300.0, text=LONG_TEXT)) == []


def test_fast_form_of_a_known_commenter_is_published() -> None:
    """A browser may bring back a draft at once."""
    assert verdict_on(KNOWN, form_age=1.5).decision is Decision.PUBLISH


@pytest.mark.parametrize(
    "changes", [{"form_is_ours": False}, {"form_age": 1.0}, {"form_age": 5.0, "text": LONG_TEXT}]
)
def test_commenter_is_not_told_about_the_form(changes: dict[str, object]) -> None:
    """Who knows the limit waits a second longer."""
    (finding,) = verdict_on(**changes).findings
    assert finding.reader_words is None
