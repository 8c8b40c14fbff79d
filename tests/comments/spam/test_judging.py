"""From findings to a decision: the arithmetic, the order, and a table of typical comments."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.candidate import Candidate, History, Opinion
from comments.spam.judge import HOLD_FROM, RULES, SPAM_FROM, Rule, decision_for, judge, probability_of
from comments.spam.verdict import MOST_POINTS, Decision, Finding
from tests.comments.spam.cast import (
    KNOWN,
    SILENT,
    STRANGER,
    WELL_KNOWN,
    blocking,
    candidate,
    codes,
    entry,
    verdict_on,
    whole_verdict_on,
)

POINTS = st.lists(st.floats(-MOST_POINTS, MOST_POINTS), max_size=30)
COUNTS = st.integers(min_value=0, max_value=10**6)
HISTORIES = st.builds(
    History,
    recent_from_network=COUNTS,
    recent_same_text=COUNTS,
    same_text_here=COUNTS,
    approved_before=COUNTS,
    rejected_before=COUNTS,
    network_rejected=COUNTS,
    near_held=COUNTS,
    near_rejected=COUNTS,
    domain_rejected=COUNTS,
    domain_approved=COUNTS,
    service_says=st.none() | st.sampled_from(Opinion),
)
# Like the default, and now and then made of what the rules look for.
TEXTS = st.text() | st.lists(
    st.sampled_from(
        ["http://", "a.com", "www.", "\u0301\u0327", "[url=", "\x00", "\ud800", "\u202e", " ", "@"]
    )
).map("".join)

FLATTERY = (
    "Great article! I really enjoyed reading this, thank you for sharing such valuable information with us."
)
PILLS = 'Best price <a href="https://pills.example/">pills</a> no prescription https://pills.example/buy'

TYPICAL = {
    "honest, short": ({"text": "Thank you, I needed this."}, STRANGER, "publish"),
    "honest, long": ({}, STRANGER, "publish"),
    "honest, in French": ({"text": "Merci, ça m’a aidé. Le mollet va mieux."}, STRANGER, "publish"),
    "honest, one emoji": ({"text": "❤"}, STRANGER, "publish"),
    "honest, a missing space": ({"text": "It hurts.so I stopped at 5.2 km"}, STRANGER, "publish"),
    "honest, a mail address": ({"text": "Write to ines@example.com"}, STRANGER, "hold"),
    "a mail address, known commenter": ({"text": "Write to ines@example.com"}, KNOWN, "publish"),
    "reply to somebody": ({"parent_name": "Jonas", "text": "Which shoes, Jonas?"}, STRANGER, "publish"),
    "link from a stranger": ({"text": "See https://plan.example/"}, STRANGER, "hold"),
    "link from a known commenter": ({"text": "See https://plan.example/"}, KNOWN, "publish"),
    "website from a known commenter": ({"website": "https://ines.example"}, KNOWN, "publish"),
    "flattery with website": ({"text": FLATTERY, "website": "https://pills.example"}, STRANGER, "hold"),
    "flattery that came before": ({"text": FLATTERY}, History(recent_same_text=9), "spam"),
    "flattery, website, too fast": (
        {"text": FLATTERY, "website": "https://pills.example", "form_age": 0.8},
        STRANGER,
        "hold",
    ),
    "pills": ({"text": PILLS}, STRANGER, "hold"),
    "pills, sent by a machine": ({"text": PILLS, "form_is_ours": False, "form_age": None}, STRANGER, "spam"),
    "pills, website too": ({"text": PILLS * 2, "website": "https://pills.example"}, STRANGER, "spam"),
    "hidden field filled": ({"honeypot": "x"}, STRANGER, "spam"),
    "hidden field, well known": ({"honeypot": "x"}, WELL_KNOWN, "hold"),
    "twice by mistake": ({}, History(recent_same_text=1, same_text_here=1), "hold"),
    "busy network": ({}, History(recent_from_network=4), "publish"),
    "flood": ({}, History(recent_from_network=30), "hold"),
    "flood of links": ({"text": "See https://plan.example/"}, History(recent_from_network=30), "spam"),
    "called spam by a service": ({}, History(service_says=Opinion.SPAM), "hold"),
    "pills, called spam by a service": ({"text": PILLS}, History(service_says=Opinion.DISCARD), "spam"),
    "rejected before": ({}, History(rejected_before=2), "hold"),
    "rejected before, with a link": ({"text": PILLS}, History(rejected_before=4), "spam"),
    "template again, new link": ({"text": PILLS}, History(near_rejected=1), "spam"),
    "mended and sent again": ({}, History(near_held=1), "hold"),
    "shop of rejected comments": ({"text": "See https://plan.example/"}, History(domain_rejected=2), "spam"),
    "blocked word": ({}, blocking(entry("downhills")), "hold"),
    "blocked for spam": ({}, blocking(entry("downhills", strength="spam")), "spam"),
    "odd name": ({"name": "slow and steady since 1998"}, STRANGER, "publish"),
    "name for a search engine, website too": (
        {"name": "cheap running insoles", "website": "https://insoles.example", "form_age": 2.0},
        STRANGER,
        "hold",
    ),
    "honest, in Russian": (
        {"text": "Спасибо! Мне это очень помогло, икра уже не болит."},
        STRANGER,
        "publish",
    ),
    "mention of another site": (
        {"form_age": None, "website": "https://blog.example/post"},
        STRANGER,
        "publish",
    ),
    "domain rejected once, known commenter": (
        {"text": "Don’t buy there: https://shop.example/. Mine never came."},
        History(domain_rejected=1, approved_before=3),
        "publish",
    ),
    "staff with everything against it": (
        {"is_staff": True, "text": PILLS, "honeypot": "x", "form_is_ours": False},
        History(recent_same_text=9, recent_from_network=99),
        "publish",
    ),
}


def with_points(points: list[float]) -> list[Finding]:
    return [Finding(f"f{number}", value, "Seen") for number, value in enumerate(points)]


@pytest.mark.parametrize(("changes", "history", "decision"), TYPICAL.values(), ids=TYPICAL.keys())
def test_typical_comment_gets_its_decision(
    changes: dict[str, object], history: History, decision: str
) -> None:
    """What happens to the comments a blog sees every day, the text model included."""
    assert whole_verdict_on(history, **changes).decision == decision


def test_first_comment_without_findings_is_published() -> None:
    """The site does not hold everybody."""
    verdict = verdict_on()
    assert verdict.findings == ()
    assert verdict.decision is Decision.PUBLISH
    assert 0 < verdict.probability < HOLD_FROM


def test_staff_is_published_with_a_finding_that_says_so() -> None:
    """No rule is asked, and the reason is on record."""
    verdict = verdict_on(is_staff=True, honeypot="x")
    assert codes(verdict) == ["staff"]
    assert verdict.decision is Decision.PUBLISH
    assert verdict.probability < 0.01


@pytest.mark.parametrize(
    ("probability", "decision"),
    [
        (0.0, "publish"),
        (math.nextafter(HOLD_FROM, 0), "publish"),
        (HOLD_FROM, "hold"),
        (math.nextafter(SPAM_FROM, 0), "hold"),
        (SPAM_FROM, "spam"),
        (1.0, "spam"),
    ],
)
def test_thresholds_belong_to_the_stricter_side(probability: float, decision: str) -> None:
    """Exactly at a threshold the stricter decision holds."""
    assert decision_for(probability) == decision


def test_points_are_natural_log_odds() -> None:
    """3 points against the base of -3 make even odds, and ln 3 more make three to one."""
    assert probability_of(with_points([3.0])) == 0.5
    assert probability_of(with_points([3.0, math.log(3)])) == pytest.approx(0.75)


@given(POINTS)
def test_probability_lies_between_zero_and_one(points: list[float]) -> None:
    """However much evidence there is on either side."""
    assert 0 <= probability_of(with_points(points)) <= 1


@given(POINTS, st.floats(0, MOST_POINTS))
def test_added_evidence_of_spam_never_lowers_the_probability(points: list[float], more: float) -> None:
    """A finding towards spam cannot help a spammer."""
    assert probability_of(with_points([*points, more])) >= probability_of(with_points(points))


@given(POINTS, st.floats(-MOST_POINTS, 0))
def test_added_evidence_of_ham_never_raises_the_probability(points: list[float], less: float) -> None:
    """Nor does a finding in favour hurt."""
    assert probability_of(with_points([*points, less])) <= probability_of(with_points(points))


@given(POINTS.flatmap(lambda points: st.tuples(st.just(points), st.permutations(points))))
def test_order_of_findings_does_not_change_the_probability(orders: tuple[list[float], list[float]]) -> None:
    """Not even in the last digit, so that a stored verdict can be compared exactly."""
    one, other = orders
    assert probability_of(with_points(one)) == probability_of(with_points(other))


@given(st.permutations(RULES))
def test_order_of_rules_does_not_change_the_probability(order: list[Rule]) -> None:
    """Whatever the order, on a comment that most of the rules have something to say about."""
    comment = candidate(
        honeypot="x", form_age=1.0, text="https://a.example " * 5 + "and more", website="b.example"
    )
    history = History(
        recent_from_network=9,
        recent_same_text=3,
        same_text_here=1,
        approved_before=2,
        rejected_before=1,
        domain_rejected=2,
        blocked=(entry("more"),),
    )
    one, other = judge(comment, history), judge(comment, history, rules=order)
    assert one.version == other.version
    assert one.probability == other.probability
    assert set(one.findings) == set(other.findings)


@given(text=TEXTS, name=TEXTS, website=TEXTS, honeypot=TEXTS, history=HISTORIES)
def test_any_text_gets_a_verdict(text: str, name: str, website: str, honeypot: str, history: History) -> None:
    """The filter never raises, and its decision always follows from its probability."""
    verdict = whole_verdict_on(history, text=text, name=name, website=website, honeypot=honeypot)
    assert 0 <= verdict.probability <= 1
    assert verdict.decision is decision_for(verdict.probability)


@given(text=TEXTS, age=st.none() | st.floats(), history=HISTORIES)
def test_same_facts_get_the_same_verdict(text: str, age: float | None, history: History) -> None:
    """Nothing but the arguments decides."""
    one, other = (whole_verdict_on(history, text=text, form_age=age) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    "text", ["http://a.example/ " * 5_556, "\u0301\u0327" * 50_000, "a." * 50_000, "x" * 100_000]
)
def test_hundred_kilobytes_get_a_verdict(text: str) -> None:
    """The caller limits the length; the filter does not depend on it."""
    assert whole_verdict_on(History(recent_same_text=1), text=text).decision in Decision


def test_one_more_rule_is_one_more_function() -> None:
    """Any function of candidate and history can be added, and its findings count like the others."""

    def check_shouting(comment: Candidate, _history: History) -> list[Finding]:
        return [Finding("shouting", 3.0, "Written in capitals")] if comment.text.isupper() else []

    rules = (*RULES, check_shouting)
    verdict = judge(candidate(text="READ THIS NOW"), STRANGER, prior=SILENT, rules=rules)
    assert codes(verdict) == ["shouting"]
    assert verdict.decision is Decision.HOLD


@pytest.mark.parametrize(
    "history",
    [
        History(approved_before=9, recent_from_network=9),
        History(approved_before=9, recent_same_text=1, same_text_here=1),
        History(approved_before=9, near_rejected=1),
    ],
    ids=["flood", "copy", "near a refused one"],
)
def test_honest_words_of_a_trusted_person_do_not_outweigh_what_weighs_much(history: History) -> None:
    """The text of a copy may be as honest as can be: it was honest where it was taken from."""
    assert judge(candidate(), History()).probability < 0.05
    assert judge(candidate(), history).decision is not Decision.PUBLISH


def test_hidden_field_under_honest_words_is_spam() -> None:
    assert judge(candidate(honeypot="x"), History()).decision is Decision.SPAM
