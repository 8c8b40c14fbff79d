"""What search engines read of a post: schema.org/BlogPosting as JSON-LD.

Comments are not repeated here; they are marked up in place on the page.
"""

import json

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from blog.models import Post, Topic
from blog.people import writer_name
from blog.site import frame_for, origin_of

# As in Django's json_script: nothing in the data can close the script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def blog_posting(request: HttpRequest, post: Post, topics: list[Topic]) -> SafeString:
    origin = origin_of(request)
    permalink = f"{origin}{post.get_absolute_url()}"
    data = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": post.title,
        "description": post.deck,
        "@id": permalink,
        "url": permalink,
        "mainEntityOfPage": permalink,
        "datePublished": post.publish_at.isoformat(),
        "dateModified": max(post.changed_at, post.publish_at).isoformat(),
        "author": {"@type": "Person", "name": writer_name(post.author)},
        "publisher": {"@type": "Organization", "name": frame_for(request.site_version).name},
        "keywords": [topic.name for topic in topics],
        "commentCount": post.comment_count,
        "wordCount": len(post.plain_text.split()),
    }
    if post.hero:
        data["image"] = f"{origin}{post.hero.url()}"
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308  (escaped just here)
