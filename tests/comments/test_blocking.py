"""Entries of the blocklist: how they get on and off, and that they are counted with the comment."""

from datetime import timedelta

import pytest

from blog.models import Post
from comments.blocking import AlreadyBlockedError, block, entries_in_force, unblock
from comments.models import BlockedTerm, Comment
from comments.submit import submit_comment
from tests.makers import NOW, make_draft, make_moderator, make_post, make_sender

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model")]


@pytest.fixture
def post() -> Post:
    return make_post()


@pytest.fixture
def sam() -> object:
    return make_moderator()


def term(value: str = "insoles", **fields: object) -> BlockedTerm:
    return BlockedTerm(**({"kind": "word", "value": value, "strength": "hold"} | fields))


def send(post: Post, text: str, **fields: object) -> Comment:
    return submit_comment(make_draft(text, **fields), post=post, sender=make_sender(), now=NOW).comment


def test_blocked_word_holds_the_comment_and_the_hit_is_counted(post, sam):
    entry, other = block(term(note="sells"), by=sam, now=NOW), block(term("braces"), by=sam, now=NOW)
    comment = send(post, "Try our Insoles")
    assert comment.status == "held"
    assert comment.findings[0]["words"] == "On the blocklist: the word “insoles” (sells)"
    entry.refresh_from_db()
    other.refresh_from_db()
    assert (entry.hits, entry.last_hit_at) == (1, NOW)
    assert (other.hits, other.last_hit_at) == (0, None)


def test_entry_set_to_spam_makes_spam(post, sam):
    block(term("pills.example", kind="domain", strength="spam"), by=sam, now=NOW)
    assert send(post, "See https://www.pills.example/x").status == "spam"


def test_same_comment_twice_is_one_hit(post, sam):
    """The hit is counted in the transaction that writes the comment, or not at all."""
    entry = block(term(), by=sam, now=NOW)
    assert send(post, "Try our insoles").pk == send(post, "Try our insoles").pk
    entry.refresh_from_db()
    assert entry.hits == 1


def test_staff_may_write_blocked_words(post, sam):
    entry = block(term(), by=sam, now=NOW)
    sender = make_sender(user=post.author)
    comment = submit_comment(make_draft("No insoles, please"), post=post, sender=sender, now=NOW).comment
    entry.refresh_from_db()
    assert (comment.status, entry.hits) == ("approved", 0)


@pytest.mark.parametrize(("ends_in", "held"), [(timedelta(days=1), True), (timedelta(0), False)])
def test_entry_is_in_force_until_it_expires(post, sam, ends_in, held):
    block(term(expires_at=NOW + ends_in), by=sam, now=NOW - timedelta(days=1))
    assert (send(post, "Try our insoles").status == "held") is held


def test_query_by_hand_finds_what_the_queryset_finds(sam):
    """A word for ever, one until tomorrow, one that expires now, and one that was taken off."""
    tomorrow = NOW + timedelta(days=1)
    terms = [term("pills"), term("until", expires_at=tomorrow), term("past", expires_at=NOW), term("gone")]
    entries = [block(each, by=sam, now=NOW - timedelta(days=1)) for each in terms]
    unblock(entries[-1], by=sam)
    for now, expected in ((NOW, entries[:2]), (tomorrow, entries[:1])):
        found = [entry.number for entry in entries_in_force(now)]
        assert found == [entry.pk for entry in expected]
        assert found == list(BlockedTerm.objects.in_force(now).order_by("pk").values_list("pk", flat=True))


def test_entry_that_is_taken_off_no_longer_counts_and_says_who_did_it(post, sam):
    entry = block(term(), by=sam, now=NOW)
    assert unblock(entry, by=sam, now=NOW)
    assert not unblock(entry, by=make_moderator("ada", "Ada Bell"), now=NOW)
    entry.refresh_from_db()
    assert (entry.removed_by, entry.removed_at) == (sam, NOW)
    assert send(post, "Try our insoles").status == "approved"


def test_same_entry_is_not_on_the_list_twice(sam):
    block(term(), by=sam, now=NOW)
    with pytest.raises(AlreadyBlockedError):
        block(term(strength="spam"), by=sam, now=NOW)
    assert [entry.strength for entry in entries_in_force(NOW)] == ["hold"]


def test_expired_entry_makes_room_for_the_same_one(sam):
    old = block(term(expires_at=NOW), by=sam, now=NOW - timedelta(days=9))
    new = block(term(), by=sam, now=NOW)
    old.refresh_from_db()
    assert old.removed_by == sam
    assert [entry.number for entry in entries_in_force(NOW)] == [new.pk]


def test_entry_taken_off_can_be_put_back(sam):
    unblock(block(term(), by=sam, now=NOW), by=sam, now=NOW)
    again = block(term(), by=sam, now=NOW)
    assert [entry.number for entry in entries_in_force(NOW)] == [again.pk]


def test_both_deeds_are_logged_without_the_entry_itself(sam, caplog):
    """An address has no place in a log file."""
    caplog.set_level("INFO", logger="comments.blocking")
    unblock(block(term("ines@mail.example", kind="address"), by=sam), by=sam)
    assert [record.levelname for record in caplog.records] == ["INFO", "INFO"]
    assert "added by user" in caplog.text
    assert "removed by user" in caplog.text
    assert "ines@" not in caplog.text


def test_entries_take_one_query(sam, django_assert_num_queries):
    for number in range(20):
        block(term(f"word{number}"), by=sam, now=NOW)
    with django_assert_num_queries(1):
        assert len(entries_in_force(NOW)) == 20
