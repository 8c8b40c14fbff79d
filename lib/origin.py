"""Does a request come from our own pages? Asked before an anonymous form is read.

Our public pages are the same bytes for everybody and so carry no CSRF token. Browsers say instead where a
request comes from, in headers that scripts cannot set.

Sources: W3C Fetch Metadata Request Headers (https://www.w3.org/TR/fetch-metadata/); RFC 6454 for Origin;
OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Fetch Metadata headers" and "Using Standard
Headers to Verify Origin".

A request that carries a session must pass Django's token check as well, and only then can it speak as
somebody who has signed in.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from lib.visitors import has_session

DEFAULT_PORTS = {"http": 80, "https": 443}

# What a refused form says.
ELSEWHERE = "This did not come from a page of this site, or the page is old. Please press the button again."

Origin = tuple[str, str, int | None]


def is_same_origin(request: HttpRequest) -> bool:
    """True when the browser says that the request was made by a page of ours, or by its user.

    `Sec-Fetch-Site` decides where it is sent: "same-origin" is ours; "none" is the user (a reload, a
    bookmark) unless an Origin says otherwise; "same-site", "cross-site" and unknown words are refused.
    Older browsers and plain HTTP send none: then Origin decides ("null" is refused), then Referer. A
    request with none of the three is refused. Behind a proxy SECURE_PROXY_SSL_HEADER must be set, or the
    scheme is not the visitor's; the site's Referrer-Policy must not be "no-referrer".
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site == "none":
        return origin is None or _is_ours(origin, request)
    if site is not None:
        return site == "same-origin"
    if origin is not None:
        return _is_ours(origin, request)
    return _is_ours(request.headers.get("Referer", ""), request)


def has_token_fault(request: HttpRequest) -> bool:
    """Whether the request carries a session and Django's own CSRF check, from which the view is otherwise
    exempt, refuses it."""
    if not has_session(request):
        return False
    check = CsrfViewMiddleware(_checked)
    check.process_request(request)
    return check.process_view(request, _checked, (), {}) is not None


def is_foreign(request: HttpRequest) -> bool:
    """Whether a form must be refused: it is from elsewhere, or its visitor's session says something else."""
    return not is_same_origin(request) or has_token_fault(request)


def _checked(request: HttpRequest) -> HttpResponse:
    """Stands for a view that is not exempt from the CSRF check."""
    return HttpResponse()


def _is_ours(address: str, request: HttpRequest) -> bool:
    theirs = _origin_of(address)
    return theirs is not None and theirs == _origin_of(f"{request.scheme}://{request.get_host()}")


def _origin_of(address: str) -> Origin | None:
    """Scheme, host and port of an absolute http(s) address (RFC 6454, section 4); None for anything else."""
    try:
        parts = urlsplit(address)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port
