"""What tests of posting share: the form as a browser sends it."""

from datetime import timedelta

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.stamp import new_stamp

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}


def form_data(post: Post, **fields: str) -> dict[str, str]:
    made_at = timezone.now() - timedelta(minutes=2)
    return {"text": "Mine took six weeks.", "name": "Ines", "stamp": new_stamp(post.pk, made_at)} | fields


def send(client: Client, post: Post, headers: dict | None = None, **fields: str) -> HttpResponse:
    address = f"/comments/new/{post.pk}/"
    return client.post(
        address, form_data(post, **fields), headers=SAME_ORIGIN if headers is None else headers
    )


def body_of(response: HttpResponse) -> str:
    return response.content.decode()
