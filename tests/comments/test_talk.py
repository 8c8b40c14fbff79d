"""What is talked about under a post, as the filter is told."""

import pytest

from blog.models import Post
from comments.history import candidate_for
from comments.spam.candidate import Candidate
from tests.comments.spam.test_on_topic import OFF_TOPIC
from tests.makers import NOW, make_comment, make_draft, make_post, make_sender, make_topic, make_writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return make_post(topics=[make_topic("Achilles tendon"), make_topic("Calf")])


def told(post: Post, text: str = OFF_TOPIC, **fields: object) -> Candidate:
    return candidate_for(make_draft(text, **fields), post, make_sender(), NOW)


def test_topics_and_words_of_approved_comments_are_told(post):
    make_comment(post, "My surgeon said so")
    make_comment(post, "Buy supplements", status="spam")
    make_comment(make_post("Other", slug="other"), "Something about blisters")
    candidate = told(post)
    assert set(candidate.post_topics) == {"Achilles tendon", "Calf"}
    assert candidate.post_talk == {"surge"}


def test_talk_is_read_once_until_the_next_approved_comment(post, django_assert_num_queries):
    with django_assert_num_queries(1):
        told(post)
        told(post)
    make_comment(post, "My surgeon said so")
    with django_assert_num_queries(1):
        assert told(post).post_talk == {"surge"}


def test_talk_is_not_read_for_a_short_comment(post, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert told(post, "Thank you, Mara").post_talk == frozenset()


def test_only_the_latest_fifty_comments_are_read(post):
    for word in ["earliest", *["latest"] * 50]:
        make_comment(post, f"The {word} surgeon")
    assert told(post).post_talk == {"lates", "surge"}


def test_reply_tells_what_it_answers_and_whether_the_writer_wrote_that(post):
    writers = make_comment(
        post, "How long?", name="Mara", badge="author", user=make_writer("vera", "Vera Holt")
    )
    readers = make_comment(post, "Six weeks", name="Jonas")
    answer, other, root = told(post, answers=writers), told(post, answers=readers), told(post)
    assert (answer.parent_text, answer.answers_writer) == ("How long?", True)
    assert (other.parent_name, other.parent_text, other.answers_writer) == ("Jonas", "Six weeks", False)
    assert (root.parent_name, root.parent_text, root.answers_writer) == (None, "", False)
