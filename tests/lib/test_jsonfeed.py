"""A feed as JSON Feed 1.1."""

import json
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO

import pytest
from django.http import HttpResponse
from django.utils.feedgenerator import Enclosure
from django.utils.safestring import mark_safe

from lib.jsonfeed import JSONFeed

PUBLISHED = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)


def make_feed(**extra: object) -> JSONFeed:
    return JSONFeed(title="The Long Way Back", link="https://blog.example/", description="Running", **extra)


def read(feed: JSONFeed) -> dict:
    return json.loads(feed.writeString("utf-8"))


def read_item(**item: object) -> dict:
    feed = make_feed()
    feed.add_item(
        **{"title": "Knee", "link": "https://blog.example/knee/", "description": "<p>Ow</p>"} | item
    )
    return read(feed)["items"][0]


def test_feed_says_what_it_is():
    assert JSONFeed.content_type == "application/feed+json"
    assert read(make_feed())["version"] == "https://jsonfeed.org/version/1.1"


def test_feed_without_items_has_an_empty_list():
    assert read(make_feed()) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Long Way Back",
        "home_page_url": "https://blog.example/",
        "description": "Running",
        "items": [],
    }


def test_feed_names_its_address_language_and_author():
    feed = read(
        make_feed(
            feed_url="https://blog.example/feed.json",
            language="en",
            author_name="Mara",
            author_link="https://blog.example/about/",
        )
    )
    assert feed["feed_url"] == "https://blog.example/feed.json"
    assert feed["language"] == "en"
    assert feed["authors"] == [{"name": "Mara", "url": "https://blog.example/about/"}]


def test_mail_addresses_are_not_published():
    feed = make_feed(author_name="Mara", author_email="mara@example.com")
    feed.add_item("Knee", "/knee/", "x", author_name="Mara", author_email="mara@example.com")
    assert "mara@example.com" not in feed.writeString("utf-8")


def test_item_holds_its_address_title_and_text():
    assert read_item() == {
        "id": "https://blog.example/knee/",
        "url": "https://blog.example/knee/",
        "title": "Knee",
        "content_html": "<p>Ow</p>",
    }


def test_item_with_full_text_keeps_its_description_as_summary():
    item = read_item(description="Ow", content_html=mark_safe("<p>Ow, ow</p>"))
    assert item["summary"] == "Ow"
    assert item["content_html"] == "<p>Ow, ow</p>"


def test_item_without_any_text_still_has_content():
    """The format demands one of content_html and content_text."""
    assert read_item(description=None)["content_html"] == ""


def test_item_has_its_own_id_when_it_is_given_one():
    assert read_item(unique_id="tag:blog.example,2026:1")["id"] == "tag:blog.example,2026:1"


def test_dates_are_written_with_their_offset():
    summer = timezone(timedelta(hours=2))
    item = read_item(pubdate=PUBLISHED, updateddate=PUBLISHED.astimezone(summer))
    assert item["date_published"] == "2026-03-16T09:30:00+00:00"
    assert item["date_modified"] == "2026-03-16T11:30:00+02:00"


def test_item_names_its_author_and_tags():
    item = read_item(
        author_name="Mara", author_link="https://blog.example/about/", categories=["Knee", "Hills"]
    )
    assert item["authors"] == [{"name": "Mara", "url": "https://blog.example/about/"}]
    assert item["tags"] == ["Knee", "Hills"]


def test_enclosure_becomes_an_attachment():
    item = read_item(enclosures=[Enclosure("https://blog.example/hill.webp", "1234", "image/webp")])
    assert item["attachments"] == [
        {"url": "https://blog.example/hill.webp", "mime_type": "image/webp", "size_in_bytes": 1234}
    ]


def test_enclosure_of_unknown_size_says_none():
    item = read_item(enclosures=[Enclosure("https://blog.example/hill.webp", "", "image/webp")])
    assert "size_in_bytes" not in item["attachments"][0]


@pytest.mark.parametrize("text", ['"', "</script>", "\\", "é — 走", "\u2028", "👟"])
def test_any_sign_comes_out_as_it_went_in(text):
    assert read_item(title=text)["title"] == text


def test_feed_is_written_into_a_response():
    response = HttpResponse(content_type=JSONFeed.content_type)
    make_feed().write(response, "utf-8")
    assert json.loads(response.content)["title"] == "The Long Way Back"


def test_items_keep_their_order():
    feed = make_feed()
    for number in range(3):
        feed.add_item(str(number), f"/{number}/", "x")
    assert [item["title"] for item in read(feed)["items"]] == ["0", "1", "2"]


def test_other_encodings_are_refused():
    with pytest.raises(ValueError, match="UTF-8"):
        make_feed().write(StringIO(), "latin-1")
