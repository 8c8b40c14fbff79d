"""Reactions: one a reader, without an account, changed and taken back; others' pages stay the same."""

import re

import pytest
from django.test import Client

from blog.models import Post
from comments import feedback
from comments.editing import withdraw_comment
from comments.helpfulness import lower_bound
from comments.models import Comment, Reaction, Report
from comments.moderation.actions import trash
from comments.reacting import react
from comments.reporting import Complaint, report
from tests.makers import NOW, make_comment, make_moderator, make_post

pytestmark = pytest.mark.django_db

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def post() -> Post:
    return make_post()


@pytest.fixture
def comment(post: Post) -> Comment:
    return make_comment(post, name="Ines")


def press(client: Client, comment: Comment, kind: str = "helped", *, network: int = 1, **options):
    options = {"headers": OURS, "REMOTE_ADDR": f"203.0.{network}.7"} | options
    return client.post("/comments/react/", {kind: comment.pk}, **options)


def counts(comment: Comment) -> tuple[int, int]:
    comment.refresh_from_db()
    return comment.same_here_count, comment.helped_count


def buttons_on(client: Client, post: Post) -> dict[str, bool]:
    """The words on each button, and whether it is pressed."""
    html = client.get(post.get_absolute_url()).content.decode()
    found = re.findall(r'<button form="react"[^>]*?( aria-pressed="true")?>(.*?)<span', html)
    return {re.sub("<[^>]+>", "", words): bool(pressed) for pressed, words in found}


def test_reaction_leads_back_to_the_comment_and_is_counted(client, post, comment):
    answer = press(client, comment)
    assert answer.status_code == 303
    assert answer["Location"] == f"{post.get_absolute_url()}#c{comment.pk}"
    assert answer["Cache-Control"] == "private, no-store"
    assert counts(comment) == (0, 1)


def test_same_button_again_takes_it_back_and_the_other_one_changes_it(client, comment):
    press(client, comment)
    press(client, comment, "same_here")
    assert counts(comment) == (1, 0)
    press(client, comment, "same_here")
    assert counts(comment) == (0, 0)
    assert not Reaction.objects.exists()


def test_each_browser_has_one_voice(comment):
    for _ in range(3):
        press(Client(), comment)
    assert counts(comment) == (0, 3)


def test_only_its_own_reader_sees_a_reaction_pressed(client, post, comment):
    press(client, comment)
    assert buttons_on(client, post) == {"Same here": False, "This helped me": True}
    assert client.get(post.get_absolute_url())["Cache-Control"] == "private, no-store"
    assert buttons_on(Client(), post) == {"Same here": False, "This helped me": False}
    assert Client().get(post.get_absolute_url())["Cache-Control"].startswith("public")
    press(client, comment)
    assert client.get(post.get_absolute_url())["Cache-Control"].startswith("public")


def test_other_posts_stay_the_same_for_that_reader(client, comment):
    other = make_post("Another", slug="another")
    answer = press(client, comment)
    assert answer.cookies["reactions"]["path"] == comment.post.get_absolute_url()
    assert answer.cookies["voice"]["path"] == "/comments/"
    assert other.get_absolute_url() != comment.post.get_absolute_url()


def test_cookies_are_out_of_reach_of_scripts_and_the_key_is_stored_nowhere(client, comment):
    answer = press(client, comment)
    for name in ("voice", "reactions"):
        assert answer.cookies[name]["httponly"]
        assert answer.cookies[name]["samesite"] == "Lax"
    assert Reaction.objects.get().reader_key not in answer.cookies["voice"].value


def test_count_is_shown_from_two_on(client, post, comment):
    press(Client(), comment)
    assert "This helped me" in buttons_on(client, post)
    press(Client(), comment)
    assert "This helped me 2" in buttons_on(client, post)


@pytest.mark.parametrize("value", ["", "junk", "a" * 5000])
def test_forged_cookies_choose_nothing(client, post, comment, value):
    client.cookies["reactions"] = value
    client.cookies["voice"] = value
    assert buttons_on(client, post) == {"Same here": False, "This helped me": False}
    assert press(client, comment).status_code == 303


def test_reaction_brings_a_new_page_to_everybody(client, post, comment):
    tag = client.get(post.get_absolute_url())["ETag"]
    press(Client(), comment)
    press(Client(), comment)
    answer = client.get(post.get_absolute_url(), headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "<b>2</b>" in answer.content.decode()


def test_own_comment_takes_no_reaction(client, post):
    url = f"/comments/new/{post.pk}/"
    client.post(url, {"text": "Mine took six weeks.", "name": "Ines"}, headers=OURS)
    own = Comment.objects.get()
    Comment.objects.update(status="approved")
    assert press(client, own).status_code == 403
    assert not Reaction.objects.exists()
    assert buttons_on(client, post) == {}


@pytest.mark.parametrize("status", ["held", "spam", "trash", "withdrawn"])
def test_comment_nobody_sees_takes_no_reaction(client, post, status):
    assert press(client, make_comment(post, status=status)).status_code == 404
    assert not Reaction.objects.exists()


@pytest.mark.parametrize(
    "fields", [{}, {"helped": "x"}, {"helped": "0123456789ab"}, {"love": "0123456789ab"}]
)
def test_press_of_no_button_says_so(client, fields):
    answer = client.post("/comments/react/", fields, headers=OURS)
    assert answer.status_code == 404
    assert "no longer there" in answer.content.decode()


def test_press_from_another_site_is_refused(client, comment):
    assert press(client, comment, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert counts(comment) == (0, 0)


def test_looking_changes_nothing(client, comment):
    assert client.get("/comments/react/", {"helped": comment.pk}).status_code == 405


def test_session_must_bring_its_token(comment):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_moderator())
    assert press(careful, comment).status_code == 403
    html = careful.get(comment.post.get_absolute_url()).content.decode()
    token = re.search(r'id="react".*?name="csrfmiddlewaretoken" value="(\w+)"', html, re.DOTALL)[1]
    fields = {"helped": comment.pk, "csrfmiddlewaretoken": token}
    assert careful.post("/comments/react/", fields, headers=OURS).status_code == 303


def test_one_network_cannot_speak_with_many_voices(comment):
    for _ in range(feedback.NEW_VOICES):
        assert press(Client(), comment).status_code == 303
    late = press(Client(), comment)
    assert late.status_code == 429
    assert int(late["Retry-After"]) > 0
    assert press(Client(), comment, network=2).status_code == 303
    assert counts(comment) == (0, feedback.NEW_VOICES + 1)


def test_changing_ones_mind_is_no_new_voice(client, comment):
    for _ in range(2 * feedback.NEW_VOICES):
        assert press(client, comment).status_code == 303


def test_pressing_without_end_is_slowed_down(client, comment, monkeypatch):
    monkeypatch.setattr(feedback, "PRESSES", 2)
    assert [press(client, comment).status_code for _ in range(3)] == [303, 303, 429]


def test_removed_comment_keeps_its_reactions_for_when_it_comes_back(client, comment):
    press(client, comment)
    trash(comment, by=make_moderator())
    assert counts(comment) == (0, 1)


@pytest.mark.parametrize(
    ("helped", "against", "bound"),
    [(0, 0, 0.0), (1, 0, 0.2065), (10, 0, 0.7225), (90, 10, 0.8256), (0, 5, 0.0)],
)
def test_helpfulness_is_the_lower_end_of_wilsons_interval(helped, against, bound):
    assert lower_bound(helped, against) == pytest.approx(bound, abs=1e-4)


def test_helpful_comment_leads_the_order(client, post, comment):
    late = make_comment(post, name="Dev R.")
    press(client, late)
    html = client.get(f"{post.get_absolute_url()}?order=helpful").content.decode()
    assert html.index(f'id="c{late.pk}"') < html.index(f'id="c{comment.pk}"')


def test_undone_reactions_use_nothing_up(client, comment):
    for _ in range(2 * feedback.NEW_VOICES + 2):
        assert press(client, comment).status_code == 303
    assert Reaction.objects.count() == 0


def test_comment_withdrawn_between_look_and_lock_takes_nothing(comment):
    """Whoever pressed a moment before writes nothing onto what is empty now."""
    withdraw_comment(Comment.objects.get())
    with pytest.raises(Comment.DoesNotExist):
        react(comment, Reaction.Kind.HELPED, key="k", network="n")
    with pytest.raises(Comment.DoesNotExist):
        report(comment, Complaint(Report.Reason.RUDE, "Rude.", "k", "n"), now=NOW)
    assert not Report.objects.exists()
