"""The page on the filter says what the code does."""

import math
import re
from pathlib import Path

import pytest

from comments.spam.candidate import History, Opinion
from comments.spam.judge import (
    BASE_LOG_ODDS,
    HOLD_FROM,
    NO_MODEL,
    SPAM_FROM,
    TRUSTED_SHARE,
    VERSION,
    decision_for,
    probability_of,
)
from comments.spam.text_model import BEYOND_COUNTS, MOST_HONEST, MOST_SPAM, SITE_VIEWS, VIEWS, bounded
from comments.spam.verdict import Finding
from tests.comments.spam.cast import (
    STRANGER,
    WELL_KNOWN,
    blocking,
    entry,
    finding_of,
    verdict_on,
)
from tests.comments.spam.test_on_topic import FLATTERY, OFF_TOPIC, TAKING_UP, UNDER_POST
from tests.comments.spam.test_script import RUSSIAN

PAGE = (Path(__file__).parents[3] / "docs" / "spam.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?P<code>\w+)` \| [^|]+ \| (?P<points>[^|]+) \| (?P<told>yes|no) \|$", re.MULTILINE)
ROWS = {row["code"]: row for row in ROW.finditer(PAGE)}
# What the text model reports: its points are learned, so the page can name no numbers.
LEARNED = {view.code: view.reader_words for view in (*VIEWS, *SITE_VIEWS)}
LEARNED |= {"rest": None, "site_rest": None}

EXAMPLES: dict[str, list[tuple[dict[str, object], History]]] = {
    "honeypot": [({"honeypot": "x"}, STRANGER)],
    "no_stamp": [({"form_is_ours": False}, STRANGER)],
    "too_fast": [({"form_age": 2.9}, STRANGER)],
    "typed_too_fast": [({"form_age": 9.9, "text": "x" * 200}, STRANGER)],
    "rate_raised": [({}, History(recent_from_network=count)) for count in (3, 5)],
    "rate_high": [({}, History(recent_from_network=6))],
    "same_text_here": [({}, History(recent_same_text=1, same_text_here=1))],
    "same_text_elsewhere": [({}, History(recent_same_text=1))],
    "same_text_often": [({}, History(recent_same_text=2))],
    "same_short_text": [({"text": "x" * 24}, History(recent_same_text=9, same_text_here=1))],
    "near_rejected": [({}, History(near_rejected=count)) for count in range(1, 5)],
    "near_held": [({}, History(near_held=count)) for count in range(1, 5)],
    "blocked_hold": [({}, blocking(entry("spring")))],
    "blocked_spam": [({}, blocking(entry("spring", strength="spam")))],
    "first_link": [({"text": "https://a.example"}, STRANGER), ({"name": "a.com"}, STRANGER)],
    "first_website": [({"website": "https://a.example"}, STRANGER)],
    "links_many": [({"text": "https://a.example " * count}, STRANGER) for count in (4, 9)],
    "links_flood": [({"text": "https://a.example " * 10}, STRANGER)],
    "domain_rejected": [({}, History(domain_rejected=count)) for count in range(1, 9)],
    "domain_approved": [({}, History(domain_approved=count)) for count in range(1, 9)],
    "contact": [({"text": "Write to ines@mail.example"}, STRANGER), ({"text": "My WhatsApp?"}, STRANGER)],
    "name_link": [({"name": "insoles.com"}, STRANGER)],
    "name_price": [({"name": "Insoles 50% off"}, STRANGER)],
    "name_keywords": [({"name": "cheap running insoles"}, STRANGER)],
    "name_website": [({"name": "Best Insoles", "website": "https://bestinsoles.example"}, STRANGER)],
    "other_script": [({"text": RUSSIAN}, STRANGER)],
    "mixed_scripts": [
        ({"text": text}, STRANGER) for text in ("сialis", "сialis vіagra", "сialis vіagra pіlls")
    ],
    "hidden_characters": [({"text": "\u200b".join("casino") * count}, STRANGER) for count in (1, 9)],
    "emoji_text": [({"text": "💰🎰🔥👇💸🤑"}, STRANGER)],
    "leet": [({"text": "l0west pr1ce v1agra " + "f0rtune s1gn c4sh " * n}, STRANGER) for n in (0, 1)],
    "zalgo": [({"text": "a\u0301\u0302\u0303" * count}, STRANGER) for count in (3, 99)],
    "off_topic_link": [(UNDER_POST | {"text": f"{FLATTERY} https://a.example"}, STRANGER)],
    "off_topic": [(UNDER_POST | {"text": OFF_TOPIC}, STRANGER)],
    "on_topic": [(UNDER_POST | {"text": text}, STRANGER) for text in TAKING_UP],
    "answers_writer": [({"answers_writer": True}, STRANGER)],
    "approved_before": [({}, History(approved_before=count)) for count in range(1, 9)],
    "rejected_before": [({}, History(rejected_before=count)) for count in range(1, 9)],
    "network_rejected": [({}, History(network_rejected=count)) for count in range(1, 12)],
    "service_says": [
        ({}, History(service_says=opinion)) for opinion in (Opinion.HAM, Opinion.SPAM, Opinion.DISCARD)
    ],
    "staff": [({"is_staff": True}, STRANGER)],
}


def found(code: str) -> list[Finding]:
    """The findings of this code in its examples, milder ones first."""
    return [finding_of(verdict_on(history, **changes), code) for changes, history in EXAMPLES[code]]


def as_written(points: float) -> str:
    """Points as the page writes them, with a real minus sign."""
    return f"{points:+.1f}".replace("-", "−")


def test_page_lists_every_finding_there_is() -> None:
    """Each code that the package's source names has its line, and no line is about a code that is gone."""
    folder = Path(__file__).parents[3] / "comments" / "spam"
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    named = set(re.findall(r'Finding\(\s*"(\w+)"', sources)) | set(re.findall(r'View\(\s*"(\w+)"', sources))
    assert set(ROWS) == named == {*EXAMPLES, *LEARNED, NO_MODEL.code}


@pytest.mark.parametrize("code", LEARNED)
def test_page_calls_the_text_models_points_learned(code: str) -> None:
    """They change with every training; whether a commenter is told does not."""
    assert ROWS[code]["points"] == "learned"
    assert (ROWS[code]["told"] == "yes") is (LEARNED[code] is not None)


def test_page_states_what_is_found_without_a_text_model() -> None:
    """The one finding that is no rule's and not learned."""
    assert ROWS[NO_MODEL.code]["points"] == as_written(NO_MODEL.points)
    assert (ROWS[NO_MODEL.code]["told"] == "yes") is (NO_MODEL.reader_words is not None)


@pytest.mark.parametrize("code", EXAMPLES)
def test_page_states_the_points_of_a_finding(code: str) -> None:
    """All values a finding can take, in the order of their growth."""
    different = list(dict.fromkeys(as_written(finding.points) for finding in found(code)))
    assert ROWS[code]["points"] == ", ".join(different)


@pytest.mark.parametrize("code", EXAMPLES)
def test_page_states_whether_a_commenter_is_told(code: str) -> None:
    """Whether the finding has words for the reader."""
    assert {finding.reader_words is not None for finding in found(code)} == {ROWS[code]["told"] == "yes"}


def test_page_states_base_rate_thresholds_and_version() -> None:
    """The constants in words."""
    assert f"the base of\n   {as_written(BASE_LOG_ODDS)}," in PAGE
    assert f"| below {HOLD_FROM:.2f} |" in PAGE
    assert f"| {HOLD_FROM:.2f} to {SPAM_FROM:.2f} |" in PAGE
    assert f"(`{VERSION}`)" in PAGE


@pytest.mark.parametrize(
    ("text", "rules", "total", "probability", "decision"),
    [
        (0.0, (), "−3.0", "0.05", "publish"),
        (1.8, (), "−1.2", "0.23", "hold"),
        (5.0, (), "2.0", "0.88", "hold"),
        (5.0, (2.8,), "4.8", "0.99", "spam"),
        (1.5, (-2.0,), "−3.5", "0.03", "publish"),
    ],
)
def test_worked_examples_are_right(
    text: float, rules: tuple[float, ...], total: str, probability: str, decision: str
) -> None:
    """The sums a reader of the page would check, and what becomes of each."""
    findings = [Finding("x", points, "Seen") for points in (text, *rules)]
    given = probability_of(findings)
    assert as_written(math.log(given / (1 - given))).removeprefix("+") == total
    assert (f"{given:.2f}", decision_for(given)) == (probability, decision)
    parts = [as_written(points) for points in (text, *rules) if points]
    row = [" ".join([as_written(BASE_LOG_ODDS), *parts]), total, probability, decision]
    assert f"| {' | '.join(row)} |" in PAGE


def test_worked_examples_use_the_points_of_the_rules() -> None:
    """A form sent at once, all the trust there is, and what it makes of a text."""
    points = [found(code)[-1].points for code in ("too_fast", "approved_before")]
    assert points == [2.8, -2.0]
    assert f"counts {TRUSTED_SHARE} for them (+5.0 becomes +{5.0 * TRUSTED_SHARE})" in PAGE


def test_page_states_how_honest_a_text_can_make_a_comment_look() -> None:
    """Log-odds of -13 count as -6."""
    assert f"Below {as_written(MOST_HONEST)} they count {BEYOND_COUNTS}" in PAGE
    assert f"they count up to +{MOST_SPAM:.0f}" in PAGE
    assert f"−13.0 counts as {as_written(bounded(-13.0))}" in PAGE


@pytest.mark.parametrize(
    ("points", "decision"),
    [(1.5, "publish"), (1.6, "hold"), (6.4, "hold"), (6.5, "spam")],
)
def test_recipe_says_how_many_points_hold_a_stranger(points: float, decision: str) -> None:
    """Under 1.6 nothing happens by itself, from 6.5 on it is spam."""
    assert decision_for(probability_of([Finding("x", points, "Seen")])) == decision


@pytest.mark.parametrize(("points", "decision"), [(3.5, "publish"), (3.6, "hold")])
def test_recipe_says_how_many_points_hold_the_most_trusted(points: float, decision: str) -> None:
    """3.6 outweigh all the trust there is."""
    findings = [*verdict_on(WELL_KNOWN).findings, Finding("x", points, "Seen")]
    assert decision_for(probability_of(findings)) == decision
