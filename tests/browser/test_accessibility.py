"""Every public page as axe sees it: light and dark, phone and desk, with everything on it that can be."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from blog.models import NavigationItem, Post, Topic
from blog.models import Page as SitePage
from comments.models import Comment
from tests.makers import make_comment, make_post, make_topic

NewContext = Callable[..., BrowserContext]
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff the Younger, of Long Run"


@pytest.fixture
def site() -> tuple[Post, Topic]:
    """Long names, right-to-left words, folds, a placeholder, code that is too wide, a table, a quote."""
    topic = make_topic(
        introduction="<h2>What it is</h2><p>A band.</p>", see_someone=["it locks"], aliases=["ITBS"]
    )
    body = (
        "<h2>Why</h2><p>Because <a href='/topics/'>of this</a>.</p><blockquote><p>Slowly.</p></blockquote>"
        f"<pre><code>{'wide ' * 60}</code></pre><table><thead><tr><th scope='col'>Week</th></tr></thead>"
        "<tbody><tr><td>1</td></tr></tbody></table>"
    )
    post = make_post(body=body, topics=[topic], closing_question="How long was yours?")
    make_post("Another post", slug="another", topics=[topic])
    for number in range(4):
        root = make_comment(post, f"Root {number}", name=LONG_NAME)
    for number in range(8):
        make_comment(post, f"تمام {'x' * 90} {number}", name="ليلى", answers=root)
    make_comment(post, "An answer to a removed one", answers=make_comment(post, "gone"))
    Comment.objects.filter(text="gone").update(status="trash")
    SitePage.objects.create(title="About", slug="about", body="<p>Hello.</p>")
    for place in ("header", "footer"):
        NavigationItem.objects.create(place=place, label="About", address="/about/")
    return post, topic


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_public_pages_have_no_violation_and_never_scroll_sideways(
    site: tuple[Post, Topic],
    new_context: NewContext,
    assert_accessible: Callable[[Page], None],
    width: int,
    scheme: str,
) -> None:
    post, topic = site
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    year = post.publish_at.year
    for address in [
        "/", post.get_absolute_url(), topic.get_absolute_url(), "/topics/", "/posts/", f"/{year}/", "/about/",
        "/search/?q=band", "/search/?q=nothing+at+all", "/not-here/", "/sign-in/",
        f"{post.get_absolute_url()}?reply_to={Comment.objects.approved().first().pk}",
    ]:  # fmt: skip
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_form_with_errors_has_no_violation(
    site: tuple[Post, Topic],
    new_context: NewContext,
    assert_accessible: Callable[[Page], None],
    scheme: str,
) -> None:
    post, _topic = site
    page = new_context(color_scheme=scheme, viewport={"width": 390, "height": 900}).new_page()
    page.goto(post.get_absolute_url())
    page.get_by_role("button", name="Post comment").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_page_is_judged_only_once_its_stylesheet_is_there(
    site: tuple[Post, Topic], new_context: NewContext, assert_accessible: Callable[[Page], None]
) -> None:
    """After a press of a button the answer may not be whole yet, and links without style are too small."""
    post, _topic = site
    page = new_context(viewport={"width": 390, "height": 900}).new_page()
    slow = {"offline": False, "latency": 500, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    page.goto(post.get_absolute_url(), wait_until="commit")
    assert_accessible(page)


def test_pages_without_scripts_set_no_cookie(site: tuple[Post, Topic], new_context: NewContext) -> None:
    post, topic = site
    context = new_context()
    page = context.new_page()
    for address in ["/", post.get_absolute_url(), topic.get_absolute_url(), "/search/?q=band"]:
        page.goto(address)
    assert context.cookies() == []


def test_zoom_to_four_hundred_per_cent_keeps_everything_in_one_column(
    site: tuple[Post, Topic], new_context: NewContext
) -> None:
    """A window of 1280 pixels at 400 % is one of 320 with letters four times as sharp."""
    post, _topic = site
    page = new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4).new_page()
    page.goto(post.get_absolute_url())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
