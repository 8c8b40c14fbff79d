"""The arithmetic of the benchmark: what rounds add up to."""

import pytest

from bench.figures import Round, figures_of, percentile


def turn(cpu: float, *, per_second: float = 100.0, latencies: tuple[float, ...] = (0.01,)) -> Round:
    return Round(cpu, per_second, latencies)


def test_ratio_is_the_median_of_the_pairs_ratios():
    """A pair on a slow machine counts like any other, because both halves of it were slow."""
    pairs = [(turn(4.0), turn(2.0)), (turn(30.0), turn(10.0)), (turn(5.0), turn(1.0))]
    assert figures_of(pairs).cpu_ratio == 3.0


def test_one_disturbed_round_does_not_count():
    pairs = [(turn(2.0), turn(1.0)), (turn(90.0), turn(1.0)), (turn(2.0), turn(1.0))]
    figures = figures_of(pairs)
    assert (figures.cpu_ratio, figures.cpu, figures.bare_cpu) == (2.0, 2.0, 1.0)


def test_waiting_is_taken_over_all_rounds_of_the_site():
    fast, slow = turn(1.0, latencies=(0.01, 0.02)), turn(1.0, latencies=(0.03, 0.04))
    bare = turn(1.0, latencies=(9.0,))
    figures = figures_of([(fast, bare), (slow, bare)])
    assert (figures.p50, figures.p99) == (0.02, 0.04)


def test_requests_a_second_are_the_median_round():
    pairs = [(turn(1.0, per_second=rate), turn(1.0)) for rate in (10, 300, 200)]
    assert figures_of(pairs).per_second == 200


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1), (0.01, 1), (0.5, 50), (0.505, 51), (0.99, 99), (1.0, 100)]
)
def test_percentile_is_the_smallest_value_that_enough_others_stay_below(share, expected):
    assert percentile(range(100, 0, -1), share) == expected


def test_percentile_of_a_single_value_is_that_value():
    assert percentile([7.0], 0.99) == 7.0
