"""Addresses: what answers, what redirects, what is not there."""

import pytest
from bs4 import BeautifulSoup

from blog.models import FormerAddress, Page
from blog.views import POSTS_PER_PAGE
from tests.makers import make_post, make_topic

pytestmark = pytest.mark.django_db


def test_former_address_redirects_for_good(client):
    post = make_post()
    FormerAddress.objects.create(path="/2026/01/old-name/", post=post)
    response = client.get("/2026/01/old-name/")
    assert response.status_code == 301
    assert response["Location"] == post.get_absolute_url()


def test_former_address_of_an_unpublished_post_says_nothing(client):
    post = make_post(publish_at=None)
    FormerAddress.objects.create(path="/2026/01/old-name/", post=post)
    assert client.get("/2026/01/old-name/").status_code == 404


def test_wrong_month_redirects_to_the_permalink(client):
    post = make_post()
    response = client.get(f"/1999/01/{post.slug}/")
    assert response.status_code == 301
    assert response["Location"] == post.get_absolute_url()


@pytest.mark.parametrize(
    "address",
    [
        "/2026/3/downhill-was-the-problem/",
        "/2026/13/",
        "/1850/",
        "/2031/01/",
        "/topics/nothing/",
        "/nothing/",
        "/posts/?page=2",
        "/posts/?page=0",
        "/posts/?page=-1",
        "/posts/?page=x",
        "/posts/?page=99999999999999999999",
        "/posts/?page=²",
        "/posts/?page=000001" + "0" * 5000,
        "/posts/?page=" + "9" * 5000,
        "/nothing%00/",
        "/2026/03/nothing%00/",
        "/%ff%00",
        "/topics/%00/feed/",
        "/comments/zzzzzzzzzzzz/",
        "/2026/03/nothing/comments/feed/",
    ],
)
def test_made_up_addresses_are_not_found(client, address):
    make_post()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/", "/posts/", "/topics/", "/feed/", "/search/", "/sitemap.xml", "/healthz"]
)
def test_public_pages_answer_on_an_empty_site(client, address):
    assert client.get(address).status_code == 200


def test_list_links_to_its_pages_whatever_the_visitor_added(client):
    """The list is kept for everybody, and the next visitor must not get this one's address."""
    for number in range(2 * POSTS_PER_PAGE + 1):
        make_post(f"Post {number}", slug=f"post-{number}")
    for _ in range(2):
        page = BeautifulSoup(client.get("/posts/?page=2&utm_source=evil").content, "html.parser")
        links = [link["href"] for link in page.select(".pagination a")]
        assert links == ["/posts/", "/posts/?page=3"]
        assert "evil" not in str(page)
    third = BeautifulSoup(client.get("/posts/?page=3").content, "html.parser")
    assert [link["href"] for link in third.select(".pagination a")] == ["/posts/?page=2"]


@pytest.mark.parametrize("address", ["/", "/posts/", "/topics/", "/feed/", "/healthz", "/robots.txt"])
def test_public_pages_refuse_to_be_posted_to(client, address):
    assert client.post(address).status_code == 405


def test_page_written_in_the_admin_has_its_address(client):
    Page.objects.create(title="About Mara", slug="about", body="<p>I run slowly.</p>")
    assert "I run slowly." in client.get("/about/").content.decode()


def test_unpublished_page_is_not_found(client):
    Page.objects.create(title="Later", slug="later", body="<p>Soon.</p>", is_published=False)
    assert client.get("/later/").status_code == 404


def test_robots_names_the_sitemap_and_keeps_out_of_the_desk(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_sitemap_lists_what_is_public_with_the_time_of_its_last_change(client):
    topic, post = make_topic(), make_post()
    make_post("Draft", publish_at=None)
    text = client.get("/sitemap.xml").content.decode()
    assert f"http://testserver{post.get_absolute_url()}" in text
    assert topic.get_absolute_url() in text
    assert "draft" not in text
    assert f"<lastmod>{post.changed_at.date()}" in text


def test_head_gets_the_headers_only(client):
    response = client.head("/")
    assert response.status_code == 200
    assert response.content == b""
