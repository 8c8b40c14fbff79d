"""The page of a post: light with a long thread, marked up in place, one form, nothing that leads nowhere."""

import gzip

import pytest
from bs4 import BeautifulSoup

from tests.makers import make_comment, make_post, make_topic

pytestmark = pytest.mark.django_db

BUDGET = 20_000
WORDS = (
    "I lost most of an autumn to this. Mine hurt after the fourth mile, so for weeks I told myself that "
    "short runs were treatment, and number {} of them was the one on which I stopped."
)


@pytest.fixture
def post(db):
    return make_post(topics=[make_topic()], closing_question="How long was it before an easy mile?")


def page_of(client, post) -> BeautifulSoup:
    return BeautifulSoup(client.get(post.get_absolute_url()).content, "html.parser")


def test_post_with_65_comments_stays_within_its_budget(client, post):
    """20 kB over the wire, the thread of a post that many readers answered included."""
    answered = None
    for number in range(65):
        comment = make_comment(post, WORDS.format(number), name=f"Reader {number}", answers=answered)
        answered = comment if number % 6 else None
    post.body = "".join(f"<p>{WORDS.format(number)}</p>" for number in range(20))
    post.save()
    html = client.get(post.get_absolute_url()).content
    assert html.count(b'itemprop="comment"') >= 50
    assert len(gzip.compress(html, 9)) <= BUDGET


def test_comment_is_marked_up_in_place(client, post):
    """Search engines read the comment where people do; nothing is said twice."""
    comment = make_comment(post, "Six weeks, *twice*.", name="Dev R.")
    found = page_of(client, post).find(id=f"c{comment.pk}")
    assert found["itemtype"] == "https://schema.org/Comment"
    assert found.find(itemprop="name").text == "Dev R."
    assert found.find(itemprop="text").decode_contents().strip() == "<p>Six weeks, <em>twice</em>.</p>"
    assert found.find(itemprop="dateCreated")["datetime"].startswith(f"{comment.created_at:%Y-%m-%d}")
    assert found.find_parent(itemtype="https://schema.org/BlogPosting")["itemid"] == post.get_absolute_url()


def test_reply_says_whom_it_answers(client, post):
    """To the ear always; the link shows where indentation has ended."""
    first = make_comment(post, name="Ines")
    reply = make_comment(post, name="Dev R.", answers=first)
    found = page_of(client, post).find(id=f"c{reply.pk}")
    assert found["aria-label"] == "Comment by Dev R., in reply to Ines"
    assert found.find("a", class_="re")["href"] == f"#c{first.pk}"


def test_page_has_one_form_and_one_title(client, post):
    make_comment(post)
    page = page_of(client, post)
    assert len(page.select("form[data-comment-form]")) == 1
    assert len(page.find_all("h1")) == 1


def test_question_leads_to_the_form(client, post):
    page = page_of(client, post)
    assert page.find(class_="question").find("a")["href"] == "#respond"
    assert page.find(id="respond").find("form")


def test_post_without_comments_invites_the_first(client, post):
    byline = page_of(client, post).find(class_="byline")
    assert byline.find("a", href="#respond").text == "Be the first to comment"


def test_closed_post_offers_no_way_to_answer(client):
    post = make_post(commenting="closed", closing_question="How long was it?")
    make_comment(post)
    page = page_of(client, post)
    assert page.find(id="respond").text == "Comments on this post are closed."
    assert page.select_one("form[data-comment-form]") is None
    assert page.find(attrs={"data-reply": True}) is None
    assert page.find(class_="question").find("a") is None


def test_links_within_the_page_have_a_place_to_go(client, post):
    """With a folded run of replies, so that every kind of link is there."""
    for number in range(12):
        root = make_comment(post, name=f"Reader {number}")
    for number in range(8):
        make_comment(post, name=f"Answer {number}", answers=root)
    page = page_of(client, post)
    assert page.find("details", class_="fold")
    places = {element["id"] for element in page.find_all(id=True)}
    fragments = {link["href"][1:] for link in page.find_all("a", href=True) if link["href"].startswith("#")}
    assert fragments
    assert fragments <= places
