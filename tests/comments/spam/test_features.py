"""What the text model sees: words, pairs, runs of letters, hosts, bins, each group of one length."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comments.spam.features import (
    HOST_BUCKETS,
    LINK_WORD,
    TEXT_BUCKETS,
    features_of,
    host_features,
    letters_of,
    text_features_of,
    value_in,
    word_bucket,
)
from comments.spam.reading import read
from comments.spam.shape import Shape
from comments.spam.traits import SAYS
from tests.comments.spam.cast import candidate
from tests.comments.spam.test_hostile_input import STRANGE_TEXT

PLAIN = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=80)


def test_words_and_pairs_are_features_that_can_be_read() -> None:
    """A link counts as a word."""
    words = text_features_of(read("Buy PILLS at https://a.example")).words
    assert set(words.values()) == {
        "buy",
        "pills",
        "at",
        LINK_WORD,
        "buy pills",
        "pills at",
        f"at {LINK_WORD}",
    }
    assert all(word_bucket(word) == bucket for bucket, word in words.items())


def test_numbers_are_all_alike() -> None:
    """So are gaps and capitals."""
    assert letters_of("Only  $49\n now") == letters_of("only $12 NOW") == "only $00 now"


def test_word_and_run_of_the_same_letters_are_two_features() -> None:
    """The word “run” says something else than “run” inside “prune”."""
    text = text_features_of(read("run"))
    assert not set(text.words) & set(text.runs)


def test_host_is_taken_apart() -> None:
    """Its ending, its words, and runs of four that know where a word begins and ends."""
    assert list(host_features("my-shoe.example")) == [
        "my-shoe.example",
        ".example",
        "^my$",
        "^my$",
        "^shoe$",
        "^sho",
        "shoe",
        "hoe$",
    ]


def test_host_features_lead_to_the_host() -> None:
    """A moderator is shown which."""
    hosts = text_features_of(read("https://a.example and https://b.example")).hosts
    assert set(hosts.values()) == {"a.example", "b.example"}
    assert all(0 <= bucket < HOST_BUCKETS for bucket in hosts)


@given(PLAIN)
@example("A A*A")
def test_runs_of_plain_letters_are_the_same_in_any_company(text: str) -> None:
    """ASCII is hashed a quicker way; letters beyond it must not change the others' buckets. They come as a
    word, for a single letter more may make a disguised word of letters that stand apart."""
    plain, mixed = text_features_of(read(text)), text_features_of(read(f"{text} été"))
    assert plain.letters == mixed.letters.removesuffix("été").strip() or not plain.letters
    assert set(plain.runs) <= set(mixed.runs)


@given(PLAIN)
def test_place_of_a_run_is_its_middle_where_it_first_stands(text: str) -> None:
    """Which word a moderator is told of depends on it."""
    features = text_features_of(read(text))
    for place in features.runs.values():
        assert 0 < place < len(features.letters)


@given(st.lists(st.integers(), unique=True, min_size=1), st.sampled_from([0.5, 1.0]))
def test_group_has_its_length_however_many_there_are(group: list[int], length: float) -> None:
    """A long text doesn't drown its own links."""
    assert math.sqrt(len(group) * value_in(group, length) ** 2) == pytest.approx(length)


def test_empty_group_has_no_value() -> None:
    """Rather than a division by nothing."""
    assert value_in([], 1.0) == 0.0


@given(STRANGE_TEXT)
def test_any_text_has_features(text: str) -> None:
    """Every number lies in its table, and every trait has its bin."""
    shape = Shape({name: [0.5] for name in SAYS}, {"links": [0.5], "praise": [0.1]})
    features = features_of(candidate(text=text, name=text, website=text), shape)
    assert all(0 <= bucket < TEXT_BUCKETS for bucket in (*features.text.words, *features.text.runs))
    assert len(features.bins) == len(SAYS)
    assert len(features.pairs) == 1
    assert list(features.traits) == list(SAYS)
