"""The nouns of the writer's side, one file each."""

from blog.models.former_address import FormerAddress
from blog.models.page import Page
from blog.models.picture import Picture
from blog.models.post import Post, Series
from blog.models.search_entry import SearchEntry
from blog.models.site import NavigationItem, SiteProfile
from blog.models.topic import Topic

__all__ = [
    "FormerAddress",
    "NavigationItem",
    "Page",
    "Picture",
    "Post",
    "SearchEntry",
    "Series",
    "SiteProfile",
    "Topic",
]
