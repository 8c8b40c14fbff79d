"""Following in a real browser, without scripts and with them: ask, confirm, hear once, stop."""

import re
from collections.abc import Callable

import pytest
from django.core import mail as mailbox
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from blog.models import Post
from comments.following import start
from comments.following_tokens import Subscription, preferences_path
from comments.mailed_links import make_link
from comments.models import Follow, MailedLink, Reader
from comments.moderation.actions import approve
from comments.submit import submit_comment
from tests.comments.notifications.mails import run_tasks
from tests.makers import make_comment, make_draft, make_post, make_sender, make_topic

NewContext = Callable[..., BrowserContext]
ADDRESS = "dev@example.org"


@pytest.fixture
def post() -> Post:
    return make_post(topics=[make_topic()])


def link_in(words: str, body: str) -> str:
    """The path of a link in a mail; mails name the site's real host."""
    return re.search(rf"https://blog\.example\.org(/{words}\S+)", body)[1]


def follow(page: Page, post: Post) -> None:
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Follow this conversation by mail").click()
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_role("status")).to_contain_text("look into your mailbox")
    run_tasks()
    page.goto(link_in("following/confirm", mailbox.outbox.pop().body))
    expect(page.locator("main")).to_contain_text(post.title)
    assert not Follow.objects.active().exists()
    page.get_by_role("button", name="Yes, mail me").click()
    expect(page.get_by_role("status")).to_contain_text("Mails begin now")


def say(post: Post, text: str) -> None:
    """Somebody comments, and a moderator approves it where the filter wants that."""
    done = submit_comment(make_draft(text), post=post, sender=make_sender(), now=timezone.now())
    approve(done.comment, by=None)


def hear(post: Post, text: str) -> str:
    say(post, text)
    run_tasks()
    [message] = mailbox.outbox
    mailbox.outbox.clear()
    assert message.to == [ADDRESS]
    assert text in message.body
    return link_in("following/stop", message.body)


@pytest.mark.parametrize("scripts", [False, True])
def test_reader_follows_a_thread_hears_once_and_stops_by_the_page(
    post: Post, new_context: NewContext, scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 844}).new_page()
    follow(page, post)
    page.goto(hear(post, "Six weeks with peas."))
    assert Follow.objects.active().exists()
    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", name="Stopped")).to_be_visible()
    assert not Follow.objects.exists()
    page.get_by_role("button", name="Undo: mail me again").click()
    expect(page.get_by_role("status")).to_contain_text("You follow this")
    assert Follow.objects.active().count() == 1


def test_mail_program_stops_with_one_click(post: Post, new_context: NewContext, client: object) -> None:
    page = new_context(java_script_enabled=False).new_page()
    follow(page, post)
    stop = hear(post, "Six weeks with peas.")
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    say(post, "And more.")
    run_tasks()
    assert mailbox.outbox == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_pages_of_following_have_no_violation_and_never_scroll_sideways(
    post: Post,
    new_context: NewContext,
    assert_accessible: Callable[[Page], None],
    width: int,
    scheme: str,
) -> None:
    reader = Reader.objects.create(email=ADDRESS, confirmed_at=timezone.now())
    other = make_post("W" * 90, slug="wide")
    comment = make_comment(other)
    targets = [f"post.{post.pk}", f"topic.{post.topics.get().pk}", f"comment.{comment.pk}"]
    for target in targets:
        start(reader, target, now=timezone.now())
    Follow.objects.create(reader=reader, post=other)
    path = preferences_path(Subscription(reader.pk))
    token = make_link(reader, MailedLink.Purpose.CONFIRM, now=timezone.now())
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    for address in [
        f"/follow/{post.pk}/", f"/follow/{post.pk}/?asked=mail", f"/follow/topic/{post.topics.get().slug}/",
        "/following/", "/following/stop/x/", f"/following/confirm/{token}/", path,
        f"{path}?done=stop&target={targets[0]}",
        path.replace("/following/", "/following/stop/"),
    ]:  # fmt: skip
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.goto(f"/follow/{post.pk}/")
    page.get_by_role("button", name="Follow").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert_accessible(page)
