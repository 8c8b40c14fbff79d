"""The conversation, for templates of the parts below: under a post, on the home page, on a topic's page."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from blog.models import Post, Topic
from blog.people import writer_name
from comments.answering import answerable, quote_of
from comments.details import read_details
from comments.forms import CommentForm
from comments.identity import sender_of, team_member
from comments.judging import cause_to_wait
from comments.models import Comment
from comments.team import may_moderate
from comments.thread import Visitor, build_thread
from comments.voices import chosen_in
from comments.websites import may_give_website
from lib.markup import plain_text
from lib.text import excerpt
from lib.visitors import has_session, remembered

register = template.Library()

SAYING = 140


@dataclass(frozen=True)
class Saying:
    """A few words of a comment, away from its thread."""

    name: str
    excerpt: str
    post_title: str
    url: str


@register.inclusion_tag("comments/conversation.html", takes_context=True)
def conversation(context: template.Context) -> dict[str, object]:
    """A post's thread and form. Everything personal in it appears only where the page is `personal`."""
    request, post = context["request"], context["post"]
    personal = context["personal"]
    member = team_member(request) if personal else None
    visitor = Visitor(
        own_ids=remembered(request) if personal else (),
        can_moderate=bool(member and may_moderate(member)),
        chosen=chosen_in(request) if personal else {},
    )
    thread = build_thread(post, context["thread_part"], visitor)
    if thread is None:
        raise Http404("The thread has no such part.")
    wanted = request.GET.get("reply_to", "") if personal else ""
    answers = answerable(post, wanted) if wanted else None
    return {
        "request": request,
        "needs_token": personal and has_session(request),
        "post": post,
        "thread": thread,
        "replying_to": answers,
        "quoted": quote_of(answers),
        "answers_nobody": bool(wanted) and answers is None,
        "asked": request.GET.get("asked", "") if personal else "",
        "has_mails": settings.MAILS,
        **_form(request, post, answers, member=member, personal=personal),
    }


def _form(
    request: HttpRequest,
    post: Post,
    answers: Comment | None,
    *,
    member: AbstractUser | None,
    personal: bool,
) -> dict[str, object]:
    if not post.takes_comments:
        return {"form": None}
    now, staff_name = timezone.now(), writer_name(member) if member else ""
    form = CommentForm(
        post=post,
        now=now,
        staff_name=staff_name,
        answers=answers,
        may_give_website=personal and not member and may_give_website(sender_of(request), now),
    )
    form.fill_in(read_details(request) if personal else None)
    return {
        "form": form,
        "form_url": form.helper.form_action,
        "staff_name": staff_name,
        "waits": bool(cause_to_wait(post, now)),
    }


@register.simple_tag
def latest_comments(number: int) -> list[Saying]:
    """The newest comments of readers on the whole site."""
    return _sayings(Comment.objects.visible().filter(badge=""), number)


@register.simple_tag
def topic_comments(topic: Topic, number: int) -> list[Saying]:
    """The newest comments of readers under posts on a topic."""
    posts = Post.objects.filter(topics=topic).values("pk")
    return _sayings(Comment.objects.visible().filter(badge="", post__in=posts), number)


@register.simple_tag
def topic_comment_count(topic: Topic) -> int:
    return Comment.objects.visible().filter(post__in=Post.objects.filter(topics=topic).values("pk")).count()


@register.inclusion_tag("comments/_follow_topic.html")
def follow_topic(topic: Topic) -> dict[str, object]:
    """The way to mails about a topic's new posts, where the site sends mails."""
    return {"topic": topic, "has_mails": settings.MAILS}


def _sayings(comments: QuerySet[Comment], number: int) -> list[Saying]:
    newest = comments.with_post_title().newest_first()[:number]
    return [
        Saying(
            comment.name,
            excerpt(plain_text(comment.html), SAYING),
            comment.post.title,
            comment.get_absolute_url(),
        )
        for comment in newest
    ]
