"""The desk's page of the blocklist: what it lists, what it takes, what it refuses and keeps."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from comments.blocking import block, unblock
from comments.models import BlockedTerm
from comments.moderation import blocking_form, entries
from tests.comments.moderation.cast import words_of

PAGE = "/desk/blocklist/"
TYPED = {"value": "Insole*", "kind": "word", "strength": "hold", "note": "sells", "expires_on": ""}


@pytest.fixture
def insoles(sam: User) -> BlockedTerm:
    return block(BlockedTerm(kind="word", value="insole*", strength="spam", note="sells them"), by=sam)


def soup_of(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def add(desk: Client, **changes: str) -> HttpResponse:
    return desk.post(PAGE, TYPED | changes)


def complaints(answer: HttpResponse) -> list[str]:
    return [words_of(line) for line in soup_of(answer).select(".alert-danger li")]


# ---------- what it shows ----------
def test_entry_is_listed_with_hits_note_expiry_and_who_added_it(desk: Client, insoles: BlockedTerm) -> None:
    BlockedTerm.objects.update(hits=3, last_hit_at=timezone.now() - timedelta(days=2))
    [line] = soup_of(desk.get(PAGE)).select(".blocked > li")
    words = words_of(line)
    for part in (
        "insole*",
        "Word or phrase",
        "Put it among the spam",
        "sells them",
        "3 hits, the last 2 days ago",
        "until removed",
        "by Sam Okoro",
    ):
        assert part in words


def test_expired_entry_says_so(desk: Client, insoles: BlockedTerm) -> None:
    BlockedTerm.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "expired" in words_of(soup_of(desk.get(PAGE)).select_one(".blocked"))


def test_empty_list_says_what_would_be_here(desk: Client) -> None:
    assert "Nothing is blocked" in words_of(soup_of(desk.get(PAGE)).select_one(".empty"))


def words_listed(desk: Client, page: int = 1) -> list[str]:
    lines = soup_of(desk.get(PAGE, {"page": page})).select(".blocked > li b")
    return [words_of(line) for line in lines]


def test_list_comes_in_pages(desk: Client, sam: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "PER_PAGE", 2)
    for number in range(5):
        block(BlockedTerm(kind="word", value=f"word{number}", strength="hold"), by=sam)
    pages = [words_listed(desk, page) for page in (1, 2, 3)]
    assert pages == [["word4", "word3"], ["word2", "word1"], ["word0"]]
    soup = soup_of(desk.get(PAGE, {"page": 2}))
    assert [link["href"] for link in soup.select(".pagination a")] == [PAGE, f"{PAGE}?page=3"]


def test_what_is_in_force_comes_first(desk: Client, sam: User) -> None:
    past, future = (timezone.now() + timedelta(days=days) for days in (-1, 1))
    for value, end in (("future", future), ("forever", None), ("past", past)):
        block(BlockedTerm(kind="word", value=value, strength="hold", expires_at=end), by=sam)
    assert words_listed(desk) == ["forever", "future", "past"]


def test_navigation_leads_here_and_marks_the_page(desk: Client) -> None:
    [current] = soup_of(desk.get(PAGE)).select(".desk-nav [aria-current]")
    assert words_of(current) == "Blocklist"
    assert soup_of(desk.get("/desk/held/")).select_one(f'.desk-nav a[href="{PAGE}"]')


def test_markup_in_an_entry_is_shown_as_text(desk: Client, sam: User) -> None:
    block(BlockedTerm(kind="word", value="<b>bold</b>", strength="hold", note="<i>"), by=sam)
    content = desk.get(PAGE).content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in content
    assert "<b>bold" not in content


# ---------- what it takes ----------
def test_entry_is_added_tidily_and_the_page_says_so(desk: Client, sam: User) -> None:
    answer = desk.post(PAGE, TYPED, follow=True)
    term = BlockedTerm.objects.get()
    assert (term.value, term.kind, term.strength, term.note, term.by) == (
        "insole*",
        "word",
        "hold",
        "sells",
        sam,
    )
    assert term.expires_at is None
    assert words_of(soup_of(answer).select_one("[role=status]")) == "Added “insole*” to the blocklist"


def test_pattern_is_kept_as_it_was_typed(desk: Client) -> None:
    """Small letters and single spaces would make another one of it."""
    assert add(desk, kind="pattern", value=r"\S{20}  Pills").status_code == 302
    assert BlockedTerm.objects.get().value == r"\S{20}  Pills"
    assert "Pattern" in words_of(soup_of(desk.get(PAGE)).select_one(".blocked > li"))


@pytest.mark.parametrize(
    ("kind", "kept"), [("pattern", " pills "), ("word", "pills"), ("domain", "pills.example")]
)
def test_spaces_around_it_mean_something_in_a_pattern_only(desk: Client, kind: str, kept: str) -> None:
    assert add(desk, kind=kind, value=f" {kept.strip()} ").status_code == 302
    assert BlockedTerm.objects.get().value == kept


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("domain", "https://www.Pills.example/buy", "pills.example"),
        ("address", "Bad@Mail.example", "bad@mail.example"),
        ("address", "@mail.example", "@mail.example"),
    ],
)
def test_domains_and_addresses_are_taken_as_people_paste_them(
    desk: Client, kind: str, value: str, kept: str
) -> None:
    assert add(desk, kind=kind, value=value).status_code == 302
    assert BlockedTerm.objects.get().value == kept


def test_last_day_counts_to_its_end(desk: Client) -> None:
    today = timezone.localdate()
    assert add(desk, expires_on=today.isoformat()).status_code == 302
    assert timezone.localtime(BlockedTerm.objects.get().expires_at).date() == today
    assert BlockedTerm.objects.in_force(timezone.now()).exists()


def test_entry_is_removed_and_the_page_says_so(desk: Client, sam: User, insoles: BlockedTerm) -> None:
    answer = desk.post(f"{PAGE}{insoles.pk}/remove/", follow=True)
    insoles.refresh_from_db()
    assert insoles.removed_by == sam
    assert "Took “insole*” off the blocklist" in words_of(soup_of(answer).select_one("[role=status]"))
    assert not soup_of(answer).select(".blocked > li")


def test_removing_twice_is_no_error(desk: Client, insoles: BlockedTerm) -> None:
    for _ in range(2):
        answer = desk.post(f"{PAGE}{insoles.pk}/remove/", follow=True)
        notice = soup_of(answer).select_one(".toast")
        assert words_of(notice) == "Took “insole*” off the blocklist Undo"


def test_second_to_remove_an_entry_is_told_who_was_first(
    desk: Client, mara: User, insoles: BlockedTerm
) -> None:
    unblock(insoles, by=mara)
    notice = soup_of(desk.post(f"{PAGE}{insoles.pk}/remove/", follow=True)).select_one(".toast")
    assert words_of(notice) == "“insole*” was taken off the blocklist already, by Mara Lindqvist"
    insoles.refresh_from_db()
    assert insoles.removed_by == mara


def test_who_was_first_may_have_left(desk: Client, mara: User, insoles: BlockedTerm) -> None:
    unblock(insoles, by=mara)
    BlockedTerm.objects.update(removed_by=None)
    notice = soup_of(desk.post(f"{PAGE}{insoles.pk}/remove/", follow=True)).select_one(".toast")
    assert words_of(notice) == "“insole*” was taken off the blocklist already"


# ---------- what it refuses ----------
@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"value": ""}, "Enter what to block"),
        ({"value": "  "}, "Enter what to block"),
        ({"value": "  ", "kind": "pattern"}, "Enter what to block"),
        ({"value": "*"}, "Enter a word of at least two letters or digits"),
        ({"value": "*a*"}, "Enter a word of at least two letters or digits"),
        (
            {"value": "in*"},
            "Beside a star, enter at least three letters; fewer would match nearly every comment",
        ),
        (
            {"kind": "domain", "value": "pills"},
            "Enter a domain such as example.com; everything below it is meant as well",
        ),
        (
            {"kind": "address", "value": "bad@"},
            "Enter an address such as name@example.com, or @example.com for all of its addresses",
        ),
        ({"value": "x" * 255}, "Shorten it to 254 characters; it has 255"),
        ({"kind": "pattern", "value": "pills("}, "A bracket is opened with “(” and not closed"),
        ({"kind": "guess"}, "Choose a word, a domain, a mail address or a pattern"),
        ({"strength": "delete"}, "Choose whether to hold the comment or put it among the spam"),
        ({"note": "x" * 201}, "Shorten the note to 200 characters"),
        ({"expires_on": "soon"}, "Enter a day as year-month-day, such as 2027-01-31"),
        ({"expires_on": "2020-01-31"}, "Choose today or a later day; this one is over"),
    ],
)
def test_wrong_input_is_refused_with_a_reason_and_kept(
    desk: Client, changes: dict[str, str], complaint: str
) -> None:
    answer = add(desk, **changes)
    assert answer.status_code == 400
    assert complaints(answer) == [complaint]
    assert not BlockedTerm.objects.exists()
    field = soup_of(answer).select_one("[name=note]")
    assert field["value"] == (TYPED | changes)["note"]


def test_what_is_on_the_list_already_is_refused_and_an_expired_one_is_not(
    desk: Client, insoles: BlockedTerm
) -> None:
    assert complaints(add(desk)) == ["This is on the list already. Take it off first to change it"]
    BlockedTerm.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert add(desk).status_code == 302


def test_so_many_patterns_are_taken_and_no_more(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking_form, "MOST_PATTERNS", 2)
    for number in range(2):
        assert add(desk, kind="pattern", value=rf"pills\d{number}").status_code == 302
    refusal = "There are 2 patterns in force, as many as there may be. Take one off first"
    assert complaints(add(desk, kind="pattern", value="insoles?")) == [refusal]
    assert add(desk).status_code == 302
    BlockedTerm.objects.filter(value=r"pills\d0").update(expires_at=timezone.now() - timedelta(days=1))
    assert add(desk, kind="pattern", value="insoles?").status_code == 302


def test_entry_taken_off_can_be_added_again(desk: Client, sam: User, insoles: BlockedTerm) -> None:
    unblock(insoles, by=sam)
    assert add(desk).status_code == 302


def test_nothing_changes_by_looking(desk: Client, insoles: BlockedTerm) -> None:
    assert desk.get(f"{PAGE}{insoles.pk}/remove/").status_code == 405
    desk.get(PAGE, TYPED)
    assert BlockedTerm.objects.listed().count() == 1


def test_removing_what_never_was_is_not_found(desk: Client) -> None:
    assert desk.post(f"{PAGE}99/remove/").status_code == 404


@pytest.mark.parametrize(
    "query", ["added=x", "added=99", "added=" + "9" * 40, "removed=-1", "added=٣", "removed="]
)
def test_address_that_names_nothing_says_nothing(desk: Client, query: str) -> None:
    answer = desk.get(f"{PAGE}?{query}")
    assert answer.status_code == 200
    assert not soup_of(answer).select("[role=status]")


def test_notice_of_what_is_no_longer_so_is_silent(desk: Client, insoles: BlockedTerm) -> None:
    assert not soup_of(desk.get(f"{PAGE}?removed={insoles.pk}")).select("[role=status]")
