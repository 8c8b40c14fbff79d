"""What a moderator asks for: filters, orders, pages after a comment, and everything like a comment."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.models import Comment
from comments.moderation import queues
from comments.moderation.actions import approve, mark_spam
from comments.moderation.sieve import Sieve, comments_in, sieve_from
from comments.traces import leave_traces
from tests.comments.moderation.cast import NOON, Status, make_comment, make_post, words_of


def names(desk: Client, queue: str = "held", **query: object) -> list[str]:
    return [words_of(name) for name in page_of(desk, queue, **query).select(".queue-row .queue-meta b")]


def page_of(desk: Client, queue: str = "held", **query: object) -> BeautifulSoup:
    answer = desk.get(reverse("desk:queue", args=[queue]), query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


@pytest.fixture
def three(post: Post) -> None:
    for number, (name, probability) in enumerate([("Ann", 0.9), ("Bo", 0.45), ("Cy", 0.05)]):
        make_comment(post, name=name, probability=probability, created_at=NOON + timedelta(minutes=number))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["Cy", "Bo", "Ann"]),
        ("nonsense", ["Cy", "Bo", "Ann"]),
        ("newest", ["Cy", "Bo", "Ann"]),
        ("oldest", ["Ann", "Bo", "Cy"]),
        ("unsure", ["Bo", "Ann", "Cy"]),
        ("fine", ["Cy", "Bo", "Ann"]),
    ],
)
def test_orders(desk: Client, three: None, order: str, expected: list[str]) -> None:
    assert names(desk, order=order) == expected


def test_what_nobody_judged_is_as_uncertain_as_can_be(desk: Client, three: None, post: Post) -> None:
    make_comment(post, name="Nobody", probability=None)
    assert names(desk, order="unsure")[0] == "Nobody"


@pytest.mark.parametrize("order", queues.ORDERS)
def test_pages_of_every_order_show_each_comment_once(
    desk: Client, post: Post, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    """Also where many have the same place in the order."""
    monkeypatch.setattr(queues, "ROWS_PER_PAGE", 3)
    for number in range(10):
        make_comment(post, name=f"R{number}", created_at=NOON, probability=[0.2, 0.8, None][number % 3])
    seen: list[str] = []
    address = f"{reverse('desk:queue', args=['held'])}?order={order}"
    for _ in range(4):
        page = BeautifulSoup(desk.get(address).content, "html.parser")
        seen += [words_of(name) for name in page.select(".queue-row .queue-meta b")]
        following = page.select_one("[data-next]")
        address = following and following["href"]
    assert address is None
    assert sorted(seen) == [f"R{number}" for number in range(10)]


def test_post_filter(desk: Client, post: Post, mara: User) -> None:
    make_comment(post, name="Here")
    other = make_post(mara, slug="other", title="Another day")
    make_comment(other, name="There")
    page = page_of(desk, post=other.pk)
    assert names(desk, post=other.pk) == ["There"]
    assert "1 matches: Under “Another day”" in words_of(page.select_one(".narrowed"))
    assert page.select_one(".narrowed a")["href"] == "/desk/held/"


def test_reason_filter(desk: Client, post: Post) -> None:
    make_comment(post, name="Linker", main_reason="links")
    make_comment(post, name="Other", main_reason="words")
    assert names(desk, reason="links") == ["Linker"]
    assert sorted(names(desk, reason="nonsense")) == ["Linker", "Other"]


@pytest.mark.parametrize("words", ["Tartan", "tartan", "TARTAN", "bytartanshoe"])
def test_words_are_found_in_text_name_and_website(desk: Client, post: Post, words: str) -> None:
    make_comment(post, name="Ann", text="Buy a tartan at bytartanshoe")
    make_comment(post, name="Ben", website="https://bytartanshoe.example/", text="tartan")
    make_comment(post, name="Cy", text="Nothing")
    assert sorted(names(desk, words=words)) == ["Ann", "Ben"]


def test_words_with_accents_are_found_whatever_their_case(desk: Client, post: Post) -> None:
    make_comment(post, name="Ann", text="ÜBUNG macht den Meister")
    assert names(desk, words="übung") == ["Ann"]


@pytest.mark.parametrize("words", ["100%", "a_b", "\\", "'", '"', "a\x00b"])
def test_signs_in_words_mean_themselves(desk: Client, post: Post, words: str) -> None:
    make_comment(post, name="Ann", text="It is 1000 or aXb")
    assert names(desk, words=words) == []


def test_words_are_looked_for_some_thousand_comments_at_a_time(
    desk: Client, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "LOOKED_AT", 4)
    for number in range(10):
        text = "needle" if number in (0, 7) else "hay"
        make_comment(post, name=f"R{number}", text=text, created_at=NOON + timedelta(minutes=number))
    page = page_of(desk, words="needle")
    assert [words_of(name) for name in page.select(".queue-row .queue-meta b")] == ["R7"]
    assert "Looked through 4 comments." in words_of(page.select_one(".pagination"))
    page = BeautifulSoup(desk.get(page.select_one("[data-next]")["href"]).content, "html.parser")
    assert page.select(".queue-row") == []
    assert "None of the 4 comments looked at" in words_of(page.main)
    page = BeautifulSoup(desk.get(page.select_one("[data-next]")["href"]).content, "html.parser")
    assert [words_of(name) for name in page.select(".queue-row .queue-meta b")] == ["R0"]
    assert page.select_one("[data-next]") is None


def test_without_a_verdict_leaves_out_what_a_moderator_has_judged(
    desk: Client, post: Post, sam: User
) -> None:
    make_comment(post, name="New", status=Status.SPAM)
    mark_spam(make_comment(post, name="Judged"), by=sam)
    assert names(desk, "spam", unread="yes") == ["New"]


@pytest.fixture
def example(post: Post) -> Comment:
    about = {
        "text": "See https://shoes.example",
        "fingerprint": "f1",
        "network": "n1",
        "email": "a@x.example",
    }
    comment = make_comment(post, name="Example", status=Status.SPAM, **about)
    leave_traces(comment)
    return comment


@pytest.mark.parametrize(
    ("same", "expected"),
    [("text", "Same text"), ("domain", "Same site"), ("network", "Same network"), ("person", "Same address")],
)
def test_all_like_a_comment_whatever_their_status(
    desk: Client, post: Post, example: Comment, same: str, expected: str
) -> None:
    make_comment(post, name="Same text", fingerprint="f1")
    leave_traces(make_comment(post, name="Same site", text="Go to www.shoes.example", status=Status.APPROVED))
    make_comment(post, name="Same network", network="n1", status=Status.TRASH)
    make_comment(post, name="Same address", email="a@x.example")
    make_comment(post, name="Nothing alike", fingerprint="f2", network="n2", email="b@x.example")
    found = names(desk, "all", same=same, of=example.pk)
    assert expected in found
    assert "Example" in found
    assert "Nothing alike" not in found
    assert len(found) == (3 if same == "person" else 2)


def test_comments_of_which_nothing_is_known_are_like_no_other(desk: Client, post: Post) -> None:
    blank = make_comment(post, network="", email="", fingerprint="")
    make_comment(post, network="", email="", fingerprint="")
    for same in ("text", "domain", "network", "person"):
        assert names(desk, "all", same=same, of=blank.pk) == []


def test_like_a_comment_that_is_gone_is_nothing(desk: Client, held: Comment) -> None:
    page = page_of(desk, "all", same="text", of="0123456789ab")
    assert "Nothing matches" in words_of(page.main)
    assert "a comment that is gone" in words_of(page.main)


def test_comment_page_leads_to_all_like_it(desk: Client, post: Post, example: Comment) -> None:
    make_comment(post, fingerprint="f1")
    page = BeautifulSoup(desk.get(reverse("desk:comment", args=[example.pk])).content, "html.parser")
    links = {words_of(link): link["href"] for link in page.select(".others a")}
    assert links["1 more with the same text"] == f"/desk/all/?same=text&of={example.pk}"


def test_a_sieve_that_was_kept_is_the_same_sieve() -> None:
    sieve = Sieve(
        queue="spam", post="3", reason="links", words="a b", same="text", of="0123456789ab", unread="yes"
    )
    assert sieve_from("spam", sieve.query) == sieve


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["-1", "x", "9" * 19, "²", "1e3", "\x00"])
def test_what_is_no_filter_is_passed_over(value: str) -> None:
    query = {"post": value, "reason": value, "same": value, "of": value, "unread": value}
    assert sieve_from("held", query) == Sieve()


@pytest.mark.django_db
def test_post_number_as_large_as_a_column_holds_finds_nothing() -> None:
    assert not comments_in(sieve_from("held", {"post": "9" * 18})).exists()


def test_tabs_stop_counting(desk: Client, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "MOST_COUNTED", 3)
    for _ in range(4):
        make_comment(post)
    assert "Held 3+" in words_of(page_of(desk).select_one(".tabs"))


def test_confirmed_comments_offer_no_second_confirmation(desk: Client, post: Post, sam: User) -> None:
    approve(make_comment(post, status=Status.APPROVED), by=sam)
    values = [button["value"] for button in page_of(desk, "approved").select(".queue-row button")]
    assert values == ["hold", "spam", "trash"]
