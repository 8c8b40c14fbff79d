"""Feeds of posts, of the whole site and of each topic, in full text: Atom (RFC 4287) and JSON Feed 1.1."""

import re
from collections.abc import Callable
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog import freshness
from blog.models import Post, Topic
from blog.people import writer_name
from blog.site import frame_for, origin_of
from lib import pagecache
from lib.atomfeed import FullTextAtomFeed
from lib.jsonfeed import JSONFeed

ITEMS = 20
# Readers of a feed have no page to resolve paths against, and need one size of each picture.
_SIZES = re.compile(r' (?:srcset|sizes)="[^"]*"')
_OWN_PATH = re.compile(r'(?<= )(href|src)="/(?!/)')


def fresh(feed_class: type["FreshFeed"]) -> Callable[..., HttpResponse]:
    """A view of the feed, kept like every public page under the versions of what it shows."""

    @require_safe
    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        versions = freshness.of_everything(timezone.now())
        request.site_version = versions.site_version
        return pagecache.serve(request, versions.key, lambda: feed_class(request)(request, **kwargs))

    return view


def absolute_links(html: str, origin: str) -> str:
    return _OWN_PATH.sub(rf'\1="{origin}/', _SIZES.sub("", html))


class FreshFeed(Feed):
    """A feed that knows the site it belongs to. One instance answers one request."""

    feed_type = FullTextAtomFeed

    def __init__(self, request: HttpRequest) -> None:
        self.site = frame_for(request.site_version)
        self.origin = origin_of(request)


class PostFeed(FreshFeed):
    def title(self) -> str:
        return self.site.name

    def subtitle(self) -> str:
        return self.site.description or self.site.tagline

    def link(self) -> str:
        return reverse("blog:home")

    def items(self) -> QuerySet[Post]:
        return newest(Post.objects.all())

    def item_title(self, post: Post) -> str:
        return post.title

    def item_description(self, post: Post) -> str:
        return post.deck

    def item_extra_kwargs(self, post: Post) -> dict[str, str]:
        return {"content_html": absolute_links(post.body, self.origin)}

    def item_author_name(self, post: Post) -> str:
        return writer_name(post.author)

    def item_pubdate(self, post: Post) -> datetime:
        return post.publish_at

    def item_updateddate(self, post: Post) -> datetime:
        return max(post.changed_at, post.publish_at)

    def item_categories(self, post: Post) -> list[str]:
        return [topic.name for topic in post.topics.all()]


class PostJSONFeed(PostFeed):
    feed_type = JSONFeed


class TopicFeed(PostFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Topic:
        return get_object_or_404(Topic, slug=slug)

    def title(self, topic: Topic) -> str:
        return f"{self.site.name}: {topic.name}"

    def subtitle(self, topic: Topic) -> str:
        return topic.summary

    def link(self, topic: Topic) -> str:
        return topic.get_absolute_url()

    def items(self, topic: Topic) -> QuerySet[Post]:
        return newest(topic.posts)


class TopicJSONFeed(TopicFeed):
    feed_type = JSONFeed


def newest(posts: QuerySet[Post]) -> QuerySet[Post]:
    published = posts.select_related("author").prefetch_related("topics")
    return published.filter(pk__in=Post.objects.published().values("pk")).order_by("-publish_at", "-pk")[
        :ITEMS
    ]
