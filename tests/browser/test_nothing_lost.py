"""Whatever goes wrong, what somebody typed is on the page that says so, with scripts and without."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from blog.models import Post
from comments.models import Comment
from tests.makers import make_comment, make_moderator, make_post

NewContext = Callable[..., BrowserContext]
WORDS = "Three weeks off, and I would like to keep these words."


@pytest.fixture
def post() -> Post:
    return make_post()


@pytest.fixture(params=[False, True], ids=["without scripts", "with scripts"])
def page(new_context: NewContext, request: pytest.FixtureRequest) -> Page:
    return new_context(java_script_enabled=request.param, viewport={"width": 390, "height": 844}).new_page()


def write(page: Page, post: Post, *, query: str = "") -> None:
    page.goto(f"{post.get_absolute_url()}{query}")
    page.get_by_label("Comment", exact=True).fill(WORDS)
    page.get_by_label("Name").fill("Noor")


def send(page: Page) -> None:
    page.get_by_role("button", name="Post comment").click()


def expect_kept(page: Page, reason: str) -> None:
    expect(page.locator("main")).to_contain_text(reason)
    expect(page.locator("main textarea")).to_have_value(WORDS)
    assert not Comment.objects.filter(text=WORDS).exists()


def test_name_that_is_the_writers(post: Post, page: Page) -> None:
    write(page, post)
    page.get_by_label("Name").fill("Mara Lindqvist")
    send(page)
    expect_kept(page, "That name belongs to somebody who works on this site")
    page.get_by_label("Name").fill("Noor")
    send(page)
    expect(page.locator(".comment", has_text=WORDS)).to_have_count(1)


def test_allowance_is_used_up(post: Post, page: Page, settings: object) -> None:
    write(page, post)
    settings.COMMENT_LIMIT = 0
    send(page)
    expect_kept(page, "Many comments came from your network")
    settings.COMMENT_LIMIT = 20
    send(page)
    expect(page.locator(".comment", has_text=WORDS)).to_have_count(1)


def test_comments_are_closed_meanwhile(post: Post, page: Page) -> None:
    write(page, post)
    Post.objects.update(commenting=Post.Commenting.CLOSED)
    send(page)
    expect_kept(page, "Comments on this post are closed")


def test_post_is_withdrawn_meanwhile(post: Post, page: Page) -> None:
    write(page, post)
    Post.objects.update(withdraw_at=post.publish_at + timedelta(hours=1))
    send(page)
    expect_kept(page, "There is no post here to comment on")


def test_answered_comment_is_gone_meanwhile(post: Post, page: Page) -> None:
    parent = make_comment(post, "Mine, too.")
    write(page, post, query=f"?reply_to={parent.pk}")
    Comment.objects.filter(pk=parent.pk).update(status=Comment.Status.TRASH)
    send(page)
    expect_kept(page, "The comment you answered is no longer there")
    send(page)
    expect(page.locator(".comment", has_text=WORDS)).to_have_count(1)


def test_session_begins_while_the_page_is_open(post: Post, page: Page) -> None:
    """The page knows nothing of it, so it has no token; the one that comes back has."""
    make_moderator()
    write(page, post)
    other = page.context.new_page()
    other.goto("/sign-in/")
    other.get_by_label("Username").fill("sam")
    other.get_by_label("Password").fill("correct-horse")
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Moderation")).to_be_visible()
    send(page)
    expect_kept(page, "This page was open for a while")
    send(page)
    expect(page.locator(".comment", has_text=WORDS)).to_contain_text("Sam Okoro")


def test_network_fails(post: Post, new_context: NewContext) -> None:
    """With scripts a draft is kept; without them the browser's own page offers to try again."""
    page = new_context().new_page()
    write(page, post)
    page.context.set_offline(True)
    page.get_by_role("button", name="Post comment").click(no_wait_after=True)
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    page.goto(post.get_absolute_url())
    expect(page.get_by_label("Comment", exact=True)).to_have_value(WORDS)
