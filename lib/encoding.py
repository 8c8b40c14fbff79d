"""Reads every request as UTF-8, which is what our pages are written in and browsers send.

Django believes the charset a request names, and while it makes its request object, before any middleware of
Django's could step in. Python has codecs that turn bytes into no text at all (`hex`) or refuse whatever they
are given (`undefined`), and each would end in an error of ours. So this stands around the whole application.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_BOUNDARY = re.compile(r';\s*boundary="?([^";]+)', re.IGNORECASE)


def read_as_utf8(application: Application) -> Application:
    """The WSGI application (PEP 3333), told of each request's media type without the charset."""

    def reading(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = media_type(environ.get("CONTENT_TYPE", ""))
        return application(environ, start_response)

    return reading


def media_type(header: str) -> str:
    """A Content-Type (RFC 9110, 8.3) with no parameter but the boundary, the one that reading forms needs."""
    boundary = _BOUNDARY.search(header)
    bare = header.partition(";")[0].strip()
    return f'{bare}; boundary="{boundary[1].strip()}"' if boundary else bare
