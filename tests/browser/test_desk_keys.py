"""The desk in a moderator's hands: keys, mouse, touch; in place, with nothing lost on the way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from comments.models import Comment, Deed, Sweep
from comments.moderation.queues import ROWS_PER_PAGE
from tests.browser.test_moderator import sign_in
from tests.comments.moderation.cast import make_comment, make_comments, make_owner, make_post
from tests.makers import make_moderator

NewContext = Callable[..., BrowserContext]
WIDE = {"width": 1440, "height": 900}


@pytest.fixture
def desk(new_context: NewContext) -> Page:
    make_moderator()
    post = make_post(make_owner())
    make_comments(post, 6)
    page = new_context(viewport=WIDE).new_page()
    sign_in(page)
    return page


def in_hand(page: Page) -> str:
    return page.locator("[data-row][aria-current] .queue-meta b").first.inner_text()


def statuses(status: str) -> int:
    return Comment.objects.filter(status=status).count()


def test_j_and_k_move_and_the_comment_in_hand_is_shown_in_full(desk: Page) -> None:
    assert in_hand(desk) == "Runner 5"
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    assert in_hand(desk) == "Runner 4"
    expect(desk.get_by_role("complementary")).to_contain_text("Why 50%, unsure")
    for _ in range(9):
        desk.keyboard.press("k")
    assert in_hand(desk) == "Runner 5"


def test_verbs_act_on_the_comment_in_hand_and_z_takes_them_back(desk: Page) -> None:
    for key in "asdz":
        desk.keyboard.press(key)
    toast = desk.locator(".toast p")
    expect(toast).to_contain_text("Undone: “Runner 3")
    assert (statuses("approved"), statuses("spam"), statuses("trash"), statuses("held")) == (1, 1, 0, 4)
    assert in_hand(desk) == "Runner 3"


def test_keys_pressed_while_an_answer_is_on_its_way_wait_for_it(desk: Page) -> None:
    desk.keyboard.type("aaaaaa")
    expect(desk.get_by_role("heading", name="Nothing is waiting")).to_be_visible(timeout=30_000)
    assert statuses("approved") == 6


def test_ticked_comments_are_done_in_one_step(desk: Page) -> None:
    desk.keyboard.type("xjxs")
    expect(desk.locator(".toast p")).to_contain_text("Marked as spam 2 comments")
    desk.keyboard.press("z")
    expect(desk.locator(".toast p")).to_contain_text("Undone for 2 comments")
    assert (statuses("held"), Sweep.objects.count()) == (6, 2)


def test_shift_x_ticks_the_page_and_then_asks_about_the_whole_queue(desk: Page) -> None:
    desk.keyboard.press("Shift+X")
    expect(desk.locator("[data-picked]")).to_have_text("6 ticked:")
    desk.keyboard.press("Shift+X")
    expect(desk.get_by_role("heading", name="6 comments")).to_be_visible()
    expect(desk.get_by_text("Keys", exact=True)).to_be_visible()
    desk.keyboard.press("s")
    expect(desk.locator(".toast p")).to_contain_text("Marked as spam 6 comments")
    assert statuses("spam") == 6


def test_r_opens_the_reply_and_e_the_editor(desk: Page) -> None:
    desk.keyboard.press("e")
    expect(desk.get_by_role("heading", name="Edit a comment")).to_be_visible()
    desk.go_back()
    expect(desk.locator("[data-row][aria-current]")).to_be_visible()
    desk.keyboard.press("r")
    expect(desk.get_by_role("heading", name="Approve and reply")).to_be_visible()
    desk.get_by_label("Your reply").fill("Well done, j k a s d z")
    desk.get_by_role("button", name="Approve and reply").click()
    expect(desk.locator(".toast p")).to_contain_text("Approved “Runner 5")
    assert statuses("approved") == 2


def test_keys_are_letters_in_a_field(desk: Page) -> None:
    desk.get_by_text("Filter", exact=True).click()
    desk.get_by_label("Words").fill("sad")
    desk.get_by_label("Words").press("s")
    desk.get_by_label("Order", exact=True).press("d")
    assert Deed.objects.count() == 0


def test_keys_with_control_are_the_browsers_own(desk: Page) -> None:
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Alt+d")
    desk.wait_for_timeout(300)
    assert Deed.objects.count() == 0


def test_question_mark_shows_the_keys(desk: Page) -> None:
    expect(desk.get_by_text("approve and reply")).to_be_hidden()
    desk.keyboard.press("?")
    expect(desk.get_by_text("approve and reply")).to_be_visible()


def test_click_acts_in_place_and_leaves_the_hand_on_the_next_comment(desk: Page) -> None:
    desk.evaluate("window.stayed = true")
    desk.get_by_role("button", name="Approve the comment by Runner 3").click()
    expect(desk.locator(".toast p")).to_contain_text("Approved “Runner 3")
    assert desk.evaluate("window.stayed")
    assert desk.url.endswith(f"done={Deed.objects.get().pk}")
    expect(desk.get_by_role("button", name="Approve the comment by Runner 2")).to_be_focused()


def test_double_click_is_one_deed_and_one_comment(desk: Page) -> None:
    desk.get_by_role("button", name="Approve the comment by Runner 3").dblclick()
    expect(desk.locator(".toast p")).to_contain_text("Approved “Runner")
    desk.wait_for_timeout(500)
    assert Deed.objects.filter(comment__name="Runner 3").count() == 1


def test_session_that_ended_leads_to_the_sign_in(desk: Page) -> None:
    desk.context.clear_cookies()
    desk.keyboard.press("a")
    expect(desk.get_by_role("button", name="Sign in")).to_be_visible()
    assert Deed.objects.count() == 0


def test_next_page_by_n_and_by_going_on(desk: Page) -> None:
    make_comments(Comment.objects.first().post, ROWS_PER_PAGE)
    desk.reload()
    desk.keyboard.press("n")
    expect(desk.locator("[data-row]")).to_have_count(6)
    expect(desk.get_by_text("Keys", exact=True)).to_be_visible()
    desk.keyboard.press("p")
    expect(desk.locator("[data-row]")).to_have_count(ROWS_PER_PAGE)


def test_large_sweep_is_followed_until_its_end(desk: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comments.moderation.tasks.AT_ONCE", 3)
    desk.goto("/desk/held/sweep/")
    desk.get_by_role("button", name="Mark all 6 as spam").click()
    expect(desk.get_by_role("heading", name="0 of 6 comments so far")).to_be_visible()
    desk.get_by_role("button", name="Do the next ones now").click()
    expect(desk.get_by_role("heading", name="Done")).to_be_visible()
    assert statuses("spam") == 6


def test_thumb_ticks_and_does_on_a_phone(new_context: NewContext) -> None:
    make_moderator()
    post = make_post(make_owner())
    make_comments(post, 3)
    make_comment(post, name="Honest")
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    sign_in(page)
    bar = page.locator("[data-bulk]")
    expect(bar.get_by_role("button", name="Spam")).to_be_hidden()
    for number in range(3):
        page.get_by_label(f"Tick the comment by Runner {number}").tap()
    # Wherever the page is scrolled to.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(bar.get_by_role("button", name="Spam")).to_be_in_viewport()
    bar.get_by_role("button", name="Spam").tap()
    expect(page.locator(".toast p")).to_contain_text("Marked as spam 3 comments")
    page.get_by_role("button", name="Approve the comment by Honest").tap()
    expect(page.locator(".toast p")).to_contain_text("Approved “Honest")
    assert (statuses("spam"), statuses("approved")) == (3, 1)
