"""What the filter thought of a comment, as the desk shows it: per cent, a word, findings with signed points.

The findings are read as `comments.spam` recorded them (`Finding.as_record`). Comments that never met the
filter, such as imported ones, have no probability and no findings.
"""

import math
from dataclasses import dataclass

from comments.models import Comment
from comments.spam.judge import HOLD_FROM
from comments.spam.verdict import Finding

# Between "likely fine" and "likely spam" the filter is unsure.
LIKELY_SPAM_FROM = 0.75

# From this many points on a finding is shown as a warning. Smaller ones add up but say little alone.
WARNING_FROM = 0.8

# So many findings stand beside a comment in a queue; its own page has all.
STRONGEST = 3
# What is too small to be named says nothing in a few words.
UNNAMED = frozenset({"rest", "site_rest"})
# What has no weight and still says why a comment waits.
WEIGHTLESS = frozenset({"moderated_post", "old_post"})

NO_POINTS = "0.0"
TINY = 1e-12
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. `tone` is "up" when it alone suggests spam, "down" when it speaks against, else empty."""

    words: str
    points: str
    tone: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """`percent` is 1 to 99, as the filter is never certain, or None for a comment it never saw.

    `findings` are those with a weight or a consequence, in the filter's order; `strongest` are the few that
    weigh most. `base` and `total` are the points before them and with them, as they were when the comment was
    judged.
    """

    percent: int | None
    word: str
    tone: str
    findings: tuple[FindingView, ...]
    strongest: tuple[FindingView, ...] = ()
    base: str = ""
    total: str = ""


def judgement_of(comment: Comment) -> Judgement:
    found = [Finding.from_record(record) for record in comment.findings]
    weighty = [item for item in found if signed(item.points) != NO_POINTS or item.code in WEIGHTLESS]
    named = [finding for finding in weighty if finding.code not in UNNAMED]
    strongest = sorted(named, key=lambda finding: -abs(finding.points))[:STRONGEST]
    findings = tuple(map(_view_of, weighty))
    if comment.probability is None:
        return Judgement(None, "not judged", "", findings, tuple(map(_view_of, strongest)))
    percent = min(99, max(1, round(comment.probability * 100)))
    word, tone = _in_words(comment.probability)
    total = _log_odds(comment.probability)
    base = total - math.fsum(finding.points for finding in found)
    return Judgement(
        percent, word, tone, findings, tuple(map(_view_of, strongest)), signed(base), signed(total)
    )


def _log_odds(probability: float) -> float:
    """The sum of the points behind a probability; certainty, which the filter never has, is cut off."""
    probability = min(1 - TINY, max(TINY, probability))
    return math.log(probability / (1 - probability))


def _in_words(probability: float) -> tuple[str, str]:
    if probability >= LIKELY_SPAM_FROM:
        return "likely spam", "high"
    if probability >= HOLD_FROM:
        return "unsure", "unsure"
    return "likely fine", "low"


def _view_of(finding: Finding) -> FindingView:
    return FindingView(finding.words, signed(finding.points), _tone(finding.points))


def _tone(points: float) -> str:
    if points >= WARNING_FROM:
        return "up"
    return "down" if points < 0 else ""


def signed(points: float) -> str:
    """Points with one decimal and their sign: "+1.3", "−0.4", and "0.0" without one."""
    rounded = round(points, 1)
    if rounded == 0:
        return NO_POINTS
    return f"{'+' if rounded > 0 else MINUS}{abs(rounded):.1f}"
