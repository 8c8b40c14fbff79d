"""The admin's looser content policy: in the admin, with a nonce for one script, and nowhere else."""

from __future__ import annotations

import re

import pytest

from tests.blog.admin_pages import page
from tests.makers import make_post

pytestmark = pytest.mark.django_db

HEADER = "Content-Security-Policy"
EDITORS = ["/admin/blog/post/add/", "/admin/blog/page/add/", "/admin/blog/topic/add/"]


def directives(answer) -> dict[str, list[str]]:
    parts = (part.split() for part in answer[HEADER].split(";"))
    return {name: values for name, *values in parts}


def nonces(answer) -> list[str]:
    return re.findall(r"'nonce-([^']+)'", answer[HEADER])


@pytest.mark.parametrize("address", EDITORS)
def test_import_map_of_the_editor_carries_the_nonce_of_the_policy(client, mara, address):
    answer = client.get(address)
    maps = page(answer).select("script[type=importmap]")
    assert [script["nonce"] for script in maps] == nonces(answer)
    assert len(maps) == 1


@pytest.mark.parametrize("address", EDITORS)
def test_every_other_script_of_a_form_comes_from_a_file(client, mara, address):
    scripts = page(client.get(address)).select("script:not([type=importmap])")
    assert scripts
    assert all(script.get("src", "").startswith("/") for script in scripts)


def test_nonce_is_new_each_time(client, mara):
    first, second = (nonces(client.get(EDITORS[0])) for _ in range(2))
    assert first != second


def test_admin_allows_inline_styles_and_no_inline_scripts(client, mara):
    policy = directives(client.get("/admin/"))
    assert "'unsafe-inline'" in policy["style-src"]
    assert policy["script-src"] == ["'self'"]


def test_rest_of_the_strict_policy_holds_in_the_admin(client, mara):
    policy = directives(client.get("/admin/"))
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]


@pytest.mark.parametrize(
    "address", ["/", "/topics/", "/sign-in/", "/administration/", "/search/?q=admin", "/nowhere/"]
)
def test_outside_the_admin_nothing_is_loosened(client, mara, address):
    make_post()
    policy = client.get(address)[HEADER]
    assert "unsafe" not in policy
    assert "nonce" not in policy


def test_answers_inside_the_admin_that_are_no_pages_have_the_policy_too(client):
    assert "'unsafe-inline'" in client.get("/admin/blog/post/")[HEADER]
    assert "'unsafe-inline'" in client.get("/admin/nowhere/")[HEADER]
