"""What becomes of the environment's variables that take more than one line to read."""

import environ
import pytest
from django.core.cache import caches

from config.environment import cache_from


def cache_at(monkeypatch: pytest.MonkeyPatch, address: str) -> dict[str, object]:
    monkeypatch.setenv("CACHE_URL", address)
    return cache_from(environ.Env())


def test_redis_that_hangs_is_given_up_after_a_quarter_of_a_second(monkeypatch):
    settings = cache_at(monkeypatch, "redis://127.0.0.1:6379/0")
    assert settings["LOCATION"] == "redis://127.0.0.1:6379/0"
    assert settings["OPTIONS"] == {"socket_timeout": 0.25, "socket_connect_timeout": 0.25}


def test_redis_may_be_given_longer(monkeypatch):
    settings = cache_at(monkeypatch, "rediss://127.0.0.1:6379/0?socket_timeout=3")
    assert settings["OPTIONS"] == {"socket_timeout": 3, "socket_connect_timeout": 0.25}


def test_memory_of_the_process_takes_no_timeouts(monkeypatch, settings):
    settings.CACHES = {"default": cache_at(monkeypatch, "locmemcache://")}
    caches["default"].set("a", 1)
    assert caches["default"].get("a") == 1
