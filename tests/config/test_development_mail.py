"""On a development site mails become files, and a page shows them without letting them do anything."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import NoReverseMatch, reverse

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.urls_in_development")]
LINK = "https://blog.example.org/comments/abc/"


@pytest.fixture(autouse=True)
def folder(settings: object, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "config.development_mail.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def send(subject: str = "It is live", html: str = f'<p><a href="{LINK}">Read</a></p>') -> None:
    message = EmailMultiAlternatives(subject, f"Read <it> at {LINK}", "a@example.org", ["ines@example.org"])
    message.attach_alternative(html, "text/html")
    message.send()


def names(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.iterdir())


def test_each_mail_is_a_file(folder):
    send()
    send()
    assert len(names(folder)) == 2


def test_list_shows_the_newest_mail_first(client: Client, folder):
    send("First")
    send("Second")
    page = client.get("/dev/mail/")
    text = page.content.decode()
    assert text.index("Second") < text.index("First")
    assert page.headers["Cache-Control"] == "private, no-store"


def test_list_without_mails_says_so(client: Client):
    assert "There is none yet" in client.get("/dev/mail/").content.decode()


def test_mail_is_shown_as_text_with_its_links(client: Client, folder):
    send()
    text = client.get(f"/dev/mail/{names(folder)[0]}/").content.decode()
    assert f'<a href="{LINK}"' in text
    assert "Read &lt;it&gt; at" in text
    assert "To: ines@example.org" in text


def test_html_of_a_mail_may_do_nothing_but_look(client: Client, folder):
    send(html="<script>alert(1)</script><p>Hello</p>")
    page = client.get(f"/dev/mail/{names(folder)[0]}/html/")
    policy = page.headers["Content-Security-Policy"]
    assert "<p>Hello</p>" in page.content.decode()
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fsecret-key", "../db"])
def test_only_mails_are_found(client: Client, folder, name):
    send()
    assert client.get(f"/dev/mail/{name}/").status_code == 404


@pytest.mark.urls("config.urls")
def test_site_without_debug_has_no_such_page(client: Client):
    assert client.get("/dev/mail/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("development-mails")
