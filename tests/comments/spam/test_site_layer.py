"""What a site's lessons do to a verdict: they add up, can be taken back exactly, and cannot run away."""

import dataclasses
import math
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from comments.spam.features import features_of
from comments.spam.prior import shipped_prior
from comments.spam.site_layer import (
    FEWEST_SHADOWS,
    MOST_POINTS,
    NO_POINTS,
    Lesson,
    SiteLayer,
    SitePoints,
    lesson_from,
)
from tests.comments.spam.cast import HONEST_TEXT, candidate

SALE = "Carbon plate trainers at half price, order today from https://cheap-shoes.example/sale"

words = st.sampled_from(["calf", "hill", "easy", "shoes", "cheap", "today", "rest", "https://a.example/x"])
texts = st.one_of(st.lists(words, min_size=1, max_size=12).map(" ".join), st.text(max_size=60))
lessons = st.lists(
    st.builds(
        lambda text, name, is_spam: lesson(text, is_spam=is_spam, name=name), texts, words, st.booleans()
    ),
    max_size=8,
)


def lesson(text: str, *, is_spam: bool, **changes: object) -> Lesson:
    return lesson_from(candidate(text=text, **changes), is_spam=is_spam, prior=shipped_prior())


def layer_of(*taught: Lesson) -> SiteLayer:
    return SiteLayer().changed(1, learned=taught)


def points(layer: SiteLayer, text: str, *, name: str = "Ines", website: str = "") -> SitePoints:
    features = features_of(candidate(text=text, name=name, website=website), shipped_prior().shape)
    return layer.points(features, name=name, website=website)


def with_tests(layer: SiteLayer, *tests: Lesson) -> SiteLayer:
    return layer.changed(2, shadows=tests)


def test_nothing_taught_says_nothing() -> None:
    assert points(SiteLayer(), SALE) == NO_POINTS


def test_what_is_taught_changes_the_opinion_of_its_like() -> None:
    ham = [lesson(f"{HONEST_TEXT} {number}", is_spam=False) for number in range(5)]
    spam = [lesson(f"My grandmother's knee oil heals number {number}", is_spam=True) for number in range(5)]
    layer = layer_of(*ham, *spam)
    assert points(layer, "Try the knee oil of my grandmother").total > 0.5
    assert points(layer, "Walking the downhills helped for six weeks").total < 0


def test_a_site_with_much_spam_does_not_suspect_every_comment() -> None:
    """That most of a site's comments are spam says nothing about a new word among them."""
    spam = [lesson(f"knee oil sample {'abcdefghij'[number % 10] * 9}", is_spam=True) for number in range(60)]
    assert abs(points(layer_of(*spam), "Пробежал утром вдоль реки").total) < 1


def test_names_and_websites_are_learned() -> None:
    taught = [
        lesson(
            f"Thanks {n}",
            is_spam=n % 2 == 0,
            name=("Knee Oil", "Bo")[n % 2],
            website=("https://oil.example", "")[n % 2],
        )
        for n in range(20)
    ]
    found = points(layer_of(*taught), "Thanks", name="Knee Oil", website="https://oil.example")
    strongest = {part.label for part in found.contributions[:4]}
    assert strongest & {"knee", "oil", "oil.example"}


@given(lessons, texts)
@settings(max_examples=60, deadline=None)
def test_contributions_sum_to_the_total(taught: list[Lesson], text: str) -> None:
    found = points(layer_of(*taught), text)
    parts = [part.points for part in found.contributions]
    assert sum(parts) == math.fsum(parts) == sum(reversed(parts)) == found.total
    assert abs(found.total) <= MOST_POINTS


@given(lessons, lessons)
@settings(max_examples=60, deadline=None)
def test_lesson_taken_back_was_never_learned(kept: list[Lesson], undone: list[Lesson]) -> None:
    before = layer_of(*kept)
    after = before.changed(1, learned=undone).changed(1, forgotten=undone)
    assert after == before


@given(lessons, st.randoms())
@settings(max_examples=60, deadline=None)
def test_order_does_not_matter(taught: list[Lesson], chance: random.Random) -> None:
    shuffled = chance.sample(taught, len(taught))
    one_by_one = SiteLayer()
    for each in shuffled:
        one_by_one = one_by_one.changed(1, learned=[each])
    assert dataclasses.replace(one_by_one, number=1) == layer_of(*taught)


@given(st.text(), st.text(), st.text())
@settings(max_examples=100, deadline=None)
def test_no_text_makes_it_raise(text: str, name: str, website: str) -> None:
    taught = lesson(text, is_spam=True, name=name, website=website)
    points(layer_of(taught), text, name=name, website=website)


def test_half_surrogates_and_heaps_do_not_raise() -> None:
    hostile = [
        "\ud800 half",
        "a" * 10_000,
        "\u0301" * 5_000,
        "[url=" * 2_000,
        "\x00\u202e",
        "https://" + "x." * 4_000,
    ]
    for text in hostile:
        taught = lesson(text, is_spam=True, name=text, website=text)
        points(layer_of(taught), text, name=text, website=text)


def test_however_often_the_same_is_taught_its_points_are_bounded() -> None:
    layer = layer_of(*[lesson(HONEST_TEXT, is_spam=True)] * 300, *[lesson(SALE, is_spam=False)] * 300)
    assert abs(points(layer, HONEST_TEXT).total) <= MOST_POINTS
    assert abs(points(layer, SALE).total) <= MOST_POINTS


def test_verdict_that_the_prior_holds_for_unlikely_teaches_less() -> None:
    taught = lesson(HONEST_TEXT, is_spam=True)
    expected = layer_of(dataclasses.replace(taught, log_odds=-0.5))
    slip = layer_of(dataclasses.replace(taught, log_odds=-1.0))
    assert slip.all_wrong < 0.3 * expected.all_wrong


def test_spoilt_layer_says_nothing() -> None:
    bad = layer_of(
        *[lesson(f"{HONEST_TEXT} {number}", is_spam=True) for number in range(30)],
        lesson(SALE, is_spam=False),
    )
    honest = lesson(HONEST_TEXT, is_spam=False)
    spoilt = with_tests(bad, *[honest] * FEWEST_SHADOWS)
    assert points(bad, HONEST_TEXT).total > 0
    assert spoilt.is_spoilt
    assert points(spoilt, HONEST_TEXT) == NO_POINTS


def test_fewer_tests_prove_nothing() -> None:
    bad = layer_of(*[lesson(HONEST_TEXT, is_spam=True)] * 30)
    assert not with_tests(bad, *[lesson(HONEST_TEXT, is_spam=False)] * (FEWEST_SHADOWS - 1)).is_spoilt


def test_layer_that_passes_its_tests_is_not_spoilt() -> None:
    good = layer_of(*[lesson(f"knee oil {number}", is_spam=True) for number in range(30)])
    assert not with_tests(good, *[lesson("knee oil", is_spam=True)] * FEWEST_SHADOWS).is_spoilt
