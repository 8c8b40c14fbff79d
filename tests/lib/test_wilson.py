"""The interval of a share: between 0 and 1, narrower the more is known, and as Wilson computed it."""

import pytest

from lib.wilson import wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Half of two: (0.5 + 0.9604 ∓ 1.96 √((0.25 + 0.4802) / 2)) / 2.9208.
        (1, 2, 0.0945, 0.9055),
        # The usual table's 9 of 10, and an end of the scale: 3.8416 / 13.8416 where none of ten was found.
        (9, 10, 0.5958, 0.9821),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (37, 40, 0.8014, 0.9742),
    ],
)
def test_known_intervals(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=1e-4)


def test_more_cases_make_it_narrower() -> None:
    widths = [high - low for low, high in (wilson(n * 9, n * 10) for n in (1, 10, 100))]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.04


@pytest.mark.parametrize("whole", [1, 3, 1000])
def test_share_lies_within_and_so_do_the_ends(whole: int) -> None:
    for part in range(whole + 1):
        low, high = wilson(part, whole)
        assert 0 <= low <= part / whole <= high <= 1
