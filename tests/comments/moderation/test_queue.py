"""The queues: what each lists, in which order, and what stands beside a comment."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.models import Comment
from comments.moderation.queues import ROWS_PER_PAGE
from comments.moderation.sieve import QUEUES
from tests.comments.moderation.cast import NOON, Status, make_comment, make_comments, make_post, words_of


def page_of(desk: Client, status: str = "held", **query: object) -> BeautifulSoup:
    answer = desk.get(reverse("desk:queue", args=[status]), query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def names_on(page: BeautifulSoup) -> list[str]:
    return [words_of(name) for name in page.select(".queue-meta b")]


def buttons_on(page: BeautifulSoup) -> list[str]:
    return [button["value"] for button in page.select(".queue-row button")]


def test_desk_begins_with_the_held_comments(desk: Client) -> None:
    assert desk.get("/desk/")["Location"] == "/desk/held/"


@pytest.mark.parametrize("status", QUEUES)
def test_queue_lists_its_own_status_only(desk: Client, post: Post, status: str) -> None:
    for other in Status.values:
        make_comment(post, status=other, name=f"Writer of {other}")
    assert names_on(page_of(desk, status)) == [f"Writer of {status}"]


def test_newest_come_first(desk: Client, post: Post) -> None:
    make_comments(post, 3)
    assert names_on(page_of(desk)) == ["Runner 2", "Runner 1", "Runner 0"]


def test_tabs_count_every_queue(desk: Client, post: Post) -> None:
    make_comments(post, 3)
    make_comment(post, status=Status.SPAM)
    tabs = page_of(desk).select(".tabs a")
    assert [words_of(tab) for tab in tabs] == ["Held 3", "Reported 0", "Spam 1", "Approved 0", "Trash 0"]
    assert [tab["href"] for tab in tabs] == [
        f"/desk/{name}/" for name in ("held", "reported", "spam", "approved", "trash")
    ]
    assert [words_of(tab) for tab in tabs if tab.get("aria-current") == "page"] == ["Held 3"]


def test_title_says_how_many_wait(desk: Client, held: Comment) -> None:
    assert "Held comments (1)" in page_of(desk).title.string


def test_page_says_how_long_the_oldest_has_waited(desk: Client, post: Post, time_machine: object) -> None:
    time_machine.move_to(NOON + timedelta(days=3), tick=False)
    make_comment(post, created_at=NOON)
    make_comment(post, created_at=NOON + timedelta(days=2))
    assert "The oldest has waited 3 days." in words_of(page_of(desk).select_one(".bar"))


def test_other_queues_wait_for_nobody(desk: Client, post: Post) -> None:
    make_comment(post, status=Status.SPAM)
    assert "oldest" not in words_of(page_of(desk, "spam").select_one(".bar"))


def test_row_shows_name_age_post_and_words(
    desk: Client, held: Comment, post: Post, time_machine: object
) -> None:
    time_machine.move_to(held.created_at + timedelta(minutes=38, seconds=20), tick=False)
    row = page_of(desk).select_one(".queue-row")
    assert words_of(row.time) == "38 minutes ago"
    links = [(words_of(link), link["href"]) for link in row.select("a")]
    assert links == [
        ("Details of the comment by Hollis", reverse("desk:comment", args=[held.pk])),
        ("Why I keep a boring log", post.get_absolute_url()),
    ]
    assert words_of(row.select_one(".queue-words")) == held.text


def test_comment_of_this_minute_is_not_zero_minutes_old(
    desk: Client, held: Comment, time_machine: object
) -> None:
    time_machine.move_to(held.created_at + timedelta(seconds=20), tick=False)
    assert words_of(page_of(desk).select_one(".queue-row time")) == "less than a minute ago"


def test_approved_row_links_to_the_comment_itself(desk: Client, post: Post) -> None:
    comment = make_comment(post, status=Status.APPROVED)
    links = page_of(desk, "approved").select(".queue-row a")
    assert links[-1]["href"] == comment.get_absolute_url()


def test_post_that_readers_cannot_find_is_named_but_not_linked(desk: Client, mara: User) -> None:
    make_comment(make_post(mara, slug="draft", title="Not yet", publish_at=None))
    row = page_of(desk).select_one(".queue-row")
    assert [words_of(link) for link in row.select("a")] == ["Details of the comment by Hollis"]
    assert "Not yet (not published)" in words_of(row)


def test_long_text_is_cut(desk: Client, post: Post) -> None:
    make_comment(post, text="word " * 1900)
    shown = words_of(page_of(desk).select_one(".queue-words"))
    assert shown.endswith("…")
    assert len(shown) <= 280


def test_row_shows_share_word_and_findings_with_points(desk: Client, post: Post) -> None:
    make_comments(post, 1)
    row = page_of(desk).select_one(".queue-row")
    assert words_of(row.select_one(".share")) == "50% unsure"
    chips = [(words_of(chip), chip.get("class")) for chip in row.select(".findings li")]
    assert chips == [("A link from a first-time commenter +1.8", ["up"]), ("Approved before −0.4", ["down"])]


def test_comment_the_filter_never_saw_says_so(desk: Client, held: Comment) -> None:
    assert words_of(page_of(desk).select_one(".share")) == "not judged"


@pytest.mark.parametrize(
    ("status", "verbs"),
    [
        ("held", ["approve", "spam", "trash"]),
        ("spam", ["approve", "hold", "spam", "trash"]),
        ("approved", ["approve", "hold", "spam", "trash"]),
        ("trash", ["approve", "hold", "spam"]),
    ],
)
def test_each_status_offers_what_it_is_not_and_to_confirm_what_the_filter_said(
    desk: Client, post: Post, status: str, verbs: list[str]
) -> None:
    make_comment(post, status=status)
    assert buttons_on(page_of(desk, status)) == verbs


def test_buttons_name_the_person_for_those_who_listen(desk: Client, held: Comment) -> None:
    [approve, spam, trash] = page_of(desk).select(".queue-row button")
    assert words_of(approve) == "Approve the comment by Hollis"
    assert words_of(spam).startswith("Spam")
    assert words_of(trash) == "Trash the comment by Hollis"


def test_each_row_is_a_form_of_its_own_with_a_token(desk: Client, post: Post) -> None:
    comments = make_comments(post, 2)
    forms = page_of(desk).select(".queue-row form")
    assert [form["action"] for form in forms] == [f"/desk/comments/{c.pk}/act/" for c in reversed(comments)]
    assert all(form["method"] == "post" and form.select("[name=csrfmiddlewaretoken]") for form in forms)


def test_mail_address_is_not_in_the_list(client: Client, post: Post, mara: User) -> None:
    make_comment(post, email="hollis@mail.example")
    client.force_login(mara)
    assert "hollis@mail.example" not in str(page_of(client))


def test_long_queue_has_pages(desk: Client, post: Post) -> None:
    make_comments(post, ROWS_PER_PAGE + 2)
    first = page_of(desk)
    assert len(names_on(first)) == ROWS_PER_PAGE
    second = BeautifulSoup(desk.get(first.select_one("[data-next]")["href"]).content, "html.parser")
    assert names_on(second) == ["Runner 1", "Runner 0"]
    assert second.select_one("[data-next]") is None
    assert second.select_one("[data-first]")["href"] == "/desk/held/"


@pytest.mark.parametrize("mark", ["0", "-1", "nonsense", "zzzzzzzzzzzz", "\x00", ""])
def test_page_after_what_is_no_comment_begins_at_the_beginning(desk: Client, post: Post, mark: str) -> None:
    make_comments(post, 2)
    assert len(names_on(page_of(desk, after=mark))) == 2


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("held", "Nothing is waiting"),
        ("spam", "No spam"),
        ("approved", "No approved comments yet"),
        ("trash", "The trash is empty"),
    ],
)
def test_empty_queue_says_what_would_be_here(desk: Client, status: str, words: str) -> None:
    page = page_of(desk, status)
    assert words_of(page.select_one(".empty h2")) == words
    assert len(page.select(".empty a")) == 1


def test_unknown_queue_is_not_found(desk: Client) -> None:
    assert desk.get("/desk/reviewed/").status_code == 404


def test_moderator_finds_site_queues_blocklist_log_and_sign_out_but_not_the_admin(desk: Client) -> None:
    page = page_of(desk)
    links = [(words_of(link), link["href"]) for link in page.select(".desk-nav a")]
    assert links == [
        ("View site", "/"),
        ("Moderation", "/desk/"),
        ("Blocklist", "/desk/blocklist/"),
        ("Log", "/desk/log/"),
        ("Scorecard", "/desk/scorecard/"),
        ("Preferences", "/desk/preferences/"),
    ]
    out = page.select_one(".desk-nav form")
    assert (out["method"], out["action"]) == ("post", "/sign-out/")


def test_writer_finds_the_admin_too(client: Client, mara: User) -> None:
    client.force_login(mara)
    assert page_of(client).select(".desk-nav a")[-1]["href"] == reverse("admin:index")


def test_only_the_desk_loads_its_stylesheet(desk: Client) -> None:
    assert "css/desk.css" in desk.get("/desk/held/").content.decode()
    assert "css/desk.css" not in desk.get("/sign-in/").content.decode()
