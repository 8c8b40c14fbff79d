"""The scripts of the public site: few bytes, one behaviour each, nothing the strict policy would refuse."""

import gzip
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUDGET = 6_000

SCRIPTS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "static" / "js").glob("*.js"))}
WRITES_HTML = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")


def test_scripts_stay_within_their_budget():
    assert SCRIPTS
    assert sum(len(gzip.compress(script.encode(), 9)) for script in SCRIPTS.values()) <= BUDGET


def test_scripts_say_what_they_do():
    assert [name for name, script in SCRIPTS.items() if not script.startswith("// ")] == []


def test_scripts_write_no_html_and_run_no_text():
    """Words reach the page as text only."""
    assert [name for name, script in SCRIPTS.items() if WRITES_HTML.search(script)] == []


def test_scripts_are_loaded_by_a_page():
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html"))
    assert [name for name in SCRIPTS if f"js/{name}" not in pages] == []
