"""The navigation of every page says where the visitor is."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.makers import NOW, make_post, make_topic

pytestmark = pytest.mark.django_db


def marked(client, address: str, navigation: str) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [link.text.split(" (")[0] for link in page.select(f"nav[aria-label={navigation}] [aria-current]")]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/", []),
        ("/posts/", ["Posts"]),
        ("/posts/?page=1", ["Posts"]),
        ("/2026/", ["Posts"]),
        ("/2026/03/", ["Posts"]),
        ("/topics/", ["Injury topics"]),
        ("/topics/it-band/", ["Injury topics"]),
        ("/nothing-here/", []),
    ],
)
def test_navigation_marks_where_the_visitor_is(client, address, names):
    """With the two links that every site starts with."""
    make_post(publish_at=NOW, topics=[make_topic("IT band")])
    assert marked(client, address, "Main") == names


def test_years_and_months_mark_the_one_that_is_shown(client):
    make_post(publish_at=NOW)
    assert marked(client, reverse("blog:posts"), "Years") == ["All years"]
    assert marked(client, "/2026/", "Months") == ["All of 2026"]
    assert marked(client, "/2026/03/", "Months") == ["March"]
