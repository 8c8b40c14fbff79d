"""The small Markdown of comments: emphasis, lists, quotes, links, code. `lib.markup` cleans what comes out.

Built on markdown-it's "zero" preset, which knows nothing until it is told. What a reader types must not
vanish or change, so the rules that would swallow text are narrower here than in CommonMark
(https://spec.commonmark.org): a list begins at 1, a fence carries no more than a language, a link can be
seen. What is nested deeper than `MAX_NESTING`, where the parser would skip it, or links more than
`MAX_LINKS` is shown as plain paragraphs. This also bounds the work.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, fence, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

from lib.text import is_blank

MAX_NESTING = 12
MAX_LINKS = 100

WEB = frozenset({"http", "https"})
ONLY_LIST_MARKERS = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)]|\s)*")
FENCE = re.compile(r"`{3,}\s*[\w+#.-]*")


def html_from_markdown(source: str) -> str:
    """HTML that is well-formed but not yet clean; only `lib.markup` may show it."""
    if source.count("://") > MAX_LINKS:
        return PARAGRAPHS.render(source)
    tokens = MARKDOWN.parse(source)
    if any(_is_too_deep(token) for token in tokens):
        return PARAGRAPHS.render(source)
    return MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})


def _is_too_deep(token: Token) -> bool:
    """The parser skips what stands in a list or quote at the last level; emphasis it would nest for ever."""
    if token.type in {"blockquote_open", "list_item_open"}:
        return token.level >= MAX_NESTING - 1
    return any(inline.level > MAX_NESTING for inline in token.children or [])


class Markdown(MarkdownIt):
    """The parser with our idea of a link: it leads to a host on the web and reads as it was typed."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the parser's name)
        return _is_web_address(url)

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        # The parser would decode it, and "%E2%80%AE" or "xn--" would come back as the letters they hide.
        return link


def _is_web_address(url: str) -> bool:
    """Absolute, http or https, and without a user name, which can pass for the host (https://bank.example@…)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in WEB and bool(parts.hostname) and "@" not in parts.netloc


def _link_unless_picture(state: StateInline, silent: bool) -> bool:
    """`![text](address)` would be a picture: it stays text, only the address in it becomes a link."""
    if state.pos and state.src[state.pos - 1] == "!":
        return False
    return link(state, silent)


def _list_of_something(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line "42. Street" opens no list, or its number would change; nor does a divider ("* * *")."""
    line = _line_at(state, start)
    number = re.match(r"([0-9]{1,9})[.)]", line)
    if not silent and ((number and int(number[1]) != 1) or ONLY_LIST_MARKERS.fullmatch(line)):
        return False
    return list_block(state, start, end, silent)


def _fence_of_backticks(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The text after a fence is not shown, so it may be the name of a language but not "~~~ thanks ~~~"."""
    return FENCE.fullmatch(_line_at(state, start)) is not None and fence(state, start, end, silent)


def _line_at(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _show_every_link(state: StateCore) -> None:
    for block in state.tokens:
        if block.children:
            block.children = list(_with_visible_links(block.children))


def _with_visible_links(tokens: list[Token]) -> Iterator[Token]:
    """A link nobody could see (`[](address)`) shows its address; one to nowhere (`[label]()`) is text."""
    address = label = ""
    for token in tokens:
        if token.type == "link_open":
            address, label = str(token.attrs["href"]), ""
            yield token if address else _text("[")
        elif token.type == "link_close":
            if address and is_blank(label):
                yield _text(address)
            yield token if address else _text("]()")
        else:
            label += token.content
            yield token


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _web_links() -> LinkifyIt:
    """Finds addresses in running text by their scheme: "half.marathon" and "a@b.example" are no links."""
    links = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    for scheme in ("ftp:", "mailto:", "//"):
        links.add(scheme, None)
    return links


def _markdown() -> Markdown:
    parser = Markdown("zero", {"breaks": True, "linkify": True, "html": False, "maxNesting": MAX_NESTING})
    parser.enable(["list", "blockquote", "fence", "code"])
    parser.enable(["newline", "escape", "entity", "emphasis", "backticks", "link", "autolink", "linkify"])
    parser.block.ruler.at("list", _list_of_something, {"alt": ["paragraph", "blockquote"]})
    parser.block.ruler.at("fence", _fence_of_backticks, {"alt": ["paragraph", "blockquote", "list"]})
    parser.inline.ruler.at("link", _link_unless_picture)
    parser.core.ruler.after("linkify", "show_every_link", _show_every_link)
    parser.linkify = _web_links()
    return parser


MARKDOWN = _markdown()
PARAGRAPHS = MarkdownIt("zero", {"breaks": True, "html": False}).enable("newline")
