"""One's own comment in a real browser, without scripts and with them: held, status, edit, delete, live."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail as mailbox
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from blog.models import Post
from comments.blocking import block
from comments.models import BlockedTerm, Comment
from comments.moderation.actions import approve
from comments.spam.rules import form_age
from tests.comments.notifications.mails import run_tasks
from tests.makers import make_comment, make_moderator, make_post

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def post() -> Post:
    return make_post()


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that a test drives types faster than people do."""
    monkeypatch.setattr(form_age, "_check_speed", lambda *_age, **_length: iter(()))


@pytest.fixture(params=[False, True], ids=["without scripts", "with scripts"])
def page(new_context: NewContext, request: pytest.FixtureRequest) -> Page:
    return new_context(java_script_enabled=request.param, viewport={"width": 390, "height": 844}).new_page()


def write(page: Page, post: Post, text: str, *, email: str = "") -> Comment:
    page.goto(post.get_absolute_url())
    page.get_by_label("Comment", exact=True).fill(text)
    page.get_by_label("Name").fill("Noor")
    page.get_by_label("Email (optional)").fill(email)
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator(".comment", has_text=text)).to_be_visible()
    return Comment.objects.get(name="Noor")


def test_commenter_mends_a_slip_within_half_an_hour(post: Post, page: Page) -> None:
    comment = write(page, post, "Mine took sex weeks, and it is over now.")
    page.get_by_role("link", name="Edit your comment").click()
    page.get_by_label("Comment", exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Write your comment")
    page.get_by_label("Comment", exact=True).fill("Mine took *six* weeks, and it is over now.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview, not saved yet")).to_contain_text("six weeks")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(f"#c{comment.pk}")).to_contain_text("Mine took six weeks")
    expect(page.locator(f"#c{comment.pk} .edited")).to_be_visible()
    assert page.url.endswith(f"#c{comment.pk}")


def test_commenter_deletes_it_and_replies_stay(post: Post, page: Page) -> None:
    comment = write(page, post, "Mine took six weeks, and it is over now.")
    make_comment(post, "So did mine.", name="Dev R.", answers=comment)
    page.reload()
    page.get_by_role("link", name="Delete your comment").click()
    page.get_by_role("link", name="Keep it").click()
    expect(page.locator(f"#c{comment.pk}")).to_contain_text("six weeks")
    page.get_by_role("link", name="Delete your comment").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="Your comment is deleted")).to_be_visible()
    page.get_by_role("link", name="Back to the post").click()
    expect(page.get_by_text("Withdrawn by its writer.")).to_be_visible()
    expect(page.get_by_text("So did mine.")).to_be_visible()
    expect(page.get_by_text("six weeks")).to_have_count(0)


def test_held_comment_explains_itself_goes_live_and_its_mail_leads_to_it(post: Post, page: Page) -> None:
    block(BlockedTerm(kind="word", value="zimzam", strength="hold"), by=make_moderator())
    comment = write(page, post, "What helped me most was zimzam, every evening.", email="noor@example.org")
    expect(page.locator(f"#c{comment.pk}")).to_contain_text("Only you can see this")
    page.get_by_role("link", name="Why it waits").click()
    expect(page.get_by_role("heading", name="It waits for a moderator")).to_be_visible()
    expect(page.locator("main")).to_contain_text("A mail tells you when it can be read.")
    page.get_by_role("link", name="Back to the conversation").click()
    expect(page.locator(f"#c{comment.pk}")).to_be_in_viewport()
    approve(Comment.objects.get(pk=comment.pk), by=None)
    run_tasks()
    [message] = mailbox.outbox
    page.goto(re.search(r"https://blog\.example\.org(/comments/\S+)", message.body)[1])
    expect(page.locator(f"#c{comment.pk}")).to_be_in_viewport()
    expect(page.locator(f"#c{comment.pk}")).not_to_contain_text("Only you can see this")


def test_held_comment_is_edited_from_its_status_page(post: Post, page: Page) -> None:
    block(BlockedTerm(kind="word", value="zimzam", strength="hold"), by=make_moderator())
    comment = write(page, post, "What helped me most was zimzam, every evening.")
    page.goto(f"/comments/{comment.pk}/status/")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Comment", exact=True).fill(
        "What helped me most was rest, every evening. It took weeks."
    )
    page.get_by_role("button", name="Save").click()
    expect(page.locator(f"#c{comment.pk}")).to_contain_text("was rest, every evening")
    comment.refresh_from_db()
    assert comment.edited_at is not None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_pages_of_ones_own_comment_are_accessible(
    post: Post, new_context: NewContext, assert_accessible: Callable[[Page], None], scheme: str, width: int
) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    comment = write(page, post, "Mine took six weeks, and it is over now.")
    assert_accessible(page)
    for name in ("edit", "status", "withdraw"):
        page.goto(f"/comments/{comment.pk}/{name}/")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    Comment.objects.update(status="held", created_at=timezone.now() - timedelta(days=1))
    page.goto(f"/comments/{comment.pk}/status/")
    assert_accessible(page)
    page.goto(f"/comments/{comment.pk}/withdraw/")
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="Your comment is deleted")).to_be_visible()
    assert_accessible(page)
