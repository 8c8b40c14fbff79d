"""Real-browser tests: the system's Chromium against a live server, shut off from every other host.

CHROMIUM names the browser where it is not on the PATH. Without one these tests are skipped and say so;
with REQUIRE_BROWSER=1 (as in CI) they fail instead. Every test here carries the `browser` marker and commits
what it writes, because the server reads the database through connections of its own.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import BrowserContext, Page, Playwright, Route
from pytest_django.live_server_helper import LiveServer

HERE = Path(__file__).parent
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

# Playwright keeps an event loop in the test's thread, where Django would else refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Marks this directory's tests, and puts them last, where Playwright's event loop troubles nobody."""
    for item in filter(_is_here, items):
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db(transaction=True))
    yield
    items.sort(key=_is_here)


def _is_here(item: pytest.Item) -> bool:
    return item.path.is_relative_to(HERE)


def find_chromium() -> str | None:
    """The path of the browser to drive, or None where there is none."""
    named = os.environ.get("CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = find_chromium()
    if chromium:
        return browser_type_launch_args | {"executable_path": chromium, "args": CHROMIUM_FLAGS}
    reason = "no Chromium found: install it, or name it in CHROMIUM"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def _connection(django_db_setup: None) -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]


@pytest.fixture(scope="session")
def playwright(_connection: BaseDatabaseWrapper, playwright: Playwright) -> Playwright:
    """Playwright's own, started after the database: Django keeps other connections beside an event loop, so
    the tests' connection is handed over."""
    connections[DEFAULT_DB_ALIAS] = _connection
    return playwright


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Lets a test write `page.goto("/")`."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    fixed = {"locale": "en-GB", "timezone_id": "Europe/London", "service_workers": "block"}
    return browser_context_args | fixed


@pytest.fixture
def foreign_requests() -> Iterator[list[str]]:
    """Addresses on other hosts that pages asked for; all are refused, and the test fails if any is left."""
    addresses: list[str] = []
    yield addresses
    assert addresses == [], f"the page asked other hosts for {addresses}"


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], base_url: str, foreign_requests: list[str]
) -> Callable[..., BrowserContext]:
    """Playwright's own factory, with a guard on each context that records and refuses other hosts."""

    def refuse(route: Route) -> None:
        foreign_requests.append(route.request.url)
        route.abort()

    def guarded(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.route(re.compile(rf"^(?!{re.escape(base_url)}(/|$))"), refuse)
        return context

    return guarded


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Checks the loaded page with axe: WCAG 2.0 to 2.2, levels A and AA, and its best practices."""

    def check(page: Page) -> None:
        page.wait_for_load_state()
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
        violations = Axe().run(page, options=options).response["violations"]
        assert not violations, "\n".join(_describe(violation) for violation in violations)

    return check


def _describe(violation: dict[str, Any]) -> str:
    places = "".join(f"\n    {node['html'][:200]}" for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}{places}"
