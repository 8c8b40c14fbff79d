"""Addresses of the writer's side.

Posts come first, because an address is looked for from the top and most visits are to a post. Pages come
last: any first segment that is nothing else may be one.
"""

from django.urls import path

from blog import feeds, paths, views  # noqa: F401  (paths registers the converters)
from blog.feeds import fresh

app_name = "blog"
urlpatterns = [
    path("<yyyy:year>/<mm:month>/<slug:slug>/", views.post, name="post"),
    path("", views.home, name="home"),
    path("posts/", views.posts, name="posts"),
    path("feed/", fresh(feeds.PostFeed), name="feed"),
    path("feed/feed.json", fresh(feeds.PostJSONFeed), name="feed-json"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/feed/", fresh(feeds.TopicFeed), name="topic-feed"),
    path("topics/<slug:slug>/feed/feed.json", fresh(feeds.TopicJSONFeed), name="topic-feed-json"),
    path("search/", views.search, name="search"),
    path("<yyyy:year>/", views.year, name="year"),
    path("<yyyy:year>/<mm:month>/", views.month, name="month"),
    path("<slug:slug>/", views.page, name="page"),
]
