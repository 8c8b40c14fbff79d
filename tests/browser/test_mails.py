"""A commenter whose comment waited hears of it by mail, and the mail leads to the comment."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from blog.models import Post
from comments.models import Comment
from config.development_mail import KeptMail
from tests.comments.notifications.mails import run_tasks
from tests.makers import make_moderator, make_post

PASSWORD = "correct-horse"


@pytest.fixture
def folder(settings: object, tmp_path: Path, live_server: LiveServer) -> Path:
    settings.EMAIL_BACKEND = "config.development_mail.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.SITE_URL = live_server.url
    return tmp_path


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_comment_that_waited_is_announced_by_a_mail_that_leads_to_it(
    folder: Path, new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    post = make_post(commenting=Post.Commenting.MODERATED)
    make_moderator()
    comment_on(post, new_context(java_script_enabled=scripts).new_page())
    run_tasks()
    assert not list(folder.iterdir())
    approve_at_the_desk(new_context(java_script_enabled=scripts).new_page())
    run_tasks()
    (file,) = folder.iterdir()
    mail = KeptMail(file)
    assert mail.to == "ines@example.org"
    page = new_context(java_script_enabled=scripts).new_page()
    page.set_content(mail.html)
    page.get_by_role("link", name="Read it in its place").click()
    comment = Comment.objects.get()
    expect(page.locator(f"#c{comment.pk}")).to_contain_text("Mine took six weeks.")
    assert page.url.endswith(f"#c{comment.pk}")


def comment_on(post: Post, page: Page) -> None:
    page.goto(post.get_absolute_url())
    page.get_by_label("Comment", exact=True).fill("Mine took six weeks.")
    page.get_by_label("Name").fill("Ines")
    page.get_by_label("Email").fill("Ines@Example.org")
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("article", has_text="Mine took six weeks.")).to_be_visible()


def approve_at_the_desk(page: Page) -> None:
    page.goto("/desk/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Approve the comment by Ines").click()
    expect(page.get_by_role("status")).to_contain_text("Ines")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_mail_is_readable_on_a_phone_in_light_and_dark(
    folder: Path,
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    scheme: str,
) -> None:
    post = make_post(commenting=Post.Commenting.MODERATED)
    make_moderator()
    comment_on(post, new_context().new_page())
    approve_at_the_desk(new_context().new_page())
    run_tasks()
    (file,) = folder.iterdir()
    page = new_context(color_scheme=scheme, viewport={"width": 320, "height": 640}).new_page()
    page.set_content(KeptMail(file).html)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_accessible(page)
