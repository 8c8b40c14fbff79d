"""What tests of comments may ask for by name."""

import pytest

from blog.models import Post
from comments.spam import judge
from tests.comments.spam.cast import SILENT
from tests.makers import make_post


@pytest.fixture
def silent_text_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments are judged by the rules alone, for tests in which the words don't matter."""
    monkeypatch.setattr(judge, "shipped_prior", lambda: SILENT)


@pytest.fixture
def post(db: None) -> Post:
    """A published post that takes comments."""
    return make_post()
