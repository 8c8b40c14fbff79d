"""The log of the desk: which deeds a moderator asks for, how each line reads, and the log as a file.

A sweep is one line. Lines outlive the comments they are about.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime, make_aware

from blog.people import writer_name
from comments.models import BlockedTerm, Comment, Deed
from comments.moderation.entries import quoted
from comments.moderation.queues import summary_of
from comments.moderation.sieve import LONGEST_WORDS, is_number, says
from comments.moderation.undoing import undoable
from lib.text import normalise_line

LINES_PER_PAGE = 50
CHUNK = 500
# Entries of the blocklist that can be searched for: a guessed address is not to be told from a wrong one.
NAMED = (BlockedTerm.Kind.WORD, BlockedTerm.Kind.DOMAIN, BlockedTerm.Kind.PATTERN)
FIRST_YEAR, LAST_YEAR = 2000, 2999

COLUMNS = ("when", "who", "what", "comment", "post", "before", "after", "reason", "note", "undone", "sweep")
# A spreadsheet takes what begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the log is asked for. `who` is the number of an account; empty fields ask for everything."""

    words: str = ""
    who: str = ""
    verb: str = ""
    since: str = ""
    until: str = ""
    comment: str = ""

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `by` is the moderator's name, empty when the account is gone; `about` says of what it is, and
    `count` of how many comments, when it is a sweep."""

    deed: Deed
    by: str
    about: str
    can_undo: bool
    was_undone: bool


def wanted_from(query: Mapping[str, str]) -> Wanted:
    """What an address asks for; what makes no sense is passed over."""
    asked = {
        field.name: normalise_line(query.get(field.name, "").replace("\0", "")) for field in fields(Wanted)
    }
    return Wanted(
        words=asked["words"][:LONGEST_WORDS],
        who=asked["who"] if is_number(asked["who"]) else "",
        verb=asked["verb"] if asked["verb"] in Deed.Verb.values else "",
        since=asked["since"] if _day(asked["since"]) else "",
        until=asked["until"] if _day(asked["until"]) else "",
        comment=asked["comment"][:LONGEST_WORDS],
    )


def page_of_log(wanted: Wanted, *, number: str | None, now: datetime) -> Page:
    """A page of the log, newest first."""
    page = Paginator(_with_what_lines_show(deeds_in(wanted)), LINES_PER_PAGE).get_page(number)
    page.object_list = lines_of(page.object_list, now=now)
    return page


def deeds_in(wanted: Wanted, *, each: bool = False) -> QuerySet[Deed]:
    """The deeds asked for: a sweep as one, or with `each` the line of each comment that it moved, too. What
    is asked of one comment is answered with its part in sweeps."""
    deeds = Deed.objects.all() if each or wanted.comment else Deed.objects.lines()
    if wanted.comment:
        deeds = deeds.filter(comment=wanted.comment)
    if wanted.who:
        deeds = deeds.filter(by=int(wanted.who))
    if wanted.verb:
        deeds = deeds.filter(verb=wanted.verb)
    if wanted.since:
        deeds = deeds.filter(at__gte=make_aware(datetime.combine(_day(wanted.since), time.min)))
    if wanted.until:
        deeds = deeds.filter(at__lte=make_aware(datetime.combine(_day(wanted.until), time.max)))
    return deeds.filter(_mentions(wanted.words)) if wanted.words else deeds


def history_of(comment: Comment, *, now: datetime) -> list[Line]:
    """All that moderators did to one comment, newest first."""
    return lines_of(_with_what_lines_show(Deed.objects.filter(comment=comment)), now=now)


def lines_of(deeds: Iterable[Deed], *, now: datetime) -> list[Line]:
    deeds = list(deeds)
    keys = [deed.pk for deed in deeds]
    can_undo = set(undoable(now).filter(pk__in=keys).values_list("pk", flat=True))
    return [_line(deed, can_undo=deed.pk in can_undo) for deed in deeds]


def about(deed: Deed) -> str:
    """Of what the line is, in a few words."""
    if hasattr(deed, "whole"):
        return _of_sweep(deed)
    if deed.term:
        # Whoever reads the log, or has it as a file, need not be one who may see addresses.
        return quoted(deed.term, can_see_email=False)
    return summary_of(deed.comment) if deed.comment else "A comment that has been deleted since"


def _of_sweep(deed: Deed) -> str:
    count = deed.whole.done_count
    words = f"{count:,} comment{'' if count == 1 else 's'}"
    return f"{words}: {deed.undoes.get_verb_display().lower()}" if deed.undoes else words


def moderators() -> list[tuple[int, str]]:
    """Everybody in the log, by number and name."""
    deeds = Deed.objects.filter(by=OuterRef("pk"))
    people = Deed._meta.get_field("by").related_model.objects.filter(Exists(deeds))
    return sorted(((person.pk, writer_name(person)) for person in people), key=lambda pair: pair[1])


class _Echo:
    """What `csv.writer` writes to: it gives back each line."""

    def write(self, line: str) -> str:
        return line


def as_csv(wanted: Wanted) -> Iterator[str]:
    """The lines asked for as a file (RFC 4180), oldest first, read from the database in portions. It begins
    with a byte order mark, without which spreadsheets take names with accents apart."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    deeds = _with_what_lines_show(deeds_in(wanted, each=True)).order_by("at", "pk")
    for deed in deeds.iterator(chunk_size=CHUNK):
        yield writer.writerow([_harmless(cell) for cell in _cells(deed)])


def _cells(deed: Deed) -> tuple[str, ...]:
    whole = getattr(deed, "whole", None)
    return (
        localtime(deed.at).isoformat(timespec="seconds"),
        writer_name(deed.by) if deed.by else "",
        deed.verb,
        deed.comment_id or about(deed),
        deed.comment.post.title if deed.comment else "",
        deed.before,
        deed.after,
        deed.reason_code,
        deed.reason,
        "yes" if hasattr(deed, "undone_by") else "",
        str(whole.pk if whole else deed.sweep_id or ""),
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _line(deed: Deed, *, can_undo: bool) -> Line:
    return Line(
        deed=deed,
        by=writer_name(deed.by) if deed.by else "",
        about=about(deed),
        can_undo=can_undo,
        was_undone=hasattr(deed, "undone_by"),
    )


def _with_what_lines_show(deeds: QuerySet[Deed]) -> QuerySet[Deed]:
    related = ("by", "comment__post", "term", "undone_by", "whole", "undoes", "sweep__deed", "wording")
    long = ("comment__html", "comment__findings", "comment__post__body", "comment__post__plain_text")
    return deeds.select_related(*related).defer(*long)


def _mentions(words: str) -> Q:
    in_terms = says(words, places=["term__value"]) & Q(term__kind__in=NAMED)
    return says(words, places=["reason", "comment__name", "comment__text"]) | in_terms


def _day(text: str) -> date | None:
    """A day that a log can have; far beyond, moments cannot be told in every time zone."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None
