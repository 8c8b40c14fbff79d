"""What stands around a post: before, after, series, related; published posts only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Post, Series
from blog.reading import neighbours
from tests.makers import make_post, make_topic

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


def posts_on_days(now, *days: int, **fields) -> list[Post]:
    return [
        make_post(f"Day {day}", slug=f"day-{day}", publish_at=now - 30 * DAY + day * DAY, **fields)
        for day in days
    ]


def titles(posts: list[Post]) -> list[str]:
    return [post.title for post in posts]


def test_neighbours_are_the_nearest_in_time(now):
    first, second, third, _fourth = posts_on_days(now, 1, 2, 3, 4)
    around = neighbours(second, now)
    assert (around["earlier"], around["later"]) == (first, third)


def test_first_and_last_post_have_one_neighbour(now):
    first, last = posts_on_days(now, 1, 2)
    assert neighbours(first, now)["earlier"] is None
    assert neighbours(last, now)["later"] is None


def test_unpublished_posts_are_nobodys_neighbours(now):
    topic = make_topic()
    (post,) = posts_on_days(now, 10, topics=[topic])
    series = Series.objects.create(title="Back", slug="back")
    for number, fields in enumerate(
        [{"publish_at": None}, {"publish_at": now + DAY}, {"publish_at": now - DAY, "withdraw_at": now}]
    ):
        make_post(
            f"Hidden {number}",
            slug=f"hidden-{number}",
            topics=[topic],
            series=series,
            series_part=number,
            **fields,
        )
    post.series = series
    post.save()
    around = neighbours(post, now)
    assert around["earlier"] is around["later"] is None
    assert around["related"] == []
    assert titles(around["series_posts"]) == ["Day 10"]


def test_published_means_the_same_as_in_lists(now):
    """The query is written by hand; the queryset is the word for it everywhere else."""
    series = Series.objects.create(title="Back", slug="back")
    for number, (start, end) in enumerate([(-2, None), (-2, -1), (-2, 1), (1, None), (0, None)]):
        make_post(
            f"Post {number}", slug=f"post-{number}", publish_at=now + start * DAY,
            withdraw_at=None if end is None else now + end * DAY, series=series,
            series_part=number,
        )  # fmt: skip
    published = list(Post.objects.published(now).order_by("series_part"))
    assert neighbours(published[0], now)["series_posts"] == published


def test_series_is_told_in_order_with_the_post_itself(now):
    series = Series.objects.create(title="Back", slug="back")
    for part, day in ((2, 1), (1, 2), (3, 3)):
        posts_on_days(now, day, series=series, series_part=part)
    post = Post.objects.get(series_part=2)
    assert [part.series_part for part in neighbours(post, now)["series_posts"]] == [1, 2, 3]


def test_related_posts_share_a_topic_and_are_not_named_twice(now):
    knee, calf = make_topic("Knee"), make_topic("Calf")
    posts_on_days(now, 1, 2, 3, 4, 5, 6, topics=[knee])
    posts_on_days(now, 8, topics=[calf])
    (post,) = posts_on_days(now, 7, topics=[knee, calf])
    around = neighbours(post, now)
    assert titles([around["earlier"], around["later"]]) == ["Day 6", "Day 8"]
    assert titles(around["related"]) == ["Day 5", "Day 4", "Day 3"]


def test_all_of_it_takes_one_query(now, django_assert_num_queries):
    (post,) = posts_on_days(now, 1, topics=[make_topic()])
    posts_on_days(now, 2, 3, 4)
    with django_assert_num_queries(1):
        around = neighbours(post, now)
        assert around["later"].get_absolute_url()
