"""Addresses of the conversation. Each post's own feed of comments stands below the post."""

from django.urls import path

from blog import paths  # noqa: F401  (registers the date converters)
from blog.feeds import fresh
from comments import (
    editing_views,
    feedback,
    feeds,
    following_views,
    leaving_views,
    my_comments_views,
    public_log,
    views,
)

app_name = "comments"
urlpatterns = [
    path("comments/new/<int:post_id>/", views.submit, name="submit"),
    path("comments/moderation/", public_log.show_public_log, name="public-log"),
    path("comments/feed/", fresh(feeds.CommentFeed), name="feed"),
    path("comments/feed/feed.json", fresh(feeds.CommentJSONFeed), name="feed-json"),
    path("follow/<int:post_id>/", following_views.follow_post, name="follow-post"),
    path("follow/topic/<slug:slug>/", following_views.follow_topic, name="follow-topic"),
    path("following/", following_views.my_following, name="following"),
    path("following/confirm/<str:token>/", following_views.confirm, name="confirm"),
    path("following/stop/<str:token>/", following_views.stop, name="stop"),
    path("following/<str:token>/", following_views.preferences, name="preferences"),
    path("my-comments/", my_comments_views.my_comments, name="mine"),
    path("my-comments/open/<str:token>/", my_comments_views.open_link, name="open-my-comments"),
    path("my-comments/leave/", my_comments_views.leave, name="leave-my-comments"),
    path("my-comments/export/", my_comments_views.export, name="export-mine"),
    path("my-comments/erase/", leaving_views.erase, name="erase-mine"),
    path("my-comments/consent/", leaving_views.withdraw_consent, name="withdraw-consent"),
    path("my-comments/<slug:comment_id>/edit/", my_comments_views.edit, name="edit-mine"),
    path("my-comments/<slug:comment_id>/withdraw/", my_comments_views.withdraw_one, name="withdraw-mine"),
    path("comments/react/", feedback.take_reaction, name="react"),
    path("comments/<slug:comment_id>/edit/", editing_views.edit_own, name="edit"),
    path("comments/<slug:comment_id>/status/", editing_views.show_status, name="status"),
    path("comments/<slug:comment_id>/withdraw/", editing_views.withdraw_own, name="withdraw"),
    path("comments/<slug:comment_id>/withdrawn/", editing_views.withdrawn, name="withdrawn"),
    path("comments/<slug:comment_id>/report/", feedback.take_report, name="report"),
    path("comments/<slug:comment_id>/reported/", feedback.thank, name="reported"),
    path("comments/<slug:comment_id>/", views.permalink, name="permalink"),
    path("<yyyy:year>/<mm:month>/<slug:slug>/comments/feed/", fresh(feeds.PostCommentFeed), name="post-feed"),
    path(
        "<yyyy:year>/<mm:month>/<slug:slug>/comments/feed/feed.json",
        fresh(feeds.PostCommentJSONFeed),
        name="post-feed-json",
    ),
]
