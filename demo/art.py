"""The demo site's pictures, drawn from a few words in each post's front matter.

A drawing is named by its motif, palette and seed; the same three always give the same bytes, so the loader
may run again without making new pictures. Nothing here touches the database or the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random

from PIL import Image

from demo import diagrams, landscapes
from demo.canvas import PALETTES, WIDTH, Palette

MOTIFS: dict[str, Callable[[Random, Palette], Image.Image]] = {
    "hills": landscapes.hills,
    "lane": landscapes.lane,
    "coast": landscapes.coast,
    "street": landscapes.street,
    "steps": landscapes.steps,
    "profile": diagrams.profile,
    "track": diagrams.track,
    "calendar": diagrams.calendar,
    "weeks": diagrams.weeks,
    "contours": diagrams.contours,
    "prints": diagrams.prints,
}


def draw(motif: str, *, palette: str, seed: int) -> Image.Image:
    """An RGB image of 1800 × 1012 pixels. Unknown motifs and palettes raise `KeyError`."""
    return MOTIFS[motif](Random(f"{motif} {seed}"), PALETTES[palette])


def png(motif: str, *, palette: str, seed: int, width: int = WIDTH) -> bytes:
    """The drawing, `width` pixels wide, as the bytes of a PNG file."""
    image = draw(motif, palette=palette, seed=seed)
    image.thumbnail((width, width), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
