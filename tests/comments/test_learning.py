"""Each process learns what moderators taught in any other, and comes to the same layer to the bit."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from blog.models import Post
from comments import learning
from comments.learning import NOTHING_LEARNED, SiteModel
from comments.lessons import LearningState, Lesson
from comments.models import Comment, Deed
from comments.moderation.actions import approve, mark_spam
from comments.moderation.undoing import undo, undoable
from comments.spam.features import features_of
from comments.spam.lessons import is_shadow
from comments.spam.prior import PriorError, shipped_prior
from comments.spam.site_layer import FEWEST_SHADOWS, SiteLayer, SitePoints
from tests.comments.spam.cast import candidate
from tests.makers import NOW, make_comment, make_moderator, make_post

OIL = "My grandmother swears by knee oil"


@pytest.fixture
def sam(db: None) -> User:
    return make_moderator()


@pytest.fixture
def post(db: None) -> Post:
    return make_post()


@pytest.fixture(autouse=True)
def new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "_of_this_process", SiteModel())


def held(post: Post, text: str, *, number: int = 0, **fields: object) -> Comment:
    fields.setdefault("network", f"n{number}")
    return make_comment(post, text=text, status=Comment.Status.HELD, name=f"Runner {number}", **fields)


def teach_oil(post: Post, sam: User, count: int = 12) -> list[Deed]:
    """Verdicts on as many strangers' comments, every other one of them spam."""
    texts = [
        f"Slow miles on grass, week {'i' * n}" if n % 2 else f"{OIL}, drop {'o' * n}" for n in range(count)
    ]
    comments = [held(post, text, number=number) for number, text in enumerate(texts)]
    return [(mark_spam, approve)[n % 2](comment, by=sam, now=NOW) for n, comment in enumerate(comments)]


def opinion(layer: SiteLayer, text: str = OIL) -> SitePoints:
    return layer.points(features_of(candidate(text=text), shipped_prior().shape), name="Ines")


def test_before_the_first_verdict_nothing_is_learned(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert learning.site_layer() is NOTHING_LEARNED


def test_verdict_counts_from_the_next_comment_on(post: Post, sam: User) -> None:
    assert opinion(learning.site_layer()).total == 0
    teach_oil(post, sam)
    assert opinion(learning.site_layer()).total > 0.3


def test_only_the_version_is_read_while_nothing_changes(
    post: Post, sam: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    teach_oil(post, sam)
    learning.site_layer()
    with django_assert_num_queries(1):
        learning.site_layer()


def test_only_the_difference_is_read_after_a_verdict(
    post: Post, sam: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    teach_oil(post, sam)
    learning.site_layer()
    approve(held(post, "One more", number=99), by=sam)
    with django_assert_num_queries(3):  # version, digests, the new one
        learning.site_layer()


def test_processes_that_saw_different_steps_agree(post: Post, sam: User) -> None:
    eager, late = SiteModel(), SiteModel()
    for deed in teach_oil(post, sam):
        eager.layer()
        if deed.pk % 3 == 0:
            undo(deed, by=sam, now=NOW)
    assert eager.layer() == late.layer() == SiteModel().layer()


def test_undone_verdict_was_never_learned(post: Post, sam: User) -> None:
    model = SiteModel()
    teach_oil(post, sam)
    before = model.layer()
    deed = mark_spam(held(post, "Something else altogether", number=50), by=sam)
    assert model.layer() != before
    undo(deed, by=sam)
    after = model.layer()
    assert (after.wrong, after.seen, after.all_wrong, after.all_seen) == (
        before.wrong,
        before.seen,
        before.all_wrong,
        before.all_seen,
    )


def test_undo_lets_a_skipped_copy_count(post: Post, sam: User) -> None:
    """The fourth copy of a text does not count, until one of the first three is taken back."""
    deeds = [mark_spam(held(post, OIL, number=number), by=sam) for number in range(4)]
    assert set(learning.lessons_sorted().counted.skipped) == {deeds[3].pk}
    undo(deeds[0], by=sam)
    assert not learning.lessons_sorted().counted.skipped


def test_one_network_cannot_swing_the_layer(post: Post, sam: User) -> None:
    """Sixty verdicts on one network in one day teach no more than five."""
    teach_oil(post, sam)
    few, many = SiteModel(), SiteModel()
    for number in range(60):
        approve(held(post, f"{OIL} for mile {'x' * number}", network="flood"), by=sam, now=NOW)
        if number == 4:
            few.layer()
    flooded, after_five = many.layer(), few._layer
    assert (flooded.wrong, flooded.seen) == (after_five.wrong, after_five.seen)


def test_unjudged_comments_have_no_weight(post: Post, sam: User) -> None:
    teach_oil(post, sam)
    before = learning.site_layer()
    for number in range(20):
        make_comment(post, text=f"{OIL} {number}", name=f"Bot {number}")
    assert learning.site_layer() is before


def test_restored_backup_is_noticed(post: Post, sam: User) -> None:
    """The version goes back and comes again with other lessons; the token tells."""
    teach_oil(post, sam)
    model = SiteModel()
    model.layer()
    Lesson.objects.filter(is_spam=True).delete()
    LearningState.objects.update(token="another")
    assert model.layer() == SiteModel().layer()


steps = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["approve", "spam", "undo", "look"])), max_size=12
)


@pytest.fixture
def six_comments(post: Post) -> list[Comment]:
    texts = [OIL, OIL, OIL, OIL, "Grass is kinder", "Stairs on Sunday"]
    return [held(post, text, number=number) for number, text in enumerate(texts)]


@given(steps)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_online_rebuilt_and_fresh_layers_are_the_same(
    sam: User, six_comments: list[Comment], steps: list[tuple[int, str]]
) -> None:
    online = SiteModel()
    for number, verb in steps:
        comment = six_comments[number]
        if verb == "look":
            online.layer()
        elif verb == "undo":
            for deed in undoable(NOW).filter(comment=comment):
                undo(deed, by=sam, now=NOW)
        else:
            {"approve": approve, "spam": mark_spam}[verb](comment, by=sam, now=NOW)
    learned = online.layer()
    before = list(Lesson.objects.values())
    rebuild()
    assert list(Lesson.objects.values()) == before
    fresh = SiteModel().layer()
    assert (learned.wrong, learned.seen, learned.shadows) == (fresh.wrong, fresh.seen, fresh.shadows)


def rebuild() -> str:
    out = StringIO()
    call_command("rebuild_site_model", stdout=out)
    return out.getvalue()


def test_rebuilding_makes_lost_lessons_anew(post: Post, sam: User) -> None:
    teach_oil(post, sam)
    before, rows = learning.site_layer(), list(Lesson.objects.values())
    Lesson.objects.filter(is_spam=True).delete()
    rebuild()
    assert list(Lesson.objects.values()) == rows
    after = SiteModel().layer()
    assert (after.wrong, after.seen, after.shadows) == (before.wrong, before.seen, before.shadows)


def test_rebuilding_says_what_counts(post: Post, sam: User) -> None:
    deeds = [mark_spam(held(post, OIL, number=number), by=sam) for number in range(5)]
    deeds += teach_oil(post, sam)
    said = rebuild()
    assert f"{len(deeds)} lessons from the log, version {len(deeds) + 1}." in said
    assert "2 do not count: the same text has counted 3 times." in said


def test_rebuilding_without_deeds_is_fine(db: None) -> None:
    assert "0 lessons" in rebuild()


@pytest.fixture
def spoilt(post: Post, sam: User) -> None:
    """Verdicts that contradict each other: those kept as tests went the other way."""
    number = 0
    while Lesson.objects.count() < 12 * FEWEST_SHADOWS or not learning.is_spoilt():
        number += 1
        assert number < 400
        words = f"{OIL}, drop" if number % 2 else "Slow miles on grass, in week"
        comment = held(post, f"{words} {'i' * number}", number=number)
        latest = Deed.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        is_spam = is_shadow(latest + 1) == bool(number % 2)
        verb = mark_spam if is_spam else approve
        verb(comment, by=sam, now=NOW + timedelta(days=number))


def test_spoilt_layer_says_nothing_and_the_desk_says_so(client: Client, sam: User, spoilt: None) -> None:
    assert opinion(learning.site_layer(), "Slow miles on grass").total == 0
    client.force_login(sam)
    assert "stopped using what it learned" in client.get("/desk/held/").content.decode()
    assert "Nothing of it is used" in rebuild()


def test_desk_says_nothing_while_all_is_well(client: Client, sam: User, post: Post) -> None:
    teach_oil(post, sam)
    client.force_login(sam)
    assert "stopped using" not in client.get("/desk/held/").content.decode()


def test_filter_goes_on_without_a_readable_prior(
    monkeypatch: pytest.MonkeyPatch, post: Post, sam: User
) -> None:
    """The file of weights is damaged while there are lessons: comments are held then, and nothing raises."""
    held(post, "Cheap pills here")
    mark_spam(Comment.objects.get(), by=sam)

    def unreadable() -> None:
        raise PriorError("prior.bin is damaged")

    monkeypatch.setattr("comments.learning.shipped_prior", unreadable)
    assert SiteModel().layer() is NOTHING_LEARNED
