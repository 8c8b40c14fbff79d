"""The stylesheets keep their promises: small, in layers, colours in one place, bundles up to date."""

import gzip
import re

import pytest

from config.management.commands.bundle_css import BUNDLES, FOLDER, LAYERS, bundle, compact, parts_of

ROOT = FOLDER.parent.parent
PUBLIC_BUDGET = 14_000
DESK_BUDGET = 4_000

PARTS = {
    str(path.relative_to(FOLDER)): path.read_text("utf-8") for name in BUNDLES for path in parts_of(name)
}
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\("
    r"|:[^;{}]*\b(?:black|white|grey|gray|red|green|blue|yellow|orange)\b[^;{}]*;",
    re.IGNORECASE,
)
CLASS = re.compile(r"\.([a-z][\w-]*)")
# Made of a stem and a value that the page fills in.
FILLED_IN = re.compile(r"(?:av-\d|d\d)")


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def layer_of(name: str) -> str:
    """The layer that a part's place says it belongs to."""
    folder, _, file = name.rpartition("/")
    return folder or ("utilities" if file == "print.css" else file.removesuffix(".css"))


def outermost_blocks(css: str) -> list[str]:
    """What stands in each pair of braces that no other pair surrounds."""
    blocks, depth, start = [], 0, 0
    for brace in re.finditer(r"[{}]", css):
        if brace[0] == "{" and depth == 0:
            start = brace.start()
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            blocks.append(css[start : brace.end()])
    return blocks


@pytest.mark.parametrize("name", BUNDLES)
def test_committed_bundle_is_what_its_parts_make(name):
    """Whoever edits a part runs `manage.py bundle_css`."""
    is_fresh = (FOLDER / name).read_text("utf-8") == bundle(name)
    assert is_fresh, "run manage.py bundle_css"


def test_public_stylesheet_stays_within_its_budget():
    assert len(gzip.compress((FOLDER / "site.css").read_bytes(), 9)) <= PUBLIC_BUDGET


def test_desk_stylesheet_stays_within_its_budget():
    assert len(gzip.compress((FOLDER / "desk.css").read_bytes(), 9)) <= DESK_BUDGET


def test_parts_are_short_enough_to_read():
    assert [name for name, css in PARTS.items() if css.count("\n") >= 250] == []


def test_parts_say_what_they_are_for():
    assert [name for name, css in PARTS.items() if not css.startswith("/* ")] == []


def test_parts_stay_in_the_layer_of_their_place():
    """One layer a part and nothing outside it, so that the order of files never decides."""
    astray = []
    for name, css in PARTS.items():
        rules = without_comments(css).strip()
        if not rules.startswith(f"@layer {layer_of(name)} {{") or len(outermost_blocks(rules)) != 1:
            astray.append(name)
    assert astray == []


def test_only_the_tokens_know_colours():
    found = {
        name: COLOUR.search(without_comments(css)) for name, css in PARTS.items() if name != "tokens.css"
    }
    assert {name: match[0] for name, match in found.items() if match} == {}


def test_nothing_scrolls_smoothly():
    """A link to a comment leads there at once, however long the thread."""
    assert [name for name, css in PARTS.items() if "scroll-behavior" in css] == []


def test_tokens_paint_nothing():
    """They are values: custom properties and the colour scheme, no rule that shows."""
    css = without_comments(PARTS["tokens.css"])
    properties = set(re.findall(r"(?<=[{;\s])([a-z][a-z-]*)\s*:(?!root)[^;{}]*;", css))
    assert properties <= {"color-scheme"}


def test_browser_bar_has_the_colour_of_the_page():
    """The two colours in base.html are the page's, light and dark."""
    light, dark = re.findall(r"--paper: (#[0-9a-f]{6});", PARTS["tokens.css"])[:2]
    base = (ROOT / "templates" / "base.html").read_text("utf-8")
    assert re.findall(r'name="theme-color" content="(#[0-9a-f]{6})"', base) == [light, dark]


def test_no_class_is_styled_that_nothing_wears():
    selectors = "".join(re.findall(r"[^{};]*\{", without_comments("".join(PARTS.values()))))
    styled = {name for name in CLASS.findall(selectors) if not FILLED_IN.fullmatch(name)}
    pages = sorted((ROOT / "templates").rglob("*.html"))
    code = [path for part in ("blog", "comments", "lib") for path in (ROOT / part).rglob("*.py")]
    worn = {word for path in [*pages, *code] for word in re.findall(r"[\w-]+", path.read_text("utf-8"))}
    assert styled - worn == set()


# ---------- the bundler itself ----------
def test_bundle_orders_the_layers_first():
    assert bundle("site.css").startswith(f"@layer {','.join(LAYERS)};")


def test_compacting_drops_comments_and_needless_blanks():
    css = "/* why */\n.a,\n.b > c {\n  color: var(--ink);\n  margin: 0 auto;\n}\n"
    assert compact(css) == ".a,.b > c{color:var(--ink);margin:0 auto}"


def test_compacting_leaves_strings_alone():
    css = '.a::after {\n  content: " /* ; */ { " attr(href);\n}'
    assert compact(css) == '.a::after{content:" /* ; */ { " attr(href)}'


def test_compacting_keeps_the_blank_before_a_pseudo_class():
    """`.a :hover` and `.a:hover` are different rules."""
    assert compact(".a :hover {\n  top: 0;\n}") == ".a :hover{top:0}"


def test_parts_are_joined_in_the_order_of_the_layers(tmp_path):
    (tmp_path / "components").mkdir()
    for name in ("utilities", "reset", "components/b", "components/a"):
        (tmp_path / f"{name}.css").write_text(f".{name[-1]} {{ top: 0; }}")
    assert [path.stem for path in parts_of("site.css", tmp_path)] == ["reset", "a", "b", "utilities"]
