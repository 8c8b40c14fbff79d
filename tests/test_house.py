"""The house's import rules, read from every import statement of the project (docs/decisions/0001)."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each part may import itself and what stands after it.
ORDER = ["demo", "transfer", "stories", "comments", "blog", "lib"]
STANDARD_LIBRARY_ONLY = [
    "comments/spam",
    "stories/figures",
    "stories/charts",
    "transfer/wxr",
    "transfer/records",
]


def modules(part: str) -> list[Path]:
    folder = ROOT / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else []


def imports_of(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of everything a module imports, wherever in it the import stands."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively; write the whole name"
            found.append((node.lineno, node.module or ""))
    return found


def breaches(path: Path, *, allowed: set[str]) -> list[str]:
    ours = {*ORDER, "config", "bench", "tests"}
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for line, name in imports_of(path)
        if name.split(".")[0] in ours - allowed
    ]


@pytest.mark.parametrize("part", ORDER)
def test_parts_import_only_downwards(part):
    """transfer → stories → comments → blog → lib, never back; nobody imports config."""
    allowed = set(ORDER[ORDER.index(part) :])
    found = [breach for path in modules(part) for breach in breaches(path, allowed=allowed)]
    assert not found, "Parts import only downwards (demo → … → comments → blog → lib):\n" + "\n".join(found)


@pytest.mark.parametrize("part", STANDARD_LIBRARY_ONLY)
def test_pure_parts_know_only_the_standard_library(part):
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(part)
        for line, name in imports_of(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith(part.replace("/", "."))
    ]
    assert not found, f"{part} uses the standard library and itself only:\n" + "\n".join(found)


@pytest.mark.parametrize("part", [*ORDER, "config"])
def test_imports_stand_at_the_top(part):
    """No import inside a function to dodge a circle. An app's ready() must import late, and may."""
    found = []
    for path in modules(part):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name != "ready":
                found += [
                    f"{path.relative_to(ROOT)}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Import | ast.ImportFrom)
                ]
    assert not found, "Imports stand at the top of a module:\n" + "\n".join(found)


@pytest.mark.parametrize("part", [*ORDER, "config"])
def test_package_files_are_empty(part):
    """A package's own file says nothing, so importing one module drags in no other; two gather."""
    full = [
        str(path.relative_to(ROOT))
        for path in modules(part)
        if path.name == "__init__.py"
        and path.parent.name not in ("models", "admin")
        and path.read_text().strip()
    ]
    assert not full, "These package files should be empty:\n" + "\n".join(full)


@pytest.mark.parametrize("part", [*ORDER, "config", "bench"])
def test_every_module_says_what_its_job_is(part):
    silent = [
        str(path.relative_to(ROOT))
        for path in modules(part)
        if path.name != "__init__.py"
        and not (path.parent.name == "migrations" and path.name.startswith("0001_"))
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent, "A module opens with a paragraph on its job:\n" + "\n".join(silent)


@pytest.mark.parametrize("part", [*ORDER, "config", "bench"])
def test_files_and_functions_stay_short(part):
    """Files under 400 lines, functions under 60."""
    long = []
    for path in modules(part):
        if path.parent.name == "migrations":
            continue
        source = path.read_text()
        if source.count("\n") > 400:
            long.append(f"{path.relative_to(ROOT)}: {source.count(chr(10))} lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 60:
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not long, "Too long:\n" + "\n".join(long)


def test_no_drawer_for_everything():
    """services.py, utils.py and their kind name no job, so everything ends up in them."""
    drawers = {"services.py", "selectors.py", "utils.py", "helpers.py", "base.py", "misc.py", "common.py"}
    found = [
        str(path.relative_to(ROOT))
        for part in [*ORDER, "config"]
        for path in modules(part)
        if path.name in drawers
    ]
    assert not found


def test_only_the_markup_module_marks_visitors_words_safe():
    """Comments and desk never call mark_safe; templates never use the safe filter or switch escaping off."""
    marking = [str(path.relative_to(ROOT)) for path in modules("comments") if "mark_safe" in path.read_text()]
    unescaped = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*")
        if path.is_file() and any(mark in path.read_text() for mark in ("|safe", "autoescape off", "| safe"))
    ]
    assert not marking
    assert not unescaped
