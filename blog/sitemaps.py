"""What search engines may list, with the honest time of the last change: words or conversation."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from blog.models import Page, Post, Topic


class PostSitemap(Sitemap):
    def items(self) -> QuerySet[Post]:
        return Post.objects.published().newest_first().defer("body", "plain_text")

    def lastmod(self, post: Post) -> datetime:
        return max(filter(None, [post.changed_at, post.publish_at, post.last_comment_at]))


class TopicSitemap(Sitemap):
    def items(self) -> QuerySet[Topic]:
        return Topic.objects.all()

    def lastmod(self, topic: Topic) -> datetime:
        return topic.updated_at


class PageSitemap(Sitemap):
    def items(self) -> QuerySet[Page]:
        return Page.objects.published()

    def lastmod(self, page: Page) -> datetime:
        return page.updated_at


SITEMAPS = {"posts": PostSitemap, "topics": TopicSitemap, "pages": PageSitemap}
