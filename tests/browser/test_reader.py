"""A reader's visit in a real browser: comments and replies without scripts and with them, nothing lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from blog.freshness import touch_site
from blog.models import Post, SiteProfile
from comments.models import Comment
from tests.makers import make_comment, make_post, make_topic

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def post() -> Post:
    return make_post(topics=[make_topic()], closing_question="How long was yours?")


@pytest.fixture
def without_scripts(new_context: NewContext) -> Page:
    return new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()


@pytest.fixture
def with_scripts(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 1440, "height": 900}).new_page()


def write(page: Page, text: str, name: str = "Noor") -> None:
    page.get_by_label("Comment", exact=True).fill(text)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Post comment").click()


def test_reader_finds_a_post_and_comments_without_scripts(post: Post, without_scripts: Page) -> None:
    page = without_scripts
    page.goto("/")
    page.get_by_role("link", name=post.title).first.click()
    page.get_by_role("link", name="Answer in the comments").click()
    write(page, "Reading this on day four with a *bag of peas*.")
    comment = Comment.objects.get()
    assert page.url.endswith(f"{post.get_absolute_url()}#c{comment.pk}")
    expect(page.locator(f"#c{comment.pk}")).to_contain_text("day four")
    expect(page.locator(f"#c{comment.pk} em")).to_have_text("bag of peas")


def test_reader_replies_without_scripts(post: Post, without_scripts: Page) -> None:
    parent = make_comment(post, "I lost a whole autumn to this.")
    page = without_scripts
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Ines").click()
    expect(page.get_by_role("heading", name="Reply to Ines")).to_be_visible()
    expect(page.locator("#respond")).to_contain_text("I lost a whole autumn")
    write(page, "So did I.")
    reply = Comment.objects.get(name="Noor")
    assert reply.parent == parent
    expect(page.locator(f"#c{reply.pk}")).to_contain_text("So did I.")


def test_mistake_without_scripts_keeps_the_text_and_is_mended(post: Post, without_scripts: Page) -> None:
    page = without_scripts
    page.goto(post.get_absolute_url())
    write(page, "A long story.", name="")
    expect(page.get_by_role("alert")).to_contain_text("Enter a name")
    expect(page.get_by_label("Comment", exact=True)).to_have_value("A long story.")
    page.get_by_label("Name").fill("Noor")
    page.get_by_role("button", name="Post comment").click()
    assert Comment.objects.get().text == "A long story."


@pytest.mark.parametrize("scripts", [False, True])
def test_going_back_to_a_form_with_a_mistake_shows_what_was_typed(
    post: Post, browser: Browser, base_url: str, scripts: bool
) -> None:
    """In a context without the guard against other hosts, which switches off the browser's cache."""
    page = browser.new_context(base_url=base_url, java_script_enabled=scripts).new_page()
    page.goto(post.get_absolute_url())
    write(page, "A long story.", name="")
    expect(page.get_by_role("alert")).to_contain_text("Enter a name")
    page.get_by_label("Comment", exact=True).press_sequentially("Once upon a time. ")
    page.get_by_role("link", name="Second Wind").first.click()
    expect(page.get_by_label("Comment", exact=True)).to_have_count(0)
    page.go_back()
    expect(page.get_by_label("Comment", exact=True)).to_have_value("Once upon a time. A long story.")
    page.context.close()


def test_held_comment_is_shown_to_its_writer_and_to_nobody_else(
    post: Post, without_scripts: Page, with_scripts: Page
) -> None:
    Post.objects.update(commenting=Post.Commenting.MODERATED)
    page = without_scripts
    page.goto(post.get_absolute_url())
    write(page, "See https://drills.example/ for mine.")
    expect(page.locator(".held")).to_contain_text("Only you can see this")
    with_scripts.goto(post.get_absolute_url())
    expect(with_scripts.locator("main")).not_to_contain_text("drills.example")


def test_reply_in_place_moves_the_form_and_the_focus(post: Post, with_scripts: Page) -> None:
    parent = make_comment(post, "I lost a whole autumn to this.")
    page = with_scripts
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Ines").click()
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    expect(page.locator(f"#c{parent.pk} + #respond")).to_be_visible()
    expect(page.locator("[data-replying]")).to_contain_text("Ines: “I lost a whole autumn to this.”")
    assert page.locator("form[data-comment-form]").count() == 1
    page.get_by_role("link", name="Cancel the reply").click()
    expect(page.get_by_role("link", name="Reply to Ines")).to_be_focused()
    expect(page.get_by_role("heading", name="Add your comment")).to_be_visible()
    page.get_by_role("link", name="Reply to Ines").click()
    write(page, "So did I.")
    assert Comment.objects.get(name="Noor").parent == parent


def test_reply_in_place_quotes_as_the_form_without_scripts_does(
    post: Post, with_scripts: Page, without_scripts: Page
) -> None:
    make_comment(
        post, "> A quote first.\n\nThen *forty* words of an answer. " + "The first was not enough. " * 6
    )
    for page in (with_scripts, without_scripts):
        page.goto(post.get_absolute_url())
        page.get_by_role("link", name="Reply to Ines").click()
    bars = [page.locator("[data-replying] > span").inner_text() for page in (with_scripts, without_scripts)]
    assert bars[0] == bars[1]
    assert bars[0].startswith("Replying to Ines: “A quote first. Then forty words")
    assert bars[0].endswith("…”")


def test_reply_in_place_shows_the_whole_form(post: Post, with_scripts: Page) -> None:
    for number in range(8):
        make_comment(post, f"Comment {number}", name=f"Reader {number}")
    page = with_scripts
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Reader 3").click()
    expect(page.locator("#respond")).to_be_in_viewport(ratio=0.99)


def test_draft_survives_a_closed_page_and_goes_when_posted(post: Post, with_scripts: Page) -> None:
    page = with_scripts
    page.goto(post.get_absolute_url())
    page.get_by_label("Comment", exact=True).fill("Half a thought")
    page.goto("/")
    page.goto(post.get_absolute_url())
    expect(page.get_by_label("Comment", exact=True)).to_have_value("Half a thought")
    write(page, "A whole thought")
    page.wait_for_url(lambda address: "#c" in address)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []
    page.goto(post.get_absolute_url())
    expect(page.get_by_label("Comment", exact=True)).to_have_value("")


def keep_draft(page: Page, text: str) -> None:
    page.get_by_label("Comment", exact=True).fill(text)
    page.goto("/")


def test_draft_of_a_reply_comes_back_under_its_comment_only(post: Post, with_scripts: Page) -> None:
    make_comment(post, "I lost a whole autumn to this.")
    make_comment(post, "Mine took six weeks.", name="Dev")
    page, box = with_scripts, with_scripts.get_by_label("Comment", exact=True)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Ines").click()
    keep_draft(page, "So did I")
    page.goto(post.get_absolute_url())
    expect(box).to_have_value("")
    page.get_by_role("link", name="Reply to Dev").click()
    expect(box).to_have_value("")
    page.get_by_role("link", name="Reply to Ines").click()
    expect(box).to_have_value("So did I")
    page.get_by_role("link", name="Cancel the reply").click()
    expect(box).to_have_value("")


def test_back_button_puts_no_reply_into_the_form_for_a_new_comment(post: Post, with_scripts: Page) -> None:
    make_comment(post, "I lost a whole autumn to this.")
    page, box = with_scripts, with_scripts.get_by_label("Comment", exact=True)
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Ines").click()
    keep_draft(page, "So did I")
    page.go_back()
    expect(page.get_by_role("heading", name="Add your comment")).to_be_visible()
    expect(box).to_have_value("")
    page.get_by_role("link", name="Reply to Ines").click()
    expect(box).to_have_value("So did I")


def test_words_typed_before_choosing_whom_to_answer_come_along(post: Post, with_scripts: Page) -> None:
    make_comment(post, "I lost a whole autumn to this.")
    page, box = with_scripts, with_scripts.get_by_label("Comment", exact=True)
    page.goto(post.get_absolute_url())
    box.fill("So did I.")
    page.get_by_role("link", name="Reply to Ines").click()
    expect(box).to_have_value("So did I.")
    page.goto("/")
    page.goto(post.get_absolute_url())
    expect(box).to_have_value("")


def test_posted_reply_takes_its_own_draft_away_and_no_other(post: Post, with_scripts: Page) -> None:
    make_comment(post, "I lost a whole autumn to this.")
    page, box = with_scripts, with_scripts.get_by_label("Comment", exact=True)
    page.goto(post.get_absolute_url())
    keep_draft(page, "Something else")
    page.goto(post.get_absolute_url())
    expect(box).to_have_value("Something else")
    page.get_by_role("link", name="Reply to Ines").click()
    expect(box).to_have_value("")
    write(page, "So did I.")
    expect(page.locator(".comment")).to_have_count(2)
    expect(box).to_have_value("Something else")
    page.get_by_role("link", name="Reply to Ines").click()
    expect(box).to_have_value("")


def test_double_click_posts_once(post: Post, with_scripts: Page) -> None:
    page = with_scripts
    page.goto(post.get_absolute_url())
    page.get_by_label("Comment", exact=True).fill("Once is enough.")
    page.get_by_label("Name").fill("Noor")
    page.get_by_role("button", name="Post comment").dblclick()
    expect(page.locator(".comment")).to_have_count(1)
    assert Comment.objects.count() == 1


def test_back_button_and_posting_again_posts_once(post: Post, with_scripts: Page) -> None:
    page = with_scripts
    page.goto(post.get_absolute_url())
    write(page, "Once is enough.")
    page.wait_for_url(lambda address: "#c" in address)
    page.go_back()
    write(page, "Once is enough.")
    expect(page.locator(".comment")).to_have_count(1)
    assert Comment.objects.count() == 1


def test_error_summary_takes_the_focus_and_leads_to_the_field(post: Post, with_scripts: Page) -> None:
    page = with_scripts
    page.goto(post.get_absolute_url())
    write(page, "", name="")
    expect(page.locator("[data-summary]")).to_be_focused()
    page.get_by_role("link", name="Write your comment").click()
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()


def test_link_into_a_fold_opens_it(post: Post, with_scripts: Page) -> None:
    for number in range(4):
        last = make_comment(post, f"Root {number}", name=f"Root {number}")
    replies = [make_comment(post, f"Reply {number}", answers=last) for number in range(7)]
    page = with_scripts
    page.goto(post.get_absolute_url())
    expect(page.locator(f"#c{replies[3].pk}")).to_be_hidden()
    page.goto(f"/comments/{replies[3].pk}/")
    expect(page.locator(f"#c{replies[3].pk}")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1440])
def test_comment_somebody_came_for_keeps_to_its_column(
    post: Post, new_context: NewContext, width: int
) -> None:
    """Its wash neither hangs over the column nor touches the line above it."""
    parent = make_comment(post, "I lost a whole autumn to this.")
    reply = make_comment(post, "So did I.", name="Noor", answers=parent)
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{post.get_absolute_url()}#c{reply.pk}")
    wash, above = page.locator(f"#c{reply.pk}"), page.locator(f"#c{parent.pk} .act")
    box, column, line = wash.bounding_box(), page.locator(".kids > li").bounding_box(), above.bounding_box()
    assert wash.evaluate("comment => getComputedStyle(comment).boxShadow") == "none"
    assert box["x"] >= column["x"]
    assert box["x"] + box["width"] <= column["x"] + column["width"]
    assert box["y"] >= line["y"] + line["height"] + 8


def test_held_comment_looks_the_same_when_somebody_was_led_to_it(post: Post, without_scripts: Page) -> None:
    Post.objects.update(commenting=Post.Commenting.MODERATED)
    page = without_scripts
    page.goto(post.get_absolute_url())
    write(page, "Mine took six weeks.")
    look = "box => { const s = getComputedStyle(box); return [s.backgroundColor, s.boxShadow, s.padding] }"
    led_to = page.locator(".held").evaluate(look)
    page.goto(post.get_absolute_url())
    assert page.locator(".held").evaluate(look) == led_to


def test_form_moved_under_a_comment_keeps_its_distance_from_the_replies(
    post: Post, with_scripts: Page
) -> None:
    make_comment(post, "So did I.", name="Noor", answers=make_comment(post, "I lost a whole autumn."))
    page = with_scripts
    page.goto(post.get_absolute_url())
    page.get_by_role("link", name="Reply to Ines").click()
    form, replies = page.locator("#respond").bounding_box(), page.locator(".kids").bounding_box()
    assert replies["y"] >= form["y"] + form["height"] + 16


def test_whole_visit_by_keyboard(post: Post, with_scripts: Page) -> None:
    """Skip link, then the form by Tab, posted by Ctrl and Enter."""
    page = with_scripts
    page.goto(post.get_absolute_url())
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.get_by_label("Comment", exact=True).focus()
    page.keyboard.type("Typed without a mouse.")
    page.keyboard.press("Tab")
    page.keyboard.type("Noor")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment")).to_contain_text("Typed without a mouse.")


TABLE = "<tr>" + "<td>Medial tibial stress syndrome, whatever people call it</td>" * 5 + "</tr>"


def test_wide_table_and_long_code_scroll_in_their_own_frame(new_context: NewContext) -> None:
    """Words stay whole on a phone, and the page itself does not move sideways."""
    code = "pace = distance / time  # and so on, " * 4
    post = make_post(body=f"<table><tbody>{TABLE}</tbody></table><pre><code>{code}</code></pre>")
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(post.get_absolute_url())
    for frame in ("table", "pre"):
        assert page.locator(f".prose {frame}").evaluate(
            "frame => frame.scrollWidth > frame.clientWidth + 100"
        )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_search_field_of_a_narrow_phone_has_room_for_its_word(post: Post, new_context: NewContext) -> None:
    SiteProfile.objects.update_or_create(pk=1, defaults={"name": "The Long Way Back"})
    touch_site()
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(post.get_absolute_url())
    page.get_by_role("searchbox").press_sequentially("Search")
    assert page.get_by_role("searchbox").evaluate("field => field.scrollLeft") == 0


def test_lists_in_replies_have_the_same_bullets(post: Post, with_scripts: Page) -> None:
    first = make_comment(post, "- one\n- two")
    make_comment(post, "- three\n  - four", answers=first)
    with_scripts.goto(post.get_absolute_url())
    bullets = with_scripts.locator(".txt ul").evaluate_all(
        "lists => lists.map(list => getComputedStyle(list).listStyleType)"
    )
    assert len(bullets) >= 2
    assert set(bullets) == {"disc"}
