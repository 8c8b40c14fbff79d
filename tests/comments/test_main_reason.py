"""Why a comment waits, in one word: a rule that makes all wait, the rule that says most, links, words."""

import pytest

from comments.models import MainReason, main_reason
from comments.models.reason import KIND_OF
from comments.spam.verdict import Finding


def found(**points: float) -> list[Finding]:
    return [Finding(code, value, code) for code, value in points.items()]


@pytest.mark.parametrize(
    ("findings", "reason"),
    [
        ({}, ""),
        ({"words_ham": -2.0}, ""),
        ({"words_spam": 2.0}, "words"),
        ({"words_spam": 2.0, "contact": 0.5}, "contact"),
        ({"words_spam": 2.0, "contact": 0.3}, "words"),
        ({"contact": 0.5, "same_text_often": 3.0}, "repeats"),
        ({"words_spam": 2.0, "first_link": 0.0}, "links"),
        ({"honeypot": 5.0, "old_post": 0.0}, "post"),
    ],
)
def test_main_reason(findings: dict[str, float], reason: str) -> None:
    assert main_reason(found(**findings)) == reason


def test_every_kind_but_the_words_has_codes_of_its_own() -> None:
    assert set(KIND_OF.values()) == set(MainReason) - {MainReason.WORDS}
