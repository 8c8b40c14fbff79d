"""Public pages as bytes, kept under keys that change when anything on the page changes.

The caller reads the versions of what a page shows (one query) and makes the key from them. A key never goes
stale, so nothing is ever invalidated: old pages are simply no longer asked for and fall out of the store.
Pages live in the process; when the site has a shared cache (Redis), other processes find them there too.
The same key gives the ETag, so a visitor who has the page already is told so before anything is built
(RFC 9110, section 13.1.2). Pages are the same for everybody and carry no secret, so compressing them is safe.
"""

import gzip
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from lib.release import release

logger = logging.getLogger(__name__)

# Browsers and proxies may keep a page but must ask whether it is still the same: always fresh, nearly free.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
SHARED_SECONDS = 24 * 60 * 60
# A shared cache that failed is not asked for so long: each visitor would wait for its timeout.
REST_SECONDS = 10
# A page larger than this part of the store is not kept in it: it would drive too many others out.
LARGEST_SHARE = 1 / 4
GZIP_LEVEL = 6


@dataclass
class StoredPage:
    body: bytes
    content_type: str
    _packed: bytes = field(default=b"", repr=False)

    def packed(self) -> bytes:
        """The body compressed, once, when the first visitor asks for it so."""
        if not self._packed:
            self._packed = gzip.compress(self.body, GZIP_LEVEL, mtime=0)
        return self._packed


class PageStore:
    """The most recently used pages of this process, up to a number of bytes. Safe between threads."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, StoredPage] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, tag: str) -> StoredPage | None:
        with self._lock:
            page = self._pages.get(tag)
            if page:
                self._pages.move_to_end(tag)
            return page

    def put(self, tag: str, page: StoredPage, *, limit: int) -> None:
        with self._lock:
            self._forget(tag)
            if len(page.body) > limit * LARGEST_SHARE:
                return
            self._pages[tag] = page
            # Twice the body: the compressed copy comes later and is smaller than the body.
            self._bytes += 2 * len(page.body)
            while self._bytes > limit and self._pages:
                self._forget(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _forget(self, tag: str) -> None:
        page = self._pages.pop(tag, None)
        if page:
            self._bytes -= 2 * len(page.body)


class SharedPages:
    """The pages of all processes, in the cache they share. `clock` counts seconds and never goes back.

    A dead cache must not stop anybody from reading: it is logged, and left alone for a while.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rests_until = float("-inf")

    def get(self, tag: str) -> StoredPage | None:
        found = self._ask(lambda: cache.get(f"page:{tag}"))
        return StoredPage(*found) if found else None

    def put(self, tag: str, page: StoredPage) -> None:
        self._ask(lambda: cache.set(f"page:{tag}", (page.body, page.content_type), SHARED_SECONDS))

    def _ask(self, question: Callable[[], object]) -> object:
        if not _has_shared_cache() or self._clock() < self._rests_until:
            return None
        try:
            return question()
        except Exception:
            self._rests_until = self._clock() + REST_SECONDS
            logger.warning("the shared page cache does not answer", exc_info=True)
            return None


store = PageStore()
shared = SharedPages()


def serve(request: HttpRequest, versions: tuple, build: Callable[[], HttpResponse]) -> HttpResponse:
    """The page for `versions`: not modified, from the store, or built now and kept.

    `versions` holds everything that can change the page's bytes besides the code and the address.
    Only answers with status 200 are kept; a redirect or an error passes through.
    """
    limit = settings.PAGE_CACHE_MEGABYTES * 1_000_000
    if not limit:
        return _with_headers(build(), tag=None)
    tag = _tag(request, versions)
    if tag in request.headers.get("If-None-Match", ""):
        return _with_headers(HttpResponseNotModified(), tag=tag)
    page = store.get(tag)
    if page is None:
        page = shared.get(tag) or build()
        if isinstance(page, HttpResponse):
            if page.status_code != 200:
                return page
            page = StoredPage(page.content, page.headers["Content-Type"])
            shared.put(tag, page)
        store.put(tag, page, limit=limit)
    return _answer(request, page, tag)


def _tag(request: HttpRequest, versions: tuple) -> str:
    what = repr((release(), request.scheme, request.get_host(), request.path, versions))
    return hashlib.blake2b(what.encode(), digest_size=12).hexdigest()


def _answer(request: HttpRequest, page: StoredPage, tag: str) -> HttpResponse:
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return _with_headers(HttpResponse(page.body, content_type=page.content_type), tag=tag)
    response = HttpResponse(page.packed(), content_type=page.content_type)
    response.headers["Content-Encoding"] = "gzip"
    return _with_headers(response, tag=tag)


def _with_headers(response: HttpResponse, *, tag: str | None) -> HttpResponse:
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["Vary"] = "Accept-Encoding"
    if tag:
        response.headers["ETag"] = f'W/"{tag}"'
    return response


def _has_shared_cache() -> bool:
    return "locmem" not in settings.CACHES["default"]["BACKEND"]
