"""Previews in a real browser: a page of their own without scripts, above the form with them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from blog.models import Post
from comments.models import Comment
from comments.stamp import new_stamp
from tests.makers import make_post

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def post() -> Post:
    return make_post()


@pytest.fixture
def without_scripts(new_context: NewContext) -> Page:
    return new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()


@pytest.fixture
def with_scripts(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 1440, "height": 900}).new_page()


def test_preview_without_scripts(post: Post, without_scripts: Page) -> None:
    page = without_scripts
    page.goto(post.get_absolute_url())
    page.get_by_label("Comment", exact=True).fill("> quoted\n\nanswer")
    page.get_by_label("Name").fill("Noor")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview blockquote")).to_have_text("quoted")
    page.get_by_role("button", name="Post comment").click()
    assert "<blockquote>" in Comment.objects.get().html


def test_preview_with_scripts_stands_above_the_form(
    post: Post, with_scripts: Page, assert_accessible: Callable[[Page], None]
) -> None:
    page = with_scripts
    page.goto(post.get_absolute_url())
    page.get_by_label("Comment", exact=True).fill("> quoted\n\nanswer")
    page.get_by_label("Name").fill("Noor")
    for words in ("quoted", "quoted again"):
        page.get_by_label("Comment", exact=True).fill(f"> {words}\n\nanswer")
        page.get_by_role("button", name="Preview").click()
        expect(page.locator("#respond .preview blockquote")).to_have_text(words)
        expect(page.get_by_role("heading", name="Preview, not posted yet")).to_be_focused()
    assert page.url.endswith(post.get_absolute_url())
    assert_accessible(page)
    page.get_by_role("button", name="Post comment").click()
    page.wait_for_url(lambda address: "#c" in address)
    assert "quoted again" in Comment.objects.get().html


def test_preview_of_a_mistake_names_it(post: Post, with_scripts: Page) -> None:
    page = with_scripts
    page.goto(post.get_absolute_url())
    page.get_by_label("Comment", exact=True).fill("No name yet")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a name")
    expect(page.get_by_label("Comment", exact=True)).to_have_value("No name yet")


def test_preview_counts_the_time_the_page_before_was_open(post: Post, with_scripts: Page) -> None:
    """Open for a minute, previewed, then posted at once: that was no program."""
    page = with_scripts
    page.goto(post.get_absolute_url())
    stamp = new_stamp(post.pk, timezone.now() - timedelta(minutes=1))
    page.evaluate("stamp => { document.querySelector('[name=stamp]').value = stamp }", stamp)
    page.evaluate("performance.now = () => 60_000")
    page.get_by_label("Comment", exact=True).fill("Read twice, sent once.")
    page.get_by_label("Name").fill("Noor")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview, not posted yet")).to_be_visible()
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator(".comment")).to_contain_text("sent once")
    codes = {finding["code"] for finding in Comment.objects.get().findings}
    assert codes.isdisjoint({"too_fast", "typed_too_fast", "no_stamp"})
