"""Whatever is sent, every rule answers, soon, and in words that can be stored."""

import base64
import random
from itertools import count, cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.candidate import Candidate, History, Opinion
from comments.spam.judge import RULES, Rule
from tests.comments.spam.cast import HONEST_TEXT, candidate, entry
from tests.comments.spam.test_on_topic import POST
from tests.stopwatch import seconds_for

LONGEST = 10_000
DRAW = random.Random(11)

HOSTILE = {
    "empty": "",
    "blank": " \n\t ",
    "one emoji": "🏃🏽‍♀️",
    "as long as allowed": ((HONEST_TEXT + " ") * 99)[:LONGEST],
    "one long word": "a" * LONGEST,
    "one long word with dots": "a." * (LONGEST // 2),
    "letters apart": "c i a l i s " * (LONGEST // 12),
    "letters between dots": "c.i.a.l.i.s " * (LONGEST // 12),
    "NUL": "a\x00b" * (LONGEST // 3),
    "lone surrogates": "a\ud800\udfff" * (LONGEST // 3),
    "Zalgo": ("a" + "\u0301\u0327\u0345" * 33) * (LONGEST // 100),
    "accents only": "\u0301\u0327" * (LONGEST // 2),
    "right to left": "שלום \u202e مرحبا \u200f" * (LONGEST // 16),
    "zero-width joiners": "\u200d".join("x" * (LONGEST // 2)),
    "invisible only": "\u200b" * LONGEST,
    "Base64": base64.b64encode(DRAW.randbytes(LONGEST * 3 // 4)).decode(),
    "any characters": "".join(chr(DRAW.randrange(0x110000)) for _ in range(LONGEST)),
    "addresses": "http://a.example/ " * (LONGEST // 18),
    "mail addresses": "a@b.example " * (LONGEST // 12),
    "one host": "http://" + "a." * (LONGEST // 2 - 4),
    "at signs": "@" * LONGEST,
    "stars": "*" * LONGEST,
    "Chinese": "我去年春天也有同样的伤痛" * (LONGEST // 12),
    "look-alikes": "сіаlіѕ " * (LONGEST // 7),
}
EVERYTHING = History(
    recent_from_network=1_000,
    recent_same_text=1_000,
    same_text_here=1_000,
    approved_before=1_000,
    rejected_before=1_000,
    network_rejected=1_000,
    near_held=1_000,
    near_rejected=1_000,
    domain_rejected=1_000,
    domain_approved=1_000,
    blocked=(
        entry("cialis"),
        entry("*a* b*"),
        entry("(a+)+$", strength="spam"),
        entry("a.example", "domain"),
        entry("@b.example", "address"),
    ),
    service_says=Opinion.DISCARD,
)
STRANGE_TEXT = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [*"aа.@*¦ \n", "http://", "www.", ".co.uk", "\u200d", "\u0301", "\ud800", "\x00", "50%", "🏃"]
    )
).map("".join)

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)


def sent(text: str) -> Candidate:
    """The text in every place that a sender can fill."""
    return candidate(
        text=text,
        name=text[:60],
        website=text[:200],
        email=text[:254],
        parent_text=text,
        parent_name=text[:60],
        post_title="What the tendon taught me",
        post_text=POST,
    )


@every_rule
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_rule_answers_within_fifty_milliseconds(rule: Rule, text: str) -> None:
    """Of a text that nothing is remembered of from before."""
    histories = cycle((EVERYTHING, History(), History(near_held=1)))
    comments = (sent(f"{text}{number if text else ''}") for number in count())

    def answer() -> None:
        findings = list(rule(next(comments), next(histories)))
        assert all(finding.words.isprintable() for finding in findings)

    assert seconds_for(answer) < 0.05


@every_rule
@given(text=STRANGE_TEXT)
def test_rule_never_raises(rule: Rule, text: str) -> None:
    """Whatever is sent."""
    for history in (EVERYTHING, History()):
        list(rule(sent(text), history))


@given(text=STRANGE_TEXT)
def test_words_of_findings_can_be_stored(text: str) -> None:
    """PostgreSQL keeps no NUL, and no encoding a lone surrogate."""
    for rule in RULES:
        for finding in rule(sent(text), EVERYTHING):
            assert "\x00" not in finding.words
            finding.words.encode("utf-8")
