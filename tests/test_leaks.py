"""What must not be seen is seen nowhere: words of comments that wait or were removed, and mail addresses.

Each such text and each address carries a marker. Every public address is asked for, as a stranger and as
somebody who has commented, by following the links of every answer from the home page, the sitemap and the
feeds on; bodies, headers and what the process keeps are searched for the markers. Afterwards nothing public
may tell that anything hidden exists: with hidden comments and without them the pages have the same ETags.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import signing
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from blog.models import Page, Post
from comments.faces import rendered
from comments.models import Comment
from lib.pagecache import store
from lib.visitors import COMMENTER_COOKIE
from tests.makers import make_comment, make_post, make_topic

HIDDEN = (Comment.Status.HELD, Comment.Status.SPAM, Comment.Status.TRASH)
MARKER = re.compile(r"zq(?:text|name|mail|site)[a-z]+", re.IGNORECASE)
LINK = re.compile(r"""(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>|"(?:url|id|next_url)":\s*"([^"]+)\"""")
# Addresses that strangers cannot open.
CLOSED = ("/admin/", "/desk/", "/sign-in/", "/sign-out/", "/media/", "/static/")
# Where the walk begins; the last lines are addresses that no link leads to, because only machines ask.
STARTS = (
    *("/", "/sitemap.xml", "/robots.txt", "/healthz", "/posts/", "/topics/", "/search/", "/feed/"),
    *("/feed/feed.json", "/comments/feed/", "/comments/feed/feed.json"),
    *("/search/?q=zqtextheld", "/search/?q=zqnamespam", "/search/?q=descent", "/search/?q=zqmailapproved"),
    "/topics/it-band/feed/feed.json",
    # Only mails lead to these, with a token that opens them; without one they must say nothing.
    *("/following/", "/following/x/", "/following/stop/x/", "/following/confirm/x/"),
    # A mailed link opens these; without a session they lead to the form, and must say nothing.
    *("/my-comments/?asked=mail", "/my-comments/?done=erased", "/my-comments/open/x/"),
    *("/my-comments/leave/", "/my-comments/export/", "/my-comments/erase/", "/my-comments/consent/"),
    *("/my-comments/x/edit/", "/my-comments/x/withdraw/"),
    # Where a report leads, of a comment that may be gone by then.
    "/comments/x/reported/",
    # For the browser that wrote a comment; nobody else hears that there is one.
    *("/comments/x/edit/", "/comments/x/status/", "/comments/x/withdraw/", "/comments/x/withdrawn/"),
)


def marked(status: str) -> dict[str, str]:
    return {"email": f"zqmail{status}@zqmail{status}.example", "network": "zqtextnetwork"}


def hide_comments(post: Post, parent: Comment) -> list[Comment]:
    """One of each hidden status: as a root, as a reply, and under a post that is not out."""
    hidden = []
    for status in HIDDEN:
        words = {"text": f"About the descent: zqtext{status}.", "name": f"Zqname{status}", "status": status}
        hidden += [
            make_comment(post, **words, **marked(status)),
            make_comment(post, answers=parent, **words, **marked(status)),
        ]
    return hidden


@pytest.fixture
def post(db: None) -> Post:
    topic = make_topic("IT band", is_injury=True, aliases=["ITBS"])
    Page.objects.create(title="About", slug="about", body="<p>Who I am.</p>")
    return make_post("Downhill was the problem", topics=[topic])


@pytest.fixture
def approved(post: Post) -> Comment:
    return make_comment(post, "About the descent: it eased.", **marked("approved"))


@pytest.fixture
def unpublished(post: Post) -> list[Comment]:
    """Approved comments under posts that are not out: scheduled, and withdrawn."""
    now = timezone.now()
    scheduled = make_post("Zqtextscheduled", publish_at=now + timedelta(days=1))
    withdrawn = make_post("Zqtextwithdrawn", withdraw_at=now - timedelta(hours=1))
    return [
        make_comment(scheduled, "About the descent: zqtextearly.", **marked("early")),
        make_comment(withdrawn, "About the descent: zqtextlate.", **marked("late")),
    ]


def crawl(client: Client) -> dict[str, HttpResponse]:
    """Every answer below the starts, by address."""
    answers: dict[str, HttpResponse] = {}
    waiting = [*STARTS, *(f"{post.get_absolute_url()}comments/feed/feed.json" for post in Post.objects.all())]
    while waiting:
        address = waiting.pop()
        if address in answers or address.startswith(CLOSED):
            continue
        assert len(answers) < 500, f"the walk does not end: {address}"
        answer = answers[address] = client.get(address)
        assert answer.status_code < 500, address
        waiting += links_of(address, answer)
    return answers


def links_of(address: str, answer: HttpResponse) -> Iterator[str]:
    found = [next(filter(None, groups)) for groups in LINK.findall(words_of(answer))]
    for link in [*found, *filter(None, [answer.headers.get("Location")])]:
        there = urlsplit(urljoin(f"http://testserver{address}", unescape(link)))
        if there.netloc == "testserver" and there.scheme == "http":
            yield f"{there.path}?{there.query}" if there.query else there.path


def words_of(answer: HttpResponse) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace")


def markers_in(answer: HttpResponse) -> set[str]:
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = answer.cookies.output()
    return set(MARKER.findall(f"{words_of(answer)}\n{headers}\n{cookies}"))


def own_search_words(address: str) -> set[str]:
    """A page of search repeats what was looked for."""
    return set(MARKER.findall(address))


def leaks(answers: dict[str, HttpResponse]) -> dict[str, set[str]]:
    found = {address: markers_in(answer) - own_search_words(address) for address, answer in answers.items()}
    return {address: markers for address, markers in found.items() if markers}


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def test_hidden_words_and_addresses_are_nowhere(
    client: Client, post: Post, approved: Comment, unpublished: list[Comment]
) -> None:
    """For a stranger, on every public address."""
    hide_comments(post, approved)
    answers = crawl(client)
    assert f"/comments/{approved.pk}/" in answers
    assert leaks(answers) == {}


def test_somebody_who_has_commented_sees_no_more(post: Post, approved: Comment) -> None:
    """Their page is built for them; hidden comments of others are not in it."""
    hidden = hide_comments(post, approved)
    theirs = make_comment(post, "Mine, which waits.", status=Comment.Status.HELD, name="Rosa")
    client = commenter(theirs)
    page = client.get(post.get_absolute_url())
    assert "Mine, which waits." in words_of(page)
    assert leaks(crawl(client)) == {}
    for comment in hidden:
        for page in ("", "edit/", "status/", "withdraw/", "withdrawn/", "report/"):
            assert client.get(f"/comments/{comment.pk}/{page}").status_code == 404


def commenter(comment: Comment) -> Client:
    """The browser that wrote the comment."""
    client = Client()
    client.cookies[COMMENTER_COOKIE] = signing.dumps([comment.pk], salt="lib.visitors.commenter")
    return client


def test_nothing_that_is_kept_holds_them(client: Client, post: Post, approved: Comment) -> None:
    """Neither the pages nor the rendered comments nor the shared cache of this process."""
    hide_comments(post, approved)
    crawl(client)
    kept = [page.body.decode() for page in store._pages.values()] + list(rendered._kept.values())
    kept += [repr(value) for value in getattr(cache, "_cache", {}).values()]
    assert len(kept) > 5
    assert set(MARKER.findall("\n".join(kept))) == set()


def test_hidden_comments_change_no_page(client: Client, post: Post, approved: Comment) -> None:
    """Not its words, not its ETag, not its counts: that somebody was held is nobody's business."""
    before = {address: answer.headers.get("ETag") for address, answer in crawl(client).items()}
    hide_comments(post, approved)
    after = {address: answer.headers.get("ETag") for address, answer in crawl(client).items()}
    assert before.keys() == after.keys()
    assert sum(tag is not None for tag in before.values()) > 10


def test_the_walk_reaches_every_public_address(client: Client, post: Post, approved: Comment) -> None:
    """An address that is new has to be reached by a link, or be named here with the reason."""
    reached = {answer.resolver_match.route for answer in crawl(client).values() if answer.resolver_match}
    public = {route for route, _pattern in patterns(get_resolver())}
    closed = tuple(address.removeprefix("/") for address in CLOSED)
    missing = {route for route in public if not route.startswith((*closed, "^media/", "^static/"))} - reached
    assert missing == set()
