"""Values in bins, and bins in pairs."""

from itertools import combinations, product

import pytest

from comments.spam.shape import BINS, BINS_IN_PAIRS, PAIRED, Shape, shape_of

SHAPE = Shape(
    edges={"a": [0.5, 1.5], "b": [10.0], "c": []}, pair_edges={"a": [0.5], "b": [10.0, 20.0], "c": []}
)


def sample(number: float) -> dict[str, float]:
    """A comment of which every trait has this value."""
    return dict.fromkeys([*PAIRED, "lonely"], number)


def test_each_trait_has_bins_of_its_own() -> None:
    """Three of a, two of b, one of c."""
    assert SHAPE.size == 6
    assert SHAPE.bins({"a": 0, "b": 0, "c": 0}) == [0, 3, 5]
    assert SHAPE.bins({"a": 1, "b": 99, "c": -1}) == [1, 4, 5]
    assert SHAPE.bins({"a": 2, "b": 9.9, "c": 7}) == [2, 3, 5]


def test_value_on_an_edge_belongs_to_the_upper_bin() -> None:
    """The edge is where a bin begins."""
    assert SHAPE.bins({"a": 0.5, "b": 10.0, "c": 0}) == [1, 4, 5]


def test_every_pair_of_bins_has_a_number_of_its_own() -> None:
    """And all of them together fill the table."""
    assert SHAPE.pairs_size == 2 * 3 + 2 * 1 + 3 * 1
    values = [{"a": a, "b": b, "c": 0} for a, b in product((0, 1), (0, 15, 25))]
    places = [SHAPE.pairs(each) for each in values]
    assert all(len(place) == len(list(combinations("abc", 2))) for place in places)
    assert {place[0] for place in places} == set(range(6))
    assert {place[1] for place in places} == {6, 7}
    assert {place[2] for place in places} == {8, 9, 10}


def test_empty_shape_has_nothing() -> None:
    """The silent text model of these tests."""
    empty = Shape({}, {})
    assert (empty.size, empty.pairs_size, empty.bins({}), empty.pairs({})) == (0, 0, [], [])


def test_bins_are_filled_equally_by_the_samples_they_were_made_of() -> None:
    """Quantiles."""
    shape = shape_of([sample(number) for number in range(600)])
    filled = [shape.bins(sample(number))[0] for number in range(600)]
    assert [filled.count(number) for number in range(BINS)] == [100] * BINS
    assert {len(edges) + 1 for edges in shape.pair_edges.values()} == {BINS_IN_PAIRS}
    assert list(shape.pair_edges) == list(PAIRED)
    assert "lonely" in shape.edges


def test_few_values_have_a_bin_each() -> None:
    """Yes and no lie on two sides of one edge."""
    assert shape_of([sample(False), sample(True), sample(True)]).edges["lonely"] == [0.5]


def test_value_that_never_changes_has_one_bin() -> None:
    """It can say nothing."""
    assert shape_of([sample(3), sample(3)]).edges["lonely"] == []


@pytest.mark.parametrize("numbers", [[0] * 990 + list(range(10)), list(range(100)), [1, 2, 3]])
def test_edges_rise(numbers: list[float]) -> None:
    """However the values are spread."""
    edges = shape_of([sample(number) for number in numbers]).edges["lonely"]
    assert edges == sorted(set(edges))
