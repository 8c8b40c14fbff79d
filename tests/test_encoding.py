"""What a request says of its own encoding is not believed: everything is read as UTF-8."""

from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from comments.models import Comment
from lib.encoding import media_type
from tests.makers import make_post

pytestmark = pytest.mark.django_db

# Python knows nearly all: no text, text that always fails, text in other bytes; one it does not know.
CHARSETS = ["hex", "base64", "zip", "rot13", "undefined", "idna", "utf-16", "punycode", "no-such-thing"]


@pytest.fixture(autouse=True)
def _keep_the_connection():
    """A server closes its connections between requests, and with them this test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(path: str, *, content_type: str, query: str = "", form: bytes = b"") -> int:
    """The status of the answer to a request as a server hands it over."""
    from config.wsgi import application  # it looks into the database

    environ = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "HTTP_HOST": "testserver",
    }
    if form:
        environ |= {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(form)), "wsgi.input": BytesIO(form)}
        environ |= {"HTTP_ORIGIN": "http://testserver", "REMOTE_ADDR": "203.0.113.7"}
    setup_testing_defaults(environ)
    answers = []
    body = application(environ, lambda status, headers: answers.append(int(status[:3])))
    assert b"".join(body) is not None
    return answers[0]


@pytest.mark.parametrize("charset", CHARSETS)
def test_page_is_read_whatever_charset_is_named(charset):
    for parameter in ("charset", "Charset", "charset*", "x*"):
        value = f"{charset}''abc" if parameter.endswith("*") else charset
        content_type = f"text/plain; {parameter}={value}"
        assert ask("/posts/", query="page=1", content_type=content_type) == 200, content_type


@pytest.mark.parametrize("charset", CHARSETS)
def test_form_is_read_as_utf_8_whatever_charset_is_named(charset):
    form = b"name=In%C3%A8s&text=%C3%9Cber+alles+Warten."
    content_type = f"application/x-www-form-urlencoded; charset={charset}"
    assert ask(f"/comments/new/{make_post().pk}/", form=form, content_type=content_type) == 302
    comment = Comment.objects.get()
    assert (comment.name, comment.text) == ("Inès", "Über alles Warten.")


def test_form_in_parts_is_still_read():
    parts = "".join(
        f'--a-b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"name": "Inès", "text": "Über alles Warten."}.items()
    )
    content_type = "multipart/form-data; charset=hex; boundary=a-b"
    address = f"/comments/new/{make_post().pk}/"
    assert ask(address, form=f"{parts}--a-b--\r\n".encode(), content_type=content_type) == 302
    assert Comment.objects.get().name == "Inès"


@pytest.mark.parametrize(
    ("header", "kept"),
    [
        ("", ""),
        ("text/plain", "text/plain"),
        ("text/plain;charset=utf-8", "text/plain"),
        ('multipart/form-data; boundary="a b"; charset=x', 'multipart/form-data; boundary="a b"'),
        ("multipart/form-data; Boundary=----WebKit1", 'multipart/form-data; boundary="----WebKit1"'),
        ("; charset=hex", ""),
    ],
)
def test_media_type_keeps_its_boundary_only(header, kept):
    assert media_type(header) == kept
