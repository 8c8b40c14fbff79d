"""The filter stands alone: it knows the standard library and itself."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from comments.spam.judge import RULES

ROOT = Path(__file__).parents[3]
MODULES = sorted((ROOT / "comments" / "spam").rglob("*.py"))


def imported_names(tree: ast.AST) -> Iterator[str]:
    """Every module a file imports, wherever the import stands; a relative one begins with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_imports_only_the_standard_library_and_the_filter(module: Path) -> None:
    """No Django, no table, no other part: facts in, verdict out."""
    strangers = [
        name
        for name in imported_names(ast.parse(module.read_text(encoding="utf-8")))
        if not (name.startswith("comments.spam.") or name.partition(".")[0] in sys.stdlib_module_names)
    ]
    assert strangers == []


def test_every_rule_module_is_asked() -> None:
    """A rule that stands in the folder and not in RULES would be silently asleep."""
    asleep = {path.stem for path in MODULES if path.parent.name == "rules"} - {"__init__"}
    asleep -= {rule.__module__.rpartition(".")[2] for rule in RULES}
    assert asleep == set()
