"""Which lessons count: one text three times, one commenter five times a day, the newest two thousand."""

from hypothesis import given
from hypothesis import strategies as st

from comments.spam.lessons import (
    MOST_LESSONS,
    MOST_OF_CAMPAIGN,
    MOST_OF_COMMENTER_A_DAY,
    Facts,
    Skipped,
    counted,
    is_shadow,
)

facts = st.builds(Facts, st.integers(1, 10**6), st.sampled_from("abc"), st.sampled_from("xyz"))
some_facts = st.lists(facts, max_size=40, unique_by=lambda lesson: lesson.number)


def strangers(count: int) -> list[Facts]:
    return [Facts(number, f"text {number}", f"commenter {number}") for number in range(1, count + 1)]


def counting(lessons: list[Facts]) -> set[int]:
    found = counted(lessons)
    return found.learned | set(found.shadows)


def test_one_text_counts_three_times() -> None:
    lessons = [Facts(number, "one text", f"commenter {number}") for number in range(1, 11)]
    assert counting(lessons) == {1, 2, 3}
    assert set(counted(lessons).skipped.values()) == {Skipped.CAMPAIGN}


def test_one_commenter_counts_five_times_a_day() -> None:
    lessons = [Facts(number, f"text {number}", "one network, one day") for number in range(1, 501)]
    assert counting(lessons) == {1, 2, 3, 4, 5}
    assert len(counted(lessons).skipped) == 495


def test_skipped_lesson_counts_when_an_earlier_one_is_taken_back() -> None:
    lessons = [Facts(number, "one text", f"commenter {number}") for number in range(1, 5)]
    assert counting(lessons[1:]) == {2, 3, 4}


def test_only_the_newest_lessons_count_and_a_flood_does_not_push_them_out() -> None:
    own = strangers(MOST_LESSONS + 10)
    flood = [Facts(number, f"text {number}", "flood") for number in range(10_000, 15_000)]
    counts = counting(own + flood)
    assert len(counts) == MOST_LESSONS
    assert counts - {lesson.number for lesson in flood} == set(range(16, MOST_LESSONS + 11))


def test_about_every_tenth_is_a_test() -> None:
    assert 150 <= sum(map(is_shadow, range(1, 2_001))) <= 250


@given(some_facts)
def test_each_lesson_is_learned_a_test_or_skipped(lessons: list[Facts]) -> None:
    found = counted(lessons)
    parts = [*found.learned, *found.shadows, *found.skipped]
    assert sorted(parts) == sorted(lesson.number for lesson in lessons)


@given(some_facts)
def test_order_of_asking_does_not_matter(lessons: list[Facts]) -> None:
    assert counted(lessons[::-1]) == counted(lessons)


@given(some_facts)
def test_no_cap_is_ever_exceeded(lessons: list[Facts]) -> None:
    kept = [lesson for lesson in lessons if lesson.number in counting(lessons)]
    for text in "abc":
        assert sum(lesson.campaign == text for lesson in kept) <= MOST_OF_CAMPAIGN
    for commenter in "xyz":
        assert sum(lesson.commenter == commenter for lesson in kept) <= MOST_OF_COMMENTER_A_DAY
