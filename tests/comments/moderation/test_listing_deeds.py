"""The log knows what became of the blocklist, gives no address away, and takes it back."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.blocking import ban, block, count_hits, entries_in_force, unblock
from comments.models import BlockedTerm, Deed
from comments.moderation.undoing import UNDO_FOR, CannotUndoError, undo_listing
from tests.comments.moderation.cast import NOON, make_comment, words_of


def add(by: User, value: str = "insole*", **fields: object) -> BlockedTerm:
    words = {"kind": "word", "strength": "hold", "note": "sells insoles"}
    return block(BlockedTerm(value=value, **(words | fields)), by=by, now=NOON)


def listed() -> list[str]:
    return list(BlockedTerm.objects.listed().values_list("value", flat=True))


def test_entries_put_on_and_taken_off_are_lines_of_the_log(desk: Client, sam: User, mara: User) -> None:
    unblock(add(sam), by=mara, now=NOON + timedelta(hours=1))
    page = BeautifulSoup(desk.get("/desk/log/").content, "html.parser")
    off, on = (words_of(line) for line in page.select(".log li"))
    assert "Sam Okoro Put on the blocklist “insole*”" in on
    assert "Note: sells insoles" in on
    assert "Mara Lindqvist Took off the blocklist “insole*”" in off


def test_taking_off_twice_is_one_line(sam: User) -> None:
    term = add(sam)
    assert [unblock(term, by=sam), unblock(term, by=sam)] == [True, False]
    assert Deed.objects.count() == 2


def test_both_are_undone(sam: User) -> None:
    add(sam)
    undo_listing(Deed.objects.get(), by=sam, now=NOON)
    assert listed() == []
    assert BlockedTerm.objects.get().removed_by == sam
    again = add(sam)
    unblock(again, by=sam, now=NOON)
    undo_listing(Deed.objects.get(term=again, verb="unblock"), by=sam, now=NOON)
    assert BlockedTerm.objects.listed().get() == again


def test_what_is_put_back_is_what_it_was(sam: User, mara: User) -> None:
    term = add(sam, expires_at=NOON + timedelta(days=90))
    count_hits([entry for entry in entries_in_force(NOON) if entry.number == term.pk], now=NOON)
    before = BlockedTerm.objects.values().get()
    unblock(term, by=mara, now=NOON + timedelta(hours=1))
    undoing = undo_listing(Deed.objects.get(verb="unblock"), by=mara, now=NOON + timedelta(hours=2))
    assert (before["hits"], before["by_id"], before["created_at"]) == (1, sam.pk, NOON)
    assert BlockedTerm.objects.values().get() == before
    assert undoing.term == term


def test_what_was_put_back_can_be_undone_back_to_the_beginning(sam: User) -> None:
    unblock(add(sam), by=sam, now=NOON)
    for verb in ("unblock", "block"):
        undo_listing(Deed.objects.get(verb=verb), by=sam, now=NOON)
    assert listed() == []


def test_what_is_on_the_list_again_by_other_hands_is_not_put_there_twice(sam: User) -> None:
    unblock(add(sam), by=sam, now=NOON)
    add(sam)
    with pytest.raises(CannotUndoError, match="has changed since"):
        undo_listing(Deed.objects.get(verb="unblock"), by=sam, now=NOON)
    assert listed() == ["insole*"]


def test_listing_is_not_undone_after_thirty_days(sam: User) -> None:
    add(sam)
    with pytest.raises(CannotUndoError):
        undo_listing(Deed.objects.get(), by=sam, now=NOON + UNDO_FOR)


def test_button_beside_what_was_removed_puts_it_back(desk: Client, sam: User) -> None:
    term = add(sam)
    answer = desk.post(reverse("desk:unblock", args=[term.pk]), follow=True)
    bar = BeautifulSoup(answer.content, "html.parser").select_one(".toast")
    answer = desk.post(bar.form["action"], follow=True)
    assert "Undone: “insole*” is on the blocklist again" in answer.content.decode()
    assert listed() == ["insole*"]


def test_log_and_file_give_no_address_and_no_network_away(client: Client, post: Post, mara: User) -> None:
    comment = make_comment(post, email="hollis@mail.example", network="n-hash-1")
    how = {"network": True, "address": True, "expires_at": None, "strength": "spam", "note": ""}
    ban(comment, by=mara, now=NOON, **how)
    client.force_login(mara)
    page = client.get("/desk/log/").content.decode()
    saved = b"".join(client.get("/desk/log/export/")).decode()
    for shown in (page, saved):
        assert "hollis@" not in shown
        assert "n-hash-1" not in shown
        assert "h•••@mail.example" in shown
    assert "h•••" not in client.get("/desk/log/?words=hollis@mail").content.decode()
