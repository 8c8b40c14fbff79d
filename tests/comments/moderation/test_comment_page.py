"""One comment at the desk: its words, its parent, why the filter thought so, and what moderators did."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.models import Comment, Deed
from comments.moderation.actions import Reason, approve, trash
from comments.moderation.undoing import undo
from tests.comments.moderation.cast import NOON, Status, make_comment, make_comments, words_of


def page_of(client: Client, comment: Comment) -> BeautifulSoup:
    answer = client.get(reverse("desk:comment", args=[comment.pk]))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def fact(page: BeautifulSoup, name: str) -> str:
    [term] = [term for term in page.select("dt") if words_of(term) == name]
    return words_of(term.find_next_sibling("dd"))


def test_words_are_shown_as_readers_see_them_and_as_typed(desk: Client, post: Post) -> None:
    comment = make_comment(post, text="Ice is *cold*.\n\nHeat is not.")
    page = page_of(desk, comment)
    assert page.select_one(".txt em").string == "cold"
    assert page.select_one("pre.typed").string == "Ice is *cold*.\n\nHeat is not."


def test_parent_is_quoted(desk: Client, post: Post) -> None:
    parent = make_comment(post, status=Status.APPROVED, name="Mara", text="Peas are a valid medical device.")
    page = page_of(desk, make_comment(post, parent=parent))
    assert "In reply to Mara" in words_of(page.main)
    assert words_of(page.blockquote) == "Peas are a valid medical device."


def test_root_quotes_nobody(desk: Client, held: Comment) -> None:
    assert page_of(desk, held).select("blockquote") == []


def test_every_finding_is_listed_with_its_points(desk: Client, post: Post) -> None:
    [comment] = make_comments(post, 1)
    page = page_of(desk, comment)
    rows = [[words_of(cell) for cell in row.select("th, td")] for row in page.select(".points tbody tr")]
    assert rows == [
        ["Where every comment begins", "−1.4"],
        ["A link from a first-time commenter", "+1.8"],
        ["Approved before", "−0.4"],
    ]
    assert [words_of(cell) for cell in page.select(".points tfoot :is(th, td)")] == ["Together", "0.0"]
    assert "Why 50%, unsure" in words_of(page.main)


def test_comment_the_filter_never_saw_says_so(desk: Client, held: Comment) -> None:
    assert "The filter has not judged this comment" in words_of(page_of(desk, held).main)


def test_comment_without_findings_says_so(desk: Client, post: Post) -> None:
    page = page_of(desk, make_comment(post, probability=0.18))
    assert "Nothing was found, for or against it." in words_of(page.main)


def test_other_comments_from_the_network_are_counted_by_status(desk: Client, post: Post) -> None:
    comment = make_comment(post, network="n1")
    for status in ("approved", "approved", "spam"):
        make_comment(post, status=status, network="n1")
    make_comment(post, status=Status.TRASH, network="n2")
    page = page_of(desk, comment)
    assert fact(page, "Others") == "1 spam, 2 approved"
    assert len(page.select(".others")[0].select("a")) == 3


@pytest.mark.parametrize(
    ("network", "words"), [("n1", "No other comments"), ("", "Neither a network nor an address is kept")]
)
def test_nobody_else_from_the_network(desk: Client, post: Post, network: str, words: str) -> None:
    make_comment(post, network="")
    comment = make_comment(post, network=network)
    page = page_of(desk, comment)
    assert fact(page, "Others") == words
    assert network == "" or network not in words_of(page.main)


def test_moderator_does_not_see_the_mail_address(desk: Client, post: Post) -> None:
    page = page_of(desk, make_comment(post, email="hollis@mail.example"))
    assert "hollis@mail.example" not in str(page)
    assert fact(page, "E-mail") == "Given, for the writer only"


def test_writer_sees_the_mail_address(client: Client, post: Post, mara: User) -> None:
    client.force_login(mara)
    page = page_of(client, make_comment(post, email="hollis@mail.example"))
    assert fact(page, "E-mail") == "hollis@mail.example"


def test_moderator_who_may_view_comments_sees_the_mail_address(client: Client, post: Post, sam: User) -> None:
    sam.user_permissions.add(Permission.objects.get(codename="view_comment"))
    client.force_login(sam)
    page = page_of(client, make_comment(post, email="hollis@mail.example"))
    assert fact(page, "E-mail") == "hollis@mail.example"


def test_website_is_text_and_not_a_link(desk: Client, post: Post) -> None:
    page = page_of(desk, make_comment(post, website="https://shoes.example/"))
    assert fact(page, "Website") == "https://shoes.example/"
    assert page.select("a[href*='shoes.example']") == []


def test_website_that_was_not_given_is_not_spoken_of(desk: Client, held: Comment) -> None:
    """The form does not ask for one; imported comments and mentions bring theirs."""
    assert "Website" not in page_of(desk, held).select_one(".desk-facts").text


def test_evidence_is_read_before_the_buttons(desk: Client, held: Comment) -> None:
    order = [tag.text for tag in page_of(desk, held).select(".desk-comment :is(h2, label)")]
    evidence, why = ["The filter has not judged this comment", "Person", "All like this"], ["Reason", "Note"]
    assert order[-6:] == [*evidence, *(f"{label} (optional)" for label in why), "What moderators did"]


def test_history_tells_who_did_what_when_and_why(desk: Client, held: Comment, sam: User, mara: User) -> None:
    approve(held, by=sam, now=NOON)
    trash(held, by=mara, reason=Reason(words="Sells shoes"), now=NOON)
    [latest, first] = page_of(desk, held).select(".log li")
    assert "Mara Lindqvist Moved to trash" in words_of(latest)
    assert "14 March 2026, 12:00 Approved → Trash" in words_of(latest)
    assert "Note: Sells shoes" in words_of(latest)
    assert "Sam Okoro Approved" in words_of(first)


def test_only_the_latest_deed_offers_undo(desk: Client, held: Comment, sam: User) -> None:
    approve(held, by=sam)
    deed = trash(held, by=sam)
    [form] = page_of(desk, held).select(".log form")
    assert form["action"] == reverse("desk:undo", args=[deed.pk])


def test_undone_deed_is_marked(desk: Client, held: Comment, sam: User) -> None:
    undo(trash(held, by=sam), by=sam)
    [latest, first] = page_of(desk, held).select(".log li")
    assert "Undid" in words_of(latest)
    assert "undone since" in words_of(first)
    assert "undone since" not in words_of(latest)


def test_new_comment_has_no_history(desk: Client, held: Comment) -> None:
    assert "Nothing yet." in words_of(page_of(desk, held).main)


def test_reason_field_and_buttons_are_one_form(desk: Client, held: Comment) -> None:
    form = page_of(desk, held).select_one("form.decide")
    assert form["action"] == reverse("desk:act", args=[held.pk])
    assert form.select_one("[name=reason]")["maxlength"] == "200"
    assert len(form.select("[name=reason_code] option")) == 1 + len(Deed.ReasonCode)
    assert [button["value"] for button in form.select("button")] == ["approve", "spam", "trash"]


def test_missing_comment_is_not_found(desk: Client) -> None:
    assert desk.get("/desk/comments/0123456789ab/").status_code == 404
