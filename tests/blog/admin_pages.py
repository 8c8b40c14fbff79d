"""Reading what the admin answers."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.http import HttpResponse

from blog.models import SiteProfile


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def error_at(answer: HttpResponse, field: str) -> str:
    """What the form says at a field, after it was refused."""
    assert answer.status_code == 200
    return page(answer).select_one(f".form-row.field-{field} .errorlist").text


def version() -> int:
    return SiteProfile.objects.get(pk=1).version
