"""A commenter may let the browser remember name and address; nobody else's page changes by it."""

import pytest
from django.core import signing
from django.test import Client, RequestFactory

from comments.details import MAX_COOKIE, Details, keep_details, read_details
from comments.models import Comment
from lib.visitors import COMMENTER_COOKIE, DETAILS_COOKIE
from tests.comments.cast import SAME_ORIGIN, body_of, send
from tests.makers import make_writer

pytestmark = pytest.mark.django_db
WHO = {"name": "Ines Åkerlund", "email": "ines@example.org"}


def page_of(client: Client, post: object) -> str:
    return body_of(client.get(post.get_absolute_url()))


def only_details(client: Client) -> None:
    """As after a month: the cookie that says what this browser wrote has run out."""
    del client.cookies[COMMENTER_COOKIE]


def test_ticked_box_fills_in_the_next_form(client, post):
    send(client, post, **WHO, remember="on")
    only_details(client)
    page = page_of(client, post)
    assert 'value="Ines Åkerlund"' in page
    assert 'value="ines@example.org"' in page
    assert 'name="remember" class="checkboxinput form-check-input" aria-describedby' in page
    assert "checked" in page.partition('name="remember"')[2].partition(">")[0]


def test_box_is_not_ticked_and_nothing_is_kept_without_it(client, post):
    page = page_of(client, post)
    assert "checked" not in page.partition('name="remember"')[2].partition(">")[0]
    response = send(client, post, **WHO)
    assert DETAILS_COOKIE not in response.cookies
    assert "ines@example.org" not in page_of(client, post)


def test_comment_without_the_tick_deletes_what_was_remembered(client, post):
    send(client, post, **WHO, remember="on")
    response = send(client, post, text="Another one.", **WHO)
    assert response.cookies[DETAILS_COOKIE]["max-age"] == 0
    assert "ines@example.org" not in page_of(client, post)


def test_cookie_is_signed_out_of_reach_of_scripts_and_ends_after_a_year(client, post, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = send(client, post, **WHO, remember="on").cookies[DETAILS_COOKIE]
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")


def test_refused_comment_and_preview_keep_nothing(client, post):
    for fields in ({"text": ""}, {"preview": "1"}):
        response = send(client, post, **WHO | fields, remember="on")
        assert DETAILS_COOKIE not in response.cookies
        assert "checked" in body_of(response).partition('name="remember"')[2].partition(">")[0]


def test_stranger_gets_the_same_bytes_as_before(post):
    """The page that is kept for everybody is not made from somebody's own."""
    before = Client().get(post.get_absolute_url())
    known = Client()
    send(known, post, **WHO, remember="on", text="http://x.example http://y.example http://z.example")
    assert Comment.objects.get().status != Comment.Status.APPROVED
    only_details(known)
    own = known.get(post.get_absolute_url())
    assert own["Cache-Control"] == "private, no-store"
    after = Client().get(post.get_absolute_url())
    assert (after["ETag"], after["Cache-Control"]) == (before["ETag"], before["Cache-Control"])
    assert "ines@example.org" not in body_of(after)


@pytest.mark.parametrize(
    "raw",
    [
        "x",
        "x" * (MAX_COOKIE + 1),
        signing.dumps({"name": "Ines"}, salt="other"),
        signing.dumps(["Ines"], salt="comments.details"),
        signing.dumps({"nick": "Ines"}, salt="comments.details"),
    ],
    # A signed value holds the second it was made in, which differs between the processes of one run.
    ids=["junk", "too long", "signed for others", "a list", "other names"],
)
def test_what_we_did_not_sign_is_nothing(client, post, raw):
    client.cookies[DETAILS_COOKIE] = raw
    assert client.get(post.get_absolute_url()).status_code == 200
    request = RequestFactory().get("/")
    request.COOKIES[DETAILS_COOKIE] = raw
    assert read_details(request) is None


def test_longest_details_fit_into_a_cookie():
    longest = Details("\U0001f3c3" * 60, f"{'e' * 64}@{'x' * 180}.example", f"https://{'w' * 180}.example/")
    response = Client().get("/healthz")
    keep_details(response, longest)
    request = RequestFactory().get("/")
    request.COOKIES[DETAILS_COOKIE] = response.cookies[DETAILS_COOKIE].value
    assert read_details(request) == longest


def test_writer_who_is_signed_in_has_no_such_box(client, post):
    client.force_login(make_writer("eva", "Eva Holm"))
    assert 'name="remember"' not in page_of(client, post)


def test_site_without_mails_has_the_box_too(client, post, settings):
    settings.MAILS = False
    page = page_of(client, post)
    assert 'name="remember"' in page
    assert 'name="mail_answers"' not in page
    assert client.post(f"/comments/new/{post.pk}/", {}, headers=SAME_ORIGIN).status_code == 400
