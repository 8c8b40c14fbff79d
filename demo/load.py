"""Fills an empty site with the demo: the people, the writing, the pictures and what was said.

Everything goes through the doors that the writer's and the readers' own words take, with the times of the
story as `now`, so the rows are what a year of real use would have left. A site that has posts is left
alone: what was written since, or taken away, stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.timezone import localtime, make_aware

from blog.freshness import touch_site
from blog.models import NavigationItem, Page, Picture, Post, Series, SiteProfile, Topic
from blog.pictures import store_picture
from blog.writing import save_page, save_post, save_topic
from demo import art, library
from demo.conversation import load_threads

REVIEWED_ON = date(2026, 11, 2)
# As wide as the widest copy that pages ask for: more would double the time that the demo takes to load.
PICTURE_WIDTH = 1600


@dataclass(frozen=True)
class SignIn:
    """A published user name and password. The mail domain tells the sign-in page that they may be shown."""

    username: str
    first_name: str
    last_name: str
    role: str

    @property
    def password(self) -> str:
        return f"second-wind-{self.username}"

    @property
    def email(self) -> str:
        return f"{self.username}@demo.invalid"


WRITER = SignIn("mara", "Mara", "Lindqvist", "writer")
MODERATOR = SignIn("sam", "Sam", "Okoro", "moderator")


@dataclass(frozen=True)
class Loaded:
    posts: int
    pictures: int
    comments: int


@dataclass(frozen=True)
class Studio:
    """Draws the pictures, `width` pixels wide, and puts them on the writer's list."""

    writer: AbstractUser
    width: int

    def picture(self, drawing: library.Drawing, *, name: str) -> Picture:
        png = art.png(drawing.art, palette=drawing.palette, seed=drawing.seed, width=self.width)
        return store_picture(BytesIO(png), name=name, alt=drawing.alt, credit=drawing.credit, by=self.writer)

    def figure(self, drawing: library.Drawing, *, name: str) -> str:
        picture = self.picture(drawing, name=name)
        return render_to_string("blog/_figure.html", {"picture": picture, "caption": drawing.caption})


@transaction.atomic
def load_demo(*, now: datetime, picture_width: int = PICTURE_WIDTH) -> Loaded | None:
    """What was loaded, or None for a site that has posts already. All of it, or nothing.

    Encoding pictures takes most of the time: narrow ones are quicker.
    """
    if Post.objects.exists():
        return None
    mara, sam = _writer(), _moderator()
    _load_site()
    topics = _load_topics()
    _load_pages()
    posts = _load_posts(Studio(mara, picture_width), topics=topics, now=now)
    comments = load_threads(posts, writer=mara, moderator=sam, now=now)
    return Loaded(len(posts), Picture.objects.count(), comments)


def _writer() -> AbstractUser:
    return _user(WRITER, is_staff=True, is_superuser=True)


def _moderator() -> AbstractUser:
    sam = _user(MODERATOR)
    sam.groups.add(Group.objects.get(name="Moderators"))
    return sam


def _user(sign_in: SignIn, **rights: bool) -> AbstractUser:
    users = get_user_model().objects
    return users.filter(username=sign_in.username).first() or users.create_user(
        sign_in.username,
        sign_in.email,
        sign_in.password,
        first_name=sign_in.first_name,
        last_name=sign_in.last_name,
        **rights,
    )


def _load_site() -> None:
    site = library.read_site()
    words = {"name": site.name, "tagline": site.tagline, "description": site.description}
    profile, _ = SiteProfile.objects.update_or_create(pk=1, defaults=words)
    profile.navigation.all().delete()
    for place in NavigationItem.Place:
        for number, (label, address) in enumerate(getattr(site, place), start=1):
            profile.navigation.create(place=place, label=label, address=address, position=number * 10)
    touch_site()


def _load_topics() -> dict[str, Topic]:
    return {
        topic.slug: save_topic(
            Topic(
                slug=topic.slug,
                name=topic.name,
                aliases=list(topic.aliases),
                is_injury=topic.is_injury,
                summary=topic.summary,
                introduction=topic.introduction,
                see_someone=list(topic.see_someone),
                reviewed_on=REVIEWED_ON if topic.is_injury else None,
                position=number * 10,
            )
        )
        for number, topic in enumerate(library.read_topics(), start=1)
    }


def _load_pages() -> None:
    for page in library.read_pages():
        save_page(Page(slug=page.slug, title=page.title, description=page.description, body=page.body))


def _load_posts(studio: Studio, *, topics: Mapping[str, Topic], now: datetime) -> dict[str, Post]:
    return {
        told.slug: save_post(
            _post(told, studio, now),
            topics=[topics[slug] for slug in told.topics],
            now=_written_at(told, now),
        )
        for told in library.read_posts()
    }


def _post(told: library.Post, studio: Studio, now: datetime) -> Post:
    return Post(
        title=told.title,
        slug=told.slug,
        deck=told.deck,
        body=told.html(lambda name: studio.figure(told.figures[name], name=f"{told.title}: {name}")),
        closing_question=told.closing_question,
        author=studio.writer,
        hero=studio.picture(told.hero, name=told.title),
        hero_caption=told.hero.caption,
        series=_series(told.series),
        series_part=told.part,
        is_featured=told.is_featured,
        publish_at=_publish_at(told, now),
    )


def _publish_at(told: library.Post, now: datetime) -> datetime | None:
    if told.publish_in_days is not None:
        morning = localtime(now).replace(hour=8, minute=0, second=0, microsecond=0)
        return morning + timedelta(days=told.publish_in_days)
    return make_aware(told.published) if told.published else None


def _written_at(told: library.Post, now: datetime) -> datetime:
    return min(now, _publish_at(told, now) or now)


def _series(title: str | None) -> Series | None:
    if title is None:
        return None
    series, _ = Series.objects.get_or_create(slug=slugify(title), defaults={"title": title})
    return series
