"""The filter and a moderator in a real browser: it explains itself, learns, and forgets on her word."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from blog.models import Post
from comments.models import Comment
from tests.browser.test_moderator import sign_in
from tests.makers import make_moderator, make_post

NewContext = Callable[..., BrowserContext]

SPAM = (
    "Wonderful blog, so informative, I told all my friends about it. The best {} for runners are here: "
    "https://{}.example"
)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    """The browser fills in the form faster than anybody could; that is not what is tried here."""
    monkeypatch.setattr("comments.spam.rules.form_age.TOO_FAST_SECONDS", 0)
    return make_post()


def send(new_context: NewContext, post: Post, name: str, text: str) -> Comment:
    """What somebody in a browser of their own writes under the post."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(post.get_absolute_url())
    page.get_by_label("Comment", exact=True).fill(text)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("button", name="Post comment")).to_be_visible()
    return Comment.objects.get(name=name)


def test_moderators_verdict_decides_on_the_next_variant_until_it_is_undone(
    new_context: NewContext, post: Post
) -> None:
    make_moderator()
    first = send(new_context, post, "Carl", SPAM.format("wraps", "knee-wraps"))
    assert first.status == Comment.Status.HELD
    page: Page = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    sign_in(page)
    page.get_by_role("link", name="Details of the comment by Carl").click()
    why = page.get_by_role("table").filter(has_text="Points above zero speak for spam")
    expect(why).to_contain_text("Words that are common in spam: “")
    expect(why).to_contain_text("Made as spam often is: ")
    page.get_by_role("button", name="Spam").click()
    variant = send(new_context, post, "Dora", SPAM.format("sleeves", "knee-sleeves"))
    assert variant.status == Comment.Status.SPAM
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    later = send(new_context, post, "Ezra", SPAM.format("braces", "knee-braces"))
    assert later.status == Comment.Status.HELD
