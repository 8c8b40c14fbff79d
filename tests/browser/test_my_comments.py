"""“My comments” in a real browser that never wrote anything, without scripts and with them."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from blog.models import Post
from comments.following import start
from comments.mailed_links import make_link
from comments.models import Comment, Reader
from config.development_mail import KeptMail
from tests.comments.my_comments import allow_one_by_one
from tests.comments.notifications.mails import run_tasks
from tests.makers import make_comment, make_post

NewContext = Callable[..., BrowserContext]
INES = "ines@example.org"


@pytest.fixture
def folder(settings: object, tmp_path: Path, live_server: LiveServer) -> Path:
    settings.EMAIL_BACKEND = "config.development_mail.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.SITE_URL = live_server.url
    return tmp_path


@pytest.fixture
def post() -> Post:
    return make_post()


@pytest.fixture
def comments(post: Post) -> list[Comment]:
    """Written long ago, from a browser that is gone."""
    old = timezone.now() - timedelta(days=3)
    return [
        make_comment(post, text, email=INES, created_at=old)
        for text in ("Mine took six weeks.", "It was the hills.")
    ]


def open_by_mail(page: Page, post: Post, folder: Path) -> None:
    """From the foot of the conversation to the list, by the mail."""
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="My comments").click()
    page.get_by_label("Email").fill("Ines@Example.org")
    page.get_by_role("button", name="Mail me a link").click()
    expect(page.get_by_role("status")).to_contain_text("Please look into your mailbox.")
    run_tasks()
    (file,) = folder.iterdir()
    link = page.context.new_page()
    link.set_content(KeptMail(file).html)
    page.goto(link.get_by_role("link", name="Show my comments").get_attribute("href"))
    page.get_by_role("button", name="Show my comments").click()
    expect(page.locator("main")).to_contain_text("2 comments under i…@example.org")


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_reader_finds_edits_deletes_and_takes_home_what_another_browser_wrote(
    folder: Path, post: Post, comments: list[Comment], new_context: NewContext, scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 844}).new_page()
    open_by_mail(page, post, folder)

    page.get_by_role("link", name="Edit the comment “Mine took six weeks.”").click()
    page.get_by_label("Comment", exact=True).fill("Mine took seven weeks.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".mine")).to_contain_text("Mine took seven weeks.")

    page.get_by_role("link", name="Delete the comment “It was the hills.”").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("status")).to_contain_text("The comment is deleted.")
    expect(page.locator(".mine > li")).to_have_count(1)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    assert download.value.suggested_filename == "my-comments.json"
    record = json.loads(Path(download.value.path()).read_text())
    assert [row["text"] for row in record["comments"]] == ["Mine took seven weeks."]

    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("status")).to_contain_text("You have left.")
    page.goto("/my-comments/")
    expect(page.get_by_role("button", name="Mail me a link")).to_be_visible()


def test_reader_has_everything_erased(
    folder: Path, post: Post, comments: list[Comment], new_context: NewContext, settings: object
) -> None:
    allow_one_by_one(settings)
    page = new_context(java_script_enabled=False).new_page()
    open_by_mail(page, post, folder)
    page.get_by_role("link", name="Erase everything").click()
    expect(page.locator("main")).to_contain_text("2 comments, 0 things followed by mail")
    page.get_by_role("button", name="Erase everything for good").click()
    expect(page.get_by_role("status")).to_contain_text("Everything under your address is erased.")
    page.goto(post.get_absolute_url())
    expect(page.locator("#talk")).not_to_contain_text("Mine took six weeks.")
    assert not Reader.objects.exists()


def test_browser_remembers_its_commenter_until_the_box_is_unticked(
    post: Post, new_context: NewContext
) -> None:
    page = new_context().new_page()
    page.goto(post.get_absolute_url())
    box = page.get_by_label("Remember me in this browser")
    expect(box).not_to_be_checked()
    say(page, "Mine took six weeks.", name="Ines")
    expect(page.get_by_label("Name")).to_have_value("")
    box.check()
    say(page, "It was the hills.", name="Ines")
    page.goto(make_post("Another").get_absolute_url())
    expect(page.get_by_label("Name")).to_have_value("Ines")
    expect(box).to_be_checked()
    box.uncheck()
    say(page, "And the shoes.", name="Ines")
    expect(page.get_by_label("Name")).to_have_value("")
    expect(box).not_to_be_checked()


def say(page: Page, text: str, *, name: str) -> None:
    page.get_by_label("Comment", exact=True).fill(text)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("article", has_text=text)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_pages_of_my_comments_have_no_violation_and_never_scroll_sideways(
    comments: list[Comment],
    new_context: NewContext,
    assert_accessible: Callable[[Page], None],
    width: int,
    scheme: str,
) -> None:
    reader = Reader.objects.create(email=INES, confirmed_at=timezone.now())
    make_comment(make_post("W" * 90, slug="wide"), "w" * 200, name="W" * 60, email=INES)
    start(reader, f"post.{comments[0].post_id}", now=timezone.now())
    token = make_link(reader, "my_comments", now=timezone.now())
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()

    def look_at(address: str) -> None:
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address

    for address in ("", "?asked=mail", "?done=erased", "open/x/", f"open/{token}/"):
        look_at(f"/my-comments/{address}")
    page.get_by_role("button", name="Show my comments").click()
    for address in ("", "?done=withdrawn", "erase/", "consent/", f"{comments[0].pk}/edit/", "x/edit/"):
        look_at(f"/my-comments/{address}")
    page.context.clear_cookies()
    look_at("/following/")
    page.get_by_role("button", name="Mail me a link").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert_accessible(page)
