"""The list of pictures in the admin: uploading, describing, finding, replacing and deleting."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from blog import picture_files
from blog.models import Picture
from blog.writing import save_post
from tests.blog.admin_pages import error_at, page, version
from tests.blog.uploads import jpeg, make_picture, png
from tests.makers import NOW, make_post, make_writer

pytestmark = pytest.mark.django_db

ADD = "/admin/blog/picture/add/"
LIST = "/admin/blog/picture/"
CHOOSE = "/admin/blog/picture/choose/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def upload(content: bytes | None = None, name: str = "canal.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg(1200, 800).getvalue() if content is None else content, "image/jpeg")


def answers(**fields: object) -> dict[str, object]:
    words = {"name": "Canal in March", "alt": "Fog", "credit": "Photo: Elin", "_save": "Save"}
    return {"file": upload(), **words, **fields}


def change_address(picture: Picture) -> str:
    return reverse("admin:blog_picture_change", args=[picture.pk])


def delete_address(picture: Picture) -> str:
    return reverse("admin:blog_picture_delete", args=[picture.pk])


# ---------- uploading ----------
def test_upload_becomes_a_picture_of_the_list(client, mara, media):
    before = version()
    answer = client.post(ADD, answers())
    picture = Picture.objects.get()
    assert answer.status_code == 302
    assert (picture.name, picture.alt, picture.credit) == ("Canal in March", "Fog", "Photo: Elin")
    assert (picture.width, picture.widths, picture.uploaded_by) == (1200, [480, 960], mara)
    assert (media / picture.folder / "master.webp").exists()
    assert version() > before


def test_file_is_demanded(client, mara):
    assert "required" in error_at(client.post(ADD, answers(file="")), "file")


REFUSED = {
    "drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture_files.DRAWING),
    "page renamed": (b"<html><script>alert(1)</script></html>", picture_files.DRAWING),
    "empty": (b"", picture_files.EMPTY),
    "cut short": (jpeg().getvalue()[:1500], picture_files.DAMAGED),
    "no picture": (b"Dear diary", picture_files.UNKNOWN),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_file_shows_the_reason_and_keeps_what_was_typed(client, mara, media, content, reason):
    answer = client.post(ADD, answers(file=upload(content)))
    assert reason in error_at(answer, "file")
    form = page(answer)
    assert form.select_one("#id_name")["value"] == "Canal in March"
    assert form.select_one("#id_alt").text.strip() == "Fog"
    assert form.select_one("#id_credit")["value"] == "Photo: Elin"
    assert not Picture.objects.exists()
    assert list(media.rglob("*.webp")) == []


def test_description_is_demanded_in_words_that_help(client, mara):
    said = error_at(client.post(ADD, answers(alt="")), "alt")
    assert "cannot see it" in said
    assert "decorative" in said


def test_decorative_picture_needs_no_description(client, mara):
    client.post(ADD, answers(alt="", is_decorative="on"))
    assert Picture.objects.get().alt_text == ""


@pytest.mark.parametrize("field", ["name", "credit"])
def test_name_and_credit_are_demanded(client, mara, field):
    assert "required" in error_at(client.post(ADD, answers(**{field: ""})), field)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("content", [None, b"Dear diary"], ids=["taken", "refused"])
def test_file_is_decoded_once_and_before_the_transaction(client, mara, monkeypatch, content):
    """On SQLite an open transaction keeps every commenter waiting, and decoding takes seconds."""
    in_transaction = []

    def watched(file: object) -> picture_files.PreparedPicture:
        in_transaction.append(connection.in_atomic_block)
        return picture_files.prepare_picture(file)

    monkeypatch.setattr("blog.admin.pictures.prepare_picture", watched)
    picture = make_picture()
    for address in (ADD, change_address(picture)):
        client.post(address, answers(file=upload(content)))
    assert in_transaction == [False, False]


@pytest.mark.parametrize("address", [ADD, "/admin/blog/picture/1/change/"])
def test_file_of_somebody_without_the_right_is_not_even_decoded(client, monkeypatch, address):
    monkeypatch.setattr("blog.admin.pictures.prepare_picture", lambda file: pytest.fail("was decoded"))
    client.force_login(make_writer())
    assert client.post(address, answers()).status_code == 403


# ---------- changing ----------
def test_words_change_without_a_new_file(client, mara):
    picture = make_picture()
    post = save_post(make_post(body=f'<figure data-picture="{picture.pk}"></figure>'), now=NOW)
    client.post(change_address(picture), answers(file="", alt="A towpath"))
    post.refresh_from_db()
    assert Picture.objects.get().folder == picture.folder
    assert 'alt="A towpath"' in post.body


def test_new_file_takes_the_place_of_the_old(client, mara):
    picture = make_picture()
    client.post(change_address(picture), answers(file=upload(png().getvalue())))
    changed = Picture.objects.get()
    assert (changed.width, changed.widths) == (64, [])
    assert changed.folder != picture.folder


def test_form_shows_the_picture_and_where_it_is_used(client, mara):
    picture = make_picture()
    post = make_post("By the canal", hero=picture)
    form = page(client.get(change_address(picture)))
    assert form.select_one("img.preview")["src"] == picture.url()
    link = form.select_one(".uses a")
    assert (link.text, link["href"]) == ("By the canal", reverse("admin:blog_post_change", args=[post.pk]))


def test_form_says_when_a_picture_is_used_nowhere(client, mara):
    assert "Nowhere yet" in page(client.get(change_address(make_picture()))).text


# ---------- the list ----------
def test_list_shows_thumbnails_and_how_often_each_is_used(client, mara):
    used, idle = make_picture("Used"), make_picture("Idle")
    make_post(hero=used)
    rows = page(client.get(LIST)).select("#result_list tbody tr")
    shown = {
        row.select_one(".field-name").text: (
            row.select_one("img.thumbnail")["src"],
            row.select_one(".field-used").text,
        )
        for row in rows
    }
    assert shown == {"Used": (used.url(480), "1"), "Idle": (idle.url(480), "0")}


def test_list_of_many_pictures_costs_as_many_queries_as_of_one(client, mara, django_assert_max_num_queries):
    for number in range(12):
        make_picture(f"Picture {number}")
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_list_is_searched_by_name_description_and_credit(client, mara):
    make_picture("Canal")
    make_picture("Hill", alt="Steep")
    found = page(client.get(LIST, {"q": "steep"})).select("#result_list .field-name")
    assert [row.text for row in found] == ["Hill"]


# ---------- deleting ----------
def test_confirmation_names_the_texts_that_will_lose_the_picture(client, mara):
    picture = make_picture()
    make_post("By the canal", hero=picture)
    assert page(client.get(delete_address(picture))).select_one(".uses a").text == "By the canal"


def test_deleting_removes_the_files_after_the_commit(client, mara, media, django_capture_on_commit_callbacks):
    picture, before = make_picture(), version()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(delete_address(picture), {"post": "yes"})
    assert not Picture.objects.exists()
    assert list(media.rglob("*.webp")) == []
    assert version() > before


def test_deleting_several_removes_their_files_too(client, mara, media, django_capture_on_commit_callbacks):
    pictures = [make_picture("One"), make_picture("Two")]
    chosen = {"action": "delete_selected", "_selected_action": [p.pk for p in pictures], "post": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(LIST, chosen)
    assert not Picture.objects.exists()
    assert list(media.rglob("*.webp")) == []


def test_picture_that_is_gone_is_answered_calmly(client, mara):
    assert client.get("/admin/blog/picture/99/delete/").status_code == 302


# ---------- the chooser ----------
def test_chooser_tells_what_a_figure_needs(client, mara):
    picture = make_picture()
    assert client.get(CHOOSE).json() == {
        "pictures": [
            {
                "id": picture.pk,
                "name": "Canal in March",
                "src": picture.url(),
                "thumbnail": picture.url(480),
                "alt": "A canal in fog",
                "credit": "Photo: Elin Lindqvist",
            }
        ],
        "more": False,
    }


def test_chooser_shows_the_newest_first_and_goes_on(client, mara, monkeypatch):
    monkeypatch.setattr("blog.admin.pictures.PER_PAGE", 2)
    for name in ("One", "Two", "Three"):
        make_picture(name)
    first, second = (client.get(CHOOSE, {"page": number}).json() for number in (1, 2))
    assert ([picture["name"] for picture in first["pictures"]], first["more"]) == (["Three", "Two"], True)
    assert ([picture["name"] for picture in second["pictures"]], second["more"]) == (["One"], False)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ({"q": "fog canal"}, ["Canal"]),
        ({"q": "elin"}, ["Hill", "Canal"]),
        ({"q": "sea"}, []),
        ({"q": ""}, ["Hill", "Canal"]),
        ({"id": "0"}, []),
        ({"id": "1 or 1"}, ["Hill", "Canal"]),
        ({"page": "x"}, ["Hill", "Canal"]),
    ],
)
def test_chooser_searches_by_every_word(client, mara, question, names):
    make_picture("Canal")
    make_picture("Hill", alt="Steep")
    assert [picture["name"] for picture in client.get(CHOOSE, question).json()["pictures"]] == names


def test_chooser_finds_one_by_its_number(client, mara):
    picture = make_picture("Canal")
    make_picture("Hill")
    found = client.get(CHOOSE, {"id": picture.pk}).json()["pictures"]
    assert [one["name"] for one in found] == ["Canal"]


def test_chooser_refuses_strangers_and_staff_without_the_right(client):
    assert client.get(CHOOSE).status_code == 302
    client.force_login(make_writer())
    assert client.get(CHOOSE).status_code == 403
