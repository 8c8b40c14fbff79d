"""What tests of mails may ask for by name."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User

from blog.models import Post
from tests.makers import NOW, make_moderator, make_post


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stands still at NOW until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def sam() -> User:
    """A moderator with a mail address."""
    return make_moderator()


@pytest.fixture
def post() -> Post:
    return make_post(publish_at=NOW - timedelta(days=3))
