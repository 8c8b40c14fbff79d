"""What tests of comments may ask for by name."""

import pytest

from comments.spam import judge
from tests.comments.spam.cast import SILENT


@pytest.fixture
def silent_text_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments are judged by the rules alone, for tests in which the words don't matter."""
    monkeypatch.setattr(judge, "shipped_prior", lambda: SILENT)
