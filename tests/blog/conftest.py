"""Who is at work in these tests."""

import pytest

from tests.makers import make_writer


@pytest.fixture
def mara(client, db):
    """The writer, signed in to the admin with every right."""
    writer = make_writer()
    writer.is_superuser = True
    writer.save()
    client.force_login(writer)
    return writer
