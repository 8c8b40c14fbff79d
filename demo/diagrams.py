"""The pictures of records: a climb in profile, a track, a map, a year of small entries, a few weeks of load.

These stand for what a runner keeps. They carry no lettering, so that a picture needs no font; its caption
and its description in words say what it shows.
"""

from __future__ import annotations

import math
from random import Random

from PIL import Image, ImageColor

from demo.canvas import HEIGHT, WIDTH, Canvas, Curve, Palette, smooth

PANEL = "#eef3ee"
RULE = "#d3dfd7"


def profile(random: Random, palette: Palette) -> Image.Image:
    """A run seen from the side: one long climb, then a steep descent, which is marked."""
    canvas = _ruled()
    summit, slope = random.uniform(0.4, 0.52), random.uniform(0.15, 0.19)
    line = [_height_at(step / 90, summit=summit, slope=slope, random=random) for step in range(91)]
    canvas.below(line, palette.tones[3])
    canvas.below([(x, y + 90 + x * 0.02) for x, y in line], palette.tones[4])
    marked = [point for point in line if summit <= point[0] / WIDTH <= summit + 0.3]
    canvas.line(marked, width=17, fill=palette.light)
    for end in (marked[0], marked[-1]):
        canvas.disc(end, 17, palette.ground)
    return canvas.finish()


def _ruled() -> Canvas:
    canvas = Canvas(PANEL)
    for row in range(1, 6):
        canvas.box((0, row * HEIGHT / 6), (WIDTH, row * HEIGHT / 6 + 3), fill=RULE)
    return canvas


def _height_at(share: float, *, summit: float, slope: float, random: Random) -> tuple[float, float]:
    hill = 0.75 * math.exp(-(((share - summit) / slope) ** 2))
    height = 0.1 + hill + 0.11 * math.sin(9 * share) + 0.022 * random.random()
    return share * WIDTH, HEIGHT * (0.9 - 0.74 * height)


def track(random: Random, palette: Palette) -> Image.Image:
    """The bend of an athletics track from above, with one lap dotted in."""
    canvas = Canvas(palette.tones[3])
    centre = (WIDTH * random.uniform(0.46, 0.54), HEIGHT * 1.06)
    outer, width = HEIGHT * 0.92, 62
    canvas.polygon(_oval(centre, outer + 46), palette.tones[4])
    for number in range(6):
        tone = palette.tones[5] if number % 2 else palette.ground
        canvas.polygon(_oval(centre, outer - number * width), tone)
        canvas.polygon(_oval(centre, outer - number * width - width + 5), palette.tones[2])
    for number in range(6):
        _lane(canvas, centre, outer - number * width, palette, width=width, number=number)
    canvas.polygon(_oval(centre, outer - 6 * width), palette.tones[3])
    canvas.polygon(_oval(centre, outer - 6 * width - 56), palette.tones[2])
    return canvas.finish()


def _oval(centre: tuple[float, float], radius: float) -> Curve:
    return [
        (centre[0] + radius * 1.18 * math.cos(angle), centre[1] + radius * math.sin(angle))
        for angle in (math.tau * step / 240 for step in range(240))
    ]


def _lane(
    canvas: Canvas, centre: tuple[float, float], radius: float, palette: Palette, *, width: int, number: int
) -> None:
    canvas.polygon(_oval(centre, radius), palette.tones[1])
    canvas.polygon(_oval(centre, radius - 4), palette.tones[5])
    if number == 2:
        lap = _oval(centre, radius - width / 2)
        canvas.dots([*lap[130:], *lap[:70]], gap=30, radius=7, fill=palette.light)


def calendar(random: Random, palette: Palette) -> Image.Image:
    """A year as 52 columns of seven dots: big for a run, a speck for a rest day, less for weeks lost."""
    canvas = Canvas(palette.ground)
    step, left, top = WIDTH / 55, WIDTH / 55 * 2, HEIGHT * 0.27
    lost = _lost_weeks(random)
    for week in range(52):
        for day in range(7):
            centre = (left + week * step, top + day * HEIGHT * 0.078)
            _day(canvas, random, palette, centre=centre, lost=week in lost, fresh=week - 1 in lost)
    return canvas.finish()


def _lost_weeks(random: Random) -> set[int]:
    first, second = random.randint(6, 16), random.randint(27, 40)
    return {*range(first, first + 3), *range(second, second + random.randint(5, 8))}


def _day(
    canvas: Canvas, random: Random, palette: Palette, *, centre: tuple[float, float], lost: bool, fresh: bool
) -> None:
    effort = random.choices((0.0, 0.45, 0.7, 1.0), weights=(6, 4, 4, 1) if fresh else (3, 3, 5, 2))[0]
    if lost:
        canvas.disc(centre, 2.6, palette.tones[5])
    elif not effort:
        canvas.disc(centre, 4, palette.tones[4])
    else:
        canvas.disc(centre, 6 + 9.5 * effort, palette.light if effort == 1 else palette.tones[2])


def weeks(random: Random, palette: Palette) -> Image.Image:
    """Eleven weeks as bars: a gap, then a slow rise with an easy week in it."""
    canvas = _ruled()
    loads = [0.7, 0.74, 0.92, 0.0, 0.0, 0.12, 0.2, 0.3, 0.22, 0.38, 0.46]
    room = WIDTH / (len(loads) + 1)
    for index, load in enumerate(loads):
        left = room * (index + 0.62)
        height = HEIGHT * 0.8 * load * random.uniform(0.96, 1.04)
        tone = palette.tones[3] if index < 3 else palette.tones[5]
        if load:
            canvas.box(
                (left, HEIGHT * 0.92 - height), (left + room * 0.76, HEIGHT * 0.92), fill=tone, radius=10
            )
        else:
            canvas.disc((left + room * 0.38, HEIGHT * 0.9), 11, palette.tones[3])
    canvas.box(
        (left, HEIGHT * 0.92 - height - 26),
        (left + room * 0.76, HEIGHT * 0.92 - height - 10),
        fill=palette.light,
    )
    canvas.box((0, HEIGHT * 0.92), (WIDTH, HEIGHT * 0.92 + 5), fill=palette.tones[4])
    return canvas.finish()


def contours(random: Random, palette: Palette) -> Image.Image:
    """A map: land in layers of height, and a dotted route that keeps to the low ground."""
    land = _land(random)
    image = Image.new("RGB", (WIDTH, HEIGHT), palette.tones[0])
    sharpness = 45_000
    for number in range(1, 10):
        above = land.point(lambda height, floor=number / 10: (height - floor) * sharpness + 128).convert("L")
        image.paste(_layer_tone(palette, number), mask=above)
    return _with_route(random, palette, image)


def _with_route(random: Random, palette: Palette, map_: Image.Image) -> Image.Image:
    canvas = Canvas.over(map_)
    bends = [(0.06 + 0.13 * step, random.uniform(0.45, 0.85)) for step in range(7)]
    route = smooth([(x * WIDTH, y * HEIGHT) for x, y in bends], steps=24)
    canvas.dots(route, gap=25, radius=5.5, fill=palette.ground)
    for end in (route[0], route[-1]):
        canvas.disc(end, 20, palette.ground)
        canvas.disc(end, 12, palette.light)
    return canvas.finish()


def _layer_tone(palette: Palette, number: int) -> tuple[int, ...]:
    """Nine layers from six tones: every second layer is the mean of its neighbours."""
    lower, upper = (ImageColor.getrgb(palette.tones[index]) for index in (number // 2, (number + 1) // 2))
    return tuple((a + b) // 2 for a, b in zip(lower, upper, strict=True))


def _land(random: Random) -> Image.Image:
    """Heights between 0 and 1, worked out on a coarse grid and stretched smoothly."""
    columns, rows = 90, 52
    summit = (random.uniform(0.6, 0.8), random.uniform(0.2, 0.5), 0.3, 1.0)
    peaks = [summit, *(_foothill(random) for _ in range(9))]
    heights = [
        _height_of(peaks, column / columns, row / rows) for row in range(rows) for column in range(columns)
    ]
    grid = Image.new("F", (columns, rows))
    grid.putdata([height / max(heights) for height in heights])
    return grid.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


def _foothill(random: Random) -> tuple[float, float, float, float]:
    return random.random(), random.random(), random.uniform(0.12, 0.34), random.uniform(0.2, 0.6)


def _height_of(peaks: list[tuple[float, float, float, float]], x: float, y: float) -> float:
    return sum(
        tall * math.exp(-(((x - east) * 1.78) ** 2 + (y - south) ** 2) / wide**2)
        for east, south, wide, tall in peaks
    )


def prints(random: Random, palette: Palette) -> Image.Image:
    """Shoe prints across soft ground, one of them landing a little wrong."""
    canvas = Canvas(palette.tones[4])
    canvas.below([(0, HEIGHT * 0.3), (WIDTH, HEIGHT * 0.12)], palette.tones[5])
    for index in range(4):
        side = 1 if index % 2 else -1
        centre = (WIDTH * (0.13 + 0.245 * index), HEIGHT * (0.64 - 0.04 * index) + side * HEIGHT * 0.17)
        turn = math.radians(78 + side * 7 + random.uniform(-3, 3) + (16 if index == 2 else 0))
        tone = palette.light if index == 2 else palette.ground
        _sole(canvas, centre, turn, side=side, tone=tone, gap=palette.tones[5])
    return canvas.finish()


SOLE_LENGTH = 225  # half of it, in pixels
SOLE = [
    (-0.2, 0.92), (0.02, 1.0), (0.24, 0.9), (0.36, 0.58), (0.34, 0.24), (0.22, -0.06), (0.24, -0.4),
    (0.27, -0.72), (0.16, -0.96), (-0.05, -1.0), (-0.24, -0.92), (-0.31, -0.68), (-0.25, -0.3), (-0.27, 0.08),
    (-0.38, 0.4), (-0.36, 0.7),
]  # fmt: skip


def _sole(
    canvas: Canvas, centre: tuple[float, float], turn: float, *, side: int, tone: str, gap: str
) -> None:
    def place(x: float, y: float) -> tuple[float, float]:
        x, y = x * SOLE_LENGTH * side, -y * SOLE_LENGTH
        return (
            centre[0] + x * math.cos(turn) - y * math.sin(turn),
            centre[1] + x * math.sin(turn) + y * math.cos(turn),
        )

    canvas.polygon(smooth([place(x, y) for x, y in SOLE], steps=10, closed=True), tone)
    for row in range(-8, 9):
        across = row / 8.6
        lug = [(-0.5, across - 0.05), (0.0, across + 0.035), (0.5, across - 0.05)]
        if abs(row + 1) > 1:
            canvas.line([place(x, y) for x, y in lug], width=10, fill=gap)
