"""The public pages of the writer's side, each kept under the versions of what it shows (`blog.freshness`)."""

from collections.abc import Callable
from datetime import date, datetime

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth, TruncYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from blog import freshness, reading
from blog.freshness import Freshness
from blog.models import Page, Post, Topic
from blog.people import writer_name
from blog.prose import for_page
from blog.search import Found, find, hits_of
from blog.search_kinds import Kind, kinds
from blog.search_query import Query, read_query
from blog.structured_data import blog_posting
from blog.thread_part import ThreadPart, number_of_page, read_thread_part
from lib import pagecache, visitors
from lib.throttle import later, spend

POSTS_PER_PAGE = 20
LATEST_ON_HOME = 6
DISCUSSED_ON_HOME = 3
# Searches that one network may send in so many seconds.
SEARCHES = 60
SEARCH_SECONDS = 60


def page_of(posts: QuerySet[Post], number: int) -> object:
    try:
        return Paginator(posts, POSTS_PER_PAGE).page(number)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404("No such page.") from error


def serve(
    request: HttpRequest, fresh: Freshness, build: Callable[[], HttpResponse], *parts: object
) -> HttpResponse:
    """A page kept under its versions; `parts` are what else changes it, such as a page number."""
    request.site_version = fresh.site_version
    return pagecache.serve(request, (*fresh.key, *parts), build)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return serve(request, freshness.of_everything(now), lambda: render(request, "blog/home.html", _home(now)))


def _home(now: datetime) -> dict[str, object]:
    published = Post.objects.published(now).with_card()
    newest = list(published.newest_first().prefetch_related("topics")[: LATEST_ON_HOME + 1])
    featured = published.filter(is_featured=True).newest_first().prefetch_related("topics").first()
    lead = featured or (newest[0] if newest else None)
    return {
        "lead": lead,
        "latest": [post for post in newest if post != lead][:LATEST_ON_HOME],
        "topics": [topic for topic in Topic.objects.injuries().with_post_counts() if topic.post_count],
        "most_discussed": published.filter(comment_count__gt=0).order_by("-comment_count", "-publish_at")[
            :DISCUSSED_ON_HOME
        ],
    }


@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    number, now = number_of_page(request.GET), timezone.now()

    def build() -> HttpResponse:
        published = Post.objects.published(now)
        context = {"page": page_of(published.with_card().newest_first(), number), "years": _years(published)}
        return render(request, "blog/posts.html", context)

    return serve(request, freshness.of_everything(now), build, number)


def _years(published: QuerySet[Post]) -> list[tuple[int, int]]:
    years = published.annotate(year=TruncYear("publish_at")).values("year").order_by("-year")
    return [(row["year"].year, row["count"]) for row in years.annotate(count=Count("pk"))]


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    return _archive(request, date_from(year, 1), whole_year=True)


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    return _archive(request, date_from(year, month), whole_year=False)


def date_from(year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except ValueError as error:
        raise Http404("No such month.") from error


def _archive(request: HttpRequest, first: date, *, whole_year: bool) -> HttpResponse:
    number, now = number_of_page(request.GET), timezone.now()

    def build() -> HttpResponse:
        in_year = Post.objects.published(now).filter(publish_at__year=first.year)
        shown = in_year if whole_year else in_year.filter(publish_at__month=first.month)
        if not shown.exists():
            raise Http404("Nothing was published then.")
        context = {
            "year": first.year,
            "month": None if whole_year else first,
            "months": _months(in_year),
            "page": page_of(shown.with_card().newest_first(), number),
        }
        return render(request, "blog/archive.html", context)

    return serve(request, freshness.of_everything(now), build, number)


def _months(in_year: QuerySet[Post]) -> list[tuple[date, int]]:
    months = in_year.annotate(month=TruncMonth("publish_at")).values("month").order_by("month")
    return [(row["month"].date(), row["count"]) for row in months.annotate(count=Count("pk"))]


@require_safe
def post(request: HttpRequest, year: int, month: int, slug: str) -> HttpResponse:
    """A post and its thread. Visitors we know, a reply begun and what is new get a page of their own."""
    part, now = read_thread_part(request.GET), timezone.now()
    fresh = freshness.of_post(slug, now)
    request.site_version = fresh.site_version
    if fresh.post_id is None:
        raise Http404("No published post has this address.")
    if visitors.is_known(request) or "reply_to" in request.GET or part.since:
        return visitors.keep_private(_post_page(request, fresh.post_id, part, now, personal=True))
    build = lambda: _post_page(request, fresh.post_id, part, now)  # noqa: E731
    return pagecache.serve(request, (*fresh.key, *part.key), build)


def _post_page(
    request: HttpRequest, post_id: int, part: ThreadPart, now: datetime, *, personal: bool = False
) -> HttpResponse:
    found = reading.post_to_read(post_id)
    if found.get_absolute_url() != request.path:
        return redirect(found, permanent=True)
    topics = list(found.topics.all())
    context = {
        "post": found,
        "writer": writer_name(found.author),
        "body": for_page(found.body),
        "topics": topics,
        "thread_part": part,
        "personal": personal,
        "json_ld": blog_posting(request, found, topics),
        **reading.neighbours(found, now),
    }
    return render(request, "blog/post.html", context)


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    def build() -> HttpResponse:
        every = list(Topic.objects.with_post_counts())
        context = {
            "injuries": [topic for topic in every if topic.is_injury],
            "others": [topic for topic in every if not topic.is_injury],
        }
        return render(request, "blog/topics.html", context)

    return serve(request, freshness.of_writing(timezone.now()), build)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    number, now = number_of_page(request.GET), timezone.now()

    def build() -> HttpResponse:
        found = get_object_or_404(Topic, slug=slug)
        published = Post.objects.published(now).filter(topics=found)
        context = {
            "topic": found,
            "introduction": for_page(found.introduction),
            "page": page_of(published.with_card().newest_first(), number),
        }
        return render(request, "blog/topic.html", context)

    return serve(request, freshness.of_everything(now), build, number)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    def build() -> HttpResponse:
        found = get_object_or_404(Page.objects.published(), slug=slug)
        return render(request, "blog/page.html", {"page_object": found, "body": for_page(found.body)})

    return serve(request, freshness.of_writing(timezone.now()), build)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over posts and comments. Never kept: queries are endless, and each is somebody's own affair."""
    now = timezone.now()
    query = read_query(request.GET.get("q", ""))
    if query.terms and not _may_search(request, now):
        return _search_later(request, query)
    found, kind = find(query, now), _kind_of(request)
    places = found.of(kind)
    page = Paginator(places, POSTS_PER_PAGE).get_page(request.GET.get("page"))
    topics = [] if kind else found.topics
    context = {
        "query": query,
        "count": len(topics) + len(places),
        "is_cut": bool(found.cut & {each.name for each in ([kind] if kind else kinds())}),
        "topics": topics if page.number == 1 else [],
        "page": page,
        "hits": hits_of(page.object_list, found.phrases, now),
        "choices": _choices(query, found, kind),
        "keep": urlencode({"q": query.text} | ({"in": kind.name} if kind else {})),
    }
    return visitors.keep_private(render(request, "blog/search.html", context))


def _kind_of(request: HttpRequest) -> Kind | None:
    """`?in=`; anything but the name of a kind is all of them."""
    return next((kind for kind in kinds() if kind.name == request.GET.get("in")), None)


def _choices(query: Query, found: Found, chosen: Kind | None) -> list[dict[str, object]]:
    """All, or one kind: the address of each, how much it has, and which is shown."""
    every = {"label": "All", "keep": urlencode({"q": query.text}), "is_shown": chosen is None}
    every |= {"count": len(found.topics) + len(found.of(None)), "is_cut": bool(found.cut)}
    return [every] + [
        {
            "label": kind.plural,
            "keep": urlencode({"q": query.text, "in": kind.name}),
            "is_shown": kind is chosen,
            "count": len(found.of(kind)),
            "is_cut": kind.name in found.cut,
        }
        for kind in kinds()
    ]


def _may_search(request: HttpRequest, now: datetime) -> bool:
    """A search is the one page whose price grows with the whole site, so a network gets one a second."""
    key = f"search:{visitors.network_hash(request)}"
    return spend(key, limit=SEARCHES, seconds=SEARCH_SECONDS, now=now)


def _search_later(request: HttpRequest, query: Query) -> HttpResponse:
    page = render(request, "blog/search.html", {"query": query, "too_many": True}, status=429)
    return visitors.keep_private(later(page, SEARCH_SECONDS))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Says that this process answers and its database does: 200 with `ok`, or an error."""
    freshness.of_writing(timezone.now())
    response = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
