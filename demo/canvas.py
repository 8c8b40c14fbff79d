"""A flat drawing surface with smooth edges.

Everything is drawn several times too large and then shrunk, because Pillow's own shapes have hard edges.
Callers work in the picture's own pixels and never see the enlargement. Curves are lists of points, so that
a path can be measured and dotted as well as drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1800, 1012
ENLARGED = 3
HIVIS = "#e4f65a"

Point = tuple[float, float]
Curve = list[Point]


@dataclass(frozen=True)
class Palette:
    """Seven tones of one place, from the sky to the ground at the viewer's feet."""

    tones: tuple[str, str, str, str, str, str, str]
    light: str = HIVIS

    @property
    def sky(self) -> str:
        return self.tones[0]

    @property
    def ground(self) -> str:
        return self.tones[-1]


PALETTES = {
    "dawn": Palette(("#e9f0ea", "#d3e2d8", "#a9c8b7", "#6f9f8a", "#3c7561", "#1d4d3e", "#0f2f27")),
    "dusk": Palette(("#f3e7d8", "#ecd2b8", "#d9a98a", "#a9786e", "#6f5560", "#3f3a4b", "#1f2430")),
    "fog": Palette(("#eef1ef", "#e0e7e4", "#c4d1cd", "#9db1ae", "#6d8a89", "#3f5f62", "#1f3b40")),
    "noon": Palette(("#e4f0f6", "#cfe3ec", "#a9cfc9", "#7db58f", "#4c9269", "#266a4a", "#14432f")),
    "night": Palette(
        ("#22343f", "#2a4250", "#24495a", "#1d4450", "#17383f", "#112a2f", "#0b1c20"), "#f3f1d2"
    ),
    "heath": Palette(("#f1ebf0", "#e2d3df", "#c6a9c0", "#9a7f9c", "#68638a", "#3d4768", "#202c45")),
    "shore": Palette(("#e8f1f2", "#cfe2e6", "#9cc4cd", "#6aa0ac", "#d8cba6", "#7d8a6a", "#31493f")),
    "brick": Palette(("#f5ece2", "#ead8c6", "#d5b49b", "#b98670", "#8b5b50", "#583d3d", "#2c2426")),
}


class Canvas:
    """One picture in the making; `finish` returns it at its true size."""

    def __init__(self, ground: str, *, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
        self.width, self.height = size
        self._image = Image.new("RGB", (self.width * ENLARGED, self.height * ENLARGED), ground)
        self._pen = ImageDraw.Draw(self._image)

    @classmethod
    def over(cls, image: Image.Image) -> Canvas:
        """A canvas that already shows a finished image."""
        canvas = cls("#000", size=image.size)
        canvas._image.paste(image.resize(canvas._image.size, Image.Resampling.NEAREST))
        return canvas

    def polygon(self, points: Iterable[Point], fill: str) -> None:
        self._pen.polygon([(x * ENLARGED, y * ENLARGED) for x, y in points], fill=fill)

    def box(self, corner: Point, opposite: Point, *, fill: str, radius: float = 0) -> None:
        scaled = [value * ENLARGED for value in (*corner, *opposite)]
        self._pen.rounded_rectangle(scaled, radius=radius * ENLARGED, fill=fill)

    def disc(self, centre: Point, radius: float, fill: str) -> None:
        x, y = centre
        self._pen.ellipse([v * ENLARGED for v in (x - radius, y - radius, x + radius, y + radius)], fill=fill)

    def line(self, points: Sequence[Point], *, width: float, fill: str) -> None:
        """A line with round ends and round corners."""
        scaled = [(x * ENLARGED, y * ENLARGED) for x, y in points]
        self._pen.line(scaled, fill=fill, width=round(width * ENLARGED), joint="curve")
        for end in (points[0], points[-1]):
            self.disc(end, width / 2, fill)

    def dots(self, points: Sequence[Point], *, gap: float, radius: float, fill: str) -> None:
        for point in evenly_spaced(points, gap):
            self.disc(point, radius, fill)

    def below(self, curve: Sequence[Point], fill: str) -> None:
        """Fill from a curve that crosses the picture down to its lower edge."""
        self.polygon([*curve, (curve[-1][0], self.height), (curve[0][0], self.height)], fill)

    def finish(self) -> Image.Image:
        return self._image.reduce(ENLARGED)


def smooth(points: Sequence[Point], *, steps: int = 16, closed: bool = False) -> Curve:
    """A Catmull-Rom curve through every point, sampled `steps` times between neighbours."""
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    curve: Curve = []
    for i in range(count if closed else count - 1):
        curve.extend(_between(at(i - 1), at(i), at(i + 1), at(i + 2), steps=steps))
    return curve if closed else [*curve, points[-1]]


def _between(before: Point, start: Point, end: Point, after: Point, *, steps: int) -> Curve:
    def mix(a: float, b: float, c: float, d: float, t: float) -> float:
        return 0.5 * (
            2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        )

    return [
        tuple(mix(before[axis], start[axis], end[axis], after[axis], step / steps) for axis in (0, 1))
        for step in range(steps)
    ]


def evenly_spaced(points: Sequence[Point], gap: float) -> Curve:
    """Points along a curve, `gap` pixels apart, beginning at its start."""
    found, owed = [points[0]], gap
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        walked = 0.0
        while length - walked >= owed:
            walked += owed
            share = walked / length
            found.append((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))
            owed = gap
        owed -= length - walked
    return found
