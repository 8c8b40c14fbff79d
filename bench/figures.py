"""What rounds add up to. Pure arithmetic over what was measured; times in seconds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Round:
    """One server's turn. `cpu` is its workers' processor time for one request."""

    cpu: float
    per_second: float
    latencies: Sequence[float]


@dataclass(frozen=True, slots=True)
class Figures:
    cpu: float
    bare_cpu: float
    cpu_ratio: float
    per_second: float
    p50: float
    p99: float


def figures_of(turns: Sequence[tuple[Round, Round]]) -> Figures:
    """From pairs of rounds, the site's and the bare view's right before it.

    The ratio is the median of the pairs' ratios: what slows a whole pair, or one pair, is left out.
    """
    latencies = [latency for site, _ in turns for latency in site.latencies]
    return Figures(
        cpu=median(site.cpu for site, _ in turns),
        bare_cpu=median(bare.cpu for _, bare in turns),
        cpu_ratio=median(site.cpu / bare.cpu for site, bare in turns),
        per_second=median(site.per_second for site, _ in turns),
        p50=percentile(latencies, 0.50),
        p99=percentile(latencies, 0.99),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of all values do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
