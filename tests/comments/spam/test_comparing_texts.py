"""Which texts count as the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.text import fingerprint, normalise_for_comparison

PLAIN = "My knee hurts, too. What helped?"

# Accents of different classes, which normalising has to sort, and characters that decompose into accents.
ACCENTS = st.text(alphabet="\u0301\u0327\u0345\u0f73\u3099\uff9e\u200be\u00e9", max_size=120)


@pytest.mark.parametrize(
    "disguise",
    [
        "my KNEE hurts, TOO. what helped?",
        "My  knee\n\nhurts,\ttoo. What   helped?  ",
        "My knee hurts too - what helped?!!!",
        "Ｍｙ ｋｎｅｅ ｈｕｒｔｓ， ｔｏｏ． Ｗｈａｔ ｈｅｌｐｅｄ？",
        "𝐌𝐲 𝐤𝐧𝐞𝐞 𝐡𝐮𝐫𝐭𝐬, 𝐭𝐨𝐨. 𝐖𝐡𝐚𝐭 𝐡𝐞𝐥𝐩𝐞𝐝?",
        "My kn\u200bee hu\u00adrts, t\u2060oo. What help\ufeffed?",
        "My kn\ufe0fee hurts, too. What help\u034fed?",
        "\u202eMy knee hurts, too. What helped?\u202c",
        "My\u00a0knee hurts… “too”. What helped",
    ],
    ids=[
        "capitals",
        "spacing",
        "punctuation",
        "width",
        "styled letters",
        "zero width",
        "selectors",
        "direction",
        "quotes",
    ],
)
def test_disguised_text_counts_as_the_same(disguise: str) -> None:
    """Case, spacing, punctuation, width and invisible characters do not make a text a new one."""
    assert fingerprint(disguise) == fingerprint(PLAIN)


def test_accents_compare_equal_however_they_are_encoded() -> None:
    """One character or letter plus accent: readers see the same word."""
    assert normalise_for_comparison("cafe\u0301") == normalise_for_comparison("caf\u00e9") == "caf\u00e9"


def test_sharp_s_compares_equal_to_its_capitals() -> None:
    """Case folding goes further than lower case."""
    assert fingerprint("Straße") == fingerprint("STRASSE")


@pytest.mark.parametrize(
    "other", ["My hip hurts, too. What helped?", PLAIN + " Ice", "Knee hurts, too. What helped?"]
)
def test_different_words_stay_different(other: str) -> None:
    """A changed, added or missing word makes another text."""
    assert fingerprint(other) != fingerprint(PLAIN)


def test_emoji_stay_so_that_wordless_comments_differ() -> None:
    """A heart and a flame are two comments, though neither has a letter."""
    assert fingerprint("❤") != fingerprint("🔥")


def test_accents_that_carry_meaning_stay() -> None:
    """Hindi and Thai vowels are marks, not decoration."""
    assert normalise_for_comparison("कि") != normalise_for_comparison("की")


def test_accents_spread_over_a_long_text_all_stay() -> None:
    """The limit is on accents in a row, not on accents."""
    text = "déjà vu, très ancien " * 40
    assert normalise_for_comparison(text) == ("déjà vu très ancien " * 40).strip()


def test_punctuation_alone_normalises_to_nothing() -> None:
    """Nothing is left to compare."""
    assert normalise_for_comparison(" ?! … — ") == ""


def test_fingerprint_is_the_sha256_of_the_normalised_text() -> None:
    """A known value, so that stored fingerprints stay comparable between releases."""
    assert fingerprint("  THANK you! ") == "844347e54f00c4b97fe4736909730faaf8365292b076ea5a1378ebd1b0fd3bbb"


def test_fingerprint_of_a_lone_surrogate_does_not_raise() -> None:
    """Half a character cannot be encoded, yet may arrive."""
    assert len(fingerprint("\ud800")) == 64


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Stored normalised text may be normalised again."""
    once = normalise_for_comparison(text)
    assert normalise_for_comparison(once) == once


@given(ACCENTS)
def test_normalising_heaps_of_accents_twice_changes_nothing(text: str) -> None:
    """The limit on accents cuts the first time or never."""
    once = normalise_for_comparison(text)
    assert normalise_for_comparison(once) == once


@given(st.text())
def test_normalised_text_has_single_spaces_inside_only(text: str) -> None:
    """Words are separated by one space, and none stands at the ends."""
    normalised = normalise_for_comparison(text)
    assert normalised == " ".join(normalised.split())


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("\u0301\u0327", 30),
        ("\u0f73", 30),
        ("\uff9e\u0316", 30),
        ("\u200b", 0),
        ("!?", 0),
        ("a", 100_000),
        ("a.", 99_999),
    ],
    ids=["accents", "double accents", "voicing marks", "zero width", "punctuation", "one word", "dots"],
)
def test_hostile_hundred_kilobytes_are_normalised(pattern: str, expected: int) -> None:
    """Texts made to keep a normaliser busy come out short or whole, by the limit on accents."""
    text = (pattern * 100_000)[:100_000]
    assert len(normalise_for_comparison(text)) == expected


@given(st.text(), st.text())
def test_each_part_of_a_text_is_seen_alike_whatever_else_it_holds(one: str, other: str) -> None:
    """A text of plain letters takes a shorter way; one odd character elsewhere changes nothing else."""
    apart = f"{normalise_for_comparison(one)} {normalise_for_comparison(other)}".strip()
    assert normalise_for_comparison(f"{one}\n{other}\n\u200b") == " ".join(apart.split())
