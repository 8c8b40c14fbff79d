"""Ways to reach somebody outside the site, in a stranger's text."""

import pytest

from comments.spam.verdict import Decision
from tests.comments.spam.cast import KNOWN, codes, finding_of, verdict_on


@pytest.mark.parametrize(
    "text",
    [
        "Write to ines@mail.example",
        "Write to ines.maria+run@mail.example.",
        "INES@MAIL.EXAMPLE",
        "Call +44 7700 900123 now",
        "Call +44(0)7700-900-123",
        "0044 7700 900 123",
        "My WhatsApp is on",
        "whats app me",
        "Find him on Telegram",
        "t.me/healer",
        "Contact [email] today",
    ],
)
def test_way_to_reach_somebody_is_held(text: str) -> None:
    """And the commenter may be told so: they can leave it out."""
    verdict = verdict_on(text=text)
    assert codes(verdict)[-1] == "contact"
    assert verdict.decision is Decision.HOLD
    assert finding_of(verdict, "contact").reader_words == "a mail address or a telephone number in the text"


@pytest.mark.parametrize(
    "text",
    [
        "I ran 10 km in 52:14, at 145 bpm",
        "2026-03-14, 5 x 1000 m, 10-20-30",
        "@jonas which shoes?",
        "Meet me @ the track",
        "+1",
        "Splits: 5:10 5:12 5:09 5:15 5:08",
        "It got better, +20 % a week, 0012",
        "Doing 4x4 @ 4:30",
        "We can call it a day",
    ],
)
def test_numbers_and_names_of_runners_are_no_finding(text: str) -> None:
    """Times, dates, distances, mentions of each other."""
    assert codes(verdict_on(text=text)) == []


def test_known_commenter_may_give_an_address() -> None:
    """Somebody is to bring the spare key."""
    assert "contact" not in codes(verdict_on(KNOWN, text="Write to ines@mail.example"))


def test_several_ways_are_one_finding() -> None:
    """They are one offer."""
    assert codes(verdict_on(text="WhatsApp +44 7700 900123 or ines@mail.example")) == ["contact"]
