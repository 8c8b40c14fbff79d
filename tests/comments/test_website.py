"""A commenter's website: offered to whoever was read here before, checked, and a link that gives no rank."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from tests.comments.cast import body_of, send
from tests.makers import make_comment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model")]
FIELD = 'name="website"'
HOME = "https://ines.example/running"


@pytest.fixture
def read_before(client: Client, post) -> Client:
    """A browser of which a comment has stood here for some days."""
    send(client, post)
    assert Comment.objects.get().status == "approved"
    Comment.objects.update(created_at=timezone.now() - timedelta(days=2))
    return client


def name_of(client: Client, comment: Comment) -> object:
    page = BeautifulSoup(body_of(client.get(comment.post.get_absolute_url())), "html.parser")
    return page.find(id=f"c{comment.pk}").find(itemprop="author")


def test_strangers_are_not_asked(client, post):
    make_comment(post)
    assert FIELD not in body_of(client.get(post.get_absolute_url()))
    assert FIELD not in body_of(send(client, post, text=""))


def test_whoever_waits_is_not_asked(read_before, post):
    Comment.objects.update(status="held")
    assert FIELD not in body_of(read_before.get(post.get_absolute_url()))


def test_whoever_the_filter_published_a_minute_ago_is_not_asked(client, post):
    """A website would have the second comment wait, as it would the first."""
    send(client, post)
    assert FIELD not in body_of(client.get(post.get_absolute_url()))


def test_whoever_was_read_is_asked_and_linked(read_before, post):
    assert FIELD in body_of(read_before.get(post.get_absolute_url()))
    send(read_before, post, text="And now it is over.", website="ines.example/running")
    comment = Comment.objects.latest("created_at")
    assert comment.website == HOME
    link = name_of(Client(), comment).a
    assert link["href"] == HOME
    assert link["rel"] == ["nofollow", "ugc", "noopener"]
    assert link.get_text() == "Ines"


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://ines.example/",
        "not a web address",
        "https://",
        "https://ines:secret@bank.example/",
        "https://ines.example/" + "x" * 200,
    ],
)
def test_what_is_no_web_address_is_named_and_kept(read_before, post, typed):
    response = send(read_before, post, text="Once more.", website=typed)
    assert response.status_code == 400
    page = BeautifulSoup(body_of(response), "html.parser")
    assert page.find(attrs={"name": "website"})["value"] == typed
    assert page.find(id="id_website_error") or page.find(class_="errors")
    assert "Once more." in body_of(response)


def test_website_that_nobody_asked_for_is_refused_in_words(client, post):
    response = send(client, post, website=HOME)
    assert response.status_code == 400
    assert "A website can be given once a comment of yours stands here" in body_of(response)
    assert HOME in body_of(response)
    assert not Comment.objects.exists()


def test_stored_address_that_is_none_is_no_link(client, post):
    comment = make_comment(post, website="javascript:alert(1)")
    assert name_of(client, comment).a is None


@pytest.mark.parametrize("status", ["held", "spam", "trash"])
def test_website_of_what_is_hidden_stands_nowhere(client, post, status):
    comment = make_comment(post, website=HOME)
    make_comment(post, "A reply", answers=comment)
    Comment.objects.filter(pk=comment.pk).update(status=status, version=2)
    assert "ines.example" not in body_of(client.get(post.get_absolute_url()))


def test_name_in_an_address_stays_text(client, post):
    comment = make_comment(post, name='<b>"Ines"', website='https://ines.example/?a="><script>')
    tag = name_of(client, comment)
    assert tag.get_text() == '<b>"Ines"'
    assert tag.a["href"] == 'https://ines.example/?a="><script>'
