"""A moderator's work in a real browser: without any script, on a phone, in the dark, and as axe sees it."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from comments.blocking import block
from comments.models import BlockedTerm, Comment, Deed
from comments.moderation.actions import Reason, approve, hold, line_for, trash
from comments.moderation.sieve import Sieve
from comments.moderation.sweeping import begin_sweep
from comments.moderation.wording import Words, edit_words
from tests.comments.moderation.cast import PASSWORD, make_comment, make_comments, make_owner, make_post
from tests.makers import make_moderator

NewContext = Callable[..., BrowserContext]

LONG_NAME = "A reader whose name is as long as the form allows, all of 60"
LONG_WORD = "Supercalifragilistic" * 20


@pytest.fixture
def hollis() -> Comment:
    """A held comment among others, in a desk that has something on every page."""
    mara = make_owner()
    post = make_post(mara)
    make_comments(post, 3)
    make_comments(post, 30, status=Comment.Status.SPAM)
    root = make_comment(post, name=LONG_NAME, text=LONG_WORD)
    approve(root, by=mara)
    hold(root, by=mara, reason=Reason(words=LONG_WORD[:200]))
    return make_comment(post, parent=root, website="https://example.org/" + "way/" * 40)


def sign_in(page: Page, username: str = "sam", password: str = PASSWORD) -> None:
    page.goto("/desk/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Moderation")).to_be_visible()
    # Until its styles are here, a page is laid out as one column.
    page.wait_for_load_state()


@pytest.fixture
def without_scripts(new_context: NewContext) -> Page:
    return new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()


def test_moderator_signs_in_trashes_a_comment_and_undoes_it_without_scripts(
    hollis: Comment, without_scripts: Page
) -> None:
    make_moderator()
    page = without_scripts
    sign_in(page)
    page.get_by_role("button", name="Trash the comment by Hollis").click()
    bar = page.get_by_role("status")
    expect(bar).to_contain_text("Moved to trash “Hollis: Three weeks")
    expect(page.get_by_role("list", name="Held comments")).not_to_contain_text("Hollis")
    assert Comment.objects.get(pk=hollis.pk).status == Comment.Status.TRASH
    bar.get_by_role("button", name="Undo").click()
    expect(bar).to_contain_text("is held again")
    expect(page.get_by_role("list", name="Held comments")).to_contain_text("Hollis")
    assert Comment.objects.get(pk=hollis.pk).status == Comment.Status.HELD


def test_moderator_gives_a_reason_and_finds_it_in_the_log_without_scripts(
    hollis: Comment, without_scripts: Page
) -> None:
    make_moderator()
    page = without_scripts
    sign_in(page)
    page.get_by_role("link", name="Details of the comment by Hollis").click()
    page.get_by_label("Note").fill("Said the same yesterday")
    page.get_by_role("button", name="Spam").click()
    expect(page.get_by_role("status")).to_contain_text("Marked as spam")
    page.get_by_role("link", name="Log", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="Said the same yesterday")).to_contain_text(
        "Held → Spam"
    )


def test_moderator_who_comes_second_is_told_so(hollis: Comment, without_scripts: Page) -> None:
    sam = make_moderator()
    make_moderator("ada", "Ada Bell")
    page = without_scripts
    sign_in(page, "ada")
    approve(hollis, by=sam)
    page.get_by_role("button", name="Approve the comment by Hollis").click()
    expect(page.get_by_role("status")).to_contain_text("Already approved by Sam Okoro")


def test_moderator_signs_out(hollis: Comment, without_scripts: Page) -> None:
    make_moderator()
    page = without_scripts
    sign_in(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto("/desk/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_moderator_blocks_a_word_and_takes_it_off_again_without_scripts(
    hollis: Comment, without_scripts: Page
) -> None:
    make_moderator()
    page = without_scripts
    sign_in(page)
    page.get_by_role("link", name="Blocklist").click()
    page.get_by_label("Block", exact=True).fill("in*")
    page.get_by_label("Note").fill("sells insoles")
    page.get_by_role("button", name="Add to the blocklist").click()
    expect(page.get_by_role("alert")).to_contain_text("Beside a star, enter at least three letters")
    expect(page.get_by_label("Note")).to_have_value("sells insoles")
    page.get_by_label("Block", exact=True).fill("insole*")
    page.get_by_role("button", name="Add to the blocklist").click()
    expect(page.get_by_role("status")).to_contain_text("Added “insole*” to the blocklist")
    page.get_by_role("button", name="Remove insole*").click()
    expect(page.get_by_role("heading", name="Nothing is blocked")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])
def test_every_page_of_the_desk_is_accessible_and_keeps_to_its_width(
    hollis: Comment,
    new_context: NewContext,
    assert_accessible: Callable[[Page], None],
    width: int,
    scheme: str,
) -> None:
    sam = make_moderator()
    block(BlockedTerm(kind="word", value=LONG_WORD[:254], strength="spam", note=LONG_WORD[:200]), by=sam)
    block(BlockedTerm(kind="domain", value="pills.example", strength="hold", hits=3), by=sam)
    deed = trash(Comment.objects.filter(name="Runner 0", status="held").get(), by=sam)
    line = line_for(Deed.Verb.SPAM, by=sam, reason=Reason("advertising"), now=timezone.now())
    sweep = begin_sweep(line, Sieve(queue="spam"), seen_at=timezone.now(), count=30)
    shown = make_comment(hollis.post, status="approved")
    edit_words(shown, Words("H.", "", LONG_WORD), by=sam, seen="", now=timezone.now())
    page = new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    sign_in(page)
    root = Comment.objects.get(name=LONG_NAME)
    for address in [
        f"/desk/held/?done={deed.pk}",
        "/desk/spam/",
        "/desk/approved/",
        "/desk/trash/",
        f"/desk/comments/{hollis.pk}/",
        f"/desk/comments/{root.pk}/",
        f"/desk/comments/{hollis.pk}/edit/",
        f"/desk/comments/{hollis.pk}/reply/",
        f"/desk/held/?order=unsure&words=the&post={hollis.post_id}&unread=yes",
        f"/desk/all/?same=network&of={hollis.pk}",
        "/desk/held/sweep/",
        f"/desk/sweeps/{sweep.pk}/",
        "/desk/log/?verb=edit&words=x",
        "/comments/moderation/",
        f"/desk/comments/{root.pk}/?ask=approve&seen=1",
        "/desk/log/",
        "/desk/blocklist/",
        "/desk/preferences/?saved=1",
        f"/desk/comments/{hollis.pk}/ban/",
        "/desk/scorecard/",
        "/desk/scorecard/?days=90",
    ]:
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.goto("/desk/blocklist/")
    page.get_by_label("Block", exact=True).fill("wobbling")
    page.get_by_role("button", name="Try it on past comments").click()
    expect(page.get_by_role("heading", name="What it would have caught")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 390])
def test_queues_of_a_phone_stand_in_one_row_and_no_link_alone(
    hollis: Comment, new_context: NewContext, width: int
) -> None:
    make_moderator()
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    sign_in(page)
    tops = page.locator(".tabs a").evaluate_all("tabs => tabs.map(tab => tab.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    row = page.locator(".queue-row").filter(has_text="Hollis")
    name, details = row.locator("b").first, row.get_by_role("link", name="Details")
    assert abs(name.bounding_box()["y"] - details.bounding_box()["y"]) < 12


def test_evidence_stands_beside_the_words_on_a_wide_screen(hollis: Comment, new_context: NewContext) -> None:
    make_moderator()
    page = new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page)
    page.goto(f"/desk/comments/{hollis.pk}/")
    words, evidence = page.locator(".txt").bounding_box(), page.locator(".evidence").bounding_box()
    assert evidence["x"] > words["x"] + words["width"]
    assert evidence["y"] < words["y"]
