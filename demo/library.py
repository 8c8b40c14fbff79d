"""Reads the demo site's original words from the files under `content/`, without Django.

    site.toml        the site's name and navigation
    topics.toml      injury topics and plain ones
    posts/*.md       a TOML head between `+++` lines, then Markdown; `[[figure name]]` stands for a picture
    pages/*.md       the same
    threads/*.toml   what was said under the post of the same name, in reading order; `depth` says what
                     answers what, `day` and `time` count from the post's own day

Everything comes out as plain records with HTML bodies; `demo.load` turns them into rows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

CONTENT = Path(__file__).resolve().parent / "content"
FIGURE = re.compile(r"<p>\[\[figure (?P<name>[\w-]+)\]\]</p>")
MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Drawing:
    """A picture to be drawn, with its words. `art`, `palette` and `seed` are what `demo.art` draws from."""

    art: str
    palette: str
    seed: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, kw_only=True)
class Post:
    """`published` is the site's own clock, without a zone; None for a draft and for `publish_in_days`."""

    slug: str
    title: str
    deck: str
    body: str
    topics: tuple[str, ...]
    closing_question: str
    hero: Drawing
    figures: Mapping[str, Drawing]
    published: datetime | None = None
    publish_in_days: int | None = None
    series: str | None = None
    part: int | None = None
    is_featured: bool = False

    @property
    def is_draft(self) -> bool:
        return self.published is None and self.publish_in_days is None

    @property
    def figure_names(self) -> list[str]:
        """The figures the body asks for, in its order."""
        return FIGURE.findall(self.body)

    def html(self, figure: Callable[[str], str]) -> str:
        """The body as HTML, with `figure(name)` in place of each figure."""
        return FIGURE.sub(lambda match: figure(match["name"]), self.body)


@dataclass(frozen=True, kw_only=True)
class Topic:
    slug: str
    name: str
    aliases: tuple[str, ...]
    is_injury: bool
    summary: str
    introduction: str
    see_someone: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    slug: str
    title: str
    description: str
    body: str
    header_label: str = ""
    footer_label: str = ""


@dataclass(frozen=True, kw_only=True)
class Comment:
    """One comment of a thread. `parent` and `answers` are places in the thread's list.

    They differ only at the deepest level, where an answer stands beside what it answers. `by` is reader,
    writer or moderator; `status` is where the comment is in the end; `after` counts from the midnight before
    the post. `same_here` and `helped` are how many readers reacted; `reported` is what one of them reported.
    """

    text: str
    after: timedelta
    depth: int = 0
    parent: int | None = None
    answers: int | None = None
    name: str = ""
    by: str = "reader"
    status: str = "approved"
    reason: str = ""
    reason_code: str = ""
    email: str = ""
    website: str = ""
    honeypot: str = ""
    form_age: float | None = None
    same_here: int = 0
    helped: int = 0
    reported: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    name: str
    tagline: str
    description: str
    header: tuple[tuple[str, str], ...] = ()
    footer: tuple[tuple[str, str], ...] = ()


@dataclass
class _Trail:
    """The latest comment at each depth, and the latest by each name, while a thread is read."""

    by_depth: dict[int, int] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)


def read_site() -> Site:
    values = _toml("site.toml")
    places = {
        place: tuple((item["label"], item["address"]) for item in values[place])
        for place in ("header", "footer")
    }
    return Site(values["name"], values["tagline"], values["description"], **places)


def read_topics() -> list[Topic]:
    return [_topic(values) for values in _toml("topics.toml")["topic"]]


def read_posts() -> list[Post]:
    """Oldest first; the scheduled one and drafts come last."""
    posts = [_post(*_head_and_body(path)) for path in sorted(CONTENT.glob("posts/*.md"))]
    return sorted(posts, key=lambda post: (post.published is None, str(post.published), post.slug))


def read_pages() -> list[Page]:
    return [Page(**head, body=body) for head, body in map(_head_and_body, sorted(CONTENT.glob("pages/*.md")))]


def read_thread(slug: str) -> list[Comment]:
    """What was said under a post, in reading order; empty when nobody has said anything."""
    path = CONTENT / "threads" / f"{slug}.toml"
    if not path.exists():
        return []
    trail = _Trail()
    return [_comment(place, values, trail) for place, values in enumerate(_toml(path)["comment"])]


def _toml(path: Path | str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / path).read_text(encoding="utf-8"))


def _head_and_body(path: Path) -> tuple[dict[str, Any], str]:
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(head), MARKDOWN.render(body)


def _topic(values: dict[str, Any]) -> Topic:
    introduction = MARKDOWN.render(values["introduction"])
    lists = {name: tuple(values[name]) for name in ("aliases", "see_someone")}
    return Topic(**{**values, **lists, "introduction": introduction})


def _post(head: dict[str, Any], body: str) -> Post:
    values = {
        name: value for name, value in head.items() if name not in {"hero", "figures", "featured", "draft"}
    }
    return Post(
        **{**values, "topics": tuple(head["topics"])},
        body=body,
        hero=Drawing(**head["hero"]),
        figures={name: Drawing(**drawing) for name, drawing in head.get("figures", {}).items()},
        is_featured=head.get("featured", False),
    )


def _comment(place: int, values: dict[str, Any], trail: _Trail) -> Comment:
    """The record for the entry at `place`: a comment answers the latest one that stands a step higher."""
    depth, name, to = values.pop("depth", 0), values.get("name", ""), values.pop("to", None)
    parent = trail.by_depth[depth - 1] if depth else None
    answers = trail.by_name[to] if to else parent
    trail.by_depth[depth] = trail.by_name[name] = place
    after = _since_midnight(values.pop("day"), values.pop("time"))
    text = values.pop("text").strip()
    return Comment(**values, text=text, after=after, depth=depth, parent=parent, answers=answers)


def _since_midnight(day: int, clock: time) -> timedelta:
    return timedelta(days=day, hours=clock.hour, minutes=clock.minute)
