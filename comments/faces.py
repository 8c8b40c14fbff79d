"""How one comment looks on its page: the strings its template needs, and its HTML kept by its version.

A page of a long thread is nearly all template time, so the template runs once for each shape a comment can
have (with a badge or without, edited or not), with marks in place of words, and comments of that shape are
filled into the mould. What was rendered is kept in the process under the comment's version: one new comment
does not render the others again. Everything
on a rendered comment is public except a held one, which is never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import NamedTuple, TypedDict
from zlib import crc32

from django.conf import settings
from django.template import Context
from django.template.base import Template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from comments.models import Comment
from lib.markup import machine_made, stored_html
from lib.text import initial

TONES = 6
# Reactions of one kind that it takes for their number to be shown.
SHOWN_FROM = 2
# Whatever else a stored address begins with is no link.
WEB = ("https://", "http://")
AUTHOR_TONE = machine_made("me")
# Of rendered comments in each process, about 1,500 characters each.
KEPT_CHARACTERS = 20_000_000
_BADGES = {value: str(label) if value else "" for value, label in Comment.Badge.choices}
_TEMPLATES = {
    "approved": "comments/_comment.html",
    "held": "comments/_held.html",
    "removed": "comments/_removed.html",
}
# What is filled into a mould, and what it depends on besides which of these are empty.
_FILLED = (
    "id", "name", "website", "letter", "tone", "badge", "iso", "date", "edited_iso", "edited", "edited_by",
    "html", "answers_url", "answered", "same_here", "helped", "removed_words",
)  # fmt: skip
_FLAGS = ("can_react", "can_change", "chosen", "can_reply", "can_moderate")
# Two views of a comment that agree in these are rendered alike.
_KEY = (
    "id", "version", "state", "answered", "answers_url", "can_react", "can_change", "chosen", "can_reply",
    "can_moderate",
)  # fmt: skip
_REMOVED = {
    Comment.Status.HELD: "This comment waits for a moderator.",
    Comment.Status.SPAM: "Removed by a moderator.",
    Comment.Status.TRASH: "Removed by a moderator.",
    Comment.Status.WITHDRAWN: "Withdrawn by its writer.",
    Comment.Status.DELETED: "Removed by a moderator.",
}


class StoredComment(NamedTuple):
    """What a page reads of a comment: no e-mail address, no network, no findings. Fields as in the model."""

    id: str
    parent_id: str | None
    answers_id: str | None
    depth: int
    name: str
    website: str
    html: str
    status: str
    badge: str
    created_at: datetime
    edited_at: datetime | None
    is_edited_by_team: bool
    version: int
    same_here_count: int
    helped_count: int


class CommentView(TypedDict):
    """What a comment's template shows. `state` is approved, held or removed; names are escaped already.

    A dictionary, because that is what templates look into first: on a long thread it is worth a third.
    """

    id: str
    depth: int
    version: int
    state: str
    name: SafeString
    website: str
    letter: str
    tone: str
    badge: str
    is_author: bool
    iso: str
    date: str
    edited_iso: str
    edited: str
    edited_by: str
    html: SafeString
    answers_url: SafeString
    answered: SafeString | str
    is_away: bool
    same_here: SafeString | str
    helped: SafeString | str
    can_react: bool
    can_change: bool
    chosen: str
    can_reply: bool
    can_moderate: bool
    removed_words: str
    reasons: tuple[str, ...]


def view_of(
    comment: StoredComment,
    *,
    depth: int,
    answered: SafeString | str = "",
    is_away: bool = False,
    chosen: str = "",
    is_own: bool = False,
    can_change: bool = False,
    can_reply: bool = True,
    can_moderate: bool = False,
    reasons: tuple[str, ...] = (),
) -> CommentView:
    """`depth` is where it stands on its page. `answered` is the name of whom the comment answers, empty for a
    root or an answer to a removed comment; `is_away` when that one is on another page. `chosen` is how this
    visitor reacted; `can_change` offers its writer to edit and withdraw it.

    A comment that waits shows its words, and the `reasons` why, only to its own writer (`is_own`).
    What the filter took for spam waits too: an honest writer is not left wondering, a spammer learns nothing.
    """
    state = _state_of(comment, is_own)
    if state == "removed":
        comment = comment._replace(
            name="", website="", html="", badge="", edited_at=None, is_edited_by_team=False
        )
    zone = timezone.get_current_timezone()
    written = comment.created_at.astimezone(zone)
    edited = comment.edited_at.astimezone(zone) if comment.edited_at else None
    return {
        "id": machine_made(comment.id),
        "depth": depth,
        "version": comment.version,
        "state": state,
        "name": escape(comment.name),
        "website": comment.website if comment.website.startswith(WEB) else "",
        "letter": escape(initial(comment.name)),
        "tone": _tone_of(comment),
        "badge": _BADGES[comment.badge],
        "is_author": comment.badge == Comment.Badge.AUTHOR,
        "iso": machine_made(written.isoformat(timespec="minutes")),
        "date": _date(written),
        "edited_iso": edited.isoformat(timespec="minutes") if edited else "",
        "edited": _date(edited) if edited else "",
        "edited_by": " by a moderator" if comment.is_edited_by_team else "",
        "html": stored_html(comment.html),
        "answers_url": _address_of(comment.answers_id, is_away=is_away),
        "answered": answered,
        "is_away": is_away,
        "same_here": _shown_count(comment.same_here_count),
        "helped": _shown_count(comment.helped_count),
        "can_react": not is_own,
        "can_change": can_change,
        "chosen": chosen,
        "can_reply": can_reply,
        "can_moderate": can_moderate,
        "removed_words": _REMOVED.get(comment.status, ""),
        "reasons": reasons,
    }


def _state_of(comment: StoredComment, is_own: bool) -> str:
    if comment.status == Comment.Status.APPROVED:
        return "approved"
    waits = comment.status in (Comment.Status.HELD, Comment.Status.SPAM)
    return "held" if is_own and waits else "removed"


def _tone_of(comment: StoredComment) -> str:
    """The colours of a monogram: the same name has the same ones everywhere."""
    if comment.badge == Comment.Badge.AUTHOR:
        return AUTHOR_TONE
    return machine_made(str(crc32(comment.name.casefold().encode()) % TONES))


def _address_of(comment_id: str | None, *, is_away: bool) -> SafeString:
    return machine_made(f"/comments/{comment_id}/" if is_away else f"#c{comment_id}")


def _shown_count(count: int) -> SafeString | str:
    """A single voice counts, but a lonely "1" beside a comment would only say that nobody else cared."""
    return machine_made(str(count)) if count >= SHOWN_FROM else ""


def _date(moment: datetime) -> SafeString:
    return machine_made(f"{moment.day} {moment:%b %Y, %H:%M}")


class RenderedComments:
    """The HTML of comments most recently shown by this process, up to a size. Safe between threads."""

    def __init__(self, limit: int = KEPT_CHARACTERS) -> None:
        self._kept: OrderedDict[tuple, SafeString] = OrderedDict()
        self._size = 0
        self._limit = limit
        self._lock = Lock()

    def get(self, key: tuple) -> SafeString | None:
        with self._lock:
            html = self._kept.get(key)
            if html is not None:
                self._kept.move_to_end(key)
            return html

    def put(self, key: tuple, html: SafeString) -> None:
        with self._lock:
            self._size += len(html) - len(self._kept.pop(key, ""))
            self._kept[key] = html
            while self._size > self._limit:
                _oldest, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._size = 0


rendered = RenderedComments()


def render_comments(views: Sequence[CommentView]) -> list[SafeString]:
    """Each comment's own HTML, without the list around it, in the same order."""
    if not settings.PAGE_CACHE_MEGABYTES:
        return _render(views)
    # Taken out of the store once: what is kept now may be dropped for what is rendered next.
    htmls = [rendered.get(_key_of(view)) for view in views]
    missing = [index for index, html in enumerate(htmls) if html is None]
    for index, html in zip(missing, _render([views[index] for index in missing]), strict=True):
        htmls[index] = html
        if views[index]["state"] != "held":
            rendered.put(_key_of(views[index]), html)
    return htmls


def _key_of(view: CommentView) -> tuple:
    return tuple(view[name] for name in _KEY)


def _render(views: Sequence[CommentView]) -> list[SafeString]:
    """What waits is rendered as it is: it is rare, and has a list of reasons."""
    templates = {state: get_template(name).template for state, name in _TEMPLATES.items()}
    return [
        templates["held"].render(Context({"c": view}))
        if view["state"] == "held"
        else _fill(templates[view["state"]], view)
        for view in views
    ]


def _fill(template: Template, view: CommentView) -> SafeString:
    words = {
        name: word if not word or isinstance(word, SafeString) else escape(word)
        for name, word in ((name, view[name]) for name in _FILLED)
    }
    flags = tuple(view[name] for name in _FLAGS)
    return SafeString(_mould(template, tuple(map(bool, words.values())), flags) % words)


@lru_cache(maxsize=512)
def _mould(template: Template, filled: tuple[bool, ...], flags: tuple[object, ...]) -> str:
    """The template with `%(name)s` for each word; those that are not `filled` are empty in it already."""
    marks = {name: machine_made(f"\ue000{name}\ue001") for name in _FILLED}
    view = {name: mark if here else "" for (name, mark), here in zip(marks.items(), filled, strict=True)}
    html = template.render(Context({"c": view | dict(zip(_FLAGS, flags, strict=True))})).replace("%", "%%")
    for name, mark in marks.items():
        html = html.replace(mark, f"%({name})s")
    return html
