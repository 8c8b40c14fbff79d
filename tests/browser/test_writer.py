"""The writer's day in a real browser: upload, write, choose pictures, publish, schedule; no complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from blog.models import Picture, Post
from tests.blog.uploads import jpeg, make_picture
from tests.makers import make_topic, make_writer

EDITOR = ".ProseMirror[contenteditable=true]"


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains about: broken scripts, refused styles, missing files. There is nothing."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            heard.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


@pytest.fixture
def writing(page: Page, complaints: list[str]) -> Page:
    """The admin, with the writer signed in by its form."""
    mara = make_writer()
    mara.is_superuser = True
    mara.save()
    page.goto("/admin/")
    page.get_by_label("Username").fill("mara")
    page.get_by_label("Password").fill("correct-horse")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="What would you like to do?")).to_be_visible()
    return page


def begin_post(page: Page, title: str) -> Locator:
    """Opens a new post, fills in its first words and answers with its editor."""
    page.goto("/admin/blog/post/add/")
    editor = page.locator(EDITOR)
    expect(editor).to_be_visible()
    page.get_by_label("Title").press_sequentially(title)
    page.get_by_label("Deck").fill("Eleven weeks, then four minutes.")
    return editor


def choose_picture(page: Page, name: str) -> None:
    dialog = page.get_by_role("dialog", name="Choose a picture")
    dialog.get_by_role("button", name=name).click()
    expect(dialog).to_be_hidden()


def save(page: Page, button: str = "Save") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_writer_uploads_a_picture(writing: Page, tmp_path: Path) -> None:
    photograph = tmp_path / "canal.jpg"
    photograph.write_bytes(jpeg(1200, 800).getvalue())
    writing.goto("/admin/blog/picture/add/")
    writing.get_by_label("Picture file").set_input_files(photograph)
    writing.get_by_label("Name").fill("Canal in March")
    writing.get_by_label("Alternative text").fill("Fog over the canal")
    writing.get_by_label("Credit").fill("Photo: Elin Lindqvist")
    save(writing)
    thumbnail = writing.locator("#result_list img.thumbnail")
    expect(thumbnail).to_have_js_property("complete", True)
    assert thumbnail.evaluate("image => image.naturalWidth") == 480


def test_refused_file_says_why_and_keeps_the_words(writing: Page, tmp_path: Path) -> None:
    drawing = tmp_path / "canal.jpg"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    writing.goto("/admin/blog/picture/add/")
    writing.get_by_label("Picture file").set_input_files(drawing)
    writing.get_by_label("Name").fill("Canal in March")
    writing.get_by_role("button", name="Save", exact=True).click()
    expect(writing.get_by_text("SVG drawings are refused")).to_be_visible()
    expect(writing.get_by_label("Name")).to_have_value("Canal in March")


def test_writer_writes_a_post_with_a_figure_and_publishes_it(writing: Page) -> None:
    make_picture("Canal in March")
    make_topic("Achilles tendon")
    editor = begin_post(writing, "The first run")
    expect(writing.get_by_label("Slug")).to_have_value("the-first-run")
    editor.click()
    keys = writing.keyboard
    keys.type("What hurt")
    writing.locator(".prose-menubar__selected").first.click()
    writing.locator(".prose-menubar__option[data-name=heading2]").click()
    keys.press("End")
    keys.press("Enter")
    writing.get_by_title("unordered list").click()
    keys.type("The left heel")
    keys.press("Enter")
    keys.type("My pride")
    keys.press("Enter")
    keys.press("Enter")
    writing.get_by_title("picture", exact=True).click()
    choose_picture(writing, "Canal in March")
    keys.type("The canal, early.")
    keys.press("Enter")
    keys.type("Then I walked home.")
    writing.get_by_label("Achilles tendon").check()
    writing.get_by_role("button", name="Choose a picture").click()
    choose_picture(writing, "Canal in March")
    save(writing, "Publish now")

    post = Post.objects.get()
    writing.goto(post.get_absolute_url())
    expect(writing.get_by_role("heading", name="The first run", level=1)).to_be_visible()
    expect(writing.get_by_role("heading", name="What hurt", level=2)).to_be_visible()
    expect(writing.get_by_role("listitem").filter(has_text="My pride")).to_be_visible()
    figure = writing.locator(".prose figure")
    expect(figure).to_contain_text("The canal, early. Photo: Elin Lindqvist")
    expect(figure.get_by_role("img", name="A canal in fog")).to_be_visible()
    expect(writing.get_by_text("Then I walked home.")).to_be_visible()
    expect(writing.get_by_role("link", name="Achilles tendon").first).to_be_visible()
    assert post.hero == Picture.objects.get()


def test_writer_schedules_a_post_that_readers_do_not_see_yet(writing: Page) -> None:
    editor = begin_post(writing, "Race day")
    editor.click()
    writing.keyboard.type("It will be fine.")
    writing.locator("#id_publish_at_0").fill("03/12/2096")
    writing.locator("#id_publish_at_1").fill("07:00")
    save(writing)
    expect(writing.locator("#result_list")).to_contain_text("Scheduled for 3 Dec 2096, 07:00")
    assert writing.request.get(Post.objects.get().get_absolute_url()).status == 404


def test_stored_figure_opens_in_the_editor_and_saves_unchanged(writing: Page) -> None:
    """The credit belongs to the picture: it is shown beside the caption and never becomes a part of it."""
    make_picture("Canal in March")
    editor = begin_post(writing, "The first run")
    editor.click()
    writing.get_by_title("picture", exact=True).click()
    choose_picture(writing, "Canal in March")
    writing.keyboard.type("The canal.")
    save(writing)
    kept = Post.objects.get().body
    writing.get_by_role("link", name="The first run").first.click()
    expect(writing.locator(f"{EDITOR} figcaption")).to_have_text("The canal.")
    expect(writing.locator(f"{EDITOR} .figure-note")).to_contain_text("Photo: Elin Lindqvist")
    writing.locator(f"{EDITOR} figcaption").click()
    writing.keyboard.press("End")
    writing.keyboard.type(" Cold")
    save(writing)
    assert Post.objects.get().body == kept.replace("The canal.", "The canal. Cold")


def test_figure_is_removed_by_its_button_or_from_its_empty_caption(writing: Page) -> None:
    make_picture("Canal in March")
    editor = begin_post(writing, "The first run")
    editor.click()
    writing.keyboard.type("Before.")
    writing.keyboard.press("Enter")
    for remove in (
        lambda: editor.get_by_role("button", name="Remove picture").click(),
        lambda: writing.keyboard.press("Backspace"),
    ):
        writing.get_by_title("picture", exact=True).click()
        choose_picture(writing, "Canal in March")
        expect(editor.locator("figure")).to_have_count(1)
        remove()
        expect(editor.locator("figure")).to_have_count(0)
    expect(editor).to_contain_text("Before.")


def test_dialog_searches_and_closes_without_choosing(writing: Page) -> None:
    make_picture("Canal in March")
    make_picture("Hill", alt="Steep")
    editor = begin_post(writing, "The first run")
    editor.click()
    writing.get_by_title("picture", exact=True).click()
    dialog = writing.get_by_role("dialog", name="Choose a picture")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    dialog.get_by_label("Search").fill("steep")
    expect(dialog.get_by_role("listitem")).to_have_text(["Hill"])
    dialog.get_by_label("Search").fill("sea")
    expect(dialog.get_by_text("No picture found.")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    expect(editor.locator("figure")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1440])
def test_ways_to_a_picture_stand_beside_each_other_at_the_start(writing: Page, width: int) -> None:
    writing.set_viewport_size({"width": width, "height": 900})
    begin_post(writing, "The first run")
    choose = writing.get_by_role("button", name="Choose a picture").bounding_box()
    field = writing.locator(".field-hero .related-widget-wrapper").bounding_box()
    add = writing.locator("#add_id_hero").bounding_box()
    assert choose["x"] == field["x"]
    assert 0 < add["x"] - choose["x"] - choose["width"] < 32


def test_pictures_of_one_row_are_equally_tall(writing: Page) -> None:
    make_picture("Hill")
    make_picture("A canal in March, in fog, seen from the bridge by the lock")
    begin_post(writing, "The first run")
    writing.get_by_role("button", name="Choose a picture").click()
    cards = writing.get_by_role("dialog").locator(".picture-grid button")
    expect(cards).to_have_count(2)
    heights = cards.evaluate_all("cards => cards.map(card => card.offsetHeight)")
    assert heights[0] == heights[1]


def test_picture_pasted_from_another_page_does_not_get_in(writing: Page) -> None:
    editor = begin_post(writing, "The first run")
    editor.click()
    editor.evaluate(
        """element => {
            const data = new DataTransfer()
            data.setData("text/html", '<p style="color:red">Kept <img src="https://evil.example/x.png"></p>')
            element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }))
        }"""
    )
    expect(editor).to_have_text("Kept")
    assert "img" not in writing.locator("#id_body").input_value()


def test_editor_is_named_counts_words_and_is_tall_enough_when_empty(writing: Page) -> None:
    editor = begin_post(writing, "The first run")
    expect(writing.get_by_role("textbox", name="Text", exact=True)).to_be_visible()
    assert editor.bounding_box()["height"] >= 240
    expect(writing.get_by_text("0 words")).to_be_visible()
    editor.click()
    writing.keyboard.type("I ran again")
    expect(writing.get_by_text("3 words")).to_be_visible()


def test_leaving_with_unsaved_words_asks_first(writing: Page) -> None:
    asked = []
    begin_post(writing, "The first run")
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writing.goto("/admin/")
    assert asked == ["beforeunload"]


def test_after_saving_nobody_is_asked(writing: Page) -> None:
    asked = []
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor = begin_post(writing, "The first run")
    editor.click()
    writing.keyboard.type("I ran.")
    save(writing)
    assert asked == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_form_does_not_scroll_sideways(writing: Page, width: int) -> None:
    writing.set_viewport_size({"width": width, "height": 800})
    begin_post(writing, "A title with a word of some length: supercalifragilistic")
    assert writing.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_the_form_can_be_read(writing: Page, scheme: str) -> None:
    """Contrast in both themes, as axe measures it, with an open dialog of pictures on top."""
    make_picture("Canal in March")
    writing.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    begin_post(writing, "The first run").click()
    assert contrast_problems(writing) == []
    writing.get_by_title("picture", exact=True).click()
    expect(writing.get_by_role("dialog").get_by_role("listitem")).to_have_count(1)
    assert contrast_problems(writing) == []


def contrast_problems(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    return [re.sub(r"\s+", " ", node["html"])[:120] for violation in found for node in violation["nodes"]]
