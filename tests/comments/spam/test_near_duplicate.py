"""Texts that nearly repeat one that waits or was refused."""

import pytest

from comments.spam.candidate import History
from comments.spam.verdict import Decision
from tests.comments.spam.cast import codes, finding_of, verdict_on, whole_verdict_on


def test_text_unlike_any_other_is_no_finding() -> None:
    """The usual case."""
    assert codes(verdict_on(History())) == []


@pytest.mark.parametrize("count", [1, 2, 50])
def test_near_repeat_of_a_refused_text_is_held(count: int) -> None:
    """By itself it may be chance."""
    verdict = verdict_on(History(near_rejected=count))
    assert codes(verdict) == ["near_rejected"]
    assert verdict.decision is Decision.HOLD


def test_near_repeat_of_a_refused_text_with_another_strong_sign_is_spam() -> None:
    """A link, a form sent too fast."""
    assert whole_verdict_on(History(near_rejected=1), text="See https://a.example").decision is Decision.SPAM
    assert verdict_on(History(near_rejected=1), form_age=1.0).decision is Decision.SPAM


def test_near_repeat_of_a_refused_text_from_a_busy_network_waits() -> None:
    """Both may be chance, and a moderator looks in any case."""
    assert verdict_on(History(near_rejected=1, recent_from_network=3)).decision is Decision.HOLD


def test_near_repeat_by_a_well_known_commenter_is_held() -> None:
    """Trust doesn't buy it out, and nobody trusted is called a spammer."""
    assert verdict_on(History(near_rejected=9, approved_before=500)).decision is Decision.HOLD


def test_near_repeat_of_a_waiting_text_waits_with_it() -> None:
    """Most likely somebody mended a slip and sent it again; they may be told."""
    verdict = verdict_on(History(near_held=1))
    assert verdict.decision is Decision.HOLD
    assert finding_of(verdict, "near_held").reader_words == "a text much like another one that is waiting"


def test_near_repeat_of_a_waiting_text_by_a_known_commenter_is_published() -> None:
    """Nothing was decided about the other one yet. One approval is enough if the text is honest as well."""
    assert verdict_on(History(near_held=1, approved_before=2)).decision is Decision.PUBLISH
    assert whole_verdict_on(History(near_held=1, approved_before=1)).decision is Decision.PUBLISH


def test_several_waiting_ones_weigh_more() -> None:
    """A campaign that nobody has looked at yet."""
    few, many = verdict_on(History(near_held=2)), verdict_on(History(near_held=3))
    assert finding_of(many, "near_held").points > finding_of(few, "near_held").points
    assert many.decision is Decision.HOLD


def test_refused_ones_outweigh_waiting_ones_and_are_not_added_to_them() -> None:
    """One finding says it."""
    assert codes(verdict_on(History(near_held=5, near_rejected=1))) == ["near_rejected"]


def test_exact_repeat_is_not_counted_twice() -> None:
    """The rule on duplicates has seen it."""
    assert codes(verdict_on(History(recent_same_text=1, near_rejected=3))) == ["same_text_elsewhere"]


def test_commenter_is_not_told_of_a_refused_likeness() -> None:
    """It would say how much to change."""
    assert finding_of(verdict_on(History(near_rejected=1)), "near_rejected").reader_words is None


def test_moderator_reads_how_many_there_are() -> None:
    """One is a comment, more are comments."""
    assert "1 comment in spam" in finding_of(verdict_on(History(near_rejected=1)), "near_rejected").words
    assert "4 comments waiting" in finding_of(verdict_on(History(near_held=4)), "near_held").words
