"""Where the parts of the scorecard's charts stand, in per cent of the drawing."""

import pytest

from comments.moderation.charts import Block, Column, Mark, bar_chart, column_chart, round_top


def test_parts_of_a_column_stand_on_each_other() -> None:
    """Three and one of at most four: the lower one takes three quarters. Each of two columns has half the
    width, of which a fifth is gap."""
    chart = column_chart([Column("Mon", (("publish", 3), ("spam", 1))), Column("Tue", ())])
    assert chart.blocks == [
        Block("publish", x=5.0, y=25.0, width=40.0, height=75.0),
        Block("spam", x=5.0, y=0.0, width=40.0, height=25.0),
    ]
    assert chart.across == [Mark(25.0, "Mon", is_minor=True), Mark(75.0, "Tue")]
    assert chart.up == [Mark(100.0, "0"), Mark(50.0, "2"), Mark(0.0, "4")]


def test_part_of_nothing_is_not_drawn() -> None:
    blocks = column_chart([Column("Mon", (("publish", 0), ("hold", 2), ("spam", 0)))]).blocks
    assert [block.name for block in blocks] == ["hold"]


def test_many_columns_have_few_labels_the_last_always() -> None:
    chart = column_chart([Column(str(number), (("hold", 1),)) for number in range(30)])
    assert [mark.label for mark in chart.across] == ["4", "9", "14", "19", "24", "29"]
    assert [mark.label for mark in chart.across if not mark.is_minor] == ["9", "19", "29"]


@pytest.mark.parametrize("count", [1, 7, 13, 30])
def test_everything_stays_within_the_drawing(count: int) -> None:
    columns = [Column("x", (("publish", number), ("hold", 2 * number))) for number in range(1, count + 1)]
    for block in column_chart(columns).blocks:
        assert block.x >= 0
        assert block.y >= 0
        assert block.x + block.width <= 100.01
        assert block.y + block.height <= 100.01


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, 2), (1, 2), (3, 4), (10, 10), (11, 20), (22, 30), (61, 70), (101, 200), (4100, 5000)],
)
def test_scale_ends_at_a_round_number(most: int, top: int) -> None:
    assert round_top(most) == top


def test_longest_bar_takes_the_width_and_the_others_their_share() -> None:
    chart = bar_chart([("short", 4), ("long", 1), ("never", 0)])
    assert [(bar.label, bar.count, bar.width) for bar in chart.bars] == [
        ("short", 4, 100.0), ("long", 1, 25.0), ("never", 0, 0.0),
    ]  # fmt: skip
    places = [place for bar in chart.bars for place in (bar.words_at, bar.bar_at)]
    assert places == sorted(places)
    assert places[-1] < chart.height


def test_bars_of_nothing_have_no_length() -> None:
    assert [bar.width for bar in bar_chart([("short", 0)]).bars] == [0.0]
