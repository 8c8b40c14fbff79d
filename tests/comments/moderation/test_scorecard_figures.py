"""The scorecard's arithmetic, every number by hand."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from comments.moderation.scorecard_figures import (
    Bin,
    Handled,
    Share,
    Tally,
    Volume,
    calibration_of,
    percentile,
    record_of,
    response_of,
    spans_of,
    together,
    volumes_of,
)
from comments.spam.verdict import Decision

HOUR = 3600.0
MARCH = [date(2026, 3, day) for day in range(1, 32)]


def handled(**facts: Any) -> Handled:
    usual = {"span": 0, "said": Decision.HOLD, "is_spam": None, "probability": 0.5, "waited": timedelta(0)}
    return Handled(**(usual | facts))


# ---------- shares ----------
@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 7, 0), (7, 7, 100), (1, 3, 33), (2, 3, 67), (37, 40, 93), (1, 400, 1), (399, 400, 99)],
)
def test_share_in_per_cent_is_nought_or_all_only_where_it_is(part: int, whole: int, percent: int) -> None:
    assert Share(part, whole).percent == percent


def test_share_of_nothing_has_no_number() -> None:
    share = Share(0, 0)
    assert (share.percent, share.low, share.high) == (None, None, None)


def test_interval_of_a_share_in_per_cent() -> None:
    """Wilson: 80.14 to 97.42 for 37 of 40."""
    assert (Share(37, 40).low, Share(37, 40).high) == (80, 97)


# ---------- volume ----------
def test_days_of_a_week() -> None:
    assert spans_of(7, step=1, today=MARCH[13]) == [(day, day) for day in MARCH[7:14]]


def test_weeks_end_today_and_the_first_has_what_is_left() -> None:
    """Sixteen days up to the 16th: the 1st and 2nd, then two whole weeks."""
    spans = spans_of(16, step=7, today=MARCH[15])
    assert spans == [(MARCH[0], MARCH[1]), (MARCH[2], MARCH[8]), (MARCH[9], MARCH[15])]


def test_volumes_count_each_span_and_together_the_period() -> None:
    tally = Tally()
    tally.add_untouched(0, Decision.PUBLISH, 4)
    tally.add_untouched(1, Decision.SPAM, 2)
    tally.add(handled(span=1))
    first, second = volumes_of(tally.arrived, [(MARCH[0], MARCH[1]), (MARCH[2], MARCH[8])])
    assert first == Volume(MARCH[0], MARCH[1], publish=4, hold=0, spam=0)
    assert second == Volume(MARCH[2], MARCH[8], publish=0, hold=1, spam=2)
    whole = together([first, second])
    assert whole == Volume(MARCH[0], MARCH[8], publish=4, hold=1, spam=2)
    assert (whole.total, whole.held, whole.in_spam) == (7, Share(1, 7), Share(2, 7))


# ---------- the filter's record ----------
def test_record() -> None:
    """Ten were spam: 6 in spam, 3 held, 1 published. Nine were ham: 2 in spam, 3 held, 4 published."""
    judged = Counter(
        {
            (Decision.SPAM, True): 6,
            (Decision.HOLD, True): 3,
            (Decision.PUBLISH, True): 1,
            (Decision.SPAM, False): 2,
            (Decision.HOLD, False): 3,
            (Decision.PUBLISH, False): 4,
        }
    )
    record = record_of(judged)
    assert record.judged == 19
    assert record.precision == Share(6, 8)  # 6 of the 6 + 2 that it put into spam
    assert record.recall == Share(6, 10)
    assert record.caught == Share(9, 10)  # 6 in spam and 3 held
    assert record.ham_held == Share(3, 9)
    assert record.ham_in_spam == Share(2, 9)


def test_only_judged_comments_are_on_the_record() -> None:
    tally = Tally()
    tally.add(handled(said=Decision.SPAM))
    tally.add_untouched(0, Decision.SPAM, 50)
    assert record_of(tally.judged).judged == 0


def test_calibration_puts_each_probability_into_one_of_five_bins() -> None:
    """An edge belongs to the bin above it; certainty to the last."""
    tally = Tally()
    for probability, is_spam in [
        (0.0, False),
        (0.19, False),
        (0.2, True),
        (0.79, False),
        (0.8, True),
        (1.0, True),
    ]:
        tally.add(handled(probability=probability, is_spam=is_spam))
    assert calibration_of(tally.binned) == [
        Bin(0, 20, Share(0, 2)),
        Bin(20, 40, Share(1, 1)),
        Bin(40, 60, Share(0, 0)),
        Bin(60, 80, Share(0, 1)),
        Bin(80, 100, Share(2, 2)),
    ]


def test_comment_without_a_probability_is_on_the_record_but_in_no_bin() -> None:
    tally = Tally()
    tally.add(handled(probability=None, is_spam=True))
    assert record_of(tally.judged).judged == 1
    assert sum(tally.binned.values()) == 0


# ---------- waits ----------
@pytest.mark.parametrize(("percent", "value"), [(10, 10), (50, 50), (90, 90), (91, 100), (100, 100), (1, 10)])
def test_percentile_is_a_value_that_occurred(percent: int, value: float) -> None:
    """Of ten values, 10 to 100: nine of ten do not exceed 90, and for one more per cent 100 is needed."""
    assert percentile(percent, [10.0 * number for number in range(1, 11)]) == value


def test_response_times() -> None:
    """Waits of ¼, 1, 2, 24 and 200 hours, in any order, and one comment that still waits."""
    response = response_of([2 * HOUR, 24 * HOUR, HOUR / 4, 200 * HOUR, HOUR], held=6)
    assert (response.answered, response.unanswered) == (5, 1)
    assert response.median == timedelta(hours=2)
    assert response.nine_tenths == timedelta(hours=200)  # nine tenths of five is more than four
    assert response.within_hour == Share(2, 5)
    assert response.within_day == Share(4, 5)
    assert [count for _words, count in response.groups] == [1, 1, 1, 0, 1, 0, 0, 1]


def test_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    assert response_of([HOUR, 2 * HOUR, 4 * HOUR, 9 * HOUR], held=4).median == timedelta(hours=3)


def test_no_waits_give_no_times() -> None:
    response = response_of([], held=2)
    assert (response.median, response.nine_tenths, response.unanswered) == (None, None, 2)
    assert sum(count for _words, count in response.groups) == 0


def test_only_held_comments_waited() -> None:
    tally = Tally()
    tally.add(handled(said=Decision.SPAM, waited=timedelta(hours=1)))
    tally.add(handled(waited=timedelta(hours=2)))
    assert list(tally.waits) == [2 * HOUR]


def test_deed_with_an_earlier_time_than_its_comment_is_no_negative_wait() -> None:
    tally = Tally()
    tally.add(handled(waited=timedelta(seconds=-3)))
    assert list(tally.waits) == [0]
