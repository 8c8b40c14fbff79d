"""What the moderators' blocklist matches, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.blocklist import blocked_by, tidied
from comments.spam.candidate import Blocked, History
from comments.spam.verdict import Decision
from tests.comments.spam.cast import blocking, candidate, codes, entry, finding_of, verdict_on
from tests.stopwatch import seconds_for


def matches(value: str, kind: str = "word", **changes: object) -> bool:
    """Whether an entry, typed so, matches the comment."""
    typed = entry(tidied(Blocked(kind), value), kind)
    return blocked_by(candidate(**changes), [typed]) == [typed]


# ---------- words ----------
@pytest.mark.parametrize(
    "text",
    [
        "Buy cialis now",
        "CIALIS!",
        "Ｃｉａｌｉｓ",
        "ci\u200balis",
        "сiаlis",
        "c1ali5",
        "cíàlis",
        "c.i.a.l.i.s",
        "c i a l i s",
        "c-i-a-l-i-s cheap",
        "cia.lis",
        "(cialis)",
    ],
)
def test_word_matches_however_it_is_dressed(text: str) -> None:
    """Case, width, invisible characters, look-alikes, digits, accents, dots and spaces."""
    assert matches("cialis", text=text)


@pytest.mark.parametrize(
    "text", ["Ask a specialist", "cialisation", "Socialist", "a cia list", "", "👍", "c i a", "specia-list"]
)
def test_word_matches_whole_words_only(text: str) -> None:
    """An honest comment that has the letters in it is left alone."""
    assert not matches("cialis", text=text)


def test_word_in_the_name_matches() -> None:
    """It stands on the page as well."""
    assert matches("cialis", name="Cialis Online")


@pytest.mark.parametrize(
    ("value", "text", "is_match"),
    [
        ("casino*", "casinos", True),
        ("casino*", "onlinecasino", False),
        ("*casino", "onlinecasino", True),
        ("*casino", "casinos", False),
        ("*casino*", "onlinecasinos", True),
        ("casino*", "casino", True),
        ("no deposit bonus", "A no-deposit bonus!", True),
        ("no deposit bonus", "no bonus deposit", False),
        ("cheap* pill*", "cheapest pills", True),
        ("cheap* pill*", "cheap blue pills", False),
        ("赌博", "在线赌博网站", True),
        ("казино", "Лучшее КАЗИНО", True),
    ],
)
def test_stars_phrases_and_other_scripts(value: str, text: str, is_match: bool) -> None:
    """A star goes on with anything, inside its word."""
    assert matches(value, text=text) is is_match


@pytest.mark.parametrize("text", ["455 miles", "I ran 50 of them", "It was so-so"])
def test_numbers_are_no_words(text: str) -> None:
    """Though 4 looks like an a and 5 like an s."""
    assert not matches("ass", text=text)
    assert not matches("sos", text=text)


@pytest.mark.parametrize("value", [".*", "[a-z]+", "a|b", "c.alis", "(cialis|viagra)", "\\w+", "cial?s"])
def test_signs_of_patterns_mean_themselves(value: str) -> None:
    """Nothing but the star has a meaning."""
    assert not blocked_by(candidate(text="cialis b c d"), [entry(value)])


def test_pattern_that_would_keep_others_busy_for_ever_is_answered_at_once() -> None:
    """Nothing can backtrack, because nothing is a pattern."""
    evil = [entry("(a+)+$"), entry("*a* *a* *a* b"), entry("aaa* " * 40)]
    comments = [candidate(text=text) for text in ("a" * 10_000, "a " * 5_000)]
    assert seconds_for(lambda: [blocked_by(comment, evil) for comment in comments]) < 0.1


# ---------- domains and addresses ----------
@pytest.mark.parametrize(
    "changes",
    [
        {"text": "See https://pills.example/x"},
        {"text": "See https://www.shop.pills.example"},
        {"text": "[here](http://PILLS.example)"},
        {"website": "https://pills.example"},
        {"text": "https://user@pills.example:8080/"},
    ],
)
def test_domain_matches_links_to_it_and_below_it(changes: dict[str, object]) -> None:
    """In the text or as the website."""
    assert matches("https://www.pills.example/page", "domain", **changes)


@pytest.mark.parametrize("text", ["https://notpills.example", "https://pills.example.org", "pills example"])
def test_domain_leaves_others_alone(text: str) -> None:
    """Whose names only end or begin alike."""
    assert not matches("pills.example", "domain", text=text)


@pytest.mark.parametrize(
    ("value", "changes", "is_match"),
    [
        ("Bad@Mail.example", {"email": "bad@mail.example"}, True),
        ("bad@mail.example", {"email": "good@mail.example"}, False),
        ("@mail.example", {"email": "anybody@sub.mail.example"}, True),
        ("mail.example", {"email": "anybody@mail.example"}, True),
        ("@mail.example", {"email": "anybody@gmail.example"}, False),
        ("bad@mail.example", {"text": "Write to me (bad@mail.example)."}, True),
        ("bad@mail.example", {"email": ""}, False),
    ],
)
def test_address_matches_sender_and_text(value: str, changes: dict[str, object], is_match: bool) -> None:
    """One address, or all of a domain."""
    assert matches(value, "address", **changes) is is_match


# ---------- what may be on the list ----------
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("word", ""),
        ("word", "*"),
        ("word", "!!!"),
        ("word", "a"),
        ("word", "*ab*"),
        ("word", "cheap a*"),
        ("domain", ""),
        ("domain", "example"),
        ("domain", "two.example words"),
        ("domain", "*.example.com"),
        ("domain", "name@example.com"),
        ("address", "name"),
        ("address", "name@"),
        ("address", "a@b@c.example"),
        ("address", "*@example.com"),
    ],
)
def test_entry_that_matches_everything_or_nothing_is_refused(kind: str, value: str) -> None:
    """With a sentence that says what to type."""
    with pytest.raises(ValueError, match=r"^(Enter|Beside) "):
        tidied(Blocked(kind), value)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("word", "  No   Deposit BONUS ", "no deposit bonus"),
        ("domain", "HTTPS://www.Pills.Example/buy?x=1", "pills.example"),
        ("domain", "shop.pills.example", "shop.pills.example"),
        ("address", "Name@Example.COM", "name@example.com"),
        ("address", "example.com", "@example.com"),
    ],
)
def test_entry_is_kept_tidy(kind: str, typed: str, kept: str) -> None:
    """So that the same is not on the list twice."""
    assert tidied(Blocked(kind), typed) == kept
    assert tidied(Blocked(kind), kept) == kept


@given(kind=st.sampled_from(Blocked), typed=st.text(), text=st.text())
def test_anything_typed_is_an_entry_or_refused_in_words(kind: Blocked, typed: str, text: str) -> None:
    """And never raises anything else, at the desk or when a comment comes."""
    try:
        value = tidied(kind, typed)
    except ValueError:
        return
    blocked_by(candidate(text=text, email=text), [entry(value, kind)])


# ---------- the rule ----------
def test_hold_entry_holds_and_says_which_and_why() -> None:
    """The note is there for the other moderators."""
    verdict = verdict_on(blocking(entry("downhills", note="asks for coaching")))
    assert verdict.decision is Decision.HOLD
    finding = finding_of(verdict, "blocked_hold")
    assert finding.words == "On the blocklist: the word “downhills” (asks for coaching)"
    assert finding.reader_words == "something that a moderator always looks at here"


def test_hold_entry_holds_well_known_commenters_too() -> None:
    """Whoever wants to see a word wants to see it."""
    history = History(blocked=(entry("downhills"),), approved_before=500)
    assert verdict_on(history).decision is Decision.HOLD


def test_several_hold_entries_hold_and_no_more() -> None:
    """Three words of which each should be looked at are still only to be looked at."""
    verdict = verdict_on(blocking(*(entry(word) for word in ("pull", "spring", "walking", "grass"))))
    assert codes(verdict) == ["blocked_hold"]
    assert finding_of(verdict, "blocked_hold").words.endswith("the word “walking” and 1 more")
    assert verdict.decision is Decision.HOLD


def test_spam_entry_makes_spam_by_itself_and_hides_the_others() -> None:
    """And the commenter is told nothing."""
    verdict = verdict_on(blocking(entry("spring"), entry("downhills", strength="spam")))
    assert codes(verdict) == ["blocked_spam"]
    assert verdict.decision is Decision.SPAM
    assert finding_of(verdict, "blocked_spam").reader_words is None


def test_spam_entry_makes_spam_of_anybodys_comment() -> None:
    """Only the team's own are never compared."""
    history = History(blocked=(entry("downhills", strength="spam"),), approved_before=500)
    assert verdict_on(history).decision is Decision.SPAM


def test_mail_address_is_not_named_beside_the_comment() -> None:
    """Moderators see no addresses, and this would show them the commenter's."""
    verdict = verdict_on(blocking(entry("ines@mail.example", "address")), email="ines@mail.example")
    assert finding_of(verdict, "blocked_hold").words == "On the blocklist: a mail address"


def test_network_matches_its_own_and_is_not_named() -> None:
    """What it is called is a hash; what is unknown is nobody's."""
    assert blocked_by(candidate(), [entry("3f1c9a", "network")])
    assert not blocked_by(candidate(), [entry("3f1c9b", "network")])
    assert not blocked_by(candidate(network=""), [entry("", "network")])
    verdict = verdict_on(blocking(entry("3f1c9a", "network", note="insults")))
    assert finding_of(verdict, "blocked_hold").words == "On the blocklist: a network (insults)"


@pytest.mark.parametrize(("value", "kind"), [("3f1c9a", "network"), ("ines@mail.example", "address")])
def test_commenter_is_not_told_that_they_are_meant(value: str, kind: str) -> None:
    """But of a word beside it, as ever."""
    for entries, is_told in (([entry(value, kind)], False), ([entry(value, kind), entry("spring")], True)):
        finding = finding_of(verdict_on(blocking(*entries), email="ines@mail.example"), "blocked_hold")
        assert (finding.reader_words is not None) is is_told


def test_pattern_matches_when_the_caller_says_so_and_is_named() -> None:
    """The filter itself cannot look."""
    history = History(blocked=(entry("s.ring", "pattern"),), patterns_matched=frozenset({1}))
    assert finding_of(verdict_on(history), "blocked_hold").words == "On the blocklist: the pattern “s.ring”"
    assert codes(verdict_on(blocking(entry("s.ring", "pattern")))) == []


def test_comment_that_matches_nothing_has_no_finding() -> None:
    """However long the list."""
    assert codes(verdict_on(blocking(*(entry(f"word{number}") for number in range(500))))) == []


def test_two_thousand_entries_take_little_time() -> None:
    """On a text of ten thousand characters."""
    entries = [entry(f"casino{number}*") for number in range(1_000)] + [
        entry(f"free spin {n}") for n in range(1_000)
    ]
    text = ("casino free spin deposit " * 400)[:10_000]
    blocked_by(candidate(text=text), entries)
    assert seconds_for(lambda: blocked_by(candidate(text=text), entries)) < 0.5
