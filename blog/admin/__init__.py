"""The writer's side of the admin, one file a noun. Django's autodiscovery imports it; importing registers."""

from blog.admin import pages, people, pictures, posts, site, topics

__all__ = ["pages", "people", "pictures", "posts", "site", "topics"]
