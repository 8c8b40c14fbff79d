"""When texts are nearly the same, and how one is found among many."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.shingles import BANDS, SIMILAR_FROM, similarity, sketch
from tests.comments.spam.cast import HONEST_TEXT
from tests.stopwatch import seconds_for

TEMPLATE = (
    "Hello dear admin, I found your {adjective} blog by chance and it helped me with my project on {topic}. "
    "Please visit my page as well and tell your readers about {product} from our shop."
)
PITCH = TEMPLATE.format(adjective="wonderful", topic="knees", product="insoles")
SAME_PITCH = TEMPLATE.format(adjective="great", topic="running", product="supplements")


def shares_a_band(one: str, other: str) -> bool:
    return not set(sketch(one)).isdisjoint(sketch(other))


def words(draw: random.Random, number: int) -> list[str]:
    return [f"word{draw.randrange(2_000)}" for _ in range(number)]


def test_template_filled_in_twice_is_found_and_similar() -> None:
    """Three of some thirty words differ."""
    assert shares_a_band(PITCH, SAME_PITCH)
    assert similarity(PITCH, SAME_PITCH) >= SIMILAR_FROM


def test_other_case_punctuation_and_invisible_characters_change_nothing() -> None:
    """Sketches are made of normalised words."""
    disguised = PITCH.upper().replace(",", " - ").replace("blog", "bl\u200bog")
    assert sketch(disguised) == sketch(PITCH)
    assert similarity(disguised, PITCH) == 1


def test_two_honest_texts_are_not_similar() -> None:
    """Though they are about the same."""
    other = "Mine came back twice. I walked every descent for two months, and only then ran on grass again."
    assert similarity(HONEST_TEXT, other) < 0.1


def test_quotation_with_as_many_own_words_is_not_a_near_duplicate() -> None:
    """Who answers what was taken down may have quoted it."""
    assert similarity(f"{HONEST_TEXT}\n\n{PITCH}", PITCH) < SIMILAR_FROM + 0.05
    assert similarity(f"{HONEST_TEXT}\n\n{HONEST_TEXT[::-1]}\n\n{PITCH}", PITCH) < SIMILAR_FROM


@pytest.mark.parametrize(
    "text", ["", "👍", "Thank you so much for this, Mara!", "one two three four five six seven"]
)
def test_few_words_have_no_sketch(text: str) -> None:
    """Polite phrases are all alike."""
    assert sketch(text) == ()


def test_eight_words_have_a_sketch_of_eight_bands() -> None:
    """Each fits a signed 64-bit column."""
    bands = sketch("one two three four five six seven eight")
    assert len(bands) == BANDS
    assert all(0 <= band < 2**63 for band in bands)


def test_characters_of_scripts_without_spaces_count_as_words() -> None:
    """A Chinese sentence is one run of characters."""
    assert sketch("我去年春天也有同样的伤痛慢慢走下坡路六个星期") != ()


def test_sketch_is_the_same_on_every_machine() -> None:
    """It is stored: another hash would make all stored ones useless."""
    assert sketch("one two three four five six seven eight")[:2] == (5870926784468363565, 4279080903854088477)


@pytest.mark.parametrize(("changed", "found"), [(0.05, 0.97), (0.1, 0.9)])
def test_most_near_duplicates_share_a_band(changed: float, found: float) -> None:
    """Of random texts in which so many of the words are replaced."""
    draw = random.Random(3)
    hits = 0
    for _ in range(200):
        text = words(draw, 60)
        other = [draw.choice(words(draw, 1)) if draw.random() < changed else word for word in text]
        hits += shares_a_band(" ".join(text), " ".join(other))
    assert hits >= found * 200


def test_few_unrelated_texts_share_a_band() -> None:
    """Or each comment would be compared with all."""
    draw = random.Random(4)
    pairs = [(" ".join(words(draw, 60)), " ".join(words(draw, 60))) for _ in range(300)]
    assert sum(shares_a_band(one, other) for one, other in pairs) <= 3


def test_ten_thousand_characters_are_sketched_quickly() -> None:
    draw = random.Random(5)
    text = " ".join(words(draw, 2_000))[:10_000]
    sketch(text)
    assert seconds_for(lambda: sketch(text)) < 0.005


@given(st.text(), st.text())
def test_similarity_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    """Whatever the texts."""
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, other) == similarity(other, one)
