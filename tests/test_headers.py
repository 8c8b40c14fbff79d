"""Security headers on every answer, and a policy without `unsafe` everywhere but in the admin."""

import pytest

from tests.makers import make_post, make_writer

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/",
    "/nothing-here/",
    "/feed/",
    "/healthz",
    "/admin/login/",
    "/desk/",
    "/sign-in/",
    "/search/?q=x",
    "/robots.txt",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(client, address):
    response = client.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", [a for a in ADDRESSES if not a.startswith("/admin")])
def test_policy_allows_nothing_inline_outside_the_admin(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "data:" not in policy


def test_admin_never_allows_inline_scripts(client):
    client.force_login(make_writer())
    policy = client.get("/admin/")["Content-Security-Policy"]
    script = next(part for part in policy.split(";") if "script-src" in part)
    assert "unsafe" not in script


def test_public_pages_hold_no_inline_style_script_or_handler(client):
    post = make_post()
    for address in ("/", post.get_absolute_url(), "/topics/", "/search/", "/nothing-here/"):
        page = client.get(address).content.decode()
        assert " style=" not in page, address
        assert " onclick=" not in page, address
        assert "<style" not in page, address
        inline = [tag for tag in page.split("<script")[1:] if " src=" not in tag.split(">")[0]]
        assert all("application/ld+json" in tag.split(">")[0] for tag in inline), address


def test_healthz_says_ok(client):
    response = client.get("/healthz")
    assert response.content == b"ok\n"
    assert response["Cache-Control"] == "no-store"
