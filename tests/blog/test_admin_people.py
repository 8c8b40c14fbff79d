"""Accounts in the admin: who somebody is, and that every public page learns of another name."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.blog.admin_pages import page, version
from tests.makers import make_post, make_writer

pytestmark = pytest.mark.django_db


def answers(user: User, **fields: object) -> dict[str, object]:
    """The form of an account as the browser sends it back; a box that is not ticked is not sent."""
    sent = {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "date_joined_0": "2026-03-01",
        "date_joined_1": "10:00:00",
    }
    return {name: value for name, value in (sent | fields).items() if value is not None}


def change(client, user: User, **fields: object) -> None:
    response = client.post(f"/admin/auth/user/{user.pk}/change/", answers(user, **fields))
    assert response.status_code == 302


@pytest.mark.parametrize("address", ["permalink", "/feed/", "/feed/feed.json"])
def test_new_name_shows_at_once(client, mara, address):
    post = make_post(author=mara)
    address = post.get_absolute_url() if address == "permalink" else address
    client.logout()
    assert "Mara Lindqvist" in client.get(address).content.decode()
    client.force_login(mara)
    change(client, mara, last_name="Berg")
    client.logout()
    now = client.get(address).content.decode()
    assert "Mara Berg" in now
    assert "Lindqvist" not in now


@pytest.mark.parametrize("fields", [{"username": "mara.l"}, {"first_name": "M."}, {"is_active": None}])
def test_every_change_of_who_somebody_is_raises_the_version(client, mara, fields):
    other = make_writer("ines", "Ines Moreau")
    before = version()
    change(client, other, **fields)
    assert version() == before + 1


def test_account_that_is_deleted_raises_the_version(client, mara):
    before, first, second = version(), make_writer("ines", "Ines M"), make_writer("rosa", "Rosa T")
    client.post(f"/admin/auth/user/{first.pk}/delete/", {"post": "yes"})
    assert version() == before + 1
    listed = {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"}
    client.post("/admin/auth/user/", listed)
    assert version() == before + 2
    assert list(User.objects.all()) == [mara]


def test_refused_change_raises_nothing(client, mara):
    before = version()
    response = client.post(f"/admin/auth/user/{mara.pk}/change/", answers(mara, username=""))
    assert response.status_code == 200
    assert version() == before


def test_account_is_added_with_a_password_as_before(client, mara):
    assert page(client.get("/admin/auth/user/add/")).select_one("[name=password1]")
    password = "a-long-walk-home"
    sent = {"username": "ines", "usable_password": "true", "password1": password, "password2": password}
    assert client.post("/admin/auth/user/add/", sent).status_code == 302
    assert User.objects.get(username="ines").check_password(password)
