"""Patterns on the blocklist: what they match, which are refused and why, and that bad ones answer at all."""

import pytest

from comments.blocking import block, entries_in_force
from comments.models import MAX_TEXT, BlockedTerm
from comments.patterns import MOST_PATTERNS, _compiled, matched_patterns, tidied_pattern
from comments.submit import submit_comment
from tests.comments.spam.cast import entry
from tests.makers import NOW, make_draft, make_moderator, make_post, make_sender

CALL = r"call \+?\d[\d ]{6,}"
CANNOT_LOOK = "is not known here: looking ahead or back takes no bounded time"
CANNOT_REFER = "is not known here: nothing can refer back to what a group matched"
TOO_LARGE = "This would take too long on a long comment. Repeat less often, or write .* instead of .{0,50}"
MATCHES_ALL = "This would match every comment, or nearly every one"


def matches(pattern: str, *said: str) -> bool:
    return matched_patterns([entry(pattern, "pattern")], said) == {1}


# ---------- what they match ----------
@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (CALL, "Please call +44 7700 900123 today"),
        ("^cheap", "CHEAP insoles"),
        ("insoles$", "Cheap\ninsoles"),
        ("казино", "Лучшее КАЗИНО"),
        ("cheap.*pills", "cheap and good pills"),
        (r"(?s)cheap.*pills", "cheap\nand good pills"),
        ("[😀-😟]{3}", "Great 😀😁😂"),
        (r"\p{Han}{2}", "你好世界"),
    ],
)
def test_pattern_matches_in_whatever_case_and_script(pattern: str, text: str) -> None:
    assert matches(tidied_pattern(pattern), text)


@pytest.mark.parametrize(("pattern", "text"), [(CALL, "call me"), ("cheap.*pills", "cheap\npills")])
def test_pattern_does_not_match_what_it_does_not_say(pattern: str, text: str) -> None:
    assert not matches(tidied_pattern(pattern), text)


def test_each_text_is_looked_at_by_itself() -> None:
    assert matches("^pills", "Ines", "pills")
    assert not matches("Ines.pills", "Ines", "pills")


def test_only_entries_that_are_patterns_are_looked_at() -> None:
    assert matched_patterns([entry("pills"), entry("pills", "domain")], ["pills"]) == frozenset()


def test_half_a_character_in_a_text_raises_nothing() -> None:
    assert matches("pills", "pills \ud83d")


def test_what_is_no_pattern_any_longer_matches_nothing_and_is_logged_without_its_words(caplog) -> None:
    assert not matches("pills(", "pills(")
    assert "entry 1 is no pattern" in caplog.text
    assert "pills" not in caplog.text


# ---------- which are refused ----------
@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("a(?=b)", f"“(?=” {CANNOT_LOOK}"),
        ("a(?!b)", f"“(?!” {CANNOT_LOOK}"),
        ("(?<=a)b", f"“(?<=” {CANNOT_LOOK}"),
        (r"(ab)\1", f"“\\1” {CANNOT_REFER}"),
        (r"pills\Z", r"“\Z” is not known here"),
        ("(?x)pills", "“(?x” is not known here"),
        ("a{2000}", "The repeat “{2000}” is too large, by itself or within another, or upside down"),
        ("(a{100}){100}", "The repeat “{100}” is too large, by itself or within another, or upside down"),
        ("(x{1,50}){1,20}", TOO_LARGE),
        (r"\pL{50}\pN{3}", TOO_LARGE),
        (".{200}", TOO_LARGE),
        ("pills(", "A bracket is opened with “(” and not closed"),
        ("pills)", "A bracket is closed with “)” and not opened"),
        ("pills[a", "A bracket is opened with “[” and not closed: “[a”"),
        ("[z-a]", "“z-a” is no range of characters"),
        ("a**", "“**” repeats a repeat"),
        ("*pills", "There is nothing before “*” to repeat"),
        ("pills\\", "The pattern ends in a backslash; two of them mean one"),
        ("x" * 201, "Shorten the pattern to 200 characters; it has 201"),
    ],
)
def test_pattern_is_refused_in_plain_words(typed: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refusal:
        tidied_pattern(typed)
    assert str(refusal.value) == reason


@pytest.mark.parametrize(
    "typed", ["(a*)*", "x?", "^", "$", r"\b", r"\b|pills", "()", ".", r"[\s\S]+", "pills|"]
)
def test_pattern_that_would_match_everything_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=MATCHES_ALL):
        tidied_pattern(typed)


@pytest.mark.parametrize(
    "typed",
    ["..", ".{3}", ".{20}", r"\S\S", ".+.+", "[^q][^q]", r"[^@]{12}", " ", r"\s", "^.*.$", r"\pL|\d|."],
)
def test_pattern_that_nearly_every_comment_matches_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=MATCHES_ALL):
        tidied_pattern(typed)


@pytest.mark.parametrize("typed", [r"\S{20}", r"\p{Han}", "[а-я]{3}", r"\d{6}", "[😀-😟]", " pills "])
def test_pattern_that_only_some_kinds_of_text_match_is_taken(typed: str) -> None:
    assert tidied_pattern(typed) == typed


def test_more_patterns_are_remembered_than_may_be_in_force() -> None:
    """From one more on, each comment would have all of them made anew."""
    assert _compiled.cache_parameters()["maxsize"] > MOST_PATTERNS


# ---------- bounded time ----------
@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a*)*b", "a" * MAX_TEXT),
        ("(a|aa)+$", "a" * (MAX_TEXT - 1) + "!"),
        (".*.*.*x", "a" * MAX_TEXT),
        ("(a|b)*a(a|b){50}x", "ab" * (MAX_TEXT // 2)),
        ("(x+x+)+y", "x" * MAX_TEXT),
        (r"(\w+\s?)+!", "word " * (MAX_TEXT // 5)),
        ("🌀?[🌀-🌔]{20}[^x]🌞", "🌀🌁" * (MAX_TEXT // 2)),
    ],
)
def test_pattern_that_goes_back_for_ever_elsewhere_answers_here(pattern: str, text: str) -> None:
    """With Python's own `re` most of these would not end before the sun does."""
    assert not matches(tidied_pattern(pattern), text)


# ---------- in the filter ----------
@pytest.mark.django_db
@pytest.mark.usefixtures("silent_text_model")
@pytest.mark.parametrize(
    "said",
    [
        {"text": "Just call +44 7700 900123 now"},
        {"text": "Mine took six weeks.", "name": "Call 0770 0900123"},
        {"text": "Mine took six weeks.", "website": "https://mail.example/call%20/call 77009001234"},
    ],
)
def test_comment_with_a_pattern_in_text_name_or_website_is_held_and_the_hit_counted(said: dict) -> None:
    term = BlockedTerm(kind="pattern", value=CALL, strength="hold", note="sells calls")
    block(term, by=make_moderator(), now=NOW)
    said = dict(said)
    draft = make_draft(said.pop("text"), **said)
    comment = submit_comment(draft, post=make_post(), sender=make_sender(), now=NOW).comment
    assert comment.status == "held"
    words = [finding["words"] for finding in comment.findings]
    assert f"On the blocklist: the pattern “{CALL}” (sells calls)" in words
    term.refresh_from_db()
    assert term.hits == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("silent_text_model")
def test_pattern_does_not_see_the_mail_address() -> None:
    """Or whoever may write patterns could ask for addresses letter by letter."""
    block(BlockedTerm(kind="pattern", value="mail.example", strength="spam"), by=make_moderator(), now=NOW)
    draft = make_draft(email="ines@mail.example")
    comment = submit_comment(draft, post=make_post(), sender=make_sender(), now=NOW).comment
    assert (comment.status, len(entries_in_force(NOW))) == ("approved", 1)
