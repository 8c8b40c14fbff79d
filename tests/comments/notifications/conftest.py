"""What tests of mails may ask for by name."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from tests.makers import NOW


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stands still at NOW until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def now() -> datetime:
    return NOW
