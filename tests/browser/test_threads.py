"""Long threads, reactions and reports in a real browser, without scripts and with them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from blog.models import Post
from comments.models import Comment, Report
from tests.makers import NOW, make_comment, make_long_thread, make_post

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def post() -> Post:
    return make_post()


@pytest.fixture(params=[False, True], ids=["without scripts", "with scripts"])
def page(new_context: NewContext, request: pytest.FixtureRequest) -> Page:
    return new_context(java_script_enabled=request.param, viewport={"width": 390, "height": 844}).new_page()


def test_reader_reacts_and_takes_it_back(post: Post, page: Page) -> None:
    comment = make_comment(post, name="Ines")
    page.goto(post.get_absolute_url())
    page.get_by_role("button", name="This helped me (comment by Ines)").click()
    button = page.locator(f"#c{comment.pk} [name=helped]")
    expect(button).to_have_attribute("aria-pressed", "true")
    comment.refresh_from_db()
    assert comment.helped_count == 1
    button.click()
    expect(button).not_to_have_attribute("aria-pressed", "true")
    comment.refresh_from_db()
    assert comment.helped_count == 0


def test_reader_reports_a_comment(post: Post, page: Page) -> None:
    comment = make_comment(post, name="Brick")
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Report comment by Brick").click()
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what is wrong")
    page.get_by_label("Its advice could hurt somebody").check()
    page.get_by_label("In your words").fill("It broke my foot.")
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Report.objects.get(comment=comment).words == "It broke my foot."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_pages_of_feedback_are_accessible(
    post: Post, new_context: NewContext, assert_accessible: Callable[[Page], None], scheme: str, width: int
) -> None:
    made = make_long_thread(post, roots=25, replies=120)
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    since = int((NOW + timedelta(minutes=20)).timestamp())
    for address in (
        f"{post.get_absolute_url()}?order=newest",
        f"{post.get_absolute_url()}?since={since}",
        f"{post.get_absolute_url()}?branch={made[0].pk}&page=2",
        f"/comments/{made[0].pk}/report/",
        f"/comments/{made[0].pk}/reported/",
    ):
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_branch_is_put_away_and_brought_back(post: Post, page: Page) -> None:
    root = make_comment(post, name="Ines")
    reply = make_comment(post, "So did I.", name="Dev R.", answers=root)
    page.goto(post.get_absolute_url())
    expect(page.locator(f"#c{reply.pk}")).to_be_visible()
    page.get_by_text("1 reply", exact=True).click()
    expect(page.locator(f"#c{reply.pk}")).to_be_hidden()
    expect(page.locator(f"#c{root.pk}")).to_be_visible()
    page.get_by_text("1 reply", exact=True).click()
    expect(page.locator(f"#c{reply.pk}")).to_be_visible()


def test_ten_thousand_comments_are_paged_both_ways(post: Post, page: Page) -> None:
    make_long_thread(post, roots=10_000)
    page.goto(f"{post.get_absolute_url()}?order=newest")
    expect(page.locator(".comment").first).to_contain_text("Comment 9999")
    page.get_by_role("link", name="Next comments").click()
    expect(page.locator(".comment").first).to_contain_text("Comment 9979")
    page.get_by_role("link", name="Oldest").click()
    expect(page.locator(".comment").first).to_contain_text("Comment 0")
    page.get_by_role("link", name="Later comments").click()
    expect(page.locator(".comment").first).to_contain_text("Comment 20")
    page.get_by_role("link", name="Earlier comments").click()
    expect(page.locator(".comment").first).to_contain_text("Comment 0")


def test_long_branch_leads_to_its_own_pages(post: Post, page: Page) -> None:
    made = make_long_thread(post, roots=1, replies=250)
    page.goto(f"/comments/{made[230].pk}/")
    expect(page.locator(f"#c{made[230].pk}")).to_be_in_viewport()
    expect(page.locator(f"#c{made[0].pk}")).to_have_count(1)
    page.get_by_role("link", name="All comments").click()
    page.get_by_role("link", name="150 more replies").click()
    expect(page.locator(f"#c{made[101].pk}")).to_have_count(1)
    page.get_by_role("link", name="Later replies").click()
    expect(page.locator(f"#c{made[250].pk}")).to_have_count(1)
    page.get_by_role("link", name="Reply to Reader 250").click()
    page.get_by_label("Comment", exact=True).fill("Still here.")
    page.get_by_label("Name").fill("Noor")
    page.get_by_role("button", name="Post comment").click()
    late = Comment.objects.get(name="Noor")
    expect(page.locator(f"#c{late.pk}")).to_contain_text("Still here.")


def test_what_is_new_is_stepped_through_across_pages(post: Post, page: Page) -> None:
    made = make_long_thread(post, roots=60)
    since = int((NOW + timedelta(minutes=57, seconds=30)).timestamp())
    page.goto(f"{post.get_absolute_url()}?since={since}")
    page.get_by_role("link", name="2 new comments").click()
    expect(page.locator(f"#c{made[58].pk}")).to_be_in_viewport()
    page.get_by_role("link", name="Next new comment").click()
    expect(page.locator(f"#c{made[59].pk}")).to_be_in_viewport()
    expect(page.locator(".thread .new")).to_have_count(2)


def test_browser_remembers_the_last_visit_by_itself(post: Post, new_context: NewContext) -> None:
    make_comment(post, "Old words", created_at=NOW)
    context = new_context()
    first = context.new_page()
    first.goto(post.get_absolute_url())
    expect(first.locator("[data-news]")).to_be_hidden()
    key = f"seen:{post.get_absolute_url()}"
    first.evaluate(f"localStorage.setItem('{key}', {int(NOW.timestamp() * 1000) + 1000})")
    new = make_comment(post, "New words", name="Dev R.")
    late = make_comment(post, "Newer words", name="Noor")
    second = context.new_page()
    for _ in range(2):
        second.goto(post.get_absolute_url())
        expect(second.locator("[data-news]")).to_contain_text("New since your last visit: 2")
    second.locator("[data-news] a").click()
    assert second.url.endswith(f"#c{new.pk}")
    second.get_by_role("link", name="Next new comment").click()
    assert second.url.endswith(f"#c{late.pk}")
    assert "?" not in second.url
