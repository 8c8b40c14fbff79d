"""The site's measure: a Django that does nothing but answer. No middleware, no database, one view.

GET /<status>/<row> returns the bytes of that row's answer from memory, with their length.
POST reads the form, as any view that takes one must, and redirects.
"""

import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

ANSWERS = Path(os.environ["BENCH_ANSWERS"])

settings.configure(
    SECRET_KEY="signs-nothing",  # noqa: S106
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
)


def answer(request: HttpRequest, status: int, row: str) -> HttpResponse:
    if request.method == "POST":
        return HttpResponseRedirect(f"/#{request.POST['stamp']}", headers={"Content-Length": "0"})
    return _with_length(_body_of(row), status)


def healthz(request: HttpRequest) -> HttpResponse:
    """For the benchmark to see that the server is there."""
    return _with_length(b"ok", 200)


def _with_length(body: bytes, status: int) -> HttpResponse:
    return HttpResponse(body, status=status, headers={"Content-Length": str(len(body))})


@cache
def _body_of(row: str) -> bytes:
    """Read once in each process; the benchmark has written it before it asks."""
    return (ANSWERS / row).read_bytes()


urlpatterns = [path("<int:status>/<str:row>", answer), path("healthz", healthz)]
application = get_wsgi_application()
