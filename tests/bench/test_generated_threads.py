"""Generated threads look like real ones and are the same on every machine."""

from datetime import timedelta
from random import Random

import pytest

from bench import content, words
from bench.threads import RECENT, depths_of, make_thread

DEEPEST = 5


@pytest.fixture(scope="module")
def thread():
    return make_thread(1_000, seed=1)


def test_same_seed_gives_the_same_thread():
    assert make_thread(65, seed=3) == make_thread(65, seed=3)
    assert make_thread(65, seed=3) != make_thread(65, seed=4)


def test_short_thread_is_the_beginning_of_a_long_one(thread):
    """So their first pages differ only in how much comes after them."""
    assert make_thread(65, seed=1) == thread[:65]


def test_thread_of_65_fits_on_one_page(thread):
    assert sum(said.answers is None for said in thread[:65]) <= 30


def test_only_earlier_and_recent_comments_are_answered(thread):
    gaps = [index - said.answers for index, said in enumerate(thread) if said.answers is not None]
    assert min(gaps) >= 1
    assert max(gaps) <= RECENT


def test_threads_are_nested_down_to_the_deepest_level(thread):
    assert set(depths_of(thread, deepest=DEEPEST)) == set(range(DEEPEST + 1))


def test_answers_below_the_deepest_level_stand_beside_what_they_answer(thread):
    depths = depths_of(thread, deepest=DEEPEST)
    beside = [
        depths[index]
        for index, said in enumerate(thread)
        if said.answers is not None and depths[said.answers] == DEEPEST
    ]
    assert beside
    assert set(beside) == {DEEPEST}


def test_comments_have_the_lengths_of_real_ones(thread):
    lengths = sorted(len(said.text) for said in thread)
    assert 150 < lengths[500] < 300
    assert lengths[100] < 100
    assert 700 < lengths[990] < 2_500


def test_posted_texts_hardly_ever_meet():
    """Two equal texts would be one comment, or held as a repetition."""
    texts = {words.published_text(Random(f"comment {number}"), "Ines") for number in range(500)}
    assert len(texts) == 500


def test_posts_are_young_enough_to_take_comments_at_once(settings):
    """Else each comment that the benchmark posts would wait for a moderator."""
    assert timedelta(days=settings.COMMENT_MODERATE_AFTER_DAYS) > content.AGE
