"""The desk's cast as fixtures: Sam moderates, Mara writes the blog, Rosa reads it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from blog.models import Post
from comments.models import Comment
from tests.comments.moderation.cast import make_comment, make_owner, make_post, make_reader
from tests.makers import make_moderator


@pytest.fixture
def sam(db: None) -> User:
    return make_moderator()


@pytest.fixture
def mara(db: None) -> User:
    return make_owner()


@pytest.fixture
def rosa(db: None) -> User:
    return make_reader()


@pytest.fixture
def post(mara: User) -> Post:
    return make_post(mara)


@pytest.fixture
def held(post: Post) -> Comment:
    return make_comment(post)


@pytest.fixture
def desk(client: Client, sam: User) -> Client:
    """A browser in which Sam is signed in."""
    client.force_login(sam)
    return client
