"""`manage.py demo` fills an empty site through the real doors, and leaves every other site alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction

from blog.models import NavigationItem, Page, Picture, Post, Series, SiteProfile, Topic
from comments.models import Comment, Deed, Report
from demo import library
from demo.load import MODERATOR, WRITER, load_demo
from tests.makers import make_post

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Status = Comment.Status

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The demo with small pictures, loaded once for this file; each test undoes what it does on top."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(now=NOW, picture_width=320)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _on_that_day(time_machine) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def flagship() -> Post:
    return Post.objects.get(slug="downhill-was-the-problem")


def test_the_site_has_the_demos_name_and_navigation():
    site = SiteProfile.objects.get()
    assert site.name == "The Long Way Back"
    labels = site.navigation.filter(place=NavigationItem.Place.HEADER).values_list("label", flat=True)
    assert list(labels) == ["Posts", "Injury topics", "About"]
    assert site.navigation.filter(place=NavigationItem.Place.FOOTER).count() == 4


def test_writer_and_moderator_can_sign_in():
    mara = authenticate(username="mara", password="second-wind-mara")
    sam = authenticate(username="sam", password="second-wind-sam")
    assert mara.is_staff
    assert mara.is_superuser
    assert not sam.is_staff
    assert sam.has_perm("comments.moderate_comment")
    assert [user.email for user in (mara, sam)] == [WRITER.email, MODERATOR.email]


def test_posts_are_published_scheduled_and_drafted_by_the_clock():
    states = [post.state(NOW) for post in Post.objects.all()]
    assert states.count(Post.State.PUBLISHED) == 16
    assert states.count(Post.State.SCHEDULED) == 1
    assert states.count(Post.State.DRAFT) == 1


def test_readers_have_reacted_and_one_has_reported(flagship):
    helped = flagship.comments.order_by("-helpfulness").first()
    assert helped.helped_count == helped.reactions.filter(kind="helped").count() >= 5
    [report] = Report.objects.open()
    assert report.comment.post == flagship
    assert report.comment.status == Comment.Status.APPROVED


def test_the_scheduled_post_appears_in_six_days():
    post = Post.objects.get(publish_at__gt=NOW)
    assert post.publish_at.date() == (NOW + timedelta(days=6)).date()


def test_the_writing_is_dated_as_it_was_written(flagship):
    assert flagship.publish_at == datetime(2026, 3, 14, 7, 30, tzinfo=UTC)
    assert flagship.changed_at == flagship.publish_at
    assert flagship.is_featured
    assert flagship.author.get_full_name() == "Mara Lindqvist"
    assert [topic.slug for topic in flagship.topics.all()] == ["it-band", "knee", "coming-back"]


def test_a_figure_stands_in_the_text_with_its_words(flagship):
    assert flagship.body.count("<figure data-picture=") == 1
    assert "410 metres of descent" in flagship.body
    assert 'alt="Elevation profile' in flagship.body
    assert "[[figure" not in flagship.body


def test_the_series_has_its_three_parts_in_order():
    posts = Series.objects.get().posts.order_by("series_part")
    assert [post.slug for post in posts] == [
        "walking-counts",
        "the-table-on-the-fridge",
        "the-week-i-did-too-well",
    ]


def test_every_picture_has_files_words_and_credit():
    for picture in Picture.objects.all():
        assert picture.alt
        assert picture.credit
        assert picture.width == 320


def test_topics_and_pages_are_there():
    assert Topic.objects.injuries().count() == 8
    assert all(topic.see_someone and topic.reviewed_on for topic in Topic.objects.injuries())
    assert Page.objects.published().count() == 3


def test_the_flagship_shows_65_comments_and_a_placeholder(client, flagship):
    assert flagship.comment_count == 65
    page = client.get(flagship.get_absolute_url()).content.decode()
    assert "65 comments" in page
    assert "maybe take up knitting" not in page
    assert "Removed by a moderator" in page
    assert "The knitting has put me out for longer" in page


def test_counts_are_what_the_rows_say():
    for post in Post.objects.all():
        assert post.comment_count == post.comments.filter(status=Status.APPROVED).count()


def test_badges_come_from_accounts():
    badges = Comment.objects.exclude(badge="").values_list("badge", "name", "user__username").distinct()
    assert set(badges) == {
        (Comment.Badge.AUTHOR, "Mara Lindqvist", "mara"),
        (Comment.Badge.MODERATOR, "Sam Okoro", "sam"),
    }


def test_comments_keep_their_own_times(flagship):
    first = flagship.comments.earliest("created_at")
    assert first.name == "Ines"
    assert first.created_at == datetime(2026, 3, 14, 9, 28, tzinfo=UTC)
    assert not Comment.objects.filter(created_at__gt=NOW).exists()


def test_the_answer_below_the_deepest_level_says_whom_it_answers(flagship):
    comment = flagship.comments.get(text__startswith="Peer review complete")
    assert comment.depth == comment.answers.depth == 5
    assert comment.parent == comment.answers.parent


def test_every_comment_ends_where_its_story_says():
    told = [c for post in library.read_posts() for c in library.read_thread(post.slug)]
    for status in Status:
        wanted = sum(comment.status == status for comment in told)
        assert Comment.objects.filter(status=status).count() == wanted, status


def test_spam_has_findings_from_the_real_filter():
    for comment in Comment.objects.filter(status=Status.SPAM):
        assert comment.findings
        assert comment.probability > 0.5


def test_what_waits_was_held_by_the_filter_and_not_by_hand():
    for comment in Comment.objects.filter(status="held"):
        assert [finding["reader_words"] for finding in comment.findings if finding["reader_words"]]
        assert not comment.deeds.exists()


def test_the_moderators_deeds_are_in_the_log_with_their_reasons():
    reasons = {deed.reason for deed in Deed.objects.filter(verb=Deed.Verb.TRASH)}
    assert reasons == {"Unkind to people who are hurt", "Tells people not to see a doctor"}
    assert {deed.by.username for deed in Deed.objects.all()} == {"sam"}
    assert not Deed.objects.filter(at__gt=NOW).exists()


def test_a_second_run_changes_nothing():
    before = [list(model.objects.order_by("pk").values()) for model in (Post, Comment, Picture, SiteProfile)]
    assert load_demo(now=NOW + timedelta(days=1)) is None
    after = [list(model.objects.order_by("pk").values()) for model in (Post, Comment, Picture, SiteProfile)]
    assert after == before


def test_a_post_that_was_taken_away_stays_away():
    Comment.objects.all().delete()
    Post.objects.get(slug="forty-one-steps").delete()
    load_demo(now=NOW)
    assert not Post.objects.filter(slug="forty-one-steps").exists()


def test_a_site_with_posts_of_its_own_is_left_alone():
    Comment.objects.all().delete()
    Post.objects.all().delete()
    make_post("My own words")
    assert load_demo(now=NOW) is None
    assert Post.objects.count() == 1


def test_the_command_says_how_to_sign_in():
    out = StringIO()
    call_command("demo", stdout=out)
    assert "nothing was changed" in out.getvalue()
    assert "Writer: mara / second-wind-mara" in out.getvalue()
    assert "Moderator: sam / second-wind-sam" in out.getvalue()


def test_the_command_keeps_quiet_about_sign_ins_that_are_not_the_demos():
    for sign_in in (WRITER, MODERATOR):
        user = authenticate(username=sign_in.username, password=sign_in.password)
        user.email = "somebody@example.org"
        user.save()
    out = StringIO()
    call_command("demo", stdout=out)
    assert "second-wind-" not in out.getvalue()


@pytest.mark.parametrize(
    "address",
    ["/", "/posts/", "/2026/", "/2026/03/", "/topics/", "/topics/it-band/", "/about/", "/privacy/", "/feed/"],
)
def test_public_pages_of_the_demo_answer(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("slug", [post.slug for post in library.read_posts() if post.published])
def test_every_published_post_answers(client, slug):
    post = Post.objects.get(slug=slug)
    response = client.get(post.get_absolute_url())
    assert response.status_code == 200
    assert post.title in response.content.decode()
