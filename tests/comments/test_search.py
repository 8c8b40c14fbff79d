"""Search over comments: what is found, how it is shown, and that nothing is found that nobody may read."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from blog.models import SearchEntry
from blog.search import find
from blog.search_query import read_query
from comments.models import Comment
from comments.moderation.actions import approve, hold, mark_spam, trash
from comments.moderation.undoing import undo
from comments.submit import submit_comment
from tests.makers import make_comment, make_draft, make_moderator, make_post, make_sender, make_topic

pytestmark = pytest.mark.django_db
COMMENTS = Path(__file__).resolve().parent.parent.parent / "comments"


def found(query: str) -> list[str]:
    return [place.key for place in find(read_query(query), timezone.now()).places.get("comment", [])]


def page(client, query: str, **more: str) -> str:
    return client.get("/search/", {"q": query, **more}).content.decode()


def kept_words() -> str:
    """All that the database keeps of words, as text."""
    postgresql = connection.vendor == "postgresql"
    table = "blog_searchentry" if postgresql else "blog_searchwords"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT words FROM {table}")  # noqa: S608  (one of two names)
        return " ".join(str(row[0]) for row in cursor.fetchall())


def test_comment_is_found_by_its_words_and_its_name(client):
    comment = make_comment(make_post(), "Mine took *six* weeks of calf raises.", name="Ines")
    assert found("raising calves") == [] != found("raised calf") == [comment.pk]
    assert found("ines week") == [comment.pk]
    shown = page(client, "raise")
    assert f'href="/comments/{comment.pk}/"><bdi>Ines</bdi></a>' in shown
    assert "<mark>raises</mark>" in shown
    assert "Comment on Downhill was the problem" in shown


def test_reply_says_whom_it_answers_while_that_comment_is_public(client):
    post = make_post()
    first = make_comment(post, "Question.", name="Dev R.")
    make_comment(post, "Rollerskates helped.", name="Ines", answers=first)
    assert "<bdi>Ines</bdi>, replying to <bdi>Dev R.</bdi>" in page(client, "rollerskates")
    trash(first, by=None)
    assert "Dev R." not in page(client, "rollerskates")


def test_newest_comments_come_first_and_posts_by_title_before_them():
    now = timezone.now()
    post = make_post("Knee", publish_at=now - timedelta(days=90))
    keys = [make_comment(post, "My knee.", created_at=now - timedelta(days=day)).pk for day in (1, 9, 5)]
    places = find(read_query("knee"), now).of(None)
    assert [place.key for place in places] == [str(post.pk), keys[0], keys[2], keys[1]]


def test_other_names_of_a_topic_find_comments():
    make_topic("IT band", aliases=["ITBS"])
    post = make_post()
    says, short = make_comment(post, "My IT band hurts."), make_comment(post, "ITBS again.")
    make_comment(post, "Nothing of the kind.")
    assert set(found("itbs")) == set(found("IT band")) == {says.pk, short.pk}


@pytest.mark.parametrize("status", [one for one in Comment.Status if one != Comment.Status.APPROVED])
def test_what_nobody_may_read_is_in_no_index_and_no_count(client, status):
    make_comment(make_post(), "Xylophone.", status=status)
    assert found("xylophone") == []
    assert "xylophon" not in kept_words()
    assert "Nothing found" in page(client, "xylophone")


@pytest.mark.parametrize("verb", [hold, mark_spam, trash])
def test_moderators_verbs_and_their_undoing_reach_the_index_at_once(verb):
    sam, comment = make_moderator(), make_comment(make_post(), "Xylophone.")
    deed = verb(comment, by=sam)
    assert found("xylophone") == []
    assert "xylophon" not in kept_words()
    undo(deed, by=sam)
    assert found("xylophone") == [comment.pk]
    verb(comment, by=sam)
    approve(comment, by=sam)
    assert found("xylophone") == [comment.pk]


@pytest.mark.usefixtures("silent_text_model")
def test_submitted_comment_is_found_at_once_unless_it_is_held():
    post, now = make_post(), timezone.now()
    done = submit_comment(make_draft("A xylophone helped."), post=post, sender=make_sender(), now=now)
    expected = [done.comment.pk] if done.comment.status == Comment.Status.APPROVED else []
    assert found("xylophone") == expected


def test_comments_come_and_go_with_their_post_to_the_second(client):
    now = timezone.now()
    post = make_post(publish_at=now + timedelta(days=1), withdraw_at=now + timedelta(days=2))
    comment = make_comment(post, "Xylophone.")
    assert found("xylophone") == []
    with time_machine.travel(now + timedelta(days=1, seconds=1), tick=False):
        assert found("xylophone") == [comment.pk]
    with time_machine.travel(now + timedelta(days=2), tick=False):
        assert found("xylophone") == []
        assert "Nothing found" in page(client, "xylophone")


def test_stale_entry_is_never_shown(client):
    comment = make_comment(make_post(), "Xylophone.")
    Comment.objects.filter(pk=comment.pk).update(status=Comment.Status.HELD)
    assert "<mark>" not in page(client, "xylophone")


def test_one_kind_can_be_chosen_and_the_choice_is_kept(client):
    post = make_post("Knee")
    for _ in range(21):
        make_comment(post, "My knee.")
    assert "22 results" in page(client, "knee")
    shown = page(client, "knee", **{"in": "comment"})
    assert "21 results" in shown
    assert 'href="?q=knee&amp;in=comment" aria-current="page">Comments' in shown
    assert "/search/?q=knee&amp;in=comment&amp;page=2" in shown
    assert "1 result for" in page(client, "knee", **{"in": "post"})
    assert "22 results" in page(client, "knee", **{"in": "nonsense"})


def test_a_kind_without_results_leads_to_the_others(client):
    make_post("Knee")
    shown = page(client, "knee", **{"in": "comment"})
    assert "results of another kind" in shown


def test_readers_words_are_escaped(client):
    make_comment(make_post(), "`<script>` knee", name="<b>Ines</b>")
    shown = page(client, "knee")
    assert "<script>` " not in shown
    assert "&lt;script&gt; <mark>knee</mark>" in shown
    assert "&lt;b&gt;Ines" in shown


def test_queries_do_not_grow_with_the_hits(client, django_assert_num_queries):
    post = make_post("Knee")
    for _ in range(12):
        make_comment(post, "My knee.", answers=make_comment(post, "My knee."))
    client.get("/search/")
    with django_assert_num_queries(6):
        client.get("/search/", {"q": "knee"})


def test_index_is_made_anew():
    comment = make_comment(make_post("Knee"), "Xylophone.")
    make_comment(comment.post, "Xylophone.", status=Comment.Status.HELD)
    SearchEntry.objects.all().delete()
    assert kept_words() == ""
    call_command("rebuild_search", verbosity=0)
    assert found("xylophone") == [comment.pk]
    assert SearchEntry.objects.count() == 2


def test_rebuilding_says_how_much_it_did_unless_asked_to_be_quiet(capsys):
    """What the benchmark runs in its own process may print nothing but figures."""
    make_post("Knee")
    call_command("rebuild_search", verbosity=0)
    assert capsys.readouterr().out == ""
    call_command("rebuild_search")
    assert capsys.readouterr().out == "Search knows 1 entries.\n"


def test_search_words_are_not_logged(client, caplog):
    with caplog.at_level("DEBUG"):
        client.get("/search/", {"q": "xylophone"})
    assert "xylophone" not in "".join(
        r.getMessage() for r in caplog.records if r.name != "django.db.backends"
    )


def test_whoever_counts_comments_afresh_also_tells_search():
    """Both are part of every change of a status; a module that forgets one shows old words in search."""
    for module in COMMENTS.rglob("*.py"):
        names = {
            alias.name
            for node in ast.walk(ast.parse(module.read_text()))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert "recount" not in names or names & {"index_comment", "index_comments", "forget_comments"}, (
            module.name
        )


@pytest.mark.parametrize("status", Comment.Status.values)
def test_visible_rows_are_those_that_say_so(status):
    """The question about one row and the queryset are one rule."""
    now = timezone.now()
    for hours in (-1, 1):
        post = make_post(f"Post {hours}", publish_at=now + timedelta(hours=hours))
        make_comment(post, status=status)
    make_comment(make_post("Gone", withdraw_at=now - timedelta(hours=1)), status=status)
    rows = {comment.pk for comment in Comment.objects.select_related("post") if comment.is_visible(now)}
    assert rows == set(Comment.objects.visible().values_list("pk", flat=True))
