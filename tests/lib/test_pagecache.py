"""The store of pages: bounded, in order of use; and the shared cache behind it, alive or dead."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from lib import pagecache
from lib.pagecache import REST_SECONDS, PageStore, SharedPages, StoredPage, serve


def page(size: int) -> StoredPage:
    return StoredPage(b"x" * size, "text/html")


def test_store_gives_back_what_was_put():
    store = PageStore()
    store.put("a", page(10), limit=1000)
    assert store.get("a").body == b"x" * 10
    assert store.get("b") is None


def test_store_drops_what_was_used_longest_ago():
    store = PageStore()
    for tag in "abc":
        store.put(tag, page(100), limit=600)
    store.get("a")
    store.put("d", page(100), limit=600)
    assert [tag for tag in "abcd" if store.get(tag)] == ["a", "c", "d"]


def test_page_larger_than_the_store_is_not_kept():
    store = PageStore()
    store.put("a", page(1000), limit=100)
    assert store.get("a") is None


def test_page_too_large_to_keep_drives_no_other_out():
    store = PageStore()
    for tag in "abc":
        store.put(tag, page(100), limit=1200)
    store.put("d", page(301), limit=1200)
    assert [tag for tag in "abcd" if store.get(tag)] == ["a", "b", "c"]


def test_page_that_grew_too_large_is_not_served_as_it_was():
    store = PageStore()
    store.put("a", page(100), limit=1200)
    store.put("a", page(301), limit=1200)
    assert store.get("a") is None


def test_page_put_twice_counts_once():
    store = PageStore()
    for _ in range(10):
        store.put("a", page(100), limit=500)
    store.put("b", page(100), limit=500)
    assert store.get("a")
    assert store.get("b")


class Builder:
    """Builds an answer and counts how often it had to."""

    def __init__(self, response=None):
        self.times = 0
        self.response = response

    def __call__(self):
        self.times += 1
        return self.response or HttpResponse(f"built {self.times}")


def ask(builder, *versions, path="/", **headers):
    return serve(RequestFactory().get(path, headers=headers), versions, builder)


def test_page_is_built_once_for_each_version():
    build = Builder()
    assert [ask(build, 1).content for _ in range(3)] == [b"built 1"] * 3
    assert ask(build, 2).content == b"built 2"


def test_each_address_and_each_host_has_its_own_page(settings):
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    build = Builder()
    places = [(path, host) for path in ("/x/", "/y/") for host in ("a.example", "b.example")]
    assert len({ask(build, 1, path=path, Host=host).content for path, host in places}) == 4


@pytest.mark.parametrize("response", [HttpResponseRedirect("/elsewhere/"), HttpResponse("no", status=404)])
def test_only_whole_pages_are_kept(response):
    build = Builder(response)
    ask(build, 1), ask(build, 1)
    assert build.times == 2
    assert "ETag" not in ask(build, 1)


def test_size_of_zero_turns_the_cache_off(settings):
    settings.PAGE_CACHE_MEGABYTES = 0
    build = Builder()
    ask(build, 1)
    response = ask(build, 1)
    assert build.times == 2
    assert "ETag" not in response


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def shared(monkeypatch, clock):
    """The cache of all processes, as one of them sees it."""
    monkeypatch.setattr(pagecache, "shared", SharedPages(clock))


@pytest.fixture
def redis(monkeypatch):
    monkeypatch.setattr(pagecache, "_has_shared_cache", lambda: True)


class DeadCache:
    """Counts how often it was asked in vain."""

    def __init__(self):
        self.asked = 0

    def get(self, *_args):
        self.asked += 1
        raise ConnectionError("no route")

    set = get


@pytest.fixture
def dead(redis, monkeypatch):
    dead = DeadCache()
    monkeypatch.setattr(pagecache, "cache", dead)
    return dead


def test_another_process_finds_the_page_in_the_shared_cache(redis):
    build = Builder()
    ask(build, 1)
    pagecache.store.clear()
    assert ask(build, 1).content == b"built 1"
    assert build.times == 1


def test_reading_goes_on_when_the_shared_cache_is_dead(dead, caplog):
    assert ask(Builder(), 1).content == b"built 1"
    assert "does not answer" in caplog.text


def test_dead_shared_cache_is_left_alone_for_a_while(dead, clock):
    for version in range(10):
        ask(Builder(), version)
    assert dead.asked == 1
    clock.now += REST_SECONDS - 1
    ask(Builder(), 11)
    assert dead.asked == 1
    clock.now += 1
    ask(Builder(), 12)
    assert dead.asked == 2


def test_shared_cache_that_is_back_is_used_again(dead, clock, monkeypatch):
    ask(Builder(), 1)
    monkeypatch.setattr(pagecache, "cache", cache)
    clock.now += REST_SECONDS
    build = Builder()
    ask(build, 2), pagecache.store.clear(), ask(build, 2)
    assert build.times == 1


def test_another_release_of_the_code_has_other_pages(monkeypatch):
    build = Builder()
    ask(build, 1)
    monkeypatch.setattr(pagecache, "release", lambda: "another")
    assert ask(build, 1).content == b"built 2"
