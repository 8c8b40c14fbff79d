"""Bans: who is meant, what becomes of their next comments, and what a ban leaves alone."""

from datetime import timedelta

import pytest

from blog.models import Post
from comments.blocking import ban, bans_on, entries_in_force, known_of, unblock
from comments.editing import withdraw_comment
from comments.models import BlockedTerm, Comment
from comments.submit import submit_comment
from tests.makers import NOW, make_draft, make_moderator, make_post, make_sender

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("silent_text_model")]
WEEK = timedelta(days=7)


@pytest.fixture
def post() -> Post:
    return make_post()


@pytest.fixture
def sam() -> object:
    return make_moderator()


def send(post: Post, text: str, *, network: str = "network-a", email: str = "") -> Comment:
    draft = make_draft(text, email=email)
    return submit_comment(draft, post=post, sender=make_sender(network), now=NOW).comment


def ban_writer(comment: Comment, by: object, **wish: object) -> list[BlockedTerm]:
    usual = {"network": True, "address": True, "expires_at": None, "strength": "hold", "note": "", "now": NOW}
    return ban(comment, by=by, **(usual | wish))


@pytest.fixture
def rude(post: Post) -> Comment:
    return send(post, "You are all fools.", network="network-r", email="Nick@Mail.example")


def test_banned_network_is_held_whatever_name_and_address_it_gives(post, sam, rude):
    [entry] = ban_writer(rude, sam, address=False, note="insults")
    comment = send(post, "A kind word.", network="network-r", email="other@mail.example")
    assert comment.status == "held"
    assert comment.findings[0]["words"] == "On the blocklist: a network (insults)"
    entry.refresh_from_db()
    assert (entry.hits, entry.source, entry.by, entry.expires_at) == (1, rude, sam, None)


def test_banned_address_is_held_wherever_it_comes_from(post, sam, rude):
    ban_writer(rude, sam, network=False)
    comment = send(post, "A kind word.", network="network-b", email="nick@mail.example")
    assert comment.status == "held"
    assert comment.findings[0]["words"] == "On the blocklist: a mail address"


def test_others_are_not_touched(post, sam, rude):
    ban_writer(rude, sam)
    assert send(post, "A kind word.", network="network-b", email="ines@mail.example").status == "approved"
    assert send(post, "No network.", network="").status == "approved"


def test_ban_for_spam_makes_spam(post, sam, rude):
    ban_writer(rude, sam, strength="spam", network=False)
    assert send(post, "A kind word.", network="b", email="nick@mail.example").status == "spam"


def test_findings_tell_no_address_and_no_hash(post, sam, rude):
    ban_writer(rude, sam)
    told = str(send(post, "A kind word.", network="network-r", email="nick@mail.example").findings)
    assert "On the blocklist: a network and a mail address" in told.replace(", ", " and ")
    assert "nick" not in told
    assert "network-r" not in told


def test_comments_from_before_stay_where_they_are(post, sam, rude):
    ban_writer(rude, sam)
    rude.refresh_from_db()
    assert rude.status == "approved"


def test_ban_ends_by_itself(post, sam, rude):
    ban_writer(rude, sam, expires_at=NOW + WEEK)
    assert len(entries_in_force(NOW + WEEK - timedelta(seconds=1))) == 2
    assert entries_in_force(NOW + WEEK) == ()


def test_lifted_ban_no_longer_counts(post, sam, rude):
    for entry in ban_writer(rude, sam):
        unblock(entry, by=sam, now=NOW)
    assert send(post, "A kind word.", network="network-r").status == "approved"


def test_second_ban_changes_nothing_and_adds_what_is_new(post, sam, rude):
    [first] = ban_writer(rude, sam, address=False)
    [second] = ban_writer(rude, sam, strength="spam")
    assert ban_writer(rude, sam) == []
    assert (first.kind, second.kind) == ("network", "address")
    assert bans_on(rude, now=NOW) == {"network": first, "address": second}


def test_ban_that_is_over_makes_room_for_another(post, sam, rude):
    ban_writer(rude, sam, expires_at=NOW)
    assert bans_on(rude, now=NOW) == {}
    assert len(ban_writer(rude, sam)) == 2


def test_what_is_not_known_bans_nobody(post, sam):
    nobody = send(post, "From nowhere.", network="")
    assert known_of(nobody) == {}
    assert ban_writer(nobody, sam) == []


def test_what_was_erased_meanwhile_bans_nobody(post, sam, rude):
    """The moderator's page still has the old row."""
    withdraw_comment(Comment.objects.get(pk=rude.pk))
    assert ban_writer(rude, sam) == []


def test_team_is_not_banned(post, sam):
    sender = make_sender(user=sam)
    own = submit_comment(make_draft("Be kind."), post=post, sender=sender, now=NOW).comment
    assert ban_writer(own, sam) == []


@pytest.mark.parametrize("email", ['""@mail.example', "'nick'@mail.example", "a*b@mail.example"])
def test_odd_address_bans_itself_and_not_all_of_its_domain(post, sam, email):
    odd = send(post, "You are all fools.", email=email)
    ban_writer(odd, sam, network=False)
    assert send(post, "Again.", network="b", email=email).status == "held"
    assert send(post, "A kind word.", network="c", email="ines@mail.example").status == "approved"


def test_ban_outlives_the_comment_it_was_made_from(sam, rude):
    [entry] = ban_writer(rude, sam, address=False)
    rude.delete()
    entry.refresh_from_db()
    assert (entry.source, entry.is_ban) == (None, True)
    assert len(entries_in_force(NOW)) == 1


def test_forgotten_ban_is_nobodys(post, sam):
    BlockedTerm.objects.create(kind="network", value="", strength="hold")
    assert send(post, "No network.", network="").status == "approved"
