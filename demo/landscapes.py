"""The pictures of places: hills, a coast, a street before breakfast, a long flight of steps.

Each function draws one kind of place from a seeded random source and a palette, so that the same words in a
post's front matter always give the same picture. Far things come first and are paler.
"""

from __future__ import annotations

import math
from random import Random

from PIL import Image

from demo.canvas import HEIGHT, WIDTH, Canvas, Curve, Palette, smooth

SAMPLES = 150


def ridge(random: Random, *, base: float, swing: float) -> Curve:
    """A skyline that wanders around `base`: one slow wave, one middling, one small."""
    phases = [random.uniform(0, math.tau) for _ in range(3)]
    paces = [random.uniform(3.0, 5.2), random.uniform(6.0, 9.5), random.uniform(12.0, 18.0)]
    curve: Curve = []
    for step in range(SAMPLES + 1):
        share = step / SAMPLES
        waves = zip((0.58, 0.3, 0.08), paces, phases, strict=True)
        lift = sum(size * math.sin(pace * share + phase) for size, pace, phase in waves)
        curve.append((share * WIDTH, base + swing * lift))
    return curve


def hills(random: Random, palette: Palette) -> Image.Image:
    """Six ridges under a low sun, with a dotted path along the fourth."""
    canvas = Canvas(palette.sky)
    canvas.disc((WIDTH * random.uniform(0.22, 0.78), HEIGHT * 0.4), HEIGHT * 0.125, palette.light)
    for layer, tone in enumerate(palette.tones[1:], start=1):
        curve = ridge(random, base=HEIGHT * (0.36 + 0.1 * layer), swing=HEIGHT * (0.16 - 0.011 * layer))
        canvas.below(curve, tone)
        if layer == 4:
            _path_along(canvas, curve, palette)
    return canvas.finish()


def _path_along(canvas: Canvas, curve: Curve, palette: Palette) -> None:
    lowered = [(x, y + HEIGHT * 0.03) for x, y in curve]
    canvas.dots(lowered, gap=23, radius=4.2, fill=palette.light)


def lane(random: Random, palette: Palette) -> Image.Image:
    """A single-track road that bends away over two rises."""
    canvas = Canvas(palette.sky)
    canvas.disc((WIDTH * random.uniform(0.62, 0.8), HEIGHT * 0.3), HEIGHT * 0.09, palette.light)
    for layer in (1, 2, 3):
        canvas.below(
            ridge(random, base=HEIGHT * (0.36 + 0.09 * layer), swing=HEIGHT * 0.1), palette.tones[layer]
        )
    rise = [
        (0, HEIGHT * 0.8),
        (WIDTH * 0.3, HEIGHT * 0.66),
        (WIDTH * 0.62, HEIGHT * 0.7),
        (WIDTH, HEIGHT * 0.6),
    ]
    canvas.below(smooth(rise, steps=40), palette.tones[4])
    _road(canvas, palette, lean=random.choice((-1, 1)))
    return canvas.finish()


def _road(canvas: Canvas, palette: Palette, *, lean: int) -> None:
    bends = [(0.44, 1.25), (0.46, 0.99), (0.55, 0.85), (0.475, 0.75), (0.515, 0.69), (0.495, 0.67)]
    spine = smooth([(0.5 + (x - 0.5) * lean, y) for x, y in bends], steps=24)
    points = [(x * WIDTH, y * HEIGHT) for x, y in spine]
    widths = [4 + 900 * max(y - 0.672, 0) ** 1.2 for _, y in spine]
    left = [(x - w, y) for (x, y), w in zip(points, widths, strict=True)]
    right = [(x + w, y) for (x, y), w in zip(points, widths, strict=True)]
    canvas.polygon([*left, *reversed(right)], palette.ground)
    for index in range(2, len(points), 4):
        canvas.disc(points[index], max(widths[index] * 0.03, 1.5), palette.light)


def coast(random: Random, palette: Palette) -> Image.Image:
    """A flat sea, a headland and the promenade that follows the bay."""
    canvas = Canvas(palette.sky)
    horizon = HEIGHT * 0.44
    canvas.disc((WIDTH * random.uniform(0.25, 0.45), horizon - HEIGHT * 0.02), HEIGHT * 0.13, palette.light)
    for band, tone in enumerate(palette.tones[1:4]):
        top = horizon + HEIGHT * 0.1 * band * (1 + band * 0.25)
        canvas.below(_swell(random, top, height=4 + 7 * band), tone)
    _headland(canvas, random, palette, horizon)
    bay = [(0, 0.99), (0.24, 0.93), (0.5, 0.78), (0.72, 0.7), (0.88, 0.655), (1, 0.645)]
    edge = smooth([(x * WIDTH, y * HEIGHT) for x, y in bay], steps=30)
    canvas.below(edge, palette.tones[4])
    canvas.below([(x, y + 20 + (y - HEIGHT * 0.64) * 0.36) for x, y in edge], palette.tones[5])
    prom = [(x, y + 40 + (y - HEIGHT * 0.64) * 0.8) for x, y in edge]
    canvas.below(prom, palette.ground)
    canvas.dots([(x, y + 26) for x, y in prom], gap=26, radius=4.6, fill=palette.light)
    return canvas.finish()


def _swell(random: Random, top: float, *, height: float) -> Curve:
    phase, pace = random.uniform(0, math.tau), random.uniform(9, 15)
    return [
        (WIDTH * s / SAMPLES, top + height * math.sin(pace * s / SAMPLES + phase)) for s in range(SAMPLES + 1)
    ]


def _headland(canvas: Canvas, random: Random, palette: Palette, horizon: float) -> None:
    """Two tongues of land, each standing on the sea band that belongs to its distance."""
    for shift, foot, tone in ((0.0, 0.004, palette.tones[3]), (0.15, 0.104, palette.tones[5])):
        start = WIDTH * (0.56 + shift + random.uniform(-0.03, 0.03))
        rises = [(0, 0), (0.1, -18), (0.24, -84), (0.4, -132), (0.66, -150), (1.2, -190)]
        waterline = horizon + HEIGHT * foot
        outline = smooth([(start + WIDTH * 0.6 * x, waterline + y) for x, y in rises], steps=20)
        canvas.polygon([*outline, (WIDTH, waterline)], tone)


def street(random: Random, palette: Palette) -> Image.Image:
    """Terraced houses stepping down a hill, a few kitchens already lit."""
    canvas = Canvas(palette.sky)
    canvas.disc((WIDTH * random.uniform(0.68, 0.84), HEIGHT * 0.24), HEIGHT * 0.08, palette.light)
    canvas.below(ridge(random, base=HEIGHT * 0.5, swing=HEIGHT * 0.12), palette.tones[1])
    canvas.below(ridge(random, base=HEIGHT * 0.62, swing=HEIGHT * 0.1), palette.tones[2])
    _terrace(canvas, random, palette, top=0.44, fall=0.2, tone=3, house=118)
    _terrace(canvas, random, palette, top=0.7, fall=0.12, tone=5, house=176)
    return canvas.finish()


def _terrace(
    canvas: Canvas, random: Random, palette: Palette, *, top: float, fall: float, tone: int, house: int
) -> None:
    wall, roof = palette.tones[tone], palette.tones[tone + 1]
    for index in range(math.ceil(WIDTH / house) + 1):
        left = index * house - house * 0.4
        eaves = HEIGHT * (top + fall * index * house / WIDTH) + house * 0.3
        canvas.box((left, eaves), (left + house, HEIGHT), fill=wall)
        ridge_top = eaves - house * 0.3
        slope = [
            (left - 5, eaves),
            (left + house * 0.12, ridge_top),
            (left + house, ridge_top),
            (left + house, eaves),
        ]
        canvas.polygon(slope, roof)
        canvas.box(
            (left + house * 0.72, ridge_top - house * 0.22), (left + house * 0.9, ridge_top + 4), fill=roof
        )
        _windows(canvas, random, palette, corner=(left, eaves), house=house, dark=roof)


def _windows(
    canvas: Canvas, random: Random, palette: Palette, *, corner: tuple[float, float], house: int, dark: str
) -> None:
    left, eaves = corner
    for floor in range(2):
        for column in (0.2, 0.6):
            lit = palette.light if random.random() < 0.14 else dark
            x, y = left + house * column, eaves + house * (0.2 + 0.62 * floor)
            canvas.box((x, y), (x + house * 0.22, y + house * 0.32), fill=lit)


def steps(random: Random, palette: Palette) -> Image.Image:
    """A long flight of steps up a bank, with a rail and a lamp at the top."""
    canvas = Canvas(palette.sky)
    canvas.disc((WIDTH * 0.22, HEIGHT * 0.34), HEIGHT * 0.115, palette.light)
    for layer in (1, 2, 3):
        canvas.below(
            ridge(random, base=HEIGHT * (0.44 + 0.1 * layer), swing=HEIGHT * 0.11), palette.tones[layer]
        )
    flight = _flight(treads=19, depth=74, rise=38)
    top = flight[-1][1]
    canvas.below([*((x + 30, y - 58) for x, y in flight[::2]), (WIDTH, top - 58)], palette.tones[4])
    canvas.below([*flight, (WIDTH, top)], palette.tones[5])
    canvas.below([(flight[0][0] + 120, HEIGHT), (WIDTH, top + 122)], palette.ground)
    _rail(canvas, flight, palette)
    return canvas.finish()


def _flight(*, treads: int, depth: float, rise: float) -> Curve:
    """The zigzag of a flight from its foot: up a riser, along a tread, and again."""
    x, y = WIDTH * 0.1, HEIGHT * 0.97
    zigzag: Curve = [(x, y)]
    for _ in range(treads):
        y -= rise
        zigzag.append((x, y))
        x += depth
        zigzag.append((x, y))
    return zigzag


def _rail(canvas: Canvas, flight: Curve, palette: Palette) -> None:
    posts = [(x + 20, y) for x, y in flight[1::6]]
    for x, y in posts:
        canvas.line([(x, y), (x, y - 108)], width=7, fill=palette.ground)
    canvas.line([(x, y - 108) for x, y in posts], width=9, fill=palette.ground)
    for x, y in flight[1::2]:
        canvas.disc((x + 50, y - 12), 6, palette.light)
