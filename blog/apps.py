"""Posts, topics, pages and pictures: the writer's side."""

from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"
