"""Feeds of posts: Atom and JSON, whole text, newest first, nothing unpublished."""

import json
from datetime import timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.utils import timezone

from blog.models import Post
from tests.makers import make_post, make_topic

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(response) -> list[Element]:
    return fromstring(response.content).findall("a:entry", ATOM)  # noqa: S314  (our own output)


def test_feed_holds_the_whole_text_with_absolute_links(client):
    picture = '<img src="/media/p/640.webp" srcset="/media/p/1.webp 1w">'
    make_post()
    Post.objects.update(body=f'<p>See <a href="/topics/knee/">knee</a> and {picture}</p>')
    response = client.get("/feed/")
    content = entries(response)[0].find("a:content", ATOM).text
    assert response["Content-Type"].startswith("application/atom+xml")
    assert 'href="http://testserver/topics/knee/"' in content
    assert 'src="http://testserver/media/p/640.webp"' in content
    assert "srcset" not in content


def test_feed_names_the_writer_and_the_topics(client):
    make_post(topics=[make_topic("IT band"), make_topic("Knee")])
    entry = entries(client.get("/feed/"))[0]
    assert entry.find("a:author/a:name", ATOM).text == "Mara Lindqvist"
    assert {c.get("term") for c in entry.findall("a:category", ATOM)} == {"IT band", "Knee"}


def test_writer_without_a_full_name_is_named_alike_everywhere(client):
    post = make_post(author=User.objects.create_user("mara.l", is_staff=True))
    assert entries(client.get("/feed/"))[0].find("a:author/a:name", ATOM).text == "mara.l"
    assert json.loads(client.get("/feed/feed.json").content)["items"][0]["authors"][0]["name"] == "mara.l"
    page = BeautifulSoup(client.get(post.get_absolute_url()).content, "html.parser")
    assert page.select_one(".byline strong").text == "mara.l"
    assert json.loads(page.select_one('[type="application/ld+json"]').text)["author"]["name"] == "mara.l"


def test_feed_leaves_out_drafts_and_scheduled_posts(client):
    make_post("Draft", publish_at=None)
    make_post("Tomorrow", publish_at=timezone.now() + timedelta(days=1))
    make_post("Out")
    assert [entry.find("a:title", ATOM).text for entry in entries(client.get("/feed/"))] == ["Out"]


def test_topic_feed_holds_only_its_posts(client):
    knee = make_topic("Knee")
    make_post("About knees", topics=[knee])
    make_post("About hills")
    found = entries(client.get("/topics/knee/feed/"))
    assert [entry.find("a:title", ATOM).text for entry in found] == ["About knees"]


def test_json_feed_says_the_same(client):
    post = make_post()
    response = client.get("/feed/feed.json")
    feed = json.loads(response.content)
    assert response["Content-Type"].startswith("application/feed+json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["url"] == f"http://testserver{post.get_absolute_url()}"
    assert feed["items"][0]["content_html"] == post.body


@pytest.mark.parametrize("address", ["/topics/nothing/feed/", "/topics/nothing/feed/feed.json"])
def test_feed_of_an_unknown_topic_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_feed_is_not_modified_until_something_is_published(client):
    make_post("One")
    tag = client.get("/feed/")["ETag"]
    assert client.get("/feed/", headers={"If-None-Match": tag}).status_code == 304
    make_post("Two")
    assert client.get("/feed/", headers={"If-None-Match": tag}).status_code == 200


def test_two_feeds_answered_at_once_do_not_mix_their_hosts(client):
    """Each request has a feed object of its own."""
    make_post()
    first = client.get("/feed/", headers={"Host": "localhost"}).content
    second = client.get("/feed/", headers={"Host": "127.0.0.1"}).content
    assert b"http://localhost/" in first
    assert b"127.0.0.1" not in first
    assert b"http://127.0.0.1/" in second
