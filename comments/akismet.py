"""Asks a service outside for its opinion on a comment, in the protocol of Akismet; off until it is set.

The protocol is one form and one word (https://akismet.com/developers/detailed-docs/comment-check/). `_fields`
alone decides what leaves this machine: no mail address, no network address, nothing about the browser. A
service that fails, dawdles or answers strangely gives no opinion, which is what most sites have anyway, and
is left alone for a minute, so that it slows one comment and not each.
"""

import logging
import ssl
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from threading import Lock, Thread
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from django.conf import settings

from comments.spam.candidate import Candidate, Opinion

logger = logging.getLogger(__name__)

REST_SECONDS = 60
# Bytes. An answer is one word.
LONGEST_ANSWER = 1_000
# The protocol demands the commenter's address, which we do not keep and would not tell.
NO_ADDRESS = "127.0.0.1"

_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class NoOpinionError(Exception):
    """The service answered, but with no opinion. The message says how, in our own words."""


class Service:
    """The service as this process knows it: well, or resting after a failure. Safe between threads.

    `clock` counts seconds and never goes back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rests_until = float("-inf")
        self._lock = Lock()

    def opinion(self, fields: dict[str, str]) -> Opinion | None:
        if self._is_resting():
            return None
        try:
            return _answer_in_time(fields)
        except Exception as wrong:  # whatever it is, no commenter may suffer from it
            self._rest(_reason(wrong))
            return None

    def _is_resting(self) -> bool:
        return self._clock() < self._rests_until

    def _rest(self, reason: str) -> None:
        """Of several threads that fail at once, one tells the log."""
        with self._lock:
            if self._is_resting():
                return
            self._rests_until = self._clock() + REST_SECONDS
        logger.warning("no opinion from AKISMET_URL, left alone for %d s: %s", REST_SECONDS, reason)


service = Service()


def opinion_of(candidate: Candidate, *, permalink: str) -> Opinion | None:
    """What the service thinks of a candidate, None when it isn't asked or doesn't say.

    Takes AKISMET_TIMEOUT at most and never raises. `permalink` is the post's, as a path or in full. Staff is
    not judged, so nothing is asked about it.
    """
    if candidate.is_staff or not (settings.AKISMET_URL and settings.AKISMET_KEY):
        return None
    return service.opinion(_fields(candidate, permalink))


def is_private_way(url: str) -> bool:
    """Whether what is sent to an address can be read by nobody on the way: https, or this machine itself."""
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    if address.scheme == "http":
        return address.hostname in _THIS_MACHINE
    return address.scheme == "https" and bool(address.hostname)


def _fields(candidate: Candidate, permalink: str) -> dict[str, str]:
    """All that the service is told. docs/operating.md lists it for the site's privacy page."""
    blog = _home_address()
    return {
        "api_key": settings.AKISMET_KEY,
        "blog": blog,
        "blog_lang": settings.LANGUAGE_CODE.replace("-", "_"),
        "permalink": urljoin(blog, permalink),
        "user_ip": NO_ADDRESS,
        "comment_type": "comment" if candidate.parent_name is None else "reply",
        "comment_author": candidate.name,
        "comment_author_url": candidate.website,
        "comment_content": candidate.text,
    }


def _home_address() -> str:
    """The site's home page, by the first host that the settings name."""
    named = (host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*")
    return f"{'https' if settings.HTTPS else 'http'}://{next(named, 'localhost')}/"


def _answer_in_time(fields: dict[str, str]) -> Opinion:
    """The service's answer. Raises TimeoutError when there is none within AKISMET_TIMEOUT, all in all.

    It is asked in a thread of its own, since a socket's timeout begins anew with each byte that trickles in
    and looking up a name has none. A thread that is given up ends when the service falls silent or hangs up;
    the rest after each failure keeps them few.
    """
    answer: Future[Opinion] = Future()
    Thread(target=_settle, args=(answer, fields), name="akismet", daemon=True).start()
    return answer.result(timeout=settings.AKISMET_TIMEOUT)


def _settle(answer: Future[Opinion], fields: dict[str, str]) -> None:
    """Fills in the answer, or whatever went wrong: that is for the waiting thread to judge."""
    try:
        answer.set_result(_ask(fields))
    except Exception as wrong:
        answer.set_exception(wrong)


def _ask(fields: dict[str, str]) -> Opinion:
    """One request and its answer. Follows no redirect and uses no proxy."""
    address = urlsplit(settings.AKISMET_URL)
    connection = _connection_to(address)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Second Wind"}
    try:
        connection.request(
            "POST",
            f"{address.path.rstrip('/')}/comment-check",
            body=urlencode(fields, errors="replace"),
            headers=headers,
        )
        with connection.getresponse() as response:
            return _opinion_in(response)
    finally:
        connection.close()


def _connection_to(address: SplitResult) -> HTTPConnection:
    if not is_private_way(address.geturl()):
        raise NoOpinionError("the address is not https")
    host, port, timeout = address.hostname, address.port, settings.AKISMET_TIMEOUT
    if address.scheme == "http":
        return HTTPConnection(host, port, timeout=timeout)
    return HTTPSConnection(host, port, timeout=timeout, context=_certificates())


@cache
def _certificates() -> ssl.SSLContext:
    """Checks certificates and host names against what the machine trusts; reading those takes a while."""
    return ssl.create_default_context()


def _opinion_in(response: HTTPResponse) -> Opinion:
    """`true` is spam, `false` is ham; a header says when spam is beyond doubt. A wrong key is `invalid`."""
    answer = response.read(LONGEST_ANSWER + 1)
    if response.status != 200:
        raise NoOpinionError(f"status {response.status}")
    if len(answer) > LONGEST_ANSWER:
        raise NoOpinionError("an answer without end")
    if answer.strip() == b"false":
        return Opinion.HAM
    if answer.strip() == b"true":
        is_certain = response.getheader("X-akismet-pro-tip", "").strip() == "discard"
        return Opinion.DISCARD if is_certain else Opinion.SPAM
    raise NoOpinionError("neither true nor false; AKISMET_KEY may be wrong")


def _reason(wrong: Exception) -> str:
    """Why there is no opinion, in our own words: an exception's may repeat the service or the reader."""
    if isinstance(wrong, NoOpinionError):
        return str(wrong)
    return type(wrong).__name__
