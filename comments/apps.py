"""Comments, their threads, their filter and their moderation: the readers' and moderators' side."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "comments"

    def ready(self) -> None:
        from blog.search_kinds import register  # (models can be read only now)
        from comments.indexing import COMMENTS

        register(COMMENTS)
