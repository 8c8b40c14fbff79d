"""Writes the site's stylesheets, static/css/site.css and desk.css, from the readable parts beside them.

There is no build step: the bundles are committed, whoever edits a part runs `manage.py bundle_css`, and a
test says so when they forget. Bundling is concatenation in the order of the layers and dropping what browsers
do not read, so that a page asks for one file (the desk's pages for two) and the parts need no further tool.
"""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

# What comes later wins, whichever file it stands in.
LAYERS = ("reset", "tokens", "base", "layout", "components", "desk", "utilities")
# Each bundle and its parts in order; those of a folder by name.
BUNDLES = {
    "site.css": (
        "reset.css",
        "tokens.css",
        "base.css",
        "layout.css",
        "components/*.css",
        "utilities.css",
        "print.css",
    ),
    "desk.css": ("desk/*.css",),
}
FOLDER = settings.BASE_DIR / "static" / "css"

# A string is kept as it is; comments go; blanks go beside punctuation and shrink to one elsewhere.
_TOKEN = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<comment>/\*.*?\*/)
      | \s*(?P<punctuation>[{};,])\s*
      | (?P<colon>:)\s+
      | (?P<blank>\s+)""",
    re.DOTALL | re.VERBOSE,
)


def parts_of(name: str, folder: Path = FOLDER) -> list[Path]:
    """The parts of a bundle in the order in which they are joined."""
    return [path for pattern in BUNDLES[name] for path in sorted(folder.glob(pattern))]


def bundle(name: str, folder: Path = FOLDER) -> str:
    """The stylesheet that its parts make together. The site's comes first on a page and orders the layers."""
    order = f"@layer {','.join(LAYERS)};\n" if name == "site.css" else ""
    return order + "".join(f"{compact(path.read_text('utf-8'))}\n" for path in parts_of(name, folder))


def compact(css: str) -> str:
    """The same rules without comments and needless blanks; strings stay untouched."""
    return _TOKEN.sub(_shortened, _without_comments(css)).replace(";}", "}").strip()


def _without_comments(css: str) -> str:
    return _TOKEN.sub(lambda token: "" if token["comment"] else token[0], css)


def _shortened(token: re.Match[str]) -> str:
    if token["blank"]:
        return " "
    return token["string"] or token["punctuation"] or token["colon"]


class Command(BaseCommand):
    help = "Writes static/css/site.css and desk.css from their parts."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in BUNDLES:
            (FOLDER / name).write_text(bundle(name), "utf-8")
            self.stdout.write(f"{name}: {len(parts_of(name))} parts")
