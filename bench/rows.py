"""What is measured: one row a kind of request, with the targets it should meet.

A row makes its requests; everything else (servers, rounds, figures, report) is the same for all rows.
`docs/benchmark.md` says how to add one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from urllib.parse import urlencode

from bench import words
from bench.load import Request, ask

# Comments in the threads whose pages are measured, and the posts that take the posted comments: so many that
# none of their threads grows far beyond 65 during a run.
THREADS = (65, 1_000, 10_000)
POSTED_UNDER = 20
MOST_KILOBYTES = 30


@dataclass(frozen=True)
class Scene:
    """What a row finds: the site to ask, and what `bench.content.fill` wrote."""

    host: str
    pages: dict[str, str]
    forms: list[dict]
    last_pages: dict[str, int] = field(default_factory=dict)
    desk: dict[str, str] = field(default_factory=dict)
    # Each sender has a network of its own, or the rate limit would refuse the twenty-first comment.
    networks: count = field(default_factory=count)

    def page(self, comments: int) -> str:
        return self.pages[str(comments)]


@dataclass(frozen=True)
class Targets:
    """Upper bounds; None where there is none. `per_comment` is relative to the cold page of 65 comments."""

    cpu_ratio: float | None = None
    per_comment: float | None = None
    queries: int | None = None
    gzip_kilobytes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A kind of request. `requests` of them are one round; `make` makes any number for a scene.

    `keeps_pages` says which site is asked: as in production, or with nothing kept between requests.
    """

    name: str
    make: Callable[[Scene, int], Sequence[Request]]
    status: int
    requests: int
    keeps_pages: bool = True
    comments: int | None = None
    stores: bool = False
    targets: Targets


def page_of(comments: int) -> Callable[[Scene, int], Sequence[Request]]:
    return lambda scene, number: [Request(scene.page(comments), scene.host)] * number


def part_of(comments: int, query: str) -> Callable[[Scene, int], Sequence[Request]]:
    """Another part of the thread; `{middle}` and `{last}` stand for numbers of its pages."""

    def make(scene: Scene, number: int) -> Sequence[Request]:
        last = scene.last_pages[str(comments)]
        where = query.format(middle=last // 2, last=last)
        return [Request(f"{scene.page(comments)}?{where}", scene.host)] * number

    return make


def desk_page(path: str) -> Callable[[Scene, int], Sequence[Request]]:
    """A page of the moderation desk; what stands in braces is looked up in `scene.desk`."""

    def make(scene: Scene, number: int) -> Sequence[Request]:
        headers = {"Cookie": scene.desk["cookie"]}
        return [Request(path.format(**scene.desk), scene.host, headers=headers)] * number

    return make


def page_known_already(scene: Scene, number: int) -> Sequence[Request]:
    page = Request(scene.page(65), scene.host)
    tag = ask(page).header("ETag")
    return [Request(page.path, page.host, headers={"If-None-Match": tag})] * number


def new_comments(scene: Scene, number: int) -> Sequence[Request]:
    return [_new_comment(scene, next(scene.networks)) for _ in range(number)]


def _new_comment(scene: Scene, number: int) -> Request:
    """The form as a browser sends it: words never said before, every other time as an answer to somebody."""
    draw = Random(f"comment {number}")
    form = scene.forms[number % len(scene.forms)]
    name = words.name(draw)
    fields = {
        "parent": draw.choice(form["parents"]) if draw.random() < 0.5 else "",
        "stamp": form["stamp"],
        "elapsed": "240",
        "website_url": "",
        "text": words.published_text(draw, name),
        "name": name,
        "email": "",
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://{scene.host}",
        "Referer": f"http://{scene.host}{form['address']}",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": f"10.{number // 256 % 256}.{number % 256}.1",
    }
    return Request(
        f"/comments/new/{form['post']}/", scene.host, method="POST", headers=headers, body=urlencode(fields)
    )


# Far pages and the other orders of the longest thread. Its first page is `post-10000-cold`. The latest
# branches have had no time to grow, and on a page of few comments the rest of it counts double: these keep
# to the price of the whole page of 65 comments.
PER_COMMENT, WHOLE = Targets(per_comment=1.4), Targets(cpu_ratio=40)
PARTS = (
    ("middle", "page={middle}", PER_COMMENT),
    ("last", "page={last}", WHOLE),
    ("newest", "order=newest", WHOLE),
    ("helpful", "order=helpful", PER_COMMENT),
)
# The desk with 100,000 held comments: each order, each filter, far pages, and pages that look at many rows.
DESK = Targets(cpu_ratio=60, queries=10)
DESK_PAGES = (
    ("newest", "/desk/held/"),
    ("middle", "/desk/held/?after={middle}"),
    ("oldest", "/desk/held/?order=oldest"),
    ("unsure", "/desk/held/?order=unsure"),
    ("unsure-middle", "/desk/held/?order=unsure&after={middle}"),
    ("fine", "/desk/held/?order=fine"),
    ("reason", "/desk/held/?reason=links"),
    ("reason-unsure", "/desk/held/?reason=links&order=unsure"),
    ("post", "/desk/held/?post={post}"),
    ("post-unsure", "/desk/held/?post={post}&order=unsure"),
    ("words", "/desk/held/?words=wonderful"),
    ("words-rare", "/desk/held/?words=xylophone"),
    ("words-none", "/desk/held/?words=zzyzx"),
    ("unread", "/desk/held/?unread=yes"),
    ("same-text", "/desk/all/?same=text&of={example}"),
    ("same-network", "/desk/all/?same=network&of={example}"),
    ("reported", "/desk/reported/"),
    ("approved", "/desk/approved/"),
)
ROWS = (
    Row(
        name="post-65-cached",
        make=page_of(65),
        status=200,
        requests=1_000,
        targets=Targets(cpu_ratio=2.5, queries=1, gzip_kilobytes=MOST_KILOBYTES),
    ),
    Row(
        name="post-65-304",
        make=page_known_already,
        status=304,
        requests=1_000,
        targets=Targets(cpu_ratio=2, queries=1),
    ),
    Row(
        name="post-65-cold",
        make=page_of(65),
        status=200,
        requests=30,
        keeps_pages=False,
        targets=Targets(cpu_ratio=40, queries=6, gzip_kilobytes=MOST_KILOBYTES),
    ),
    Row(
        name="post-1000-cold",
        make=page_of(1_000),
        status=200,
        requests=30,
        keeps_pages=False,
        targets=Targets(per_comment=1.3, queries=6, gzip_kilobytes=MOST_KILOBYTES),
    ),
    Row(
        name="post-10000-cold",
        make=page_of(10_000),
        status=200,
        requests=30,
        keeps_pages=False,
        targets=Targets(per_comment=1.4, queries=6, gzip_kilobytes=MOST_KILOBYTES),
    ),
    *(
        Row(
            name=f"post-10000-{name}",
            make=part_of(10_000, query),
            status=200,
            requests=30,
            keeps_pages=False,
            targets=replace(targets, queries=6, gzip_kilobytes=MOST_KILOBYTES),
        )
        for name, query, targets in PARTS
    ),
    *(
        Row(name=f"desk-{name}", make=desk_page(path), status=200, requests=30, targets=DESK)
        for name, path in DESK_PAGES
    ),
    Row(
        name="desk-comment",
        make=desk_page("/desk/comments/{example}/"),
        status=200,
        requests=30,
        targets=replace(DESK, queries=14),
    ),
    Row(
        name="comment-post",
        make=new_comments,
        status=302,
        requests=80,
        stores=True,
        targets=Targets(cpu_ratio=25),
    ),
)
# The page that the cost of a comment in longer threads is compared with.
REFERENCE = "post-65-cold"
