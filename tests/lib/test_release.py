"""The word for what is running: it changes with everything but the database that a page is made of."""

import pytest

from lib.release import ROOT, compute_release, release

# Settings that stand on pages, each with a value the tests do not have.
OTHER = {
    "SECRET_KEY": "another-key",  # signs the stamp in every form
    "TIME_ZONE": "Europe/Stockholm",
    "LANGUAGE_CODE": "sv",
    "COMMENT_ROOTS_PER_PAGE": 7,
    "MEDIA_URL": "/pictures/",
    "STATIC_URL": "/files/",
}


@pytest.mark.parametrize("name", OTHER)
def test_each_setting_that_pages_show_makes_another_release(settings, name):
    before = compute_release(ROOT)
    setattr(settings, name, OTHER[name])
    assert compute_release(ROOT) != before


@pytest.mark.parametrize(
    "path",
    [
        "blog/views.py",
        "templates/blog/home.html",
        "static/css/site.css",
        "static/icons/icon.svg",
        "static/icons/icon.png",
        "static/fonts/letters.woff2",
        "requirements/run.txt",
    ],
)
def test_each_file_that_pages_are_made_of_makes_another_release(tmp_path, path):
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_bytes(b"one")
    before = compute_release(tmp_path)
    file.write_bytes(b"two")
    assert compute_release(tmp_path) != before


def test_what_python_and_others_leave_behind_makes_none(tmp_path):
    before = compute_release(tmp_path)
    for path in ("blog/__pycache__/views.cpython-311.pyc", "var/db.sqlite3", "docs/map.md"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_bytes(b"anything")
    assert compute_release(tmp_path) == before


def test_release_is_a_short_word_that_does_not_show_the_key(settings):
    assert len(release()) == 12
    assert int(release(), 16) >= 0
    assert settings.SECRET_KEY not in release()
