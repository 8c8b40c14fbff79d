"""An evaluation laid out for reading, as tables in plain text, or as a record for programs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from comments.spam.evaluation import Evaluation, Figures, Speed

# What a figure is printed as when the rows cannot give it.
UNKNOWN = "–"

QUALITY_NOTE = """\
prec., recall, F1: calling spam what is spam with a probability of 0.5 or more.
AUC: how often spam scores higher than ham; 0.5 is chance.
at 95 %, at 99 %: the share of ham that is flagged when so much of the spam is.
Brier, ECE: how far the probabilities are from the truth; 0 is best."""

ZONES_NOTE = "Which share of the ham, and of the spam, is published, held, and put in the spam queue."


class Column(NamedTuple):
    """What stands above a column of a table, and what is in its cells."""

    heading: str
    cell: Callable[[Figures], str]


def as_record(evaluation: Evaluation, speed: Speed) -> dict[str, Any]:
    """All figures as dictionaries that JSON can hold; unknown ones are None."""
    return asdict(evaluation) | {"speed": asdict(speed)}


def as_text(evaluation: Evaluation, speed: Speed) -> str:
    """The report, to be read in a window of 110 characters."""
    rows = evaluation.overall
    parts = [
        f"{rows.spam + rows.ham:,} comments, {rows.spam:,} spam and {rows.ham:,} ham",
        _table("Quality", QUALITY, evaluation),
        QUALITY_NOTE,
        _table("Zones", ZONES, evaluation),
        ZONES_NOTE,
        f"{speed.per_second:,.0f} comments a second; half of them take at most {speed.p50_ms:.3f} ms, "
        f"99 % at most {speed.p99_ms:.3f} ms.",
    ]
    return "\n\n".join(parts)


def _number(figure: float | None) -> str:
    return UNKNOWN if figure is None else f"{figure:.3f}"


def _per_cent(share: float | None) -> str:
    return UNKNOWN if share is None else f"{100 * share:.1f} %"


COUNTS = (
    Column("spam", lambda figures: f"{figures.spam:,}"),
    Column("ham", lambda figures: f"{figures.ham:,}"),
)
QUALITY = (
    *COUNTS,
    Column("prec.", lambda figures: _number(figures.precision)),
    Column("recall", lambda figures: _number(figures.recall)),
    Column("F1", lambda figures: _number(figures.f1)),
    Column("AUC", lambda figures: _number(figures.auc)),
    Column("at 95 %", lambda figures: _per_cent(figures.ham_flagged_at_95)),
    Column("at 99 %", lambda figures: _per_cent(figures.ham_flagged_at_99)),
    Column("Brier", lambda figures: _number(figures.brier)),
    Column("ECE", lambda figures: _number(figures.calibration_error)),
)
ZONES = (
    *COUNTS,
    Column("ham: publish", lambda figures: _per_cent(figures.ham_zones and figures.ham_zones.publish)),
    Column("hold", lambda figures: _per_cent(figures.ham_zones and figures.ham_zones.hold)),
    Column("spam", lambda figures: _per_cent(figures.ham_zones and figures.ham_zones.spam)),
    Column("spam: publish", lambda figures: _per_cent(figures.spam_zones and figures.spam_zones.publish)),
    Column("hold", lambda figures: _per_cent(figures.spam_zones and figures.spam_zones.hold)),
    Column("spam", lambda figures: _per_cent(figures.spam_zones and figures.spam_zones.spam)),
)


def _table(title: str, columns: Sequence[Column], evaluation: Evaluation) -> str:
    """A line for all rows, one for each slice, one for each source, with a blank line between the three."""
    blocks = ({"all": evaluation.overall}, evaluation.slices, evaluation.sources)
    lines = [[title, *(column.heading for column in columns)]]
    for block in blocks:
        lines += [_line(name, figures, columns) for name, figures in block.items()]
        lines.append([])
    return "\n".join(_aligned(lines)).rstrip()


def _line(name: str, figures: Figures, columns: Sequence[Column]) -> list[str]:
    return [name or "(no source)", *(column.cell(figures) for column in columns)]


def _aligned(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines with columns as wide as they must be: names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*filter(None, lines), strict=True)]
    for line in lines:
        padded = [cell.rjust(width) for cell, width in zip(line, widths, strict=False)]
        yield "  ".join([line[0].ljust(widths[0]), *padded[1:]]) if line else ""
