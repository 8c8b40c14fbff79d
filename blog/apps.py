"""Posts, topics, pages and pictures: the writer's side."""

from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"

    def ready(self) -> None:
        from blog.indexing import POSTS  # (models can be read only now)
        from blog.search_kinds import register

        register(POSTS)
