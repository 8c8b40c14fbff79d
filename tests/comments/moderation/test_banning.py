"""The desk's page that bans whoever wrote a comment, and how bans stand on the blocklist."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments.blocking import ban, block, unblock
from comments.editing import empty, withdraw_comment
from comments.forgetting import forget_bans
from comments.models import BlockedTerm, Comment
from comments.moderation import banning
from tests.comments.moderation.cast import make_comment, words_of

BLOCKLIST = "/desk/blocklist/"
NETWORK = "c0ffee" * 5
TYPED = {"by_what": ["network", "address"], "how_long": "week", "strength": "hold", "note": "insults"}


@pytest.fixture
def rude(post: Post) -> Comment:
    return make_comment(post, name="Nick", network=NETWORK, email="nick@mail.example")


def page(comment: Comment) -> str:
    return reverse("desk:ban", args=[comment.pk])


def soup_of(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def lines_of(client: Client) -> list[str]:
    return [words_of(line) for line in soup_of(client.get(BLOCKLIST)).select(".blocked > li")]


def ban_by(comment: Comment, by: User, **wish: object) -> list[BlockedTerm]:
    usual = {"network": True, "address": True, "expires_at": None, "strength": "hold", "note": ""}
    return ban(comment, by=by, **(usual | wish))


# ---------- the page that asks ----------
def test_comment_leads_to_its_ban(desk: Client, rude: Comment) -> None:
    comment_page = soup_of(desk.get(reverse("desk:comment", args=[rude.pk])))
    assert comment_page.select_one(f'a[href="{page(rude)}"]')


def test_page_says_who_is_meant_and_changes_nothing(desk: Client, rude: Comment) -> None:
    answer = desk.get(page(rude), TYPED)
    soup = soup_of(answer)
    assert words_of(soup.h1) == "Ban Nick"
    assert "Everybody who writes from there is banned with it" in words_of(soup.main)
    assert soup.select_one("[name=how_long] [selected]")["value"] == "week"
    assert [box["value"] for box in soup.select("[name=by_what]")] == ["address", "network"]
    assert [box["value"] for box in soup.select("[name=by_what][checked]")] == ["address"]
    assert not BlockedTerm.objects.exists()


def test_page_tells_neither_address_nor_hash(desk: Client, rude: Comment) -> None:
    content = desk.get(page(rude)).content.decode()
    assert "mail.example" not in content
    assert NETWORK not in content


@pytest.mark.parametrize(
    ("fields", "offered"),
    [({"network": NETWORK}, ["network"]), ({"email": "nick@mail.example"}, ["address"])],
)
def test_only_what_is_known_is_offered(desk: Client, post: Post, fields: dict, offered: list) -> None:
    soup = soup_of(desk.get(page(make_comment(post, **fields))))
    assert [box["value"] for box in soup.select("[name=by_what]")] == offered


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Nothing is known that they could be banned by"),
        ({"network": NETWORK, "badge": "moderator"}, "They are one of the team"),
    ],
)
def test_nobody_to_ban_is_said_and_has_no_form(desk: Client, post: Post, fields: dict, words: str) -> None:
    comment = make_comment(post, **fields)
    for answer in (desk.get(page(comment)), desk.post(page(comment), TYPED)):
        assert words in words_of(soup_of(answer).main)
        assert not soup_of(answer).select("[name=by_what]")
    assert not BlockedTerm.objects.exists()


# ---------- its button ----------
def test_button_bans_and_the_blocklist_says_so(desk: Client, sam: User, rude: Comment) -> None:
    answer = desk.post(page(rude), TYPED, follow=True)
    assert words_of(soup_of(answer).select_one("[role=status]")) == "Banned Nick, by network and mail address"
    network, address = BlockedTerm.objects.order_by("kind").reverse()
    assert (network.kind, network.value) == ("network", NETWORK)
    assert (address.kind, address.value) == ("address", "nick@mail.example")
    assert {(term.by, term.source, term.strength, term.note) for term in (network, address)} == {
        (sam, rude, "hold", "insults")
    }


@pytest.mark.parametrize(("how_long", "days"), [("day", 1), ("week", 7), ("month", 30)])
def test_ban_ends_when_it_was_chosen_to(desk: Client, rude: Comment, how_long: str, days: int) -> None:
    desk.post(page(rude), TYPED | {"how_long": how_long})
    for term in BlockedTerm.objects.all():
        assert term.expires_at - term.created_at == timedelta(days=days)


def test_ban_until_it_is_lifted_has_no_end(desk: Client, rude: Comment) -> None:
    desk.post(page(rude), TYPED | {"how_long": "until-lifted", "by_what": ["network"]})
    assert BlockedTerm.objects.get().expires_at is None


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"by_what": []}, "Choose the mail address, the network, or both"),
        ({"by_what": ["name"]}, "Choose the mail address, the network, or both"),
        ({"how_long": "ever"}, "Choose how long"),
        ({"strength": "delete"}, "Choose whether to hold their comments or put them among the spam"),
        ({"note": "x" * 201}, "Shorten the note to 200 characters"),
    ],
)
def test_wrong_input_is_refused_with_a_reason(
    desk: Client, rude: Comment, changes: dict, complaint: str
) -> None:
    answer = desk.post(page(rude), TYPED | changes)
    assert answer.status_code == 400
    assert [words_of(line) for line in soup_of(answer).select(".alert-danger li")] == [complaint]
    assert not BlockedTerm.objects.exists()


def test_second_ban_of_the_same_is_a_message(desk: Client, rude: Comment) -> None:
    for _ in range(2):
        answer = desk.post(page(rude), TYPED | {"by_what": ["network"]}, follow=True)
    assert answer.status_code == 200
    soup = soup_of(answer)
    assert "The network is on the blocklist already, until" in words_of(soup.main)
    assert [box["value"] for box in soup.select("[name=by_what]")] == ["address"]
    assert BlockedTerm.objects.count() == 1


def test_comment_that_went_while_somebody_chose_is_said_to_be_gone(
    desk: Client, rude: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ban_too_late(*args: object, **wish: object) -> list[BlockedTerm]:
        Comment.objects.all().delete()
        return ban(*args, **wish)

    monkeypatch.setattr(banning, "ban", ban_too_late)
    answer = desk.post(page(rude), TYPED)
    assert answer.status_code == 409
    main = soup_of(answer).main
    assert "The comment has been deleted for good. Nobody was banned." in words_of(main)
    assert main.select_one(".btn")["href"] == BLOCKLIST
    assert not BlockedTerm.objects.exists()


def test_ban_of_another_comment_from_there_is_known(
    desk: Client, sam: User, post: Post, rude: Comment
) -> None:
    ban_by(rude, sam)
    other = make_comment(post, name="Nora", network=NETWORK)
    soup = soup_of(desk.get(page(other)))
    assert "The network is on the blocklist already, until somebody takes it off" in words_of(soup.main)
    assert not soup.select("[name=by_what]")


# ---------- on the blocklist ----------
def test_bans_are_listed_with_the_comment_they_came_from(desk: Client, sam: User, rude: Comment) -> None:
    ban_by(rude, sam, note="insults")
    soup = soup_of(desk.get(BLOCKLIST))
    address, network = (words_of(line) for line in soup.select(".blocked > li"))
    for words in (address, network):
        assert "from the comment by Nick" in words
        assert "insults" in words
        assert "Lift" in words
    assert soup.select_one(f'.blocked a[href="{reverse("desk:comment", args=[rude.pk])}"]')
    assert network.startswith("A network Network Hold the comment")
    assert address.startswith("n•••@mail.example Mail address Hold the comment")


def test_neither_list_nor_notices_tell_a_moderator_an_address_or_anybody_a_hash(
    desk: Client, sam: User, rude: Comment
) -> None:
    terms = [*ban_by(rude, sam), block(BlockedTerm(kind="address", value="ada@bell.example"), by=sam)]
    pages = [desk.get(BLOCKLIST), desk.get(f"{BLOCKLIST}?banned={rude.pk}")]
    pages += [desk.get(f"{BLOCKLIST}?added={term.pk}") for term in terms]
    pages += [desk.post(reverse("desk:unblock", args=[term.pk]), follow=True) for term in terms]
    for answer in pages:
        content = answer.content.decode()
        assert not any(secret in content for secret in ("nick@", "ada@", NETWORK))


def test_who_may_see_addresses_sees_them(client: Client, mara: User, rude: Comment) -> None:
    client.force_login(mara)
    ban_by(rude, mara)
    assert any(line.startswith("nick@mail.example") for line in lines_of(client))


def test_all_addresses_of_a_domain_are_nobodys_secret(desk: Client, sam: User) -> None:
    block(BlockedTerm(kind="address", value="@mail.example", strength="hold"), by=sam)
    assert lines_of(desk)[0].startswith("@mail.example")


def test_ban_is_lifted_by_its_button(desk: Client, sam: User, rude: Comment) -> None:
    [network] = ban_by(rude, sam, address=False)
    answer = desk.post(reverse("desk:unblock", args=[network.pk]), follow=True)
    assert words_of(soup_of(answer).select_one("[role=status]")) == "Lifted the ban of a network Undo"
    network.refresh_from_db()
    assert network.removed_by == sam
    assert soup_of(answer).select(".blocked > li") == []


def test_ban_from_a_withdrawn_comment_names_nobody(desk: Client, sam: User, rude: Comment) -> None:
    ban_by(rude, sam, address=False)
    withdraw_comment(rude)
    assert "the comment by somebody who withdrew it" in lines_of(desk)[0]


def test_ban_from_a_deleted_comment_does_not_say_that_it_was_withdrawn(
    desk: Client, sam: User, rude: Comment
) -> None:
    ban_by(rude, sam, address=False)
    empty(rude, status=Comment.Status.DELETED)
    assert "the comment by somebody whose words were deleted" in lines_of(desk)[0]
    notice = soup_of(desk.get(f"{BLOCKLIST}?banned={rude.pk}")).select_one("[role=status]")
    assert words_of(notice) == "Banned somebody whose words were deleted, by network"


def test_notice_names_the_bans_that_are_in_force(desk: Client, sam: User, rude: Comment) -> None:
    ban_by(rude, sam, network=False, expires_at=timezone.now() - timedelta(days=1))
    ban_by(rude, sam, address=False)
    notice = soup_of(desk.get(f"{BLOCKLIST}?banned={rude.pk}")).select_one("[role=status]")
    assert words_of(notice) == "Banned Nick, by network"


def test_second_to_lift_a_ban_is_told_who_was_first(
    desk: Client, sam: User, mara: User, rude: Comment
) -> None:
    [network] = ban_by(rude, sam, address=False)
    unblock(network, by=mara)
    answer = desk.post(reverse("desk:unblock", args=[network.pk]), follow=True)
    notice = words_of(soup_of(answer).select_one("[role=status]"))
    assert notice == "The ban of a network was lifted already, by Mara Lindqvist"


def test_address_that_was_forgotten_is_called_one(client: Client, mara: User, rude: Comment) -> None:
    client.force_login(mara)
    ban_by(rude, mara, network=False, expires_at=timezone.now() - timedelta(days=31))
    forget_bans(timezone.now())
    assert lines_of(client)[0].startswith("A mail address Mail address")
    assert "Put on the blocklist a mail address" in words_of(soup_of(client.get("/desk/log/")).main)


@pytest.mark.parametrize("query", ["banned=0123456789ab", "banned=x", "banned=", "banned=' OR 1"])
def test_address_that_names_no_ban_says_nothing(desk: Client, query: str) -> None:
    assert not soup_of(desk.get(f"{BLOCKLIST}?{query}")).select("[role=status]")


def test_network_cannot_be_typed(desk: Client) -> None:
    typed = {"value": NETWORK, "kind": "network", "strength": "hold"}
    assert desk.post(BLOCKLIST, typed).status_code == 400
    assert not BlockedTerm.objects.exists()


@pytest.mark.parametrize("count", [1, 20])
def test_bans_take_no_further_queries(
    desk: Client, sam: User, post: Post, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        ban_by(make_comment(post, network=f"n{number}", email=f"n{number}@mail.example"), sam)
    with django_assert_num_queries(7):  # the frame's five, how many entries, a page of them with their people
        desk.get(BLOCKLIST)


def test_expired_ban_says_so(desk: Client, sam: User, rude: Comment) -> None:
    ban_by(rude, sam, expires_at=timezone.now() - timedelta(days=1), address=False)
    assert "expired" in lines_of(desk)[0]
