"""An entry of the blocklist is tried on past comments before it is saved."""

from datetime import timedelta
from math import inf

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.blocking import block
from comments.editing import withdraw_comment
from comments.models import BlockedTerm
from comments.moderation import trial as trials
from comments.moderation.trial import SHOWN, Trial, try_entry
from tests.comments.moderation.cast import NOON, Status, make_comment, words_of
from tests.comments.spam.cast import entry

PAGE = "/desk/blocklist/"
TYPED = {"value": "Insole*", "kind": "word", "strength": "spam", "note": "sells", "expires_on": "2099-01-31"}
SELLS = "Try our insoles"


def say(
    post: Post, text: str, status: str = Status.APPROVED, *, minutes: int = 0, **fields: object
) -> object:
    return make_comment(
        post, text=text, status=status, created_at=NOON + timedelta(minutes=minutes), **fields
    )


def run(value: str, kind: str = "word", *, can_see_email: bool = False, seconds: float = inf) -> Trial:
    return try_entry(entry(value, kind), now=NOON, can_see_email=can_see_email, seconds=seconds)


def counts(trial: Trial) -> tuple[int, int, int]:
    return trial.ham.count, trial.waiting.count, trial.spam.count


# ---------- what it counts ----------
def test_caught_comments_are_counted_by_what_became_of_them(post: Post) -> None:
    for number, status in enumerate([Status.APPROVED, Status.HELD, Status.HELD, Status.SPAM, Status.TRASH]):
        say(post, SELLS, status, minutes=number)
        say(post, "Mine took six weeks.", status, minutes=number)
    trial = run("insole*")
    assert counts(trial) == (1, 2, 2)
    assert (trial.looked_at, trial.since, trial.is_cut_short) == (10, NOON, False)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("word", "insole*"),
        ("domain", "insoles.example"),
        ("address", "@insoles.example"),
        ("pattern", r"insole\w\.ex"),
    ],
)
def test_each_kind_that_can_be_typed_is_tried(post: Post, kind: str, value: str) -> None:
    """One that matches by name, text, website or address, and one by nothing."""
    say(post, SELLS, website="https://www.insoles.example/", email="ad@insoles.example")
    say(post, "Mine took six weeks.")
    assert counts(run(value, kind, can_see_email=True)) == (1, 0, 0)


def test_newest_of_each_sort_are_shown_and_no_more(post: Post) -> None:
    for number in range(SHOWN + 2):
        say(post, f"{SELLS} {number}", minutes=number)
    ham = run("insole*").ham
    assert ham.count == SHOWN + 2
    assert [caught.excerpt for caught in ham.newest] == [f"{SELLS} {n}" for n in range(SHOWN + 1, 1, -1)]


def test_ham_is_new_when_nothing_on_the_list_catches_it(post: Post, sam: User) -> None:
    block(BlockedTerm(kind="pattern", value="cheap.*", strength="hold"), by=sam, now=NOON - timedelta(days=1))
    say(post, "Cheap insoles")
    say(post, SELLS)
    trial = run("insole*")
    assert (trial.ham.count, trial.new_ham) == (2, 1)


def test_team_and_withdrawn_comments_are_left_out(post: Post) -> None:
    say(post, SELLS, badge="moderator")
    withdraw_comment(say(post, SELLS))
    say(post, "", Status.DELETED, name="")
    assert run("insole*").looked_at == 0


# ---------- whose address it is ----------
@pytest.mark.parametrize("value", ["ines@reader.example", "@reader.example"])
def test_guessed_address_is_not_tied_to_a_person_by_who_may_not_see_it(post: Post, value: str) -> None:
    say(post, "A kind word.", email="ines@reader.example")
    assert counts(run(value, "address")) == (0, 0, 0)
    assert counts(run(value, "address", can_see_email=True)) == (1, 0, 0)


def test_address_that_somebody_wrote_down_is_found_by_anybody(post: Post) -> None:
    say(post, "Ask ines@reader.example", email="jon@runner.example")
    assert counts(run("ines@reader.example", "address")) == (1, 0, 0)


def test_address_on_the_list_tells_no_more_than_one_that_is_tried(post: Post, sam: User) -> None:
    """Or a word that one comment alone has would ask whether its writer gave a blocked address."""
    block(BlockedTerm(kind="address", value="ines@reader.example", strength="hold"), by=sam)
    say(post, SELLS, email="ines@reader.example")
    assert run("insole*").new_ham == 1
    assert run("insole*", can_see_email=True).new_ham == 0


# ---------- its bounds ----------
def test_it_stops_when_its_time_is_up_and_says_how_far_it_came(post: Post) -> None:
    for number in range(3):
        say(post, SELLS, minutes=number)
    trial = run("insole*", seconds=0)
    assert (trial.looked_at, trial.since) == (1, NOON + timedelta(minutes=2))
    assert trial.is_cut_short


def test_time_that_is_up_with_the_last_comment_cuts_nothing_short(post: Post) -> None:
    say(post, SELLS)
    assert not run("insole*", seconds=0).is_cut_short


def test_it_looks_at_so_many_of_the_newest(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "MOST", 2)
    for number in range(3):
        say(post, SELLS, minutes=number)
    trial = run("insole*")
    assert (trial.looked_at, trial.since) == (2, NOON + timedelta(minutes=1))


@pytest.mark.parametrize("count", [1, 12])
def test_it_takes_as_many_queries_for_many_comments(
    post: Post, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        say(post, SELLS, minutes=number)
    with django_assert_num_queries(2):  # the entries in force, the comments
        assert run("insole*").ham.count == count


# ---------- on the page ----------
def ask(desk: Client, **changes: str) -> HttpResponse:
    return desk.post(PAGE, TYPED | {"try": "1"} | changes)


def soup_of(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def test_trial_saves_nothing_and_keeps_what_was_typed(desk: Client, post: Post) -> None:
    say(post, SELLS)
    answer = ask(desk)
    assert answer.status_code == 200
    assert not BlockedTerm.objects.exists()
    form = soup_of(answer).select_one(".block-form form")
    assert [form.select_one(f"[name={name}]")["value"] for name in ("value", "note", "expires_on")] == [
        "Insole*",
        "sells",
        "2099-01-31",
    ]
    chosen = [form.select_one(f"[name={name}] [selected]")["value"] for name in ("kind", "strength")]
    assert chosen == ["word", "spam"]
    assert "Add to the blocklist" in words_of(form)


def test_page_says_what_would_have_been_caught_ham_first_and_warns(desk: Client, post: Post) -> None:
    ham = say(post, SELLS, name="Ines")
    say(post, SELLS, Status.TRASH, minutes=1)
    say(post, "Mine took six weeks.", minutes=2)
    section = soup_of(ask(desk)).select_one(".trial")
    words = words_of(section)
    assert (
        "2 of the latest 3 comments, back to 14 March 2026: 1 approved, 0 waiting, 1 in spam or trash."
        in words
    )
    assert "1 of them is caught by nothing that is on the blocklist now." in words
    assert [words_of(title) for title in section.select("h3")] == ["Approved: 1", "In spam or trash: 1"]
    first = section.select_one("a")
    assert first["href"] == reverse("desk:comment", args=[ham.pk])
    assert words_of(section.select_one("li")).endswith(SELLS)


def test_trial_that_catches_no_ham_does_not_warn(desk: Client, post: Post) -> None:
    say(post, SELLS, Status.SPAM)
    assert not soup_of(ask(desk)).select(".trial-warning")


def test_trial_that_catches_nothing_says_so(desk: Client, post: Post) -> None:
    say(post, "Mine took six weeks.")
    assert "None of the latest 1 comment" in words_of(soup_of(ask(desk)).select_one(".trial"))


def test_trial_without_comments_says_so(desk: Client) -> None:
    assert "There is no comment to try it on" in words_of(soup_of(ask(desk)).select_one(".trial"))


def test_trial_that_was_cut_short_says_so(desk: Client, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(try_entry.__kwdefaults__, "seconds", 0)
    say(post, SELLS)
    say(post, SELLS, minutes=1)
    words = words_of(soup_of(ask(desk)).select_one(".trial"))
    assert "1 of the latest 1 comment, back" in words
    assert "Older ones were not looked at" in words


UNSEEN = "Mail addresses that were given were not looked at, because you may not see them."


def test_trial_says_that_it_does_not_look_at_addresses(desk: Client, post: Post) -> None:
    say(post, "A kind word.", email="ines@mail.example")
    words = words_of(soup_of(ask(desk, kind="address", value="@mail.example")).select_one(".trial"))
    assert "None of the latest 1 comment" in words
    assert UNSEEN in words
    assert UNSEEN not in words_of(soup_of(ask(desk)).select_one(".trial"))


def test_trial_shows_no_mail_address_to_who_may_see_them(client: Client, mara: User, post: Post) -> None:
    client.force_login(mara)
    say(post, "A kind word.", email="ines@mail.example")
    section = soup_of(ask(client, kind="address", value="@mail.example")).select_one(".trial")
    assert "1 approved" in words_of(section)
    assert UNSEEN not in words_of(section)
    assert "ines@" not in str(section)


def test_words_of_commenters_are_shown_as_text(desk: Client, post: Post) -> None:
    say(post, "<b> insoles", name="<i>Ines")
    content = ask(desk).content.decode()
    assert "&lt;b&gt; insoles" in content
    assert "<i>Ines" not in content


def test_wrong_input_is_refused_and_not_tried(desk: Client, post: Post) -> None:
    answer = ask(desk, kind="pattern", value="insole(")
    assert answer.status_code == 400
    assert not soup_of(answer).select(".trial")


def test_what_is_on_the_list_already_can_be_tried(desk: Client, sam: User, post: Post) -> None:
    block(BlockedTerm(kind="word", value="insole*", strength="hold"), by=sam)
    say(post, SELLS)
    words = words_of(soup_of(ask(desk)).select_one(".trial"))
    assert "What is on the blocklist now catches all of them already." in words


def test_looking_with_an_address_tries_nothing(desk: Client, post: Post) -> None:
    say(post, SELLS)
    assert not soup_of(desk.get(PAGE, TYPED | {"try": "1"})).select(".trial")
