"""The morning after: 200 spam and 5 honest comments, cleaned by keys, by mouse, by touch and without scripts.

The wave is the one that `manage.py demo_wave` sends, judged by the real filter; nothing is arranged. The
moderator of these tests reads every row's name and knows which five people are honest.
"""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from comments.models import Comment
from comments.moderation.actions import approve
from demo.load import MODERATOR, load_demo
from demo.wave import send_wave
from tests.browser.test_moderator import sign_in

NewContext = Callable[..., BrowserContext]

MOST_PRESSES = 40


class Hands:
    """Presses keys, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)


@pytest.fixture
def honest() -> set[str]:
    """The names of the honest five, after a night on a desk that was clean in the evening."""
    load_demo(now=timezone.now())
    for comment in Comment.objects.filter(status="held"):
        approve(comment, by=None)
    return {comment.name for comment in send_wave(now=timezone.now()).honest}


def waiting(page: Page) -> list[str]:
    return page.locator("[data-row] .queue-meta b").all_inner_texts()


def assert_clean(honest: set[str]) -> None:
    """All five stand on the page, nothing waits, and no spam that the filter stopped was let through."""
    wave = Comment.objects.filter(email__endswith="@wave.example")
    shown = set(wave.filter(status="approved").values_list("name", flat=True))
    assert honest <= shown
    assert not wave.filter(status="held").exists()
    assert not wave.filter(status="spam", name__in=honest).exists()
    assert wave.count() == 205


def test_wave_is_cleaned_by_keys(honest: set[str], new_context: NewContext) -> None:
    page = new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, MODERATOR.username, MODERATOR.password)
    hands = Hands(page)
    hands.press("4")
    expect(page.locator("#order")).to_have_value("fine")
    place, is_read = 0, False
    while not is_read:
        found = [at for at, name in enumerate(waiting(page)) if name in honest]
        for _ in range(found[0] - place if found else 0):
            hands.press("j")
        if found:
            name, place = waiting(page)[found[0]], found[0]
            hands.press("a")
            expect(page.locator(".toast p")).to_contain_text(f"Approved “{name}")
        elif page.locator("[data-next]").count():
            first, place = waiting(page)[0], 0
            hands.press("n")
            expect(page.locator("[data-row] .queue-meta b").first).not_to_have_text(first)
            expect(page.get_by_text("Keys", exact=True)).to_be_visible()
        else:
            is_read = True
    assert not honest & set(Comment.objects.filter(status="held").values_list("name", flat=True))
    hands.press("Shift+X")
    hands.press("Shift+X")
    expect(page.get_by_role("button", name="Mark all")).to_be_visible()
    # Shown by the script, which is then there.
    expect(page.get_by_text("Keys", exact=True)).to_be_visible()
    hands.press("s")
    expect(page.get_by_role("heading", name="Nothing is waiting")).to_be_visible(timeout=30_000)
    assert_clean(honest)
    assert hands.presses <= MOST_PRESSES


@pytest.mark.parametrize(
    "context",
    [
        pytest.param({"viewport": {"width": 1440, "height": 900}}, id="mouse"),
        pytest.param(
            {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}, id="touch"
        ),
        pytest.param(
            {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}, id="no-script"
        ),
    ],
)
def test_wave_is_cleaned_by_hand(honest: set[str], new_context: NewContext, context: dict) -> None:
    page = new_context(**context).new_page()
    sign_in(page, MODERATOR.username, MODERATOR.password)
    hit = (lambda button: button.tap()) if context.get("has_touch") else (lambda button: button.click())
    page.get_by_label("Order", exact=True).select_option("fine")
    if context.get("java_script_enabled") is False:
        hit(page.get_by_role("button", name="Show"))
    expect(page.locator("#order")).to_have_value("fine")
    while names := honest_on_next_pages(page, honest, hit):
        hit(page.get_by_role("button", name=f"Approve the comment by {names[0]}"))
        expect(page.locator(".toast p")).to_contain_text(f"Approved “{names[0]}")
    hit(page.get_by_role("link", name="All in this queue"))
    hit(page.get_by_role("button", name="Mark all"))
    expect(page.locator(".toast p")).to_contain_text("Marked as spam")
    assert_clean(honest)


def honest_on_next_pages(page: Page, honest: set[str], hit: Callable) -> list[str]:
    """The honest names on this page, or on the first one after it that has some; empty at the end."""
    while not (found := [name for name in waiting(page) if name in honest]):
        if not page.locator("[data-next]").count():
            return []
        before = page.url
        hit(page.locator("[data-next]"))
        page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_load_state()
    return found
