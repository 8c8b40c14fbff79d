"""HTML from people's words. The only module that marks visitors' words safe.

A comment's source is a small Markdown; raw HTML, headings and pictures stay the text they are. On its way
to the page it passes

    length limit → normalise → lib.markdown → controls out → bleach → nh3 → the page

and nothing changes a character after nh3. The two cleaners are independent of each other and of the Markdown
parser, so a hole in one of the three is not a hole in the page. The writer's articles arrive as HTML from her
editor and pass nh3 alone, with a longer list. Limits come before any parsing.
"""

import html as entities
import re
from collections.abc import Callable
from urllib.parse import unquote

import bleach
import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from lib.markdown import WEB, html_from_markdown
from lib.text import normalise, normalise_line, without_controls

MAX_SOURCE = 10_000
# The time nh3 needs grows with the square of the depth: half a second for this many tags, each in the other.
MAX_TAGS = 20_000

COMMENT_TAGS = frozenset({"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre"})

PROSE_TAGS = frozenset(
    {"h2", "h3", "h4", "p", "blockquote", "footer", "cite", "ul", "ol", "li", "hr", "pre"}
    | {"br", "strong", "em", "s", "a", "code", "sub", "sup", "figure", "figcaption", "img", "span"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
# `cite` is missing on purpose: nh3 does not look at its scheme.
PROSE_ATTRIBUTES = {
    "a": {"href"},
    "figure": {"data-picture"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "data-picture"},
    "ol": {"start"},
    "p": {"class"},
    "span": {"class"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
PROSE_VALUES = {
    "colspan": re.compile(r"[0-9]{1,3}"),
    "rowspan": re.compile(r"[0-9]{1,3}"),
    "start": re.compile(r"[0-9]{1,6}"),
    "width": re.compile(r"[0-9]{1,5}"),
    "height": re.compile(r"[0-9]{1,5}"),
    "data-picture": re.compile(r"[\w-]{1,64}"),
    "loading": re.compile(r"lazy"),
    "sizes": re.compile(r"[\w ().,:-]{1,200}"),
    "scope": re.compile(r"(?:row|col)(?:group)?"),
}
PROSE_CLASSES = {"p": "note", "span": "credit"}
CANDIDATE = re.compile(r"\s*(\S+) [0-9]{1,5}w\s*")
# Each part of the path begins with a letter, digit or dash: no "..", no "//", no backslash.
PICTURE_PATH = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*")
IMAGE = re.compile(r'<img(?: [\w-]+="[^"]*")*>')

# Where one of these begins or ends, `plain_text` ends a line.
BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "footer", "pre", "hr", "br", "div", "address"}
    | {"article", "aside", "header", "main", "nav", "section", "figure", "figcaption"}
    | {"ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "th", "td"}
)
TAG = re.compile(r"</?[a-z0-9]+>")
UNREAD = {"script", "style", "template", "title"}

AttributeFilter = Callable[[str, str, str], str | None]


# ---------- comments ----------
def render_comment(source: str) -> SafeString:
    """A comment's HTML from its Markdown source, safe to show as it is.

    The result holds only `COMMENT_TAGS`, of whose attributes only `href` (http, https) and `rel` on links.
    Raises ValueError for a source of more than `MAX_SOURCE` characters, before any parsing.
    """
    if len(source) > MAX_SOURCE:
        raise ValueError(f"A comment has at most {MAX_SOURCE} characters, this one {len(source)}.")
    # Entities ("&#8238;") bring back characters that normalise() took out of the source.
    html = without_controls(html_from_markdown(normalise(source)))
    return mark_safe(_clean_comment(html))


def stored_html(html: str) -> SafeString:
    """HTML that this module wrote and the database kept since, safe to show as it is."""
    return SafeString(html)


def machine_made(text: str) -> SafeString:
    """Text of digits, letters and punctuation that this program composed by itself: ids, dates, class names.

    Spares templates from escaping it again and again. Nothing that came from a visitor may pass here.
    """
    # Not mark_safe: it looks for lazy translations first, which takes longer than all the rest.
    return SafeString(text)


def _clean_comment(html: str) -> str:
    html = bleach.clean(html, tags=COMMENT_TAGS, attributes={"a": ["href"]}, protocols=WEB)
    return nh3.clean(
        html,
        tags=set(COMMENT_TAGS),
        attributes={"a": {"href"}},
        url_schemes=set(WEB),
        url_relative="deny",
        link_rel="nofollow ugc noopener",
    )


# ---------- the writer's articles ----------
def render_prose(html: str, *, media_prefix: str = "") -> SafeString:
    """An article's HTML with everything outside `PROSE_TAGS` and `PROSE_ATTRIBUTES` removed, safe to show.

    Links lead to http, https, mailto or relative addresses. Pictures come from `media_prefix` (MEDIA_URL
    unless told otherwise) and vanish when they do not. Raises ValueError above `MAX_TAGS`.
    """
    keep = _prose_attributes(media_prefix or settings.MEDIA_URL)
    html = _clean_prose(_within_limits(html), keep)
    return mark_safe(_clean_prose(IMAGE.sub(_picture_or_nothing, html), keep))


def _clean_prose(html: str, keep: AttributeFilter) -> str:
    return nh3.clean(
        html,
        tags=set(PROSE_TAGS),
        attributes=PROSE_ATTRIBUTES,
        attribute_filter=keep,
        url_schemes={*WEB, "mailto"},
        link_rel=None,
    )


def _prose_attributes(media_prefix: str) -> AttributeFilter:
    def keep(tag: str, name: str, value: str) -> str | None:
        if name == "src":
            return value if _is_picture(value, media_prefix) else None
        if name == "class":
            return PROSE_CLASSES[tag] if PROSE_CLASSES[tag] in value.split() else None
        if name == "srcset":
            return value if _are_pictures(value, media_prefix) else None
        allowed = PROSE_VALUES.get(name)
        return value if allowed is None or allowed.fullmatch(value) else None

    return keep


def _is_picture(address: str, media_prefix: str) -> bool:
    path = unquote(address.removeprefix(media_prefix))
    return address.startswith(media_prefix) and PICTURE_PATH.fullmatch(path) is not None


def _are_pictures(srcset: str, media_prefix: str) -> bool:
    candidates = [CANDIDATE.fullmatch(candidate) for candidate in srcset.split(",")]
    return all(candidate and _is_picture(candidate[1], media_prefix) for candidate in candidates)


def _picture_or_nothing(image: re.Match[str]) -> str:
    return image[0] if ' src="' in image[0] else ""


def _within_limits(html: str) -> str:
    if html.count("<") > MAX_TAGS:
        raise ValueError(f"HTML of more than {MAX_TAGS} tags is not read.")
    return html


# ---------- HTML to text ----------
def plain_text(html: str) -> str:
    """The words of some HTML, one line a block, for excerpts, search and mails. Escape them to show them.

    Raises ValueError above `MAX_TAGS`, which no rendered comment reaches.
    """
    blocks = nh3.clean(_within_limits(html), tags=set(BLOCKS), attributes={}, clean_content_tags=UNREAD)
    lines = (normalise_line(entities.unescape(line)) for line in TAG.split(blocks))
    return "\n".join(line for line in lines if line)
