"""How long browsers keep the files without a hash in their name. Those with one they keep for ever."""

from django.http import HttpResponse

DAY = 24 * 60 * 60
AT_THE_TOP = ("/favicon.ico",)


def keep_for_a_day(headers: HttpResponse, path: str, url: str) -> None:
    """For whitenoise, which asks about every file: one at the top of the site may be a day old."""
    if url in AT_THE_TOP:
        headers["Cache-Control"] = f"public, max-age={DAY}"
