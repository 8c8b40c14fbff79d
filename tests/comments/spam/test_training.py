"""From labelled comments to weights: the same each time, and without names of campaigns."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comments.management.commands import train_prior
from comments.spam import training
from comments.spam.candidate import Candidate, History
from comments.spam.features import word_bucket
from comments.spam.judge import judge
from comments.spam.prior import Prior, read_prior, write_prior
from comments.spam.training import Labelled, calibration, train
from tests.comments.spam.cast import candidate

HONEST = ("tendon", "ankle", "walking", "downhill", "physio")
FOR_SALE = ("casino", "bonus", "pills", "loans", "replica")
NEUTRAL = ("Enter a valid value.", "Geben Sie einen gültigen Wert ein.", "Saisissez une valeur valide.")


def comment(words: tuple[str, ...], number: int, *, more: str = "") -> Candidate:
    """A comment that holds three of these words and some that say nothing."""
    said = [words[(number + step) % len(words)] for step in (0, 1, 3)]
    return candidate(text=f"so the {said[0]} and {said[1]} or {said[2]} number {more}", name=f"Name{number}")


ROWS = [
    Labelled(comment(words, number), words is FOR_SALE, f"site-{number % 7}", campaign=f"{words[0]}-{number}")
    for number in range(40)
    for words in (HONEST, FOR_SALE)
]


@pytest.fixture(scope="module")
def prior() -> Prior:
    """Trained on eighty comments of seven sites."""
    return train(ROWS, NEUTRAL)


def weight(prior: Prior, word: str) -> float:
    return prior.weights.text[word_bucket(word)]


def test_same_rows_give_the_same_bytes(prior: Prior, tmp_path: Path) -> None:
    """Whoever doubts the shipped file can make it again."""
    one, other = tmp_path / "one.bin", tmp_path / "other.bin"
    write_prior(prior, one)
    write_prior(train(ROWS, NEUTRAL), other)
    assert one.read_bytes() == other.read_bytes()


def test_other_rows_give_another_version(prior: Prior) -> None:
    """A stored verdict says by which prior it was reached."""
    changed = Labelled(comment(HONEST, 99), is_spam=False, source="site-1", campaign="other")
    assert train([*ROWS[:-1], changed], NEUTRAL).version != prior.version


@pytest.mark.parametrize("word", FOR_SALE)
def test_word_of_spam_speaks_for_spam(prior: Prior, word: str) -> None:
    assert weight(prior, word) > 0


@pytest.mark.parametrize("word", HONEST)
def test_word_of_honest_comments_speaks_against_spam(prior: Prior, word: str) -> None:
    assert weight(prior, word) < 0


def test_word_that_stands_in_both_says_little(prior: Prior) -> None:
    assert abs(weight(prior, "number")) < abs(weight(prior, "casino")) / 4


def test_word_that_was_never_seen_says_nothing(prior: Prior) -> None:
    assert weight(prior, "zebra") == 0


def test_campaigns_own_words_get_no_weight() -> None:
    """However often it was sent, and though its other words count."""
    campaign = [
        Labelled(comment(FOR_SALE, number, more="xyloburn"), is_spam=True, source="site-1", campaign="one")
        for number in range(9)
    ]
    prior = train([*ROWS, *campaign], NEUTRAL)
    assert weight(prior, "xyloburn") == 0
    assert weight(prior, "casino") > 0


def test_word_of_two_campaigns_gets_a_weight() -> None:
    """It is no name any longer."""
    two = [
        Labelled(comment(FOR_SALE, number, more="xyloburn"), True, "site-1", campaign=f"c{number}")
        for number in range(2)
    ]
    assert weight(train([*ROWS, *two], NEUTRAL), "xyloburn") > 0


def test_trained_prior_tells_the_two_apart(prior: Prior) -> None:
    """Comments it has not seen, by people it has not met."""
    spam, ham = (
        judge(comment(words, 77), History(), prior=prior, rules=()).probability
        for words in (FOR_SALE, HONEST)
    )
    assert ham < 0.5 < spam


@pytest.mark.parametrize("is_spam", [True, False])
def test_rows_of_one_label_are_refused(is_spam: bool) -> None:
    """There is nothing to tell apart."""
    rows = [row for row in ROWS if row.is_spam is is_spam]
    with pytest.raises(ValueError, match="spam and ham"):
        train(rows, NEUTRAL)


def test_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="spam and ham"):
        train([], NEUTRAL)


def test_calibration_makes_log_odds() -> None:
    """Of sums at +1 three in four are spam, of those at -1 one in four: ln 3 on either side."""
    sums = [1.0] * 4 + [-1.0] * 4
    targets = [1, 1, 1, 0, 1, 0, 0, 0]
    slope, intercept = calibration(sums, targets, [1.0] * 8)
    assert (slope, intercept) == pytest.approx((1.0986, 0.0), abs=1e-3)


def test_large_campaign_and_large_source_count_for_less() -> None:
    """A campaign counts as one; a source of many as fewer than it has."""
    rows = [
        *(Labelled(comment(FOR_SALE, n), is_spam=True, source="a", campaign="one") for n in range(10)),
        Labelled(comment(FOR_SALE, 1), is_spam=True, source="b", campaign="two"),
        *(Labelled(comment(HONEST, n), is_spam=False, source="a", campaign=f"h{n}") for n in range(10)),
    ]
    weights = training._weights_of(rows)
    assert sum(weights) == pytest.approx(len(rows))
    assert sum(weights[:10]) == pytest.approx(weights[10])
    assert weights[11] < weights[10]
    assert sum(weights[11:]) > weights[10]


# ---------- the command ----------
@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """The rows as a file."""
    path = tmp_path / "rows.jsonl"
    records = [
        {
            "id": number,
            "author": row.candidate.name,
            "url_domain": "",
            "text": row.candidate.text,
            "label": "spam" if row.is_spam else "ham",
            "source": row.source,
        }
        for number, row in enumerate(ROWS)
    ]
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return path


def test_command_writes_a_file_that_can_be_read(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says what it does meanwhile."""
    monkeypatch.setattr(train_prior, "neutral_texts", lambda: list(NEUTRAL))
    output, out = tmp_path / "new.bin", io.StringIO()
    call_command("train_prior", str(lines), output=output, stdout=out)
    prior = read_prior(output)
    assert weight(prior, "casino") > 0 > weight(prior, "tendon")
    assert f"written: {prior.version}" in out.getvalue()
    assert f"hold from {prior.hold_from:.2f}" in out.getvalue()


def test_command_refuses_a_file_of_one_label(lines: Path, tmp_path: Path) -> None:
    """And writes nothing."""
    ham = [line for line in lines.read_text().splitlines() if '"ham"' in line]
    lines.write_text("\n".join(ham))
    with pytest.raises(CommandError, match="spam and ham"):
        call_command("train_prior", str(lines), output=tmp_path / "new.bin", stdout=io.StringIO())
    assert not (tmp_path / "new.bin").exists()
