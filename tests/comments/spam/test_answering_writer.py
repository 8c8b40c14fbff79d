"""Answers to the writer's own comments."""

from comments.spam.verdict import Decision
from tests.comments.spam.cast import KNOWN, codes, verdict_on, whole_verdict_on


def test_answer_to_the_writer_speaks_for_a_comment() -> None:
    """A little."""
    verdict = verdict_on(answers_writer=True, parent_name="Mara", parent_text="How long did yours take?")
    assert codes(verdict) == ["answers_writer"]
    assert verdict.probability < verdict_on().probability


def test_answer_to_a_reader_is_no_finding() -> None:
    """Whatever name stands above it: only the badge counts."""
    assert codes(verdict_on(parent_name="Mara", parent_text="How long did yours take?")) == []


def test_answer_to_the_writer_does_not_let_a_strangers_link_through() -> None:
    """Programs press that link too."""
    text = "See https://plan.example/"
    assert whole_verdict_on(answers_writer=True, text=text).decision is Decision.HOLD


def test_known_commenter_gets_no_bonus_beside_their_trust() -> None:
    """Trust has a limit that nothing adds to."""
    assert codes(verdict_on(KNOWN, answers_writer=True)) == ["approved_before"]
