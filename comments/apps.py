"""Comments, their threads, their filter and their moderation: the readers' and moderators' side."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "comments"
