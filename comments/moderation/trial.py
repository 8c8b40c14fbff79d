"""Tries an entry of the blocklist on past comments before it counts: what it would have caught, and how much
of that nobody would want caught.

The comparison is the filter's own. It looks at the latest comments, newest first, and stops after so many or
when it has used so much of the processor, whichever comes first; so a page waits a few seconds at most, on
whatever site. The team's own comments are left out, because the filter never judges them, and those whose
words are gone for good.

A trial must not say whose a guessed mail address is. For those who may see no addresses it compares none that
was given with a comment, neither with the entry nor with what is on the list already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import thread_time
from typing import NamedTuple

from django.db.models import F, QuerySet, Value

from comments.blocking import entries_in_force
from comments.models import Comment
from comments.patterns import matched_patterns
from comments.spam.blocklist import blocked_by
from comments.spam.candidate import Blocked, BlockedEntry, Candidate
from lib.text import excerpt

Status = Comment.Status

MOST = 5_000
SECONDS = 2.0  # of the processor's time
SHOWN = 10
EXCERPT_LENGTH = 160

_CHUNK = 200
_COLUMNS = ("pk", "name", "text", "address", "website", "network", "status", "created_at")


class Caught(NamedTuple):
    pk: str
    name: str
    excerpt: str
    written_at: datetime


@dataclass(slots=True)
class Group:
    """Comments of one sort that would have been caught; the newest of them to look at."""

    count: int = 0
    newest: list[Caught] = field(default_factory=list)

    def add(self, row: NamedTuple) -> None:
        self.count += 1
        if len(self.newest) < SHOWN:
            words = excerpt(row.text, EXCERPT_LENGTH)
            self.newest.append(Caught(row.pk, row.name, words, row.created_at))


@dataclass(slots=True)
class Trial:
    """`since` is when the oldest comment that was looked at was written, None when there was none. `ham` are
    the caught comments that readers see, `new_ham` those of them that nothing on the list catches already.
    `is_cut_short` says that time was up before the end, `is_blind` that it was an address that was tried, by
    somebody who may see none."""

    looked_at: int = 0
    since: datetime | None = None
    is_cut_short: bool = False
    is_blind: bool = False
    ham: Group = field(default_factory=Group)
    new_ham: int = 0
    waiting: Group = field(default_factory=Group)
    spam: Group = field(default_factory=Group)

    @property
    def count(self) -> int:
        return self.ham.count + self.waiting.count + self.spam.count

    def group_of(self, status: str) -> Group:
        return {Status.APPROVED: self.ham, Status.HELD: self.waiting}.get(status, self.spam)


def try_entry(entry: BlockedEntry, *, now: datetime, can_see_email: bool, seconds: float = SECONDS) -> Trial:
    """Two queries, however many comments there are. One comment is looked at in any case."""
    trial, listed = Trial(), entries_in_force(now)
    trial.is_blind = entry.kind is Blocked.ADDRESS and not can_see_email
    until = thread_time() + seconds
    for row in _latest(can_see_email=can_see_email).iterator(chunk_size=_CHUNK):
        if trial.looked_at and thread_time() >= until:
            trial.is_cut_short = True
            break
        _look_at(row, entry, trial=trial, listed=listed)
    return trial


def _latest(*, can_see_email: bool) -> QuerySet:
    # Ids begin with the time, so the newest are found without sorting all there are.
    rows = Comment.objects.filter(badge="").exclude(status__in=Comment.GONE).order_by("-pk")
    rows = rows.annotate(address=F("email") if can_see_email else Value(""))
    return rows.values_list(*_COLUMNS, named=True)[:MOST]


def _look_at(row: NamedTuple, entry: BlockedEntry, *, trial: Trial, listed: Sequence[BlockedEntry]) -> None:
    trial.looked_at, trial.since = trial.looked_at + 1, row.created_at
    candidate = _candidate_of(row)
    if not _catch([entry], candidate):
        return
    trial.group_of(row.status).add(row)
    trial.new_ham += row.status == Status.APPROVED and not _catch(listed, candidate)


def _catch(entries: Sequence[BlockedEntry], candidate: Candidate) -> bool:
    said = (candidate.name, candidate.text, candidate.website)
    return bool(blocked_by(candidate, entries, matched_patterns(entries, said)))


def _candidate_of(row: NamedTuple) -> Candidate:
    """As much of it as the blocklist looks at."""
    return Candidate(
        name=row.name,
        text=row.text,
        email=row.address,
        website=row.website,
        network=row.network,
        post_title="",
        post_text="",
        submitted_at=row.created_at,
    )
