"""The writer's list of pictures: storing, replacing and deleting one, with its files.

A picture's files live in a folder of their own with a name nobody can guess, and are never changed: another
file means another folder, so that browsers may keep what they have for ever. Files are removed only after the
transaction that gave them up.

Whatever writes here locks posts first, then pictures, then pages and topics, and the site last, as saving a
post does: two that lock in different orders would wait for each other.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from blog.freshness import touch_site
from blog.models import Page, Picture, Post, Topic
from blog.picture_files import PreparedPicture, prepare_picture
from blog.prose import MARK, figure_ids
from blog.writing import refresh_figures

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

FIGURE = MARK.partition("%")[0]


def store_picture(
    upload: BinaryIO,
    *,
    name: str,
    alt: str,
    credit: str,
    is_decorative: bool = False,
    by: AbstractBaseUser | None = None,
) -> Picture:
    """Cleans an upload and puts it on the list. Raises PictureRefused for what is no picture."""
    picture = Picture(name=name, alt=alt, credit=credit, is_decorative=is_decorative, uploaded_by=by)
    return save_picture(picture, prepare_picture(upload))


@transaction.atomic
def save_picture(picture: Picture, prepared: PreparedPicture | None = None) -> Picture:
    """Saves a picture's words, and its files when there are new ones; figures that show it follow."""
    is_new, old_files = picture.pk is None, _files_of(picture)
    if not is_new:
        _lock_posts([picture.pk])
    if prepared is None:
        picture.save()
    else:
        _save_with_files(picture, prepared)
        transaction.on_commit(partial(_remove, old_files))
    if not is_new:
        refresh_figures(picture.pk)
    touch_site()
    return picture


@transaction.atomic
def delete_pictures(pictures: Iterable[Picture]) -> None:
    """Takes pictures off the list, out of every text that shows them, and, after the commit, off the disk."""
    files = {picture.pk: _files_of(picture) for picture in pictures}
    _lock_posts(files)
    Picture.objects.filter(pk__in=files).delete()
    for picture_id, its_files in files.items():
        refresh_figures(picture_id)
        transaction.on_commit(partial(_remove, its_files))
    touch_site()


def uses_of(picture: Picture) -> list[Post | Page | Topic]:
    """What shows the picture: as hero or as a figure in its text."""
    mark = MARK % picture.pk
    return [
        *Post.objects.filter(Q(body__contains=mark) | Q(hero=picture)).defer("body", "plain_text"),
        *Page.objects.filter(body__contains=mark).defer("body"),
        *Topic.objects.filter(introduction__contains=mark).defer("introduction"),
    ]


def count_uses(pictures: Iterable[Picture]) -> Counter[int]:
    """How many texts show each of the pictures, by id, from one pass over the texts that hold figures."""
    wanted = {picture.pk for picture in pictures}
    posts = Post.objects.filter(Q(body__contains=FIGURE) | Q(hero__in=wanted)).values_list("body", "hero")
    pages = Page.objects.filter(body__contains=FIGURE).values_list("body")
    topics = Topic.objects.filter(introduction__contains=FIGURE).values_list("introduction")
    used = Counter()
    for text, *hero in chain(posts, pages, topics):
        used.update({*figure_ids(text), *hero} & wanted)
    return used


def _lock_posts(picture_ids: Collection[int]) -> None:
    """Locks the posts that show one of the pictures, and perhaps others with figures, always in one order."""
    showing = Q(body__contains=FIGURE) | Q(hero__in=picture_ids)
    list(Post.objects.select_for_update().filter(showing).order_by("pk").values_list("pk"))


def _save_with_files(picture: Picture, prepared: PreparedPicture) -> None:
    """Files first: a row must never name files that are not there. Without the row they go again."""
    picture.folder = f"pictures/{secrets.token_hex(8)}"
    picture.width, picture.height, picture.widths = prepared.width, prepared.height, prepared.widths
    try:
        for name, content in prepared.files.items():
            default_storage.save(f"{picture.folder}/{name}.webp", ContentFile(content))
        picture.save()
    except Exception:
        _remove(_files_of(picture))
        raise


def _files_of(picture: Picture) -> list[str]:
    if not picture.folder:
        return []
    return [f"{picture.folder}/{name}.webp" for name in ("master", *picture.widths)]


def _remove(files: list[str]) -> None:
    for file in files:
        default_storage.delete(file)
    if files:
        # The folder is empty now. Storages without folders take no notice.
        default_storage.delete(files[0].rpartition("/")[0])
