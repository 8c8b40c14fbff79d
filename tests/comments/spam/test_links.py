"""Links and websites, from strangers and from known commenters."""

import pytest

from comments.spam.candidate import History
from comments.spam.verdict import Decision
from tests.comments.spam.cast import KNOWN, codes, finding_of, verdict_on, whole_verdict_on

ONE_LINK = "This plan got me back: https://plan.example/return"


def links(count: int) -> str:
    return " ".join(f"https://site{number}.example/" for number in range(count))


def test_link_from_a_first_time_commenter_is_held() -> None:
    """And the commenter may be told so."""
    verdict = whole_verdict_on(text=ONE_LINK)
    assert verdict.decision is Decision.HOLD
    assert finding_of(verdict, "first_link").reader_words == "a link from a first-time commenter"


def test_link_from_a_known_commenter_is_published() -> None:
    """One approved comment is enough; `test_judging.py` asks the text model too."""
    verdict = verdict_on(History(approved_before=1), text=ONE_LINK)
    assert verdict.decision is Decision.PUBLISH
    assert "first_link" not in codes(verdict)


def test_link_in_the_name_counts() -> None:
    """The name is shown in the page as well."""
    assert "first_link" in codes(verdict_on(name="cheap-pills.com"))


def test_website_from_a_first_time_commenter_is_noted() -> None:
    """The form does not offer the field yet, so something else filled it in. The text model knows more."""
    assert codes(verdict_on(website="https://pills.example")) == ["first_website"]


def test_website_from_a_known_commenter_is_no_finding() -> None:
    """To them the form offers it."""
    assert "first_website" not in codes(verdict_on(KNOWN, website="https://ines.example"))


def test_blank_website_is_no_finding() -> None:
    """White space is not an address."""
    assert codes(verdict_on(website="  ")) == []


@pytest.mark.parametrize(
    ("count", "expected"),
    [(3, []), (4, ["links_many"]), (9, ["links_many"]), (10, ["links_flood"]), (500, ["links_flood"])],
)
def test_number_of_links_is_a_finding_whoever_sent_them(count: int, expected: list[str]) -> None:
    """Up to three go unmentioned for a known commenter."""
    found = [code for code in codes(verdict_on(KNOWN, text=links(count))) if code.startswith("links_")]
    assert found == expected


def test_list_of_links_from_a_stranger_is_held_and_spam_with_another_sign() -> None:
    """Ten links are no comment, but their number alone proves nothing."""
    assert whole_verdict_on(text=links(10)).decision is Decision.HOLD
    assert whole_verdict_on(text=links(10), form_is_ours=False).decision is Decision.SPAM


def test_few_links_are_not_spam_for_their_number() -> None:
    """A helpful reader may bring four sources, and says what they are; the text model looks at that."""
    assert verdict_on(text=links(9)).decision is not Decision.SPAM


def test_moderator_reads_the_first_three_hosts_and_how_many_more() -> None:
    """Where the links lead is what a moderator wants to know first."""
    words = finding_of(verdict_on(text=links(5)), "first_link").words
    assert words.endswith("to site0.example, site1.example, site2.example and 2 more")


def test_host_linked_twice_is_named_once() -> None:
    """The list is of places."""
    words = finding_of(verdict_on(text="https://a.example https://a.example"), "first_link").words
    assert words.endswith("to a.example")


def test_long_host_is_shortened_in_the_words() -> None:
    """A finding is a line, however long the address."""
    words = finding_of(verdict_on(text="http://" + "a" * 5_000), "first_link").words
    assert words.endswith("a" * 60 + "…")
    assert len(words) < 120
