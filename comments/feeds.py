"""Feeds of what readers say, under one post or on the whole site. Approved words only."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from blog.feeds import FreshFeed
from blog.models import Post
from comments.models import Comment
from lib.jsonfeed import JSONFeed
from lib.markup import plain_text
from lib.text import excerpt

ITEMS = 30
SUMMARY = 140


class CommentFeed(FreshFeed):
    def title(self) -> str:
        return f"{self.site.name}: comments"

    def subtitle(self) -> str:
        return "What readers say"

    def link(self) -> str:
        return reverse("blog:home")

    def items(self) -> QuerySet[Comment]:
        return newest(Comment.objects.visible())

    def item_title(self, comment: Comment) -> str:
        return f"{comment.name} on {comment.post.title}"

    def item_description(self, comment: Comment) -> str:
        return excerpt(plain_text(comment.html), SUMMARY)

    def item_extra_kwargs(self, comment: Comment) -> dict[str, str]:
        return {"content_html": comment.html}

    def item_author_name(self, comment: Comment) -> str:
        return comment.name

    def item_pubdate(self, comment: Comment) -> datetime:
        return comment.created_at

    def item_updateddate(self, comment: Comment) -> datetime:
        return comment.edited_at or comment.created_at


class CommentJSONFeed(CommentFeed):
    feed_type = JSONFeed


class PostCommentFeed(CommentFeed):
    def get_object(self, request: HttpRequest, year: int, month: int, slug: str) -> Post:
        return get_object_or_404(
            Post.objects.published(), slug=slug, publish_at__year=year, publish_at__month=month
        )

    def title(self, post: Post) -> str:
        return f"Comments on {post.title}"

    def subtitle(self, post: Post) -> str:
        return post.closing_question or post.deck

    def link(self, post: Post) -> str:
        return post.get_absolute_url()

    def items(self, post: Post) -> QuerySet[Comment]:
        return newest(Comment.objects.visible().filter(post=post))


class PostCommentJSONFeed(PostCommentFeed):
    feed_type = JSONFeed


def newest(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    return comments.with_post_title().newest_first()[:ITEMS]
