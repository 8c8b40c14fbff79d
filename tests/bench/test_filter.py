"""What the benchmark says of the spam filter."""

from bench.filter import FilterFigures
from comments.spam.evaluation import Speed


def figures(*, p99_ms: float = 4.0, training_seconds: float = 21.5) -> FilterFigures:
    return FilterFigures(Speed(per_second=2_000.0, p50_ms=0.4321, p99_ms=p99_ms), training_seconds)


def test_figures_within_their_targets_pass() -> None:
    assert [line[:4] for line in str(figures()).splitlines()] == ["pass"] * 3


def test_figure_beyond_its_target_is_a_miss() -> None:
    assert "MISS  spam-judge: 99 % of the comments within, ms: 5.10 (target ≤ 5)" in str(figures(p99_ms=5.1))
    assert "MISS  spam-train" in str(figures(training_seconds=30.5))


def test_rows_for_other_programs_have_names_and_figures() -> None:
    judged, trained = figures().as_records()
    assert (judged["name"], judged["p50_ms"], judged["p99_ms"]) == ("spam-judge", 0.432, 4.0)
    assert (trained["name"], trained["seconds"]) == ("spam-train", 21.5)
