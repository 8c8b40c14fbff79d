"""The people these tests tell of: a stranger with an honest comment, and whatever a test changes about it."""

import datetime

from comments.spam.candidate import Blocked, BlockedEntry, Candidate, History, Strength
from comments.spam.features import HOST_BUCKETS, TEXT_BUCKETS
from comments.spam.judge import BASE_LOG_ODDS, judge
from comments.spam.prior import Prior, Weights, shipped_prior
from comments.spam.shape import Shape
from comments.spam.verdict import Finding, Verdict

HONEST_TEXT = (
    "I had the same pull last spring. What helped was walking the downhills for six weeks, and then "
    "starting over with ten minutes on grass every other day."
)

STRANGER = History()
KNOWN = History(approved_before=2)
WELL_KNOWN = History(approved_before=500)

# A text model that has nothing to say of any text, so that what is left is the rules' alone.
SILENT = Prior(
    version="silent",
    shape=Shape({}, {}),
    weights=Weights(text=[0.0] * TEXT_BUCKETS, hosts=[0.0] * HOST_BUCKETS, bins=[], pairs=[], bias=0.0),
    slope=1.0,
    intercept=BASE_LOG_ODDS,
    hold_from=0.5,
    spam_from=0.9,
)


def candidate(**changes: object) -> Candidate:
    """An honest first comment, written in two minutes, with the changes a test names."""
    facts: dict[str, object] = {
        "name": "Ines",
        "text": HONEST_TEXT,
        "email": "",
        "website": "",
        "network": "3f1c9a",
        "form_age": 120.0,
        "post_title": "The calf again",
        "post_text": "It held until the last descent, and then it did not.",
        "post_topics": ("calf strain",),
        "submitted_at": datetime.datetime(2026, 3, 14, 9, 30, tzinfo=datetime.UTC),
    }
    return Candidate(**(facts | changes))


def verdict_on(history: History = STRANGER, **changes: object) -> Verdict:
    """The rules' verdict on the honest comment with these changes; the text model is silent."""
    return judge(candidate(**changes), history, prior=SILENT)


def whole_verdict_on(history: History = STRANGER, **changes: object) -> Verdict:
    """The verdict of the whole filter, with the text model that ships."""
    return judge(candidate(**changes), history, prior=shipped_prior())


def codes(verdict: Verdict) -> list[str]:
    """The codes of a verdict's findings, in their order."""
    return [finding.code for finding in verdict.findings]


def finding_of(verdict: Verdict, code: str) -> Finding:
    """The one finding with this code; fails when there is none or more than one."""
    (found,) = [finding for finding in verdict.findings if finding.code == code]
    return found


def entry(value: str, kind: str = "word", strength: str = "hold", note: str = "") -> BlockedEntry:
    """An entry of the blocklist."""
    return BlockedEntry(number=1, kind=Blocked(kind), value=value, strength=Strength(strength), note=note)


def blocking(*entries: BlockedEntry) -> History:
    """A stranger's history while the blocklist holds these."""
    return History(blocked=entries)
