"""Draws static/root/favicon.ico, in three sizes, from static/icons/icon.svg.

It is committed; whoever changes the drawing runs `manage.py draw_favicon`. Chromium draws, as in the browser
tests; `--chromium` names it where it is not on the PATH. Pages name the SVG; this one is for whoever asks for
`/favicon.ico` without reading a page: older browsers, feed readers, link previews.
"""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from PIL import Image

DRAWING = settings.BASE_DIR / "static" / "icons" / "icon.svg"
FAVICON = settings.BASE_DIR / "static" / "root" / "favicon.ico"
SIZES = [16, 32, 48]
# Drawn once, larger than any of them and a multiple of each.
DRAWN = 384


def draw(folder: Path, browser: str) -> Image.Image:
    target = folder / "icon.png"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    flags += ["--default-background-color=00000000", f"--window-size={DRAWN},{DRAWN}"]
    subprocess.run(  # noqa: S603  (whoever calls the command names the browser)
        [browser, *flags, f"--screenshot={target}", DRAWING.as_uri()], check=True, capture_output=True
    )
    return Image.open(target).convert("RGBA")


class Command(BaseCommand):
    help = "Draws static/root/favicon.ico from static/icons/icon.svg with Chromium."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--chromium", default="chromium", help="the browser that draws")

    def handle(self, *args: Any, chromium: str, **options: Any) -> None:
        with tempfile.TemporaryDirectory() as folder:
            draw(Path(folder), chromium).save(FAVICON, sizes=[(size, size) for size in SIZES])
        self.stdout.write(f"{FAVICON.name}: {FAVICON.stat().st_size} bytes")
