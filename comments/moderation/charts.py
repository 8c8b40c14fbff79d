"""Where the parts of a chart stand, in numbers that a template turns into SVG.

Across and down are per cent of the drawing, so that one drawing serves every width while its words keep their
size; only the rows of a bar chart have a height in pixels. Nothing here knows what is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# Of the room that a column or its gap has.
COLUMN_WIDTH = 0.8
# So many labels fit below the columns of a wide page; every other one goes on a phone.
LABELS = 7

# One row of a bar chart: its words, and below them its bar.
ROW_HEIGHT = 36
WORDS_AT = 14
BAR_AT = 20


@dataclass(frozen=True, slots=True)
class Column:
    """What a column shows: a label and its parts from the ground up, each a name and a count."""

    label: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a column, `y` from the top."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on an axis. A minor one can be left out where there is no room."""

    at: float
    label: str
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class ColumnChart:
    blocks: list[Block]
    across: list[Mark]
    up: list[Mark]


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: where its words and its bar stand, in pixels, and how long the bar is."""

    label: str
    count: int
    words_at: int
    bar_at: int
    width: float


@dataclass(frozen=True, slots=True)
class BarChart:
    bars: list[Bar]
    height: int


def column_chart(columns: Sequence[Column]) -> ColumnChart:
    """Columns of stacked parts, at least one, on a scale from 0 to a round number above the highest."""
    top = round_top(max(sum(count for _name, count in column.parts) for column in columns))
    room = 100 / len(columns)
    blocks = [
        block for number, column in enumerate(columns) for block in _stacked(column, number * room, room, top)
    ]
    up = [Mark(100.0, "0"), Mark(50.0, str(top // 2)), Mark(0.0, str(top))]
    return ColumnChart(blocks, _labels(columns, room), up)


def _stacked(column: Column, left: float, room: float, top: int) -> list[Block]:
    blocks, below = [], 0
    for name, count in column.parts:
        below += count
        if count:
            x, width = left + room * (1 - COLUMN_WIDTH) / 2, room * COLUMN_WIDTH
            blocks.append(Block(name, _tidy(x), _share(top - below, top), _tidy(width), _share(count, top)))
    return blocks


def _labels(columns: Sequence[Column], room: float) -> list[Mark]:
    """Evenly, counted from the last column, which always has one."""
    step = -(-len(columns) // LABELS)
    marks = []
    for place, number in enumerate(range(len(columns) - 1, -1, -step)):
        marks.append(Mark(_tidy((number + 0.5) * room), columns[number].label, is_minor=place % 2 == 1))
    return marks[::-1]


def round_top(most: int) -> int:
    """The smallest of 2, 4, 6, 8, 10, 20, 30, … that is not below `most`; its half is a whole number too."""
    scale = 1
    while most > 10 * scale:
        scale *= 10
    steps = range(2, 11, 2 if scale == 1 else 1)
    return next(step * scale for step in steps if step * scale >= most)


def bar_chart(rows: Sequence[tuple[str, int]]) -> BarChart:
    """A bar for each label, of which there is at least one; the longest takes the whole width."""
    most = max(count for _label, count in rows) or 1
    bars = [
        Bar(label, count, top + WORDS_AT, top + BAR_AT, _share(count, most))
        for top, (label, count) in zip(range(0, len(rows) * ROW_HEIGHT, ROW_HEIGHT), rows, strict=True)
    ]
    return BarChart(bars, len(rows) * ROW_HEIGHT)


def _share(part: int, whole: int) -> float:
    return _tidy(100 * part / whole)


def _tidy(number: float) -> float:
    return round(number, 2)
