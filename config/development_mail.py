"""Mail on a development site: nothing is sent, each mail becomes a file in `var/mail/`, and `/dev/mail/`
shows them, so that their links can be followed. The addresses exist with DEBUG only.
"""

import email
import os
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage as ReadMessage
from email.policy import default
from pathlib import Path

from csp.constants import HEADER
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from lib.ids import new_id, time_of
from lib.visitors import keep_private

# A mail's HTML brings its own style and may do nothing else: no script, no form, no request; links lead on.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-popups"
MOST_LISTED = 100


class FolderBackend(BaseEmailBackend):
    """A file a message, named by the time it was written."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            name = new_id(timezone.now())
            unfinished = folder / f"{name}.part"
            unfinished.write_bytes(message.message().as_bytes())
            # A file with the right name is a whole one, whatever happens to this process.
            os.replace(unfinished, folder / f"{name}.eml")
        return len(messages)


class KeptMail:
    """A message in the folder, read when it is asked for."""

    def __init__(self, file: Path) -> None:
        self.name = file.stem
        self.written_at: datetime = time_of(file.stem)
        self._message: ReadMessage = email.message_from_bytes(file.read_bytes(), policy=default)

    @property
    def subject(self) -> str:
        return self._message["Subject"] or "(no subject)"

    @property
    def to(self) -> str:
        return self._message["To"] or ""

    @property
    def headers(self) -> list[tuple[str, str]]:
        return self._message.items()

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        body = self._message.get_body(preferencelist=(kind,))
        return body.get_content() if body else ""


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The mails of this development site, newest first."""
    files = sorted(_folder().glob("*.eml"), reverse=True)[:MOST_LISTED]
    return keep_private(
        render(request, "development/mails.html", {"mails": [KeptMail(file) for file in files]})
    )


@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as text, with its links, and its headers."""
    return keep_private(render(request, "development/mail.html", {"mail": _kept(name)}))


@require_safe
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as a mail program shows it, as a page of its own that may do nothing."""
    return keep_private(HttpResponse(_kept(name).html, headers={HEADER: MAIL_POLICY}))


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _kept(name: str) -> KeptMail:
    """By its name among those that are there, never by a path that somebody put together."""
    for file in _folder().glob("*.eml"):
        if file.stem == name:
            return KeptMail(file)
    raise Http404("No such mail.")


urlpatterns = [
    path("dev/mail/", mails, name="development-mails"),
    path("dev/mail/<slug:name>/", mail, name="development-mail"),
    path("dev/mail/<slug:name>/html/", mail_html, name="development-mail-html"),
]
