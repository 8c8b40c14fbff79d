"""The writer's HTML as it is kept: cleaned, with every figure drawn anew from the list of pictures.

The editor and whoever else writes HTML need to say only which picture and which words:

    <figure data-picture="12"><figcaption>The canal in March.</figcaption></figure>

Sources, widths, alternative text and credit come from the picture's row each time the text is saved, so they
cannot be forged or go stale. Pictures from anywhere else are dropped; words never are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from blog.models import Picture
from lib.markup import render_prose, stored_html

# How a kept text names a picture; the way to find the texts that show it.
MARK = 'data-picture="%d"'

# All of these read HTML that has passed render_prose: tags are balanced and every attribute stands in quotes.
ATTRIBUTES = r'(?: [\w-]+="[^"]*")*'
FIGURE = re.compile(rf"<figure(?P<attributes>{ATTRIBUTES})>(?P<inner>.*?)</figure>", re.DOTALL)
CAPTION = re.compile(r"<figcaption>(?P<words>.*?)</figcaption>", re.DOTALL)
CREDIT = re.compile(r'\s*<span class="credit">.*?</span>', re.DOTALL)
PICTURE_ID = re.compile(r'data-picture="([0-9]{1,18})"')
STRAY_TAG = re.compile(rf"</?(?:img|figure|span){ATTRIBUTES}>")
# The editor writes all rows into the body of a table; a first row of headings only is its head.
HEADING_ROW = re.compile(
    rf"(<table{ATTRIBUTES}>)<tbody>(<tr>(?:<th{ATTRIBUTES}>(?:(?!</?t[hdr]).)*</th>)+</tr>)", re.DOTALL
)
SCROLLING = re.compile(r"<(pre|table)>")
EMPTY_PARAGRAPH = re.compile(rf"<p{ATTRIBUTES}>(?:\s|&nbsp;|<br>)*</p>")


def clean_prose(html: str) -> str:
    """A text of the writer's as it is kept. Cleaning twice changes nothing more.

    Raises ValueError when it holds more tags than `lib.markup` reads.
    """
    html = render_prose(html)
    pictures = Picture.objects.in_bulk(figure_ids(html))
    html = HEADING_ROW.sub(r"\1<thead>\2</thead><tbody>", html)
    return render_prose(with_figures(html, pictures))


def for_page(html: str) -> SafeString:
    """A kept text as a page shows it: what may be wider than a phone scrolls by keyboard (WCAG 2.1.1)."""
    return stored_html(SCROLLING.sub(r'<\1 tabindex="0">', html))


def figure_ids(html: str) -> set[int]:
    """Ids of the pictures that the figures of a text ask for, whether or not they are on the list."""
    return {int(number) for number in PICTURE_ID.findall(html)}


def with_figures(html: str, pictures: Mapping[int, Picture]) -> str:
    """Cleaned HTML with its figures drawn from `pictures`; what is no figure of ours keeps only its words."""
    pieces, end = [], 0
    for match in FIGURE.finditer(html):
        pieces += [_without_strays(html[end : match.start()]), _figure(match, pictures)]
        end = match.end()
    return "".join([*pieces, _without_strays(html[end:])])


def _figure(match: re.Match[str], pictures: Mapping[int, Picture]) -> str:
    inner = CREDIT.sub("", match["inner"])
    number = PICTURE_ID.search(match["attributes"])
    picture = pictures.get(int(number[1])) if number else None
    if picture is None:
        return _without_strays(inner)
    caption = CAPTION.search(inner)
    words = STRAY_TAG.sub("", caption["words"]).strip() if caption else ""
    figure = render_to_string("blog/_figure.html", {"picture": picture, "caption": stored_html(words)})
    return figure.strip() + _without_strays(CAPTION.sub("", inner, count=1)).strip()


def _without_strays(html: str) -> str:
    """Drops images of unknown origin and tags that belong to figures; a caption alone becomes a paragraph."""
    html = STRAY_TAG.sub("", html)
    html = html.replace("<figcaption>", "<p>").replace("</figcaption>", "</p>")
    return EMPTY_PARAGRAPH.sub("", html)
