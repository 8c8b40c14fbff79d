"""One page of a post's thread as flat rows that know when a list of replies opens and closes.

`comments.thread_query` finds the rows; the template is one loop over them and never includes itself. A page
of the thread holds whole branches, but of a very long one only its beginning and a link to the rest, which
has pages of its own: there the root stands on top, and replies whose parents are elsewhere stand below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from math import ceil
from typing import NamedTuple, TypedDict

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from blog.models import Post
from blog.thread_part import ORDERS, ThreadPart
from comments.faces import CommentView, StoredComment, render_comments, view_of
from comments.models import MAX_DEPTH, Comment
from comments.ownership import may_change
from comments.thread_query import (
    BRANCH_SIZE,
    MOST_NEWS,
    branch_on,
    comments_on,
    news_in,
    pages_of,
    replies_in,
)
from lib.markup import machine_made

_LEVELS = tuple(machine_made(f"d{depth}") for depth in range(MAX_DEPTH + 1))
# A reply whose parent is on another page: it says whom it answers, wherever it stands.
_AWAY = machine_made("d1 away")
# A long run of replies is folded, but never in the first branches of a page.
FOLD_FROM = 7
FOLD_AFTER = 3
MONOGRAMS_ON_FOLD = 4


@dataclass(frozen=True, slots=True)
class Fold:
    """The summary over the replies of a branch. Only a closed one shows faces."""

    count: int
    from_author: int
    monograms: tuple[tuple[str, str], ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.monograms

    @property
    def words(self) -> SafeString:
        replies = f"{self.count} {'reply' if self.count == 1 else 'replies'}"
        return machine_made(f"{replies}, {self.from_author} from the author" if self.from_author else replies)


@dataclass(frozen=True, slots=True)
class More:
    """What a page leaves out of a branch, and where it is."""

    count: int
    url: str


class End(NamedTuple):
    """The end of a list of replies; the one of a branch ends its fold too, and may have more."""

    is_branch: bool
    more: More | None = None


@dataclass(frozen=True, slots=True)
class News:
    """A comment is new; `next_url` leads to the next one, empty for the last."""

    next_url: str


class Row(TypedDict):
    """A comment in its place. `closes` has a value for each list that ends after it."""

    html: SafeString
    depth: int
    # The depth as a class name: templates localise every number, which costs more than all else in the loop.
    level: SafeString
    opens: bool
    fold: Fold | None
    closes: tuple[End, ...]
    news: News | None


@dataclass(frozen=True, slots=True)
class NewsLine:
    """How many comments are new, and where the first one is; `is_all` unless there are more than we count."""

    count: int
    first_url: str
    is_all: bool


@dataclass(frozen=True, slots=True)
class Thread:
    rows: list[Row]
    part: ThreadPart
    pages: int
    count: int
    root_count: int
    news: NewsLine | None = None

    @property
    def page(self) -> int:
        return self.part.page

    @property
    def previous(self) -> ThreadPart | None:
        return self.part.at(self.page - 1) if self.page > 1 else None

    @property
    def next(self) -> ThreadPart | None:
        return self.part.at(self.page + 1) if self.page < self.pages else None

    @property
    def orders(self) -> list[tuple[ThreadPart, bool]]:
        """The beginning of the thread in each order, and whether it is the one shown."""
        return [(ThreadPart(order=order), order == self.part.order) for order in ORDERS]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks: strangers to us by default. `own_ids` are the comments this browser wrote, the held ones
    among them stand in their places; `chosen` the reactions it gave, by the comment's id."""

    own_ids: Sequence[str] = ()
    can_moderate: bool = False
    chosen: Mapping[str, str] | None = None


STRANGER = Visitor()


def build_thread(post: Post, part: ThreadPart, visitor: Visitor = STRANGER) -> Thread | None:
    """The part of the post's thread as this visitor sees it; None when there is no such part."""
    if part.branch:
        return _build_branch(post, part, visitor)
    pages = pages_of(post.root_count)
    if part.page > pages:
        return None
    comments = comments_on(post, part, own_ids=visitor.own_ids)
    views = _views(comments, post, visitor)
    return _thread(post, part, visitor, pages=pages, views=views, rests=_rests(post, comments))


def _build_branch(post: Post, part: ThreadPart, visitor: Visitor) -> Thread | None:
    pages = ceil(replies_in(post, part.branch) / BRANCH_SIZE)
    if part.page > pages:
        return None
    found = branch_on(post, part, own_ids=visitor.own_ids)
    # The replies of a removed root stand, and so does its placeholder; another id is no root of this post.
    if not found.comments or found.comments[0].id != part.branch:
        return None
    views = _views(found.comments, post, visitor, away=found.names)
    return _thread(post, part, visitor, pages=pages, views=views, rests={})


def _rests(post: Post, comments: Sequence[StoredComment]) -> dict[str, More]:
    """What is left out, by the root of the branch. Asks only for branches that show all they may."""
    shown: dict[str, list[StoredComment]] = {}
    root = ""
    for comment in comments:
        root = root if comment.depth else comment.id
        if comment.depth and comment.status == Comment.Status.APPROVED:
            shown.setdefault(root, []).append(comment)
    rests = {}
    for root, replies in shown.items():
        if len(replies) >= BRANCH_SIZE:
            count = replies_in(post, root) - len(replies)
            url = f"{post.get_absolute_url()}{ThreadPart(page=2, branch=root).query}#talk"
            rests |= {root: More(count, url)} if count else {}
    return rests


def _thread(
    post: Post,
    part: ThreadPart,
    visitor: Visitor,
    *,
    pages: int,
    views: Sequence[CommentView],
    rests: Mapping[str, More],
) -> Thread:
    rows = rows_of(views, rests, keep_open=bool(part.branch))
    ids = news_in(post, part.since, own_ids=visitor.own_ids) if part.since else []
    news = _mark_news(rows, views, ids=ids, part=part) if part.since else None
    return Thread(rows, part, pages=pages, count=post.comment_count, root_count=post.root_count, news=news)


def _mark_news(
    rows: Sequence[Row], views: Sequence[CommentView], *, ids: Sequence[str], part: ThreadPart
) -> NewsLine:
    """Marks the new comments on the page, and links each to the next one, on whichever page that is."""
    places = {view["id"]: row for view, row in zip(views, rows, strict=True)}
    urls = [_url_of(pk, is_here=pk in places, part=part) for pk in ids]
    for pk, next_url in zip(ids, [*urls[1:], ""], strict=False):
        if pk in places:
            places[pk]["news"] = News(next_url)
    return NewsLine(min(len(ids), MOST_NEWS), urls[0] if urls else "", is_all=len(ids) <= MOST_NEWS)


def _url_of(comment_id: str, *, is_here: bool, part: ThreadPart) -> str:
    if is_here:
        return f"#c{comment_id}"
    return f"{reverse('comments:permalink', args=[comment_id])}{ThreadPart(since=part.since).query}"


def reasons_to_wait(own_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each of the visitor's own comments what they may be told of the filter's findings."""
    if not own_ids:
        return {}
    found = Comment.objects.filter(pk__in=own_ids).values_list("pk", "findings")
    return {pk: _told_to_readers(findings) for pk, findings in found}


def _told_to_readers(findings: list[dict]) -> tuple[str, ...]:
    return tuple(finding["reader_words"] for finding in findings if finding.get("reader_words"))


def _views(
    comments: Sequence[StoredComment],
    post: Post,
    visitor: Visitor,
    *,
    away: Mapping[str, str] | None = None,
) -> list[CommentView]:
    """A view of each comment whose parents are on the page too, in the same order. On a page of a branch,
    where `away` has the names of who else is answered, the others stand right below the root."""
    own, chosen, now = reasons_to_wait(visitor.own_ids), visitor.chosen or {}, timezone.now()
    options = {"can_reply": post.takes_comments, "can_moderate": visitor.can_moderate}
    away_names = {pk: escape(name) for pk, name in (away or {}).items()}
    names: dict[str, str] = {}
    depths: dict[str | None, int] = {None: -1}
    views = []
    for comment in comments:
        is_away = comment.parent_id not in depths
        if is_away and away is None:
            continue
        depths[comment.id] = 1 if is_away else depths[comment.parent_id] + 1
        answered = names.get(comment.answers_id) or away_names.get(comment.answers_id, "")
        view = view_of(
            comment,
            depth=depths[comment.id],
            answered=answered,
            is_away=bool(answered) and comment.answers_id not in names,
            is_own=comment.id in own,
            chosen=chosen.get(comment.id, ""),
            can_change=comment.id in own and may_change(comment.status, comment.created_at, now=now),
            reasons=own.get(comment.id, ()),
            **options,
        )
        names[comment.id] = view["name"]
        views.append(view)
    return views


def rows_of(
    views: Sequence[CommentView], rests: Mapping[str, More] | None = None, *, keep_open: bool = False
) -> list[Row]:
    """The rows of views as they are shown: each opens a list if replies follow, or closes those that end."""
    rows: list[Row] = []
    ends: list[End] = []
    branches = 0
    depths = [*(view["depth"] for view in views[1:]), 0]
    for index, (view, html, next_depth) in enumerate(
        zip(views, render_comments(views), depths, strict=False)
    ):
        depth = view["depth"]
        branches += depth == 0
        row = Row(
            html=html, depth=depth, level=_level_of(view), opens=next_depth > depth, fold=None, closes=(),
            news=None,
        )  # fmt: skip
        if row["opens"]:
            more = (rests or {}).get(view["id"]) if depth == 0 else None
            if depth == 0:
                row["fold"] = _fold_below(views, index, may_close=branches > FOLD_AFTER and not keep_open)
                row["fold"] = _with_rest(row["fold"], more)
            ends.append(End(is_branch=depth == 0, more=more))
        else:
            row["closes"] = tuple(ends.pop() for _ in range(depth - next_depth))
        rows.append(row)
    return rows


def _level_of(view: CommentView) -> SafeString:
    return _AWAY if view["is_away"] else _LEVELS[view["depth"]]


def _fold_below(views: Sequence[CommentView], index: int, *, may_close: bool) -> Fold:
    """The fold over the replies below a root: closed over many, unless one of them waits for a moderator."""
    replies = list(takewhile(lambda view: view["depth"] > 0, views[index + 1 :]))
    by_author = sum(view["is_author"] for view in replies)
    is_long = len(replies) >= FOLD_FROM and not any(view["state"] == "held" for view in replies)
    if not (may_close and is_long):
        return Fold(len(replies), by_author)
    faces = dict.fromkeys((view["tone"], view["letter"]) for view in replies if view["name"])
    return Fold(len(replies), by_author, tuple(faces)[:MONOGRAMS_ON_FOLD])


def _with_rest(fold: Fold, more: More | None) -> Fold:
    """A branch that goes on elsewhere says how long it is, not how often the author answers there."""
    return replace(fold, count=fold.count + more.count, from_author=0) if more else fold
