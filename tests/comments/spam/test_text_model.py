"""What the text model says adds up, names what stands there, and bears whatever is sent."""

import math
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.candidate import Candidate
from comments.spam.features import HOST_BUCKETS, TEXT_BUCKETS, features_of, letters_of, word_bucket
from comments.spam.judge import BASE_LOG_ODDS, judge
from comments.spam.prior import Prior, Weights, shipped_prior
from comments.spam.reading import fold, read
from comments.spam.shape import Shape
from comments.spam.text_model import (
    BEYOND_COUNTS,
    LONGEST_NAMED,
    MOST_HONEST,
    MOST_NAMED,
    MOST_SPAM,
    NAMED_FROM,
    VIEWS,
    bounded,
    examine,
)
from comments.spam.traits import SAYS
from comments.spam.verdict import Finding
from tests.comments.spam.cast import HONEST_TEXT, SILENT, STRANGER, candidate, finding_of, verdict_on
from tests.comments.spam.test_hostile_input import HOSTILE, LONGEST, STRANGE_TEXT
from tests.comments.spam.test_judging import FLATTERY, PILLS
from tests.stopwatch import seconds_for

CODES = [view.code for view in VIEWS]
QUOTED = re.compile("“([^”]*)”")
HARD = HOSTILE | {
    "tags": "<a " * 3_000,
    "joiners in words": "\u200d".join(HONEST_TEXT * 20)[:LONGEST],
    "forum tags": "[url=" * 2_000,
    "anchors": "<a href=http://a.example>x</a> " * 300,
    "different words": " ".join(f"{number:x}" for number in range(2_000)),
}


def weighing(words: dict[str, float], **changes: object) -> Prior:
    """A text model that knows these words and nothing else."""
    table = [0.0] * TEXT_BUCKETS
    for word, weight in words.items():
        table[word_bucket(word)] = weight
    hosts = [0.0] * HOST_BUCKETS
    facts = {"version": "x", "slope": 1.0, "intercept": 0.0, "hold_from": 0.5, "spam_from": 0.9}
    return Prior(**facts | {"shape": Shape({}, {}), "weights": Weights(table, hosts, [], [], 0.0)} | changes)


def found(comment: Candidate, prior: Prior | None = None) -> tuple[Finding, ...]:
    """What the text model, the shipped one unless told, says of a comment."""
    return examine(comment, prior or shipped_prior(), base=BASE_LOG_ODDS)


def noisy(seed: int) -> Prior:
    """A model whose every weight is a matter of chance, far larger than any that training gives."""
    draw = random.Random(seed)
    shape = Shape({name: [0.5] for name in SAYS}, {"links": [0.5], "praise": [0.1], "length": [3.0]})
    sizes = (TEXT_BUCKETS, HOST_BUCKETS, shape.size, shape.pairs_size)
    tables = [[draw.uniform(-4, 4) for _ in range(size)] for size in sizes]
    return weighing({}, shape=shape, weights=Weights(*tables, bias=0.5), slope=0.8, intercept=-0.3)


NOISY = noisy(3)


# ---------- the sum ----------
@pytest.mark.parametrize("prior", [shipped_prior(), NOISY, SILENT], ids=["shipped", "noisy", "silent"])
@given(text=STRANGE_TEXT | st.text("aeio shoe.https:/<>", max_size=120), name=st.text(max_size=20))
def test_findings_and_base_are_exactly_the_bounded_log_odds(prior: Prior, text: str, name: str) -> None:
    """Nothing is lost between the number and the words for it."""
    comment = candidate(text=text, name=name, website="shoe.example")
    points = [finding.points for finding in found(comment, prior)]
    log_odds = prior.log_odds(features_of(comment, prior.shape))
    assert math.fsum([BASE_LOG_ODDS, *points]) == pytest.approx(bounded(log_odds), abs=1e-9)


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_bound_keeps_the_order(one: float, other: float) -> None:
    """A text that looks more like spam never counts less."""
    assert (one <= other) <= (bounded(one) <= bounded(other))


def test_bound_lets_through_a_share_of_what_lies_below_and_nothing_beyond_certainty() -> None:
    """And everything between."""
    assert [bounded(MOST_HONEST), bounded(0.0), bounded(MOST_SPAM)] == [MOST_HONEST, 0.0, MOST_SPAM]
    assert [bounded(MOST_SPAM + 0.1), bounded(50.0)] == [MOST_SPAM, MOST_SPAM]
    assert 0 < BEYOND_COUNTS < 1
    assert bounded(MOST_HONEST - 10) == pytest.approx(MOST_HONEST - 10 * BEYOND_COUNTS)


@pytest.mark.parametrize("text", [HONEST_TEXT, PILLS, "Write to me at https://a.example"])
@pytest.mark.parametrize("prior", [shipped_prior(), NOISY], ids=["shipped", "noisy"])
def test_share_takes_from_what_speaks_for_spam_and_leaves_what_speaks_against_it(
    prior: Prior, text: str
) -> None:
    """Trust buys out a part of what a text says, and costs nobody anything."""
    comment = candidate(text=text)
    whole = math.fsum(finding.points for finding in found(comment, prior))
    shared = examine(comment, prior, base=BASE_LOG_ODDS, share=0.3)
    expected = 0.3 * whole if whole > 0 else whole
    assert math.fsum(finding.points for finding in shared) == pytest.approx(expected, abs=1e-9)


def test_silent_model_says_nothing() -> None:
    """So that the tests of the rules are about the rules."""
    assert found(candidate(text=PILLS), SILENT) == ()
    assert verdict_on().findings == ()


# ---------- the words ----------
def test_words_for_and_against_are_named_strongest_first() -> None:
    """With their points, and the rest apart."""
    prior = weighing({"casino": 3.0, "bonus": 2.0, "tendon": -4.0, "today": 0.01})
    verdict = judge(candidate(text="Casino bonus today, tendon"), STRANGER, prior=prior, rules=())
    spam, ham = finding_of(verdict, "words_spam"), finding_of(verdict, "words_ham")
    assert spam.words == "Words that are common in spam: “casino”, “bonus”"
    assert ham.words == "Words that are common in honest comments: “tendon”"
    assert spam.points > 0 > ham.points
    assert spam.points / ham.points == pytest.approx(5 / -4)


def test_pair_counts_for_both_its_words() -> None:
    """Half for each."""
    [spam, _rest] = found(candidate(text="free spins"), weighing({"free spins": 3.0}))
    assert spam.words == "Words that are common in spam: “free”, “spins”"


def test_no_more_than_four_words_are_named() -> None:
    """The others belong to the rest."""
    words = [f"word{chr(97 + number)}" for number in range(9)]
    [spam, rest] = found(candidate(text=" ".join(words)), weighing(dict.fromkeys(words, 6.0)))
    assert len(QUOTED.findall(spam.words)) == MOST_NAMED
    assert rest.code == "rest"


@pytest.mark.parametrize(
    "text",
    [HONEST_TEXT, FLATTERY, PILLS, "Buy сіаlіѕ and c.a.s.i.n.o now", "Merci, ça m’a aidé.", "Run 10 km?"],
)
@pytest.mark.parametrize("prior", [shipped_prior(), NOISY], ids=["shipped", "noisy"])
def test_named_words_and_hosts_stand_in_the_text(text: str, prior: Prior) -> None:
    """As the eye reads it, with every digit a nought."""
    plain, hosts = letters_of(fold(text)[0]), {link.host for link in read(text).links}
    for finding in found(candidate(text=text), prior):
        named = QUOTED.findall(finding.words)
        if finding.code.startswith("words_"):
            assert named
            assert all(word in plain for word in named)
        elif finding.code.startswith("hosts_"):
            assert set(named) <= hosts
        elif finding.code.startswith("made_"):
            assert any(says in finding.words for says in SAYS.values())


@given(STRANGE_TEXT)
def test_named_parts_are_strong_and_of_their_sign(text: str) -> None:
    """Nobody is told that a word speaks for spam which speaks against it."""
    for finding in found(candidate(text=text), NOISY):
        if finding.code != "rest":
            assert abs(finding.points) >= NAMED_FROM
            assert (finding.points > 0) is finding.code.endswith("_spam")


def test_findings_come_in_one_order_and_each_once() -> None:
    """The one that tells the commenter anything names no word: they would only change it."""
    codes = [finding.code for finding in found(candidate(text=PILLS))]
    assert codes == [code for code in [*CODES, "rest"] if code in codes]
    told = [finding.reader_words for finding in found(candidate(text=PILLS)) if finding.reader_words]
    assert set(told) <= {"words that are common in advertising"}


def test_long_word_is_cut_in_the_words() -> None:
    """A finding is a line."""
    [spam, _rest] = found(candidate(text="x" * 500), weighing({"x" * 500: 3.0}))
    assert spam.words.endswith(f"“{'x' * LONGEST_NAMED}…”")


# ---------- whatever is sent ----------
@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_hostile_text_is_examined_within_fifty_milliseconds(text: str) -> None:
    comment = candidate(text=text, name=text[:60], website=text[:200])
    assert seconds_for(lambda: found(comment)) < 0.05
    findings = found(comment)
    assert all(finding.words.isprintable() and len(finding.words) < 300 for finding in findings)


@given(text=STRANGE_TEXT, name=STRANGE_TEXT, website=STRANGE_TEXT)
def test_words_of_findings_can_be_stored(text: str, name: str, website: str) -> None:
    """PostgreSQL keeps no NUL, and no encoding a lone surrogate."""
    for finding in found(candidate(text=text, name=name, website=website), NOISY):
        assert "\x00" not in finding.words
        finding.words.encode("utf-8")
