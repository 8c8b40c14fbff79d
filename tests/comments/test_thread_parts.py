"""Long threads in parts: three orders, pages of long branches, and what is new since the last visit."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Post
from blog.thread_part import ThreadPart
from comments import thread, thread_query
from comments.models import Comment
from comments.moderation.actions import trash
from comments.thread import Visitor, build_thread
from comments.thread_query import pages_of, part_of
from tests.comments.test_thread import draw, grow
from tests.makers import NOW, make_comment, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return make_post()


@pytest.fixture
def short_branches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Branches show two replies, and pages of two each."""
    sql = {name: getattr(thread_query, name) for name in ("_BRANCHES",)}
    for name, text in sql.items():
        assert "OFFSET 100" in text
        monkeypatch.setattr(thread_query, name, text.replace("OFFSET 100", "OFFSET 2"))
    monkeypatch.setattr(thread_query, "BRANCH_SIZE", 2)
    monkeypatch.setattr(thread, "BRANCH_SIZE", 2)


def shown(post: Post, part: ThreadPart, **visitor) -> list[str]:
    """Who is on a page, in the order shown."""
    rows = build_thread(post, part, Visitor(**visitor)).rows
    names = dict(Comment.objects.values_list("pk", "name"))
    return [names[row["html"].split('id="c')[1][:12]] for row in rows]


def find(name: str) -> Comment:
    return Comment.objects.select_related("post").get(name=name)


def test_newest_branches_come_first_with_their_replies_in_order(post):
    grow(post, "a\n  b\n  c\nd\ne\n  f")
    assert shown(post, ThreadPart(order="newest")) == ["e", "f", "d", "a", "b", "c"]


def test_most_helpful_branches_come_first_and_equal_ones_by_time(post):
    people = grow(post, "a\n  b\nc\nd\ne")
    for name, value in (("c", 0.2), ("e", 0.6)):
        Comment.objects.filter(pk=people[name].pk).update(helpfulness=value)
    assert shown(post, ThreadPart(order="helpful")) == ["e", "c", "a", "b", "d"]


@pytest.mark.parametrize("order", ["oldest", "newest", "helpful"])
def test_pages_of_each_order_hold_every_comment_once(post, settings, order):
    settings.COMMENT_ROOTS_PER_PAGE = 2
    grow(post, "a\n  b\nc!\nd\n  e\n    f\ng!\n  h\ni\nj\nk!\nl")
    pages = [shown(post, ThreadPart(number, order)) for number in range(1, pages_of(post.root_count) + 1)]
    everybody = [name for page in pages for name in page]
    assert len(pages) > 1
    assert sorted(everybody) == ["a", "b", "d", "e", "f", "g", "h", "i", "j", "l"]


def test_held_branch_of_ones_own_stands_among_the_newest(post):
    people = grow(post, "a\nb?\nc")
    assert shown(post, ThreadPart(order="newest"), own_ids=[people["b"].pk]) == ["c", "b", "a"]


def test_own_held_branch_is_found_on_the_page_it_stands_on(post, settings):
    """Of two pages it stands at the end of the first: the branches before it fill that page exactly."""
    settings.COMMENT_ROOTS_PER_PAGE = 2
    people = grow(post, "a\nb\nmine?\nc\nd")
    part = part_of(people["mine"], root_count=post.root_count)
    assert "mine" in shown(post, part, own_ids=[people["mine"].pk])


def test_long_branch_shows_its_beginning_and_leads_to_the_rest(post, short_branches):
    people = grow(post, "a\n  b\n    c\n  d\n  e\nf")
    assert shown(post, ThreadPart()) == ["a", "b", "c", "f"]
    [more] = [end.more for row in build_thread(post, ThreadPart()).rows for end in row["closes"] if end.more]
    assert more.count == 2
    assert more.url == f"{post.get_absolute_url()}?branch={people['a'].pk}&page=2#talk"


def test_pages_of_a_branch_hold_every_reply_once_below_the_root(post, short_branches):
    people = grow(post, "a\n  b\n    c\n      d\n  e\n    f\nother")
    part = ThreadPart(branch=people["a"].pk)
    pages = [shown(post, part.at(number)) for number in (1, 2, 3)]
    assert pages == [["a", "b", "c"], ["a", "d", "e"], ["a", "f"]]


def test_reply_whose_parent_is_on_another_page_says_whom_it_answers(post, short_branches):
    people = grow(post, "a\n  b\n    c\n      d\n        e")
    rows = build_thread(post, ThreadPart(2, branch=people["a"].pk)).rows
    assert [(row["depth"], str(row["level"])) for row in rows] == [(0, "d0"), (1, "d1 away"), (2, "d2")]
    assert f'href="/comments/{people["c"].pk}/"' in rows[1]["html"]
    assert "in reply to <bdi>c</bdi>" in rows[1]["html"]


def test_name_of_somebody_answered_elsewhere_is_shown_as_text(post, short_branches):
    people = grow(post, "a\n  b\n    c\n      d")
    Comment.objects.filter(pk=people["c"].pk).update(name="<b>c</b>")
    html = build_thread(post, ThreadPart(2, branch=people["a"].pk)).rows[1]["html"]
    assert "<b>c" not in html
    assert "&lt;b&gt;c" in html


def test_permalink_leads_to_the_page_of_the_branch(post, short_branches):
    grow(post, "a\n  b\n    c\n  d?\n  e\n  f\n  g")
    parts = {name: part_of(find(name), root_count=post.root_count) for name in "abcefg"}
    assert {name: (bool(part.branch), part.page) for name, part in parts.items()} == {
        "a": (False, 1), "b": (False, 1), "c": (False, 1), "e": (True, 2), "f": (True, 2), "g": (True, 3),
    }  # fmt: skip
    assert all(name in shown(post, part) for name, part in parts.items())
    held = find("d")
    assert "d" in shown(post, part_of(held, root_count=post.root_count), own_ids=[held.pk])


def test_lists_of_a_branch_page_open_and_close_in_balance(post, short_branches):
    people = grow(post, "a\n  b\n    c\n      d\n        e\n  f")
    rows = build_thread(post, ThreadPart(2, branch=people["a"].pk)).rows
    assert sum(row["opens"] for row in rows) == sum(len(row["closes"]) for row in rows)


@pytest.mark.parametrize("page", [1, 2])
def test_there_is_no_branch_of_a_reply_a_stranger_or_a_leaf(post, page):
    people = grow(post, "a\n  b\n    c\nleaf\ngone!\n  too!")
    other = make_comment(make_post("Another", slug="another"))
    for pk in (people["b"].pk, people["leaf"].pk, people["gone"].pk, other.pk, "0123456789ab"):
        assert build_thread(post, ThreadPart(page, branch=pk)) is None


@pytest.mark.parametrize(
    "query",
    ["order=random", "order=", "branch=", "branch=x", "branch=ABCDEFGHIJKL", "page=0",
     "order=newest&branch=0123456789ab", "page=x", "order=newest&page=2",
     "order=helpful&page=9999", "branch=0123456789ab"],
)  # fmt: skip
def test_what_is_no_part_of_a_thread_is_not_found(client, post, query):
    make_comment(post)
    assert client.get(f"{post.get_absolute_url()}?{query}").status_code == 404


def test_every_order_is_kept_and_says_where_the_thread_begins(client, post, django_assert_num_queries):
    grow(post, "a\nb")
    for order in ("newest", "helpful"):
        address = f"{post.get_absolute_url()}?order={order}"
        page = client.get(address)
        assert page["Cache-Control"].startswith("public")
        assert f'rel="canonical" href="http://testserver{post.get_absolute_url()}"' in page.content.decode()
        with django_assert_num_queries(1):
            client.get(address)


def test_links_to_other_pages_keep_the_order(client, post, settings):
    settings.COMMENT_ROOTS_PER_PAGE = 1
    grow(post, "a\nb\nc")
    html = client.get(f"{post.get_absolute_url()}?order=newest&page=2").content.decode()
    assert f'href="{post.get_absolute_url()}?order=newest#talk"' in html
    assert f'href="{post.get_absolute_url()}?order=newest&amp;page=3#talk"' in html


def test_new_comments_are_marked_and_lead_to_each_other_across_pages(client, post, settings):
    settings.COMMENT_ROOTS_PER_PAGE = 1
    people = grow(post, "a\nb\nc")
    late = make_comment(post, name="late", answers=people["a"], created_at=NOW + timedelta(days=2))
    last = make_comment(post, name="last", answers=people["c"], created_at=NOW + timedelta(days=1))
    since = int((NOW + timedelta(hours=1)).timestamp())
    answer = client.get(f"{post.get_absolute_url()}?since={since}")
    html = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert f'<a href="#c{late.pk}" rel="nofollow">2 new comments</a> since your last visit' in html
    assert html.count("<b>New</b>") == 1
    assert f'href="/comments/{last.pk}/?since={since}"' in html
    there = client.get(f"/comments/{last.pk}/?since={since}")["Location"]
    assert there == f"{post.get_absolute_url()}?page=3&since={since}#c{last.pk}"
    assert "<b>New</b>" in client.get(there).content.decode()


def test_what_waits_or_was_removed_is_not_news(client, post):
    grow(post, "a\nb?\nc!")
    html = client.get(f"{post.get_absolute_url()}?since={int((NOW - timedelta(1)).timestamp())}").content
    assert "1 new comment</a>" in html.decode()


def test_ones_own_comment_is_no_news(post):
    people = grow(post, "a\nb")
    part = ThreadPart(since=NOW - timedelta(1))
    assert build_thread(post, part, Visitor(own_ids=[people["a"].pk])).news.count == 1


@pytest.mark.parametrize("since", ["", "x", "-1", "1e9", "9" * 40, "١٢٣٤٥٦٧٨٩"])
def test_moment_that_cannot_be_read_marks_nothing(client, post, since):
    make_comment(post)
    answer = client.get(post.get_absolute_url(), {"since": since})
    assert answer.status_code == 200
    assert 'id="news"' not in answer.content.decode()


def test_nothing_new_says_so(client, post):
    make_comment(post, created_at=NOW)
    answer = client.get(post.get_absolute_url(), {"since": int(timezone.now().timestamp())})
    assert "Nothing new since your last visit" in answer.content.decode()


def test_order_does_not_change_what_a_thread_of_one_branch_shows(post):
    grow(post, "a\n  b")
    assert draw(post) == "a\n  b"


def test_permalink_of_a_placeholder_leads_to_it(client, post):
    """Mails and other pages lead there; the replies still stand."""
    root = make_comment(post, "Gone soon.", name="Ines")
    make_comment(post, "So did I.", name="Dev R.", answers=root)
    lonely = make_comment(post, "Gone as well.", name="Noor")
    for comment in (root, lonely):
        trash(comment, by=None)
    answer = client.get(f"/comments/{root.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"{post.get_absolute_url()}#c{root.pk}")
    assert client.get(f"/comments/{lonely.pk}/").status_code == 404
    Post.objects.update(publish_at=timezone.now() + timedelta(days=1))
    assert client.get(f"/comments/{root.pk}/").status_code == 404
