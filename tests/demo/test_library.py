"""The demo's files are complete and sane: nothing a reader meets is missing, broken or out of order."""

from collections import Counter
from itertools import pairwise

import pytest

from demo import library

POSTS = {post.slug: post for post in library.read_posts()}
TOPICS = {topic.slug: topic for topic in library.read_topics()}
PAGES = library.read_pages()
THREADS = {slug: library.read_thread(slug) for slug in POSTS}
FLAGSHIP = THREADS["downhill-was-the-problem"]

DRAWINGS = [
    pytest.param(drawing, id=f"{post.slug}-{name}")
    for post in POSTS.values()
    for name, drawing in {"hero": post.hero, **post.figures}.items()
]
CONVERSATIONS = [pytest.param(POSTS[slug], thread, id=slug) for slug, thread in THREADS.items() if thread]


def approved(thread: list[library.Comment]) -> list[library.Comment]:
    return [comment for comment in thread if comment.status == "approved"]


def prose_of(post: library.Post) -> list[str]:
    """What a post says in sentences: all of its words but the code."""
    words = [block for block in post.body.split("<pre>") if block]
    return [
        post.title,
        post.deck,
        post.closing_question,
        words[0],
        *(w.split("</pre>")[1] for w in words[1:]),
    ]


def visible_words(html: str) -> str:
    """Text outside tags, with attributes' straight quotes gone."""
    return "".join(piece.split(">", 1)[-1] for piece in html.split("<"))


# ---------- posts ----------


def test_there_is_a_years_writing_with_one_scheduled_post_and_one_draft():
    published = [post for post in POSTS.values() if post.published]
    assert 14 <= len(published) <= 16
    assert [post.publish_in_days is not None for post in POSTS.values()].count(True) == 1
    assert [post.is_draft for post in POSTS.values()].count(True) == 1
    assert min(post.published for post in published).year == 2025
    assert max(post.published for post in published).month == 11


def test_the_featured_post_is_the_one_about_the_it_band():
    assert [post.slug for post in POSTS.values() if post.is_featured] == ["downhill-was-the-problem"]
    assert "it-band" in POSTS["downhill-was-the-problem"].topics


def test_slugs_and_titles_are_unique():
    assert len(POSTS) == len(library.read_posts())
    assert len(TOPICS) == len(library.read_topics())
    titles = Counter(post.title for post in POSTS.values())
    assert max(titles.values()) == 1


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
def test_every_post_is_whole(post):
    assert post.deck
    assert post.closing_question.endswith(("?", "Be honest."))
    assert post.topics
    assert set(post.topics) <= set(TOPICS)
    if not post.is_draft:
        assert 300 <= len(visible_words(post.body).split()) <= 1_000


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
def test_every_figure_a_post_asks_for_exists_and_is_asked_for(post):
    assert sorted(post.figure_names) == sorted(post.figures)
    assert "[[figure" not in post.html(lambda name: name)


def test_one_series_has_three_parts_in_order():
    parts = [(post.series, post.part) for post in POSTS.values() if post.series]
    assert parts == [("Coming back from zero", number) for number in (1, 2, 3)]


def test_posts_show_tables_code_quotes_and_figures():
    bodies = [post.body for post in POSTS.values()]
    for mark in ("<table>", "<pre>", "<blockquote>", "<ol>", "<ul>", "<h3>", "[[figure"):
        assert any(mark in body for body in bodies), mark


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
def test_links_between_posts_lead_to_posts_and_topics_that_exist(post):
    there = {f"/{p.published:%Y/%m}/{p.slug}/" for p in POSTS.values() if p.published}
    there |= {f"/topics/{slug}/" for slug in TOPICS}
    links = [piece.split('"')[0] for piece in post.body.split('href="')[1:]]
    assert [link for link in links if link not in there] == []


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
def test_code_fits_the_column(post):
    code = [block.split("</pre>")[0] for block in post.body.split("<pre>")[1:]]
    assert all(len(line) <= 58 for block in code for line in visible_words(block).splitlines())


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
def test_posts_are_set_with_curly_quotes(post):
    straight = [words for words in map(visible_words, prose_of(post)) if "'" in words or "&quot;" in words]
    assert straight == []


# ---------- topics and pages ----------


def test_there_are_eight_injuries_and_a_few_plain_topics():
    injuries = [topic for topic in TOPICS.values() if topic.is_injury]
    assert len(injuries) == 8
    assert 2 <= len(TOPICS) - len(injuries) <= 4


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_an_injury_says_what_it_is_what_to_ask_and_when_to_see_someone(topic):
    assert topic.summary
    assert topic.introduction
    if topic.is_injury:
        assert topic.aliases
        assert topic.introduction.count("<h2>") == 3
        assert len(topic.see_someone) >= 4
        assert not any(sign.endswith(".") for sign in topic.see_someone)


@pytest.mark.parametrize(
    "topic", [topic for topic in TOPICS.values() if topic.is_injury], ids=lambda t: t.slug
)
def test_an_injury_page_promises_nothing(topic):
    """No cure, no certainty, no ranking."""
    words = f"{topic.summary} {topic.introduction}".lower()
    for claim in ("cure", "guarantee", "best treatment", "proven", "always works", "you should "):
        assert claim not in words


def test_every_injury_has_a_post():
    written_about = {slug for post in POSTS.values() if post.published for slug in post.topics}
    assert {topic.slug for topic in TOPICS.values() if topic.is_injury} <= written_about


def test_the_pages_are_about_comments_and_privacy():
    assert {page.slug for page in PAGES} == {"about", "how-comments-work", "privacy"}
    assert all(page.title and page.description and page.body for page in PAGES)


def test_navigation_leads_to_every_page():
    site = library.read_site()
    addresses = [address for _, address in (*site.header, *site.footer)]
    assert {f"/{page.slug}/" for page in PAGES} <= set(addresses)


# ---------- pictures ----------


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_every_picture_has_alternative_text_caption_and_credit(drawing):
    assert len(drawing.alt) > 30
    assert drawing.alt.endswith(".")
    assert drawing.caption
    assert drawing.credit.startswith("Drawing: ")


# ---------- conversations ----------


def test_the_flagship_has_65_comments_in_at_most_30_branches():
    assert len(approved(FLAGSHIP)) == 65
    assert sum(comment.depth == 0 for comment in FLAGSHIP) <= 30
    assert max(comment.depth for comment in FLAGSHIP) == 5


def test_the_flagship_holds_every_kind_of_comment():
    """Long stories, two words, badges, one that waits, and one removed with its replies still there."""
    lengths = [len(comment.text.split()) for comment in approved(FLAGSHIP)]
    assert sum(150 <= length <= 300 for length in lengths) >= 3
    assert min(lengths) <= 2
    assert {comment.by for comment in FLAGSHIP} == {"reader", "writer", "moderator"}
    assert [comment.status for comment in FLAGSHIP].count("held") == 1
    removed = [place for place, comment in enumerate(FLAGSHIP) if comment.status == "trash"]
    assert len(removed) == 1
    assert any(comment.parent == removed[0] for comment in approved(FLAGSHIP))


def test_an_answer_below_the_deepest_level_stands_beside_what_it_answers():
    beside = [comment for comment in FLAGSHIP if comment.answers != comment.parent]
    assert [(comment.depth, FLAGSHIP[comment.answers].depth) for comment in beside] == [(5, 5)]
    assert beside[0].parent == FLAGSHIP[beside[0].answers].parent


def test_comments_use_the_small_markdown():
    texts = [comment.text for comment in FLAGSHIP]
    for mark in ("**", "\n- ", "\n1. ", "\n> ", "](https://"):
        assert any(mark in text for text in texts), repr(mark)


def test_conversations_come_in_every_size():
    sizes = sorted(len(approved(THREADS[post.slug])) for post in POSTS.values() if post.published)
    assert sum(sizes) >= 200
    assert sizes[0] == 0
    assert sum(5 <= size <= 20 for size in sizes) >= 3
    assert sum(30 <= size <= 40 for size in sizes) == 2
    assert sum(size > 40 for size in sizes) == 1


def test_threads_belong_to_published_posts():
    stray = {path.stem for path in (library.CONTENT / "threads").glob("*.toml")} - set(POSTS)
    assert not stray
    assert not any(THREADS[post.slug] for post in POSTS.values() if not post.published)


@pytest.mark.parametrize(("post", "thread"), CONVERSATIONS)
def test_a_thread_reads_in_the_order_of_time(post, thread):
    """A reply comes after what it answers, and brothers and sisters oldest first."""
    midnight = post.published.replace(hour=0, minute=0)
    assert all(midnight + comment.after > post.published for comment in thread)
    for comment in thread:
        if comment.parent is not None:
            assert thread[comment.parent].after < comment.after
            assert thread[comment.parent].depth == comment.depth - 1
            assert thread[comment.answers].after < comment.after
    for parent in {comment.parent for comment in thread}:
        times = [comment.after for comment in thread if comment.parent == parent]
        assert all(earlier < later for earlier, later in pairwise(times))


@pytest.mark.parametrize(("post", "thread"), CONVERSATIONS)
def test_nobody_is_missing_a_name_or_borrows_the_teams(post, thread):
    for comment in thread:
        assert comment.text
        assert bool(comment.name) == (comment.by == "reader")
        assert "lindqvist" not in comment.name.lower()


def test_what_is_said_is_said_once():
    texts = Counter(
        comment.text for thread in THREADS.values() for comment in thread if comment.status != "spam"
    )
    assert [text for text, times in texts.items() if times > 1] == []


def test_spam_advertises_only_places_that_cannot_exist():
    spam = [comment for thread in THREADS.values() for comment in thread if comment.status == "spam"]
    assert 8 <= len(spam) <= 12
    for comment in spam:
        addresses = [*comment.text.split("://")[1:], *comment.website.split("://")[1:]]
        hosts = [address.split("/")[0].split(")")[0].split()[0] for address in addresses]
        hosts += [comment.email.rpartition("@")[2]] if comment.email else []
        assert hosts
        assert all(host.endswith(".example") for host in hosts)
