"""The shape of a comment: each trait's value as one of a few bins, and pairs of bins.

A bin lets a weight say "two links are fine, nine are not", which no straight line does; a pair says "a
website is fine, praise is fine, praise with a website is not". The edges are quantiles of the training
comments, few on purpose: finer bins learn the habits of the sites they were trained on.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

BINS = 6
BINS_IN_PAIRS = 4

# The traits that mean something else in company.
PAIRED = (
    "length",
    "links",
    "html_links",
    "website",
    "website_linked",
    "words_per_link",
    "root_addresses",
    "name_in_website",
    "name_two_in_one",
    "big_sites",
    "appeals",
    "praise",
)

Edges = dict[str, list[float]]


@dataclass(frozen=True)
class Shape:
    """Where each trait's bins begin. `edges` are used alone, `pair_edges` (of PAIRED traits) in pairs."""

    edges: Edges
    pair_edges: Edges

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", list(_running(len(edges) + 1 for edges in self.edges.values())))
        sizes = [
            (len(self.pair_edges[one]) + 1) * (len(self.pair_edges[other]) + 1)
            for one, other in combinations(self.pair_edges, 2)
        ]
        object.__setattr__(self, "_pair_places", list(_running(sizes)))

    @property
    def size(self) -> int:
        """How many bins there are."""
        return sum(len(edges) + 1 for edges in self.edges.values())

    @property
    def pairs_size(self) -> int:
        """How many pairs of bins there are."""
        return sum(
            (len(self.pair_edges[one]) + 1) * (len(self.pair_edges[other]) + 1)
            for one, other in combinations(self.pair_edges, 2)
        )

    def bins(self, traits: Mapping[str, float]) -> list[int]:
        """The number of each trait's bin, in the order of `edges`."""
        places = zip(self._places, self.edges.items(), strict=True)
        return [place + bisect_right(edges, traits[name]) for place, (name, edges) in places]

    def pairs(self, traits: Mapping[str, float]) -> list[int]:
        """The number of each pair of bins, in the order of `combinations(pair_edges, 2)`."""
        bins = [
            (bisect_right(edges, traits[name]), len(edges) + 1) for name, edges in self.pair_edges.items()
        ]
        pairs = zip(self._pair_places, combinations(bins, 2), strict=True)
        return [place + one * width + other for place, ((one, _), (other, width)) in pairs]


def shape_of(samples: Sequence[Mapping[str, float]]) -> Shape:
    """The shape whose bins are equally filled by these samples, as far as their values allow."""
    columns = {name: sorted(float(sample[name]) for sample in samples) for name in samples[0]}
    return Shape(
        edges={name: _quantiles(column, BINS) for name, column in columns.items()},
        pair_edges={name: _quantiles(columns[name], BINS_IN_PAIRS) for name in PAIRED},
    )


def _quantiles(column: Sequence[float], bins: int) -> list[float]:
    """Edges between the bins of a sorted column; where there are hardly more values than bins, each has its
    own."""
    values = sorted(set(column))
    if len(values) <= bins + 2:
        return [(one + other) / 2 for one, other in pairwise(values)]
    return sorted({column[len(column) * number // bins] for number in range(1, bins)})


def _running(sizes: Iterator[int] | Sequence[int]) -> Iterator[int]:
    place = 0
    for size in sizes:
        yield place
        place += size
