"""Search over posts: every word of the query occurs in the title, the deck, the text or a topic's names.

Words in quotes are one phrase, found as they stand. Posts that say all of it come before those that only
carry a topic of that name, and topics that are called so come before all posts.

The database compares capital and small letters as one for the English alphabet everywhere, for other letters
on PostgreSQL only; SQLite is therefore asked for a word as typed, small, capital and with a capital first
letter. What stays different there is a mixture of these inside one word, and an accent is never left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from blog.models import Post, Topic
from lib.text import excerpt, normalise_line

MIN_LENGTH = 2
MAX_LENGTH = 100
MAX_WORDS = 8
MAX_HITS = 200
SNIPPET = 180
# How a sentence ends, also in quotes or brackets.
ENDED = re.compile(r"[.!?…:;,][”’\"')]*$")
# A phrase in straight or curly quotes, or a word. A quote that is never closed means nothing.
TERM = re.compile(r"""["“”„]([^"“”„]*)["“”]|([^\s"“”„]+)""")


@dataclass(frozen=True)
class Query:
    """What a visitor asks for: words, some of which may be phrases. Any text is safe; without words there is
    nothing to look for."""

    text: str
    words: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What to call it in quotes: a single phrase does not bring its own."""
        return self.words[0] if len(self.words) == 1 else self.text

    @property
    def is_too_short(self) -> bool:
        return 0 < len(self.text) < MIN_LENGTH


@dataclass(frozen=True)
class Found:
    """Topics that are called so, and posts without their texts."""

    topics: list[Topic]
    posts: list[Post]


@dataclass(frozen=True)
class Hit:
    post: Post
    snippet: SafeString


def read_query(typed: str) -> Query:
    text = normalise_line(typed)[:MAX_LENGTH].strip()
    terms = [(phrase or word).strip() for phrase, word in TERM.findall(text)]
    words = {term.casefold(): term for term in terms if term} if len(text) >= MIN_LENGTH else {}
    return Query(text, tuple(words.values())[:MAX_WORDS])


def find(query: Query, now: datetime) -> Found:
    """What holds all words. Posts stand by hits in the title, then those that say it, then the newest."""
    if not query.words:
        return Found([], [])
    topics = list(Topic.objects.only("name", "slug", "aliases", "is_injury", "summary"))
    said = [_says(word) for word in query.words]
    carried = [_carries(word, topics) for word in query.words]
    posts = Post.objects.published(now).filter(*map(Q.__or__, said, carried)).with_card().newest_first()
    if any(carried):
        # Asked for only where a topic answers, because it is each word's work once more.
        posts = posts.annotate(says_it=ExpressionWrapper(Q(*said), BooleanField()))
        posts = posts.order_by("-says_it", *posts.query.order_by)
    called_so = [topic for topic in topics if _is_called(topic, query.words)]
    return Found(called_so, sorted(posts[:MAX_HITS], key=lambda post: -_in_title(post, query.words)))


def hits_of(posts: list[Post], words: Sequence[str]) -> list[Hit]:
    """The posts of one page of results, each with its snippet; their texts are read in one query."""
    texts = dict(Post.objects.filter(pk__in=[post.pk for post in posts]).values_list("pk", "plain_text"))
    return [Hit(post, snippet(f"{post.deck}\n{texts.get(post.pk, '')}", words)) for post in posts]


def _says(word: str) -> Q:
    """That the post itself holds the word."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    says = Q()
    for spelling in sorted(spellings):
        says |= Q(title__icontains=spelling) | Q(deck__icontains=spelling)
        says |= Q(plain_text__icontains=spelling)
    return says


def _carries(word: str, topics: list[Topic]) -> Q:
    """That one of the post's topics has the word in a name; empty where no topic has."""
    named = [topic.pk for topic in topics if _is_named(word, topic)]
    if not named:
        return Q()
    # Not a join: a join a word would multiply the rows by the post's topics each time.
    return Q(pk__in=Post.topics.through.objects.filter(topic_id__in=named).values("post_id"))


def _names(topic: Topic) -> list[str]:
    return [topic.name, *map(str, topic.aliases)]


def _is_named(word: str, topic: Topic) -> bool:
    """Compared here and not in the database, which would search the brackets of the list as well."""
    return any(word.casefold() in name.casefold() for name in _names(topic))


def _is_called(topic: Topic, words: Sequence[str]) -> bool:
    """Whether one name of the topic has all the words, each from its first letter on."""
    return any(all(_from_its_start(word).search(name) for word in words) for name in _names(topic))


def _in_title(post: Post, words: Sequence[str]) -> int:
    return sum(bool(_from_its_start(word).search(post.title)) for word in words)


def _from_its_start(word: str) -> re.Pattern[str]:
    """The word where one begins: “it” in “items”, not in “written”."""
    return re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE)


# ---------- snippets ----------


def snippet(text: str, words: Sequence[str]) -> SafeString:
    """About 180 characters around the best hit, cut between words, the hits marked, all else escaped."""
    line = _on_one_line(text)
    patterns = [_pattern_in(line, word) for word in words]
    start = _start_of_cut(line, _first_hit(line, words, patterns))
    cut = excerpt(line[start:], SNIPPET).replace(" ·…", "…")
    return _marked(cut, re.compile("|".join(patterns), re.IGNORECASE), opened="… " if start else "")


def _on_one_line(text: str) -> str:
    """Blocks one after the other; after a heading or an item, which ends in no full stop, stands a dot."""
    lines = [line if ENDED.search(line) else f"{line} ·" for line in text.splitlines() if line]
    return " ".join(lines).removesuffix(" ·")


def _pattern_in(line: str, word: str) -> str:
    """A word is marked where words begin; inside of others only in a text that has it nowhere else."""
    pattern = _from_its_start(word)
    return pattern.pattern if pattern.search(line) else re.escape(word)


def _first_hit(line: str, words: Sequence[str], patterns: Sequence[str]) -> int:
    """Where the words stand side by side, or the longest of them does, or any."""
    longest = max(zip(words, patterns, strict=True), key=lambda pair: len(pair[0]))[1]
    for pattern in (re.escape(" ".join(words)), longest, "|".join(patterns)):
        if hit := re.search(pattern, line, re.IGNORECASE):
            return hit.start()
    return 0


def _start_of_cut(line: str, hit: int) -> int:
    """The beginning of a word, a third of the snippet before the hit where there is so much."""
    start = hit - SNIPPET // 3
    if start <= 0:
        return 0
    space = line.find(" ", start, hit)
    return space + 1 if space >= 0 else hit


def _marked(text: str, pattern: re.Pattern[str], *, opened: str) -> SafeString:
    ends = [0, *(hit.end() for hit in pattern.finditer(text))]
    pairs = [
        (text[end : hit.start()], hit.group()) for end, hit in zip(ends, pattern.finditer(text), strict=False)
    ]
    marked = format_html_join("", "{}<mark>{}</mark>", pairs)
    return format_html("{}{}{}", opened, marked, text[ends[-1] :])
