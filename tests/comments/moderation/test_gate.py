"""Every address of the desk refuses strangers and readers, and no answer of it may be stored or indexed."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, include, path, reverse

from blog.models import Post
from comments.models import Comment
from comments.moderation import urls
from comments.moderation.actions import approve
from comments.moderation.gate import guarded
from tests.comments.moderation.cast import deeds_of, make_comment
from tests.makers import make_moderator

# A value for each argument that an address of the desk takes.
ARGUMENTS = {"status": "held", "comment_id": "0123456789ab", "deed_id": 1, "term_id": 1, "sweep_id": 1}
NAMES = [pattern.name for pattern in urls.urlpatterns]


def address_of(pattern: URLPattern) -> str:
    wanted = pattern.pattern.regex.groupindex
    return reverse(f"desk:{pattern.name}", kwargs={name: ARGUMENTS[name] for name in wanted})


every_address = pytest.mark.parametrize("address", [pytest.param(p, id=p.name) for p in urls.urlpatterns])
every_method = pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete", "options"])


def ask(client: Client, address: URLPattern, method: str) -> HttpResponse:
    return getattr(client, method)(address_of(address))


def assert_kept_by_nobody(answer: HttpResponse) -> None:
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_walk_below_covers_every_address_under_the_desk() -> None:
    [desk] = [entry for entry in get_resolver().url_patterns if getattr(entry, "namespace", None) == "desk"]
    assert desk.url_patterns is urls.urlpatterns
    assert set(NAMES) == {
        "home",
        "queue",
        "comment",
        "act",
        "keep",
        "undo",
        "log",
        "blocklist",
        "unblock",
        *("ban", "export", "chosen", "sweep", "steer", "edit", "reply", "sweep-all"),
        "preferences",
        "scorecard",
    }


@pytest.mark.django_db
@every_address
@every_method
def test_stranger_is_sent_to_sign_in(client: Client, address: URLPattern, method: str) -> None:
    answer = ask(client, address, method)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("sign-in") + "?next=/desk/")
    assert_kept_by_nobody(answer)


@pytest.mark.parametrize("is_staff", [False, True], ids=["reader", "writer"])
@every_address
@every_method
def test_whoever_is_signed_in_without_the_right_is_refused(
    client: Client, rosa: User, address: URLPattern, method: str, is_staff: bool
) -> None:
    User.objects.filter(pk=rosa.pk).update(is_staff=is_staff)
    client.force_login(rosa)
    answer = ask(client, address, method)
    assert answer.status_code == 403
    assert_kept_by_nobody(answer)


@every_address
@every_method
def test_moderators_answers_are_kept_by_nobody(desk: Client, address: URLPattern, method: str) -> None:
    answer = ask(desk, address, method)
    assert answer.status_code in {200, 302, 400, 404, 405, 409}
    assert "/sign-in/" not in answer.get("Location", "")
    assert_kept_by_nobody(answer)


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client: Client, db: None) -> None:
    assert client.get("/desk/spam/?page=2")["Location"] == "/sign-in/?next=/desk/spam/%3Fpage%3D2"


def test_sign_in_after_a_lost_deed_leads_to_the_desk(client: Client, held: Comment) -> None:
    answer = client.post(reverse("desk:act", args=[held.pk]), {"verb": "approve"})
    assert answer["Location"] == "/sign-in/?next=/desk/"


@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_refused_deed_changes_nothing(client: Client, rosa: User, held: Comment, who: str) -> None:
    if who == "reader":
        client.force_login(rosa)
    client.post(reverse("desk:act", args=[held.pk]), {"verb": "approve"})
    held.refresh_from_db()
    assert (held.status, deeds_of(held)) == ("held", [])


@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_refused_undo_changes_nothing(client: Client, rosa: User, sam: User, held: Comment, who: str) -> None:
    deed = approve(held, by=sam)
    if who == "reader":
        client.force_login(rosa)
    client.post(reverse("desk:undo", args=[deed.pk]))
    held.refresh_from_db()
    assert (held.status, len(deeds_of(held))) == ("approved", 1)


def test_refusal_shows_nothing_of_the_queue(client: Client, rosa: User, held: Comment) -> None:
    client.force_login(rosa)
    assert held.text not in client.get(reverse("desk:queue", args=["held"])).content.decode()


def ways_on(client: Client, address: str) -> list[str]:
    """Where the page of a refusal leads, its button to sign out included."""
    answer = client.get(address, follow=True)
    assert answer.status_code == 403
    main = BeautifulSoup(answer.content, "html.parser").main
    return [tag.get("href") or tag["action"] for tag in main.select("a, form")]


def test_moderator_refused_elsewhere_is_led_to_the_desk_or_out(desk: Client) -> None:
    assert ways_on(desk, "/admin/") == ["/desk/", "/", "/sign-out/"]


def test_refused_reader_is_offered_only_what_they_may_use(client: Client, rosa: User) -> None:
    client.force_login(rosa)
    assert ways_on(client, "/desk/") == ["/", "/sign-out/"]


def test_refused_writer_is_led_to_her_texts(client: Client, rosa: User) -> None:
    User.objects.filter(pk=rosa.pk).update(is_staff=True)
    client.force_login(rosa)
    assert ways_on(client, "/desk/") == ["/admin/", "/", "/sign-out/"]


def test_refused_moderator_can_sign_out_there(sam: User) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(sam)
    page = BeautifulSoup(careful.get("/admin/", follow=True).content, "html.parser")
    token = page.select_one("main [name=csrfmiddlewaretoken]")["value"]
    assert careful.post("/sign-out/", {"csrfmiddlewaretoken": token})["Location"] == "/"
    assert careful.get("/desk/")["Location"].startswith("/sign-in/")


def test_deed_without_a_csrf_token_is_refused(sam: User, held: Comment) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(sam)
    answer = careful.post(reverse("desk:act", args=[held.pk]), {"verb": "approve"})
    held.refresh_from_db()
    assert (answer.status_code, held.status) == (403, "held")


def test_superuser_may_enter_without_the_group(client: Client, mara: User) -> None:
    client.force_login(mara)
    assert client.get(reverse("desk:queue", args=["held"])).status_code == 200


def test_the_permission_alone_opens_the_gate(client: Client, rosa: User) -> None:
    rosa.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    client.force_login(rosa)
    assert client.get(reverse("desk:queue", args=["held"])).status_code == 200


def test_moderator_who_left_is_a_stranger(client: Client, db: None) -> None:
    gone = make_moderator("gone")
    client.force_login(gone)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert client.get(reverse("desk:queue", args=["held"])).status_code == 302


@pytest.mark.parametrize("page", ["index", "blog_post_changelist", "blog_post_add", "auth_user_changelist"])
def test_moderators_are_not_let_into_the_admin(desk: Client, page: str) -> None:
    assert desk.get(reverse(f"admin:{page}")).status_code == 302


def test_moderator_whose_right_was_taken_away_can_do_nothing_more(
    desk: Client, sam: User, held: Comment
) -> None:
    """Their tab is still open."""
    assert desk.get("/desk/held/").status_code == 200
    sam.groups.clear()
    assert desk.post(reverse("desk:act", args=[held.pk]), {"verb": "approve"}).status_code == 403
    assert desk.post(reverse("desk:chosen"), {"verb": "spam", "pick": f"{held.pk}:"}).status_code == 403
    held.refresh_from_db()
    assert (held.status, deeds_of(held)) == ("held", [])


@pytest.mark.parametrize(
    "page",
    [
        "/desk/held/",
        "/desk/all/?same=person&of={id}",
        "/desk/held/?words=hollis@mail",
        "/desk/held/sweep/",
        "/desk/log/",
        "/desk/log/export/",
        "/desk/blocklist/",
        "/desk/comments/{id}/",
        "/desk/comments/{id}/edit/",
    ],
)
def test_moderators_see_no_mail_address_of_a_reader(desk: Client, post: Post, sam: User, page: str) -> None:
    comment = make_comment(post, email="hollis@mail.example", network="n1")
    make_comment(post, email="hollis@mail.example", network="n1")
    approve(make_comment(post, email="hollis@mail.example"), by=sam)
    answer = desk.get(page.format(id=comment.pk))
    assert answer.status_code == 200
    shown = "".join(part.decode() for part in answer) if answer.streaming else answer.content.decode()
    assert "mail.example" not in shown


def test_included_addresses_cannot_slip_past_the_gate() -> None:
    with pytest.raises(TypeError, match="slip past the gate"):
        guarded([path("more/", include([]))])


def test_address_added_later_is_guarded_too(rf: RequestFactory, sam: User, rosa: User) -> None:
    [pattern] = guarded([path("secret/", lambda request: HttpResponse("secret"))])
    request = rf.get("/desk/secret/")
    request.user = sam
    assert pattern.callback(request).content == b"secret"
    request.user = rosa
    assert pattern.callback(request).status_code == 403
