"""The list of pictures: stored with files, followed by the texts that show them, deleted without a trace."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Page, Picture, SiteProfile
from blog.picture_files import PictureRefused, prepare_picture
from blog.pictures import count_uses, delete_pictures, save_picture, store_picture, uses_of
from blog.writing import save_page, save_post, save_topic
from tests.blog.uploads import jpeg, make_picture
from tests.makers import make_post, make_topic, make_writer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def files_in(media: Path) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def figure(picture: Picture) -> str:
    return f'<figure data-picture="{picture.pk}"><figcaption>Here.</figcaption></figure>'


def version() -> int:
    return SiteProfile.objects.get(pk=1).version


# ---------- storing ----------
def test_stored_picture_knows_its_size_its_widths_and_who_brought_it(media):
    mara = make_writer()
    picture = store_picture(jpeg(1200, 800), name="Canal", alt="Fog", credit="Photo: Elin", by=mara)
    picture.refresh_from_db()
    assert (picture.width, picture.height, picture.widths) == (1200, 800, [480, 960])
    assert picture.uploaded_by == mara
    assert files_in(media) == [f"{picture.folder}/{name}.webp" for name in ("480", "960", "master")]


def test_every_address_of_a_picture_leads_to_a_file():
    picture = make_picture()
    for address in [picture.url(), *(picture.url(width) for width in picture.widths)]:
        assert default_storage.exists(address.removeprefix("/media/"))


def test_folder_tells_nothing_and_is_never_used_twice():
    first, second = make_picture("Canal"), make_picture("Canal")
    assert first.folder != second.folder
    assert "canal" not in first.folder.lower()


def test_refused_upload_leaves_neither_row_nor_file(media):
    with pytest.raises(PictureRefused):
        store_picture(BytesIO(b"<svg/>"), name="x", alt="x", credit="x")
    assert not Picture.objects.exists()
    assert files_in(media) == []


def test_picture_that_the_database_refuses_leaves_no_file(media):
    """Neither described nor decorative: a constraint says no after the files were written."""
    with pytest.raises(IntegrityError), transaction.atomic():
        store_picture(jpeg(), name="x", alt="", credit="x")
    assert files_in(media) == []


def test_decorative_picture_needs_no_description():
    assert make_picture(alt="", is_decorative=True).alt_text == ""


# ---------- changing ----------
def test_texts_follow_when_the_words_of_a_picture_change():
    picture = make_picture()
    post = save_post(make_post(body=figure(picture)), now=timezone.now())
    changed_at, before = post.changed_at, version()
    picture.alt, picture.credit = "A towpath", "Photo: Somebody else"
    save_picture(picture)
    post.refresh_from_db()
    assert 'alt="A towpath"' in post.body
    assert "Photo: Somebody else" in post.plain_text
    assert post.changed_at == changed_at
    assert version() > before


def test_another_file_gets_another_folder_and_the_old_files_go(media, django_capture_on_commit_callbacks):
    picture = make_picture()
    post = save_post(make_post(body=figure(picture)), now=timezone.now())
    old_folder = picture.folder
    with django_capture_on_commit_callbacks(execute=True):
        save_picture(picture, prepare_picture(jpeg(500, 500)))
    post.refresh_from_db()
    assert (picture.width, picture.widths) == (500, [480])
    assert picture.folder in post.body
    assert old_folder not in post.body
    assert files_in(media) == [f"{picture.folder}/480.webp", f"{picture.folder}/master.webp"]


def test_old_files_stay_until_the_change_is_certain(media):
    picture = make_picture()
    save_picture(picture, prepare_picture(jpeg(500, 500)))
    assert len(files_in(media)) == 5


# ---------- deleting ----------
def test_deleted_picture_takes_its_files_and_its_folder(media, django_capture_on_commit_callbacks):
    picture, other = make_picture(), make_picture("Other")
    with django_capture_on_commit_callbacks(execute=True):
        delete_pictures([picture])
    assert not (media / picture.folder).exists()
    assert {Path(file).parent for file in files_in(media)} == {Path(other.folder)}


def test_files_stay_until_the_deletion_is_certain(media):
    delete_pictures([make_picture()])
    assert files_in(media) != []


def test_deleted_picture_leaves_texts_with_their_words():
    picture = make_picture()
    post = save_post(make_post(hero=picture, body=f"<p>Before.</p>{figure(picture)}"), now=timezone.now())
    page = save_page(Page(title="About", slug="about", body=figure(picture)))
    topic = make_topic(introduction=figure(picture))
    save_topic(topic)
    before = version()
    delete_pictures([picture])
    for row in (post, page, topic):
        row.refresh_from_db()
    assert post.hero is None
    assert post.body == "<p>Before.</p><p>Here.</p>"
    assert page.body == topic.introduction == "<p>Here.</p>"
    assert version() > before


def locked_in_turn(queries: CaptureQueriesContext) -> list[str]:
    """The tables in the order in which their rows were written or locked, each as often as it took turns."""
    tables = ("blog_post", "blog_picture", "blog_page", "blog_topic", "blog_siteprofile")
    turns = []
    for query in queries:
        sql = query["sql"]
        if sql.startswith(("UPDATE", "DELETE")) or "FOR UPDATE" in sql:
            turns += [table for table in tables if re.search(rf'(UPDATE|FROM) "{table}"', sql)][:1]
    return [table for table, _ in groupby(turns)]


def test_deletion_of_several_raises_the_version_once_and_last():
    """As saving a post does: whoever locks posts and the site in another order might wait for ever."""
    pictures = [make_picture("One"), make_picture("Two")]
    for picture in pictures:
        save_post(make_post(f"With {picture}", hero=picture, body=figure(picture)), now=timezone.now())
    before = version()
    with CaptureQueriesContext(connection) as queries:
        delete_pictures(pictures)
    turns = locked_in_turn(queries)
    assert turns[0] == "blog_post"
    assert turns.index("blog_siteprofile") == len(turns) - 1
    assert version() == before + 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole database, not rows")
def test_saving_and_deleting_lock_posts_before_pictures():
    picture = make_picture()
    save_post(make_post(body=figure(picture)), now=timezone.now())
    for change in (save_picture, lambda it: delete_pictures([it])):
        with CaptureQueriesContext(connection) as queries:
            change(picture)
        assert locked_in_turn(queries)[:2] == ["blog_post", "blog_picture"]


# ---------- uses ----------
def test_uses_are_heroes_and_figures_everywhere():
    picture, other = make_picture(), make_picture("Other")
    hero = make_post("With hero", hero=picture)
    both = make_post("With both", hero=picture, body=figure(picture))
    page = Page.objects.create(title="About", slug="about", body=figure(picture))
    topic = make_topic(introduction=figure(picture))
    make_post("Without", body=figure(other))
    assert uses_of(picture) == [both, hero, page, topic] or uses_of(picture) == [hero, both, page, topic]
    assert count_uses([picture, other]) == {picture.pk: 4, other.pk: 1}


def test_number_that_only_begins_alike_is_no_use():
    picture = make_picture()
    make_post(body=f'<figure data-picture="{picture.pk}0"></figure>')
    assert uses_of(picture) == []
    assert count_uses([picture])[picture.pk] == 0


def test_uses_of_a_page_of_pictures_cost_three_queries(django_assert_num_queries):
    pictures = [make_picture(), make_picture("Other")]
    with django_assert_num_queries(3):
        count_uses(pictures)
