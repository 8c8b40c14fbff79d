"""One short word for the running version of the code, its templates, its static files and its settings.

Pages kept in a cache that outlives the process, and the ETags browsers hold, carry this word, so that an
upgrade, or another setting that stands on pages, makes every old page stale at once.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
# Packages render too, so the list of their versions counts; pages name icons and fonts by their content.
PARTS = ("blog", "comments", "config", "lib", "templates", "static", "requirements/run.txt")
SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".png", ".ico", ".woff2", ".txt", ".xml"}
# The key, because forms carry stamps that it signs: under another key they would look forged.
SETTINGS = (
    "SECRET_KEY",
    "LANGUAGE_CODE",
    "TIME_ZONE",
    "COMMENT_ROOTS_PER_PAGE",
    "MAILS",
    "MEDIA_URL",
    "STATIC_URL",
)


@cache
def release() -> str:
    """Twelve hexadecimal digits; computed once in a process."""
    return compute_release(ROOT)


def compute_release(root: Path) -> str:
    """A digest of every source file below `root` and of the settings that pages show."""
    digest = hashlib.blake2b(digest_size=6)
    for name in SETTINGS:
        digest.update(hashlib.blake2b(f"{name}={getattr(settings, name)}".encode()).digest())
    for path in _sources(root):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(root: Path) -> list[Path]:
    parts = [root / part for part in PARTS]
    below = [path for part in parts for path in (part, *part.rglob("*"))]
    return sorted(path for path in below if path.suffix in SUFFIXES and path.is_file())
