"""Networks are forgotten after 30 days, by the worker that every site with mails has, or by a command."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from comments.forgetting import KEEP_NETWORKS, forget_bans, forget_daily, forget_networks
from comments.mailed_links import make_link
from comments.models import BlockedTerm, Comment, Mail, MailedLink, Reaction, Reader, Report
from comments.notifications.upkeep import tend
from tests.makers import NOW, make_comment, make_post

pytestmark = pytest.mark.django_db
OLD, YOUNG = NOW - KEEP_NETWORKS, NOW - KEEP_NETWORKS + timedelta(seconds=1)


def comment_of(when, number: int = 1) -> Comment:
    post = make_post(f"Post {number}", slug=f"post-{number}")
    return make_comment(post, created_at=when, network="a" * 32, idempotency_key=str(number) * 64)


def networks_of(model: type) -> list[str]:
    return list(model.objects.order_by("created_at").values_list("network", flat=True))


def test_network_of_a_comment_is_kept_for_30_days_and_no_longer():
    comment_of(OLD, 1)
    comment_of(YOUNG, 2)
    assert timedelta(days=30) == KEEP_NETWORKS
    assert forget_networks(NOW) == 1
    assert networks_of(Comment) == ["", "a" * 32]


def test_the_key_of_the_same_comment_goes_with_the_network_it_was_made_from():
    """Whoever knows the site's secret key could try out which network makes it."""
    comment = comment_of(OLD)
    forget_networks(NOW)
    comment.refresh_from_db()
    assert comment.idempotency_key is None
    assert comment.text == "Mine took six weeks."


@pytest.mark.parametrize("model", [Reaction, Report])
def test_networks_of_reactions_and_reports_go_as_well(model):
    comment = comment_of(NOW)
    for number, when in enumerate([OLD, YOUNG]):
        model.objects.create(comment=comment, reader_key=str(number), network="b" * 32, created_at=when)
    assert forget_networks(NOW) == 1
    assert networks_of(model) == ["", "b" * 32]


def test_one_round_forgets_so_many_and_the_next_one_the_rest(monkeypatch):
    monkeypatch.setattr("comments.forgetting.ROUND", 2)
    for number in range(3):
        comment_of(OLD - timedelta(days=number), number)
    assert [forget_networks(NOW) for _ in range(3)] == [2, 1, 0]


def test_a_round_without_old_ones_writes_nothing(django_assert_num_queries):
    comment_of(YOUNG)
    with django_assert_num_queries(3) as asked:
        assert forget_networks(NOW) == 0
    assert all(query["sql"].startswith("SELECT") for query in asked)


def test_the_housekeeper_of_a_worker_does_it():
    comment_of(OLD)
    tend(NOW)
    assert networks_of(Comment) == [""]


def test_a_site_without_a_worker_does_it_by_a_command(capsys):
    for number in range(3):
        comment_of(OLD, number)
    call_command("forget_networks")
    assert networks_of(Comment) == [""] * 3
    assert capsys.readouterr().out == (
        "Forgot the networks of 3 comments, reactions and reports.\n"
        "Forgot 0 networks and mail addresses on the blocklist that are over.\n"
    )


def leave_behind(number: int) -> None:
    """An old mail with its address, a dead link, and an address that nobody confirmed."""
    reader = Reader.objects.create(email=f"reader-{number}@example.org", created_at=NOW - timedelta(days=90))
    make_link(reader, MailedLink.Purpose.CONFIRM, now=NOW - timedelta(days=60))
    past = NOW - timedelta(days=40)
    Mail.objects.create(
        kind=Mail.Kind.LIVE, to=reader.email, key=f"live:{number}", created_at=past, sent_at=past
    )


def test_worker_forgets_the_rest_once_a_day():
    leave_behind(1)
    tend(NOW)
    assert Mail.objects.get().to == ""
    assert not MailedLink.objects.exists()
    assert not Reader.objects.exists()
    leave_behind(2)
    forget_daily(NOW + timedelta(hours=23))
    assert Reader.objects.exists()
    forget_daily(NOW + timedelta(days=1))
    assert not Reader.objects.exists()


# ---------- bans ----------
def ban_of(network: str, **fields: object) -> BlockedTerm:
    return BlockedTerm.objects.create(kind="network", value=network * 32, strength="hold", **fields)


def test_network_of_a_ban_is_forgotten_30_days_after_it_ended_and_no_sooner():
    over = [ban_of("a", expires_at=OLD), ban_of("b", expires_at=OLD), ban_of("c", removed_at=OLD)]
    kept = [ban_of("d", expires_at=YOUNG), ban_of("e", removed_at=YOUNG), ban_of("f", created_at=OLD)]
    assert forget_bans(NOW) == 3
    assert forget_bans(NOW) == 0
    assert {BlockedTerm.objects.get(pk=ban.pk).value for ban in over} == {""}
    assert [BlockedTerm.objects.get(pk=ban.pk).value for ban in kept] == ["d" * 32, "e" * 32, "f" * 32]


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ({"removed_at": OLD}, ""),
        ({"expires_at": OLD}, ""),
        ({"removed_at": YOUNG}, "n@mail.example"),
        ({"expires_at": YOUNG}, "n@mail.example"),
        ({}, "n@mail.example"),
    ],
)
def test_mail_address_is_forgotten_30_days_after_it_came_off_the_list(end, kept):
    """Typed, or of a ban, whose comment may have been deleted since."""
    ban_of_address = {"kind": "address", "strength": "hold", "created_at": OLD}
    address = BlockedTerm.objects.create(value="n@mail.example", **ban_of_address, **end)
    forget_bans(NOW)
    address.refresh_from_db()
    assert address.value == kept


@pytest.mark.parametrize(("kind", "value"), [("address", "@mail.example"), ("word", "n@mail.example")])
def test_what_is_nobodys_own_address_stays(kind, value):
    BlockedTerm.objects.create(kind=kind, value=value, strength="hold", removed_at=OLD)
    assert forget_bans(NOW) == 0
    assert BlockedTerm.objects.get().value == value


def test_worker_forgets_bans_once_a_day_and_the_command_at_once():
    ban_of("a", removed_at=OLD)
    forget_daily(NOW)
    assert BlockedTerm.objects.get().value == ""
    ban_of("b", removed_at=OLD)
    call_command("forget_networks")
    assert set(BlockedTerm.objects.values_list("value", flat=True)) == {""}
