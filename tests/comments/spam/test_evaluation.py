"""The figures that say how good the filter is, against their definitions taken word by word."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.evaluation import (
    SLICES,
    Evaluation,
    ScoredRow,
    Speed,
    Zones,
    auc,
    brier,
    calibration_error,
    evaluation_of,
    f1,
    figures_of,
    ham_flagged_at,
    precision,
    recall,
    speed_of,
)
from comments.spam.judge import decision_for


def row(probability: float, *, spam: bool, **fields: str) -> ScoredRow:
    fields = {"source": "a-blog", "text": "Six weeks of walking downhill.", "url_domain": ""} | fields
    return ScoredRow(is_spam=spam, probability=probability, decision=decision_for(probability), **fields)


def rows_of(*, spam: Sequence[float] = (), ham: Sequence[float] = ()) -> list[ScoredRow]:
    return [row(value, spam=True) for value in spam] + [row(value, spam=False) for value in ham]


# Few distinct values, so that ties are the rule; and any values at all.
PROBABILITIES = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]) | st.floats(0, 1)
SOME = st.lists(PROBABILITIES, min_size=1, max_size=30)
ROWS = st.builds(lambda spam, ham: rows_of(spam=spam, ham=ham), SOME, SOME)
ANY_ROWS = st.lists(st.builds(lambda value, spam: row(value, spam=spam), PROBABILITIES, st.booleans()))


# ---------- precision, recall, F1 ----------
def test_precision_recall_and_f1_of_a_small_table() -> None:
    """Two of three spam found, one of two ham accused; 0.5 counts as found."""
    rows = rows_of(spam=[0.9, 0.5, 0.2], ham=[0.7, 0.1])
    assert precision(rows) == pytest.approx(2 / 3)
    assert recall(rows) == pytest.approx(2 / 3)
    assert f1(rows) == pytest.approx(2 / 3)


@given(ROWS)
def test_f1_is_the_harmonic_mean_of_precision_and_recall(rows: list[ScoredRow]) -> None:
    """By its definition, and zero where nothing was found."""
    one, other = precision(rows), recall(rows)
    expected = 2 * one * other / (one + other) if one and other else 0
    assert f1(rows) == pytest.approx(expected)


def test_precision_of_nothing_called_spam_is_unknown() -> None:
    """Not zero: nobody was accused wrongly."""
    rows = rows_of(spam=[0.1], ham=[0.2])
    assert precision(rows) is None
    assert (recall(rows), f1(rows)) == (0, 0)


# ---------- ROC AUC ----------
@given(ROWS)
def test_auc_agrees_with_all_pairs_compared(rows: list[ScoredRow]) -> None:
    """The share of pairs in which spam scores higher, ties counted half, one pair after the other."""
    spam = [each.probability for each in rows if each.is_spam]
    ham = [each.probability for each in rows if not each.is_spam]
    wins = sum((one > other) + (one == other) / 2 for one in spam for other in ham)
    assert auc(rows) == pytest.approx(wins / (len(spam) * len(ham)))


@given(ROWS)
def test_auc_depends_on_the_order_only(rows: list[ScoredRow]) -> None:
    """Probabilities squeezed by a monotone map keep it, as long as none become equal."""
    values = sorted({each.probability for each in rows})
    ranks = {value: number / len(values) for number, value in enumerate(values)}
    assert auc([row(ranks[each.probability], spam=each.is_spam) for each in rows]) == auc(rows)


@given(st.lists(st.floats(0.6, 1), min_size=1), st.lists(st.floats(0, 0.4), min_size=1))
def test_auc_of_separable_rows_is_one(spam: list[float], ham: list[float]) -> None:
    """And zero when everything is the wrong way round."""
    assert auc(rows_of(spam=spam, ham=ham)) == 1
    assert auc(rows_of(spam=ham, ham=spam)) == 0


@given(PROBABILITIES, st.integers(1, 20), st.integers(1, 20))
def test_auc_of_one_answer_to_everything_is_a_half(value: float, spam: int, ham: int) -> None:
    """A filter that cannot tell is no better than a coin."""
    assert auc(rows_of(spam=[value] * spam, ham=[value] * ham)) == 0.5


# ---------- ham flagged ----------
@given(ROWS, st.sampled_from([0.5, 0.95, 0.99, 1.0]))
def test_flagged_ham_agrees_with_every_threshold_tried(rows: list[ScoredRow], wanted: float) -> None:
    """Of all thresholds that catch enough spam, the one that flags least ham."""
    spam = [each.probability for each in rows if each.is_spam]
    ham = [each.probability for each in rows if not each.is_spam]
    flagged = [
        sum(value >= threshold for value in ham) / len(ham)
        for threshold in {*spam, *ham}
        if sum(value >= threshold for value in spam) / len(spam) >= wanted
    ]
    assert ham_flagged_at(wanted, rows) == min(flagged)


def test_ham_that_ties_with_the_last_spam_needed_is_flagged() -> None:
    """19 of 20 are 95 %; the ham beside the nineteenth goes with it, the one below does not."""
    rows = rows_of(spam=[0.9] * 18 + [0.6, 0.1], ham=[0.6, 0.5, 0.5, 0.0])
    assert ham_flagged_at(0.95, rows) == 0.25
    assert ham_flagged_at(0.99, rows) == 0.75


# ---------- believing the probability ----------
def test_brier_score_is_the_mean_squared_distance() -> None:
    """Certain and right costs nothing, certain and wrong one, undecided a quarter."""
    assert brier(rows_of(spam=[1.0, 0.5], ham=[1.0])) == pytest.approx((0 + 0.25 + 1) / 3)


def test_calibration_error_of_a_forecast_that_keeps_its_word_is_zero() -> None:
    """Of four comments at 25 %, one is spam."""
    assert calibration_error(rows_of(spam=[0.25], ham=[0.25] * 3)) == pytest.approx(0)


def test_calibration_error_weighs_each_bin_by_its_rows() -> None:
    """Three ham at 0.2 are 0.2 off, one spam at 0.9 is 0.1 off."""
    assert calibration_error(rows_of(spam=[0.9], ham=[0.2] * 3)) == pytest.approx((3 * 0.2 + 0.1) / 4)


def test_calibration_error_takes_certainty_into_the_last_bin() -> None:
    """1.0 stands beside 0.95; together they are right half of the time."""
    assert calibration_error(rows_of(spam=[1.0], ham=[0.95])) == pytest.approx(0.475)


@given(ANY_ROWS.filter(len))
def test_calibration_error_agrees_with_its_definition(rows: list[ScoredRow]) -> None:
    """The sum over the bins of |mean probability - share of spam|, weighted by size."""
    error = 0.0
    for number in range(10):
        end = number + 1 if number < 9 else math.inf
        found = [each for each in rows if number <= each.probability * 10 < end]
        if found:
            stated = sum(each.probability for each in found) / len(found)
            true = sum(each.is_spam for each in found) / len(found)
            error += abs(stated - true) * len(found) / len(rows)
    assert calibration_error(rows) == pytest.approx(error, abs=1e-9)


# ---------- zones ----------
def test_zones_are_shares_of_each_label() -> None:
    """What readers wait for, and what slips through."""
    figures = figures_of(rows_of(spam=[0.98, 0.97, 0.5, 0.1], ham=[0.1, 0.4]))
    assert figures.spam_zones == Zones(publish=0.25, hold=0.25, spam=0.5)
    assert figures.ham_zones == Zones(publish=0.5, hold=0.5, spam=0)


# ---------- what cannot be said ----------
def test_figures_of_ham_alone_leave_out_what_needs_spam() -> None:
    """None and no zero: nothing was looked for."""
    figures = figures_of(rows_of(ham=[0.1, 0.6]))
    assert (figures.spam, figures.ham) == (0, 2)
    assert {figures.precision, figures.recall, figures.f1, figures.auc, figures.ham_flagged_at_95} == {None}
    assert figures.spam_zones is None
    assert figures.ham_zones == Zones(publish=0.5, hold=0.5, spam=0)
    assert figures.brier == pytest.approx((0.01 + 0.36) / 2)


def test_figures_of_spam_alone_know_the_recall() -> None:
    """A precision of one would be no merit."""
    figures = figures_of(rows_of(spam=[0.9, 0.1]))
    assert figures.recall == 0.5
    assert {figures.precision, figures.f1, figures.auc, figures.ham_flagged_at_99} == {None}


def test_figures_of_nothing_are_unknown() -> None:
    """No division by zero, and no figure either."""
    figures = figures_of([])
    assert (figures.spam, figures.ham) == (0, 0)
    assert {figures.recall, figures.brier, figures.calibration_error, figures.ham_zones} == {None}


@given(ANY_ROWS)
def test_every_figure_is_a_share_or_unknown(rows: list[ScoredRow]) -> None:
    """Whatever the rows are."""
    figures = figures_of(rows)
    shares = [figures.precision, figures.recall, figures.f1, figures.auc, figures.brier]
    shares += [figures.ham_flagged_at_95, figures.ham_flagged_at_99, figures.calibration_error]
    assert all(share is None or 0 <= share <= 1 + 1e-12 for share in shares)


# ---------- sources and slices ----------
def slices_of(evaluation: Evaluation) -> set[str]:
    """The slices that have rows."""
    return {name for name, figures in evaluation.slices.items() if figures.spam + figures.ham}


@pytest.mark.parametrize(
    ("fields", "slices"),
    [
        ({}, {"without a link", "under 60 characters"}),
        ({"text": "x" * 59}, {"without a link", "under 60 characters"}),
        ({"text": "x" * 60}, {"without a link"}),
        ({"text": "Mine: https://a.example/ " + "x" * 60}, {"with a link"}),
        ({"text": "x" * 60, "url_domain": "a.example"}, {"with a link"}),
        ({"text": "Спасибо"}, {"without a link", "under 60 characters", "non-Latin script"}),
        ({"text": "谢谢 ok"}, {"without a link", "under 60 characters"}),
        ({"text": "谢谢你 ok"}, {"without a link", "under 60 characters", "non-Latin script"}),
        ({"text": "Ça m’a aidé, là"}, {"without a link", "under 60 characters"}),
        ({"text": "❤ 10/10"}, {"without a link", "under 60 characters"}),
        ({"text": "\ud800\x00"}, {"without a link", "under 60 characters"}),
    ],
)
def test_row_belongs_to_its_slices(fields: dict[str, str], slices: set[str]) -> None:
    """By links, length and script."""
    assert slices_of(evaluation_of([row(0.1, spam=False, **fields)])) == slices


def test_each_source_has_figures_of_its_own_the_largest_first() -> None:
    """So that one easy site cannot hide a hard one."""
    rows = [
        row(0.9, spam=True, source="small"),
        row(0.9, spam=True, source="large"),
        row(0.1, spam=False, source="large"),
    ]
    evaluation = evaluation_of(rows)
    assert list(evaluation.sources) == ["large", "small"]
    assert evaluation.sources["large"] == figures_of(rows[1:])
    assert evaluation.overall == figures_of(rows)
    assert set(evaluation.slices) == set(SLICES)


# ---------- speed ----------
def test_speed_is_counted_over_all_and_ranked_by_comment() -> None:
    """A hundred comments in 5.05 seconds: half take 50 ms at most, 99 of them 99 ms."""
    speed = speed_of([number / 1000 for number in range(100, 0, -1)])
    assert speed.per_second == pytest.approx(100 / 5.05)
    assert (speed.p50_ms, speed.p99_ms) == pytest.approx((50, 99))


def test_one_comment_has_one_speed() -> None:
    """Both ranks are its own."""
    assert speed_of([0.25]) == Speed(per_second=4, p50_ms=250, p99_ms=250)
