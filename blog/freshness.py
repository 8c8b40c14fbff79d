"""The versions that public pages are kept under, each read in one indexed query.

Three things change a public page: the writer (the site's `version` rises with each change), the conversation
(each post's `thread_version` rises), and the clock, which publishes and withdraws posts by itself: the latest
moment already passed stands for that. SQL by hand, because this query is all that a cached page costs.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F

from blog.models import SiteProfile

_SITE = """
    SELECT (SELECT version FROM blog_siteprofile WHERE id = 1),
           (SELECT MAX(publish_at) FROM blog_post WHERE publish_at <= %s),
           (SELECT MAX(withdraw_at) FROM blog_post WHERE withdraw_at <= %s)
"""
_TALK = f"{_SITE}, (SELECT SUM(thread_version) FROM blog_post)"  # noqa: S608  (no value is put into it)
_POST = f"""{_SITE}, post.id, post.thread_version
    FROM (SELECT 1 AS one) AS always
    LEFT JOIN blog_post AS post
           ON post.slug = %s AND post.publish_at <= %s AND (post.withdraw_at IS NULL OR post.withdraw_at > %s)
"""


@dataclass(frozen=True, slots=True)
class Freshness:
    """What a page was built from. `site_version` is 0 before the site has a profile."""

    site_version: int
    clock: tuple
    talk: int
    post_id: int | None = None

    @property
    def key(self) -> tuple:
        return (self.site_version, *map(str, self.clock), self.talk)


def of_writing(now: datetime) -> Freshness:
    """For pages that show the writer's words only."""
    version, published, withdrawn = _read(_SITE, [_moment(now)] * 2)
    return Freshness(version or 0, (published, withdrawn), 0)


def of_everything(now: datetime) -> Freshness:
    """For pages that show posts and what was said under any of them."""
    version, published, withdrawn, talk = _read(_TALK, [_moment(now)] * 2)
    return Freshness(version or 0, (published, withdrawn), int(talk or 0))


def of_post(slug: str, now: datetime) -> Freshness:
    """For one post's page; `post_id` is None when no published post has this slug."""
    moment = _moment(now)
    row = _read(_POST, [moment, moment, slug, moment, moment])
    version, published, withdrawn, post_id, talk = row
    return Freshness(version or 0, (published, withdrawn), talk or 0, post_id)


def touch_site() -> None:
    """Says that the writer changed something public. Call it in the transaction of the change."""
    if not SiteProfile.objects.filter(pk=1).update(version=F("version") + 1):
        SiteProfile.objects.get_or_create(pk=1, defaults={"version": 1})


def _moment(now: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(now)


def _read(sql: str, parameters: list) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()
