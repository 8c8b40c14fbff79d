"""The icon at `/favicon.ico`, for browsers and programs that ask without having read a page."""

from io import BytesIO

import pytest
from PIL import Image

from config.files import AT_THE_TOP
from config.management.commands.draw_favicon import FAVICON, SIZES

pytestmark = pytest.mark.django_db


def test_favicon_is_an_icon_in_several_sizes_at_its_own_address(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/favicon.ico")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/x-icon"
    icon = Image.open(BytesIO(response.getvalue()))
    response.close()
    assert icon.info["sizes"] == {(size, size) for size in SIZES}


def test_favicon_may_be_kept_for_a_day(client):
    response = client.get("/favicon.ico")
    assert response["Cache-Control"] == "public, max-age=86400"
    response.close()
    again = client.get("/favicon.ico", headers={"If-Modified-Since": response["Last-Modified"]})
    assert again.status_code == 304


def test_each_file_at_the_top_may_be_kept_for_a_day():
    assert {f"/{path.name}" for path in FAVICON.parent.iterdir()} == set(AT_THE_TOP)
