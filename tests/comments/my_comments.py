"""What tests of “my comments” share: a browser that opened the link mailed to an address."""

import re

from django.core import mail as mailbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.mailed_links import make_link
from comments.models import MailedLink
from comments.readers import reader_for
from tests.comments.cast import SAME_ORIGIN

INES = "ines@example.org"


def token_for(email: str = INES, **when: object) -> str:
    now = when.get("now") or timezone.now()
    return make_link(reader_for(email), MailedLink.Purpose.MY_COMMENTS, now=now)


def path_of(token: str) -> str:
    return reverse("comments:open-my-comments", args=[token])


def opened(email: str = INES) -> Client:
    """A browser in its session."""
    client = Client()
    response = client.post(path_of(token_for(email)), headers=SAME_ORIGIN)
    assert response.status_code == 302
    return client


def allow_one_by_one(settings: object) -> None:
    """Erasing locks one comment after the other, on purpose; the detector of loops would object."""
    loops = [{"model": model, "field": "get()"} for model in ("comments.Comment", "blog.Post")]
    settings.ZEAL_ALLOWLIST = [*settings.ZEAL_ALLOWLIST, *loops]


def mailed_path() -> str:
    """The path of the link in the one mail that went out."""
    [message] = mailbox.outbox
    return re.search(r"https://blog\.example\.org(/my-comments/open/\S+/)", message.body)[1]
