"""The docs tell the truth where a program can tell: settings, links, paths, make targets, sign-ins, words."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from demo.load import MODERATOR, WRITER

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "requirements" / "README.md"])
OPERATING = ROOT / "docs" / "operating.md"
MAP = ROOT / "docs" / "map.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
SETTINGS = [ROOT / "config" / "settings.py", ROOT / "config" / "environment.py"]

# How docs/operating.md may call what django-environ reads.
TYPES = {
    "bool": {"switch"},
    "int": {"number"},
    "float": {"number"},
    "str": {"text", "address"},
    "list": {"list"},
    "cache_url": {"address"},
}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
INDENTED = re.compile(r"^ {4}.+$", re.MULTILINE)
INLINE_CODE = re.compile(r"`([^`\n]+)`")
# Top-level folders and files, and what is below them; `/desk/` is an address and `var/` is not in git.
REPOSITORY_PATH = re.compile(r"\.?\w[\w.-]*(?:/[\w.-]+)*/?")
FILE_SUFFIX = re.compile(r"\.(?:py|md|html|css|js|toml|txt|in|webp)$")
PACKAGES = ("blog", "comments", "config", "lib")
# Django's own furniture needs no street name in the map.
FURNITURE = {"__init__.py"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code_in(text: str) -> list[str]:
    """Every piece of code of a Markdown text: fenced, indented, and inline."""
    blocks = FENCED.findall(text)
    rest = FENCED.sub("", text)
    return [*blocks, *INDENTED.findall(rest), *INLINE_CODE.findall(rest)]


def rows_of(text: str) -> list[list[str]]:
    """The cells of every row of a text's tables."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


# ---------- settings ----------
def variables_read() -> dict[str, ast.Call]:
    """Every `env.type("NAME", …)` of the settings, by name."""
    nodes = [node for path in SETTINGS for node in ast.walk(ast.parse(path.read_text()))]
    return {node.args[0].value: node for node in nodes if _reads_the_environment(node)}


def _reads_the_environment(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="env")), args=[ast.Constant(value=str()), *_]):
            return True
    return False


def variables_documented() -> dict[str, list[str]]:
    """The rows of the table of settings: type, default and meaning, by name."""
    section = OPERATING.read_text().partition("## Every setting")[2].partition("\n## ")[0]
    rows = [row for row in rows_of(section) if row[0].startswith("`")]
    return {row[0].strip("`"): row[1:] for row in rows}


def test_every_setting_is_documented_and_every_documented_one_is_read():
    assert set(variables_documented()) == set(variables_read())


@pytest.mark.parametrize("name", sorted(variables_read()))
def test_type_and_plain_default_of_a_setting_are_as_documented(name):
    call = variables_read()[name]
    kind, default, meaning = variables_documented()[name]
    assert kind in TYPES[call.func.attr]
    assert meaning
    plain = next((word.value for word in call.keywords if word.arg == "default"), None)
    if isinstance(plain, ast.Constant) and plain.value != "":
        value = int(plain.value) if isinstance(plain.value, bool) else plain.value
        assert default == f"`{value}`"


def test_no_module_reads_the_environment_past_the_settings():
    """A variable read elsewhere would be a setting that nobody documents."""
    modules = [path for part in (*PACKAGES, "demo") for path in (ROOT / part).rglob("*.py")]
    assert not [
        name_of(path)
        for path in modules
        if path not in SETTINGS and re.search(r"\bos\.(?:environ\b(?!\.setdefault)|getenv)", path.read_text())
    ]


def test_example_settings_are_documented_ones():
    blocks = FENCED.findall(OPERATING.read_text())
    example = next(block for block in blocks if "\nSECRET_KEY=" in block)
    names = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "TRUSTED_PROXIES"} <= set(names)
    assert set(names) <= set(variables_documented())


# ---------- links ----------
def anchors_of(path: Path) -> set[str]:
    """The anchors that a page's headings get on GitHub."""
    headings = HEADING.findall(FENCED.sub("", path.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCS, ids=name_of)
def test_links_lead_to_what_is_there(document):
    broken = []
    for link in LINK.findall(FENCED.sub("", document.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        address, _, anchor = link.partition("#")
        target = (document.parent / address).resolve() if address else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)
    assert not broken


# ---------- paths ----------
def paths_in(text: str) -> set[str]:
    """Backticked words that can only be paths of the repository."""
    words = {word for word in INLINE_CODE.findall(text) if REPOSITORY_PATH.fullmatch(word)}
    paths = {word for word in words if "/" in word or FILE_SUFFIX.search(word)}
    return {path for path in paths if not path.startswith(("var/", ".venv/")) and "X-" not in path}


def test_paths_in_the_map_exist():
    missing = sorted(path for path in paths_in(MAP.read_text()) if not (ROOT / path).exists())
    assert not missing


def test_paths_in_the_readme_exist():
    readme = (ROOT / "README.md").read_text()
    missing = sorted(path for path in paths_in(readme) if not (ROOT / path).exists())
    assert not missing


@pytest.mark.parametrize("part", PACKAGES)
def test_every_folder_and_module_of_a_part_is_on_the_map(part):
    """A module is named itself, or stands in a folder that is listed as a whole."""
    named = {path.rstrip("/") for path in paths_in(MAP.read_text())}
    modules = [path for path in (ROOT / part).rglob("*.py") if path.name not in FURNITURE]
    unnamed = [
        name_of(path)
        for path in modules
        if name_of(path) not in named and not _stands_in_a_listed_folder(path, named, part)
    ]
    assert not unnamed, "Give these a line in docs/map.md, or their folder:\n" + "\n".join(unnamed)


def _stands_in_a_listed_folder(path: Path, named: set[str], part: str) -> bool:
    """The part itself and the desk are listed module by module; smaller folders as a whole."""
    by_module = {part, "comments/moderation", "comments/spam"}
    folders = {name_of(parent) for parent in path.parents if parent.is_relative_to(ROOT / part)}
    return path.parent != ROOT / part and bool((folders - by_module) & named)


# ---------- commands and sign-ins ----------
@pytest.mark.parametrize("document", DOCS, ids=name_of)
def test_make_targets_exist(document):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        name for code in code_in(document.read_text()) for name in re.findall(r"\bmake ([a-z][a-z-]*)", code)
    }
    assert named <= targets


@pytest.mark.parametrize("sign_in", [WRITER, MODERATOR], ids=lambda sign_in: sign_in.username)
def test_readme_shows_the_demo_sign_ins(sign_in):
    cells = {cell.strip("`") for row in rows_of((ROOT / "README.md").read_text()) for cell in row}
    assert {sign_in.username, sign_in.password} <= cells


# ---------- words ----------
def test_glossary_explains_each_word_once():
    words = Counter(
        word.casefold()
        for row in rows_of(GLOSSARY.read_text())
        for word in re.findall(r"\*\*([^*]+)\*\*", row[0])
    )
    assert len(words) > 40
    assert not [word for word, count in words.items() if count > 1]
