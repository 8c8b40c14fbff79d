"""What readers wrote is shown as text on every page of the desk, whatever they wrote."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from blog.models import Post
from comments.models import Comment
from comments.moderation.actions import Reason, trash
from tests.comments.moderation.cast import Status, make_comment

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}</textarea></pre></title>"
FIELDS = {
    "name": EVIL[:60],
    "text": EVIL,
    "website": "javascript:alert(1)//" + EVIL[:100],
    "email": "a@b.example",
    "probability": 0.5,
    "findings": [{"code": "x", "points": 1.0, "words": EVIL}],
    "network": "n1",
}


WRITING = ("edit", "reply", "all", "alike")


@pytest.fixture
def evil(post: Post, sam: User) -> Comment:
    """A hostile reply to a hostile comment, and a deed with a hostile reason."""
    parent = make_comment(post, status=Status.APPROVED, **FIELDS)
    comment = make_comment(post, parent=parent, **FIELDS)
    other = make_comment(post, **FIELDS)
    trash(other, by=sam, reason=Reason(words=EVIL))
    return comment


@pytest.mark.parametrize(
    "place", ["held", "approved", "trash", "comment", "log", "done", "already", *WRITING]
)
def test_hostile_words_stay_words(desk: Client, evil: Comment, place: str) -> None:
    deed = Comment.objects.get(status=Status.TRASH).deeds.get()
    address = {
        "comment": reverse("desk:comment", args=[evil.pk]),
        "log": reverse("desk:log"),
        "done": f"/desk/held/?done={deed.pk}",
        "already": f"/desk/held/?already={evil.pk}",
        "edit": reverse("desk:edit", args=[evil.pk]),
        "reply": reverse("desk:reply", args=[evil.pk]),
        "all": "/desk/held/sweep/",
        "alike": f"/desk/all/?same=network&of={evil.pk}",
    }.get(place, f"/desk/{place}/")
    html = desk.get(address).content.decode()
    soup = BeautifulSoup(html, "html.parser")
    assert "alert(1)" in soup.get_text()
    assert "<script>alert" not in html
    assert [tag["value"] for tag in soup.select("input[name=website]") if "script:" not in tag["value"]] == []
    assert "7|add:7" in html or place in {"done", "already"}
    assert [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
    assert [tag for tag in soup.select("a[href], img[src]") if "javascript:" in str(tag)] == []


def test_hostile_account_name_stays_a_name(desk: Client, post: Post, rosa: User) -> None:
    User.objects.filter(pk=rosa.pk).update(first_name="<b>Rosa</b>")
    rosa.refresh_from_db()
    comment = make_comment(post)
    trash(comment, by=rosa)
    for address in ("/desk/log/", f"/desk/trash/?already={comment.pk}"):
        assert "&lt;b&gt;Rosa&lt;/b&gt;" in desk.get(address).content.decode()


def test_whole_text_is_shown_on_its_page(desk: Client, evil: Comment) -> None:
    page = BeautifulSoup(desk.get(reverse("desk:comment", args=[evil.pk])).content, "html.parser")
    assert page.select_one("pre.typed").string == EVIL
    assert page.select(".txt script, .txt img, .desk img") == []
