"""The hidden field of the form."""

from comments.spam.verdict import Decision
from tests.comments.spam.cast import WELL_KNOWN, codes, finding_of, verdict_on


def test_filled_hidden_field_is_spam() -> None:
    """People cannot see the field, so an otherwise honest text does not help."""
    verdict = verdict_on(honeypot="https://pills.example")
    assert verdict.decision is Decision.SPAM
    assert codes(verdict) == ["honeypot"]


def test_white_space_in_the_hidden_field_counts() -> None:
    """A person can type nothing there at all."""
    assert verdict_on(honeypot=" ").decision is Decision.SPAM


def test_empty_hidden_field_is_no_finding() -> None:
    """The normal case."""
    assert codes(verdict_on(honeypot="")) == []


def test_hidden_field_of_a_well_known_commenter_is_held_for_a_person_to_look_at() -> None:
    """Programs that fill in forms do stumble; trust softens the verdict and never buys it off."""
    assert verdict_on(WELL_KNOWN, honeypot="Ines").decision is Decision.HOLD


def test_commenter_is_not_told_about_the_hidden_field() -> None:
    """Who knows the trap steps over it."""
    assert finding_of(verdict_on(honeypot="x"), "honeypot").reader_words is None
