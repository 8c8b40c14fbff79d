"""What the text model says of a comment, in findings that add up.

The prior's log-odds is a sum over words, hosts and traits. Here each feature's part goes to what a person can
see: a run of letters to the word that holds it, a pair to both its words, a bin to its trait. The strongest
are named in a few findings; one more holds the rest, so that the points of all findings are exactly the
log-odds.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from comments.spam.candidate import Candidate
from comments.spam.features import (
    HOSTS_LENGTH,
    LINK_WORD,
    PAIRS_LENGTH,
    RUNS_LENGTH,
    SHAPE_LENGTH,
    WORDS_LENGTH,
    Features,
    TextFeatures,
    features_of,
    value_in,
)
from comments.spam.prior import Prior
from comments.spam.reading import WORD
from comments.spam.site_layer import SiteLayer, SitePoints
from comments.spam.traits import SAYS
from comments.spam.verdict import Finding

# How honest a text can make a comment look. A machine may have copied an honest text, so what it did besides
# must still count: below this, log-odds count less.
MOST_HONEST = -3.0
BEYOND_COUNTS = 0.3
# No text is worse than certain.
MOST_SPAM = 12.0

# What is named in a finding, and how much of it: weaker parts belong to the rest.
NAMED_FROM = 0.1
MOST_NAMED = 4
# All numbers read alike (features.letters_of), so none can be named.
ANY_NUMBER = "0"
# From so many points on, words are a reason that the commenter is told.
TOLD_FROM = 1.0
LONGEST_NAMED = 30

# Of a site on which no moderator has said anything yet.
UNTAUGHT = SiteLayer()

Parts = dict[str, float]


def examine(
    candidate: Candidate, prior: Prior, *, base: float, site: SiteLayer = UNTAUGHT, share: float = 1.0
) -> tuple[Finding, ...]:
    """Findings whose points sum, together with the base, to the prior's log-odds for this comment, bounded as
    MOST_HONEST says, and to what the site's own verdicts add."""
    features = features_of(candidate, prior.shape)
    taught = site.points(features, name=candidate.name, website=candidate.website)
    return (*_shipped(features, prior, base=base, share=share), *_taught(taught))


def _shipped(features: Features, prior: Prior, *, base: float, share: float) -> tuple[Finding, ...]:
    log_odds = prior.log_odds(features)
    counted = bounded(log_odds)
    if counted > base:
        counted = base + share * (counted - base)
    else:
        share = counted / log_odds
    seen = _seen_in(features, prior, share=share)
    named = [finding for view in VIEWS if (finding := view.finding_in(seen[view.kind]))]
    rest = counted - base - math.fsum(finding.points for finding in named)
    words = "All else about the text, and how much spam there is in general"
    return (*named, Finding("rest", rest, words)) if rest else tuple(named)


def _taught(taught: SitePoints) -> tuple[Finding, ...]:
    """What the site's verdicts add: the strongest signals by name, and all others together."""
    parts: Parts = defaultdict(float)
    for part in taught.contributions:
        parts[part.label] += part.points
    named = [finding for view in SITE_VIEWS if (finding := view.finding_in(parts))]
    rest = taught.total - math.fsum(finding.points for finding in named)
    words = "All else that verdicts on this site taught"
    return (*named, Finding("site_rest", rest, words)) if rest else tuple(named)


def bounded(log_odds: float) -> float:
    """The log-odds, with less effect below MOST_HONEST, and none beyond MOST_SPAM."""
    if log_odds >= MOST_HONEST:
        return min(log_odds, MOST_SPAM)
    return MOST_HONEST + BEYOND_COUNTS * (log_odds - MOST_HONEST)


@dataclass(frozen=True, slots=True)
class View:
    """One way of naming parts: those of a kind, for (+1) or against (-1) spam, in a sentence that lists
    them."""

    code: str
    kind: str
    sign: int
    words: str
    reader_words: str | None = None

    def finding_in(self, parts: Parts) -> Finding | None:
        """The finding on the strongest of these parts, or None when none is strong."""
        strong = [
            (points, name)
            for name, points in parts.items()
            if points * self.sign >= NAMED_FROM and name.strip(ANY_NUMBER)
        ]
        named = sorted(strong, key=lambda part: (-abs(part[0]), part[1]))[:MOST_NAMED]
        if not named:
            return None
        points = math.fsum(points for points, _ in named)
        listed = ", ".join(_readable(name, quoted=self.kind != "traits") for _, name in named)
        told = self.reader_words if points >= TOLD_FROM else None
        return Finding(self.code, points, self.words.format(listed), told)


VIEWS = (
    View(
        "words_spam", "words", 1, "Words that are common in spam: {}", "words that are common in advertising"
    ),
    View("words_ham", "words", -1, "Words that are common in honest comments: {}"),
    View("hosts_spam", "hosts", 1, "Links to sites like those in spam: {}"),
    View("hosts_ham", "hosts", -1, "Links to sites like those in honest comments: {}"),
    View("made_spam", "traits", 1, "Made as spam often is: {}"),
    View("made_ham", "traits", -1, "Made as honest comments often are: {}"),
)


SITE_VIEWS = (
    View("site_spam", "words", 1, "Moderators here called comments with these spam: {}"),
    View("site_ham", "words", -1, "Moderators here approved comments with these: {}"),
)


def _seen_in(features: Features, prior: Prior, *, share: float) -> dict[str, Parts]:
    """The parts of the log-odds by what a person can see, under the kinds that VIEWS name."""
    scale = prior.slope * share
    words = _summed(_word_parts(features.text, prior), scale)
    traits = _summed(_trait_parts(features, prior), scale)
    # That there is a link stands among the words, but a person sees it as one of the links.
    traits[SAYS["links"]] += words.pop(LINK_WORD, 0.0)
    return {"words": words, "hosts": _summed(_host_parts(features.text, prior), scale), "traits": traits}


def _word_parts(text: TextFeatures, prior: Prior) -> Iterator[tuple[str, float]]:
    """A run of letters counts for the word it has its middle in, or else for the word before it."""
    table = prior.weights.text
    spans = [(match.start(), match.group()) for match in WORD.finditer(text.letters)]
    starts = [start for start, _ in spans]
    value = value_in(text.runs, RUNS_LENGTH)
    for bucket, place in text.runs.items():
        if spans and (weight := table[bucket]):
            yield spans[max(bisect_right(starts, place) - 1, 0)][1], weight * value
    value = value_in(text.words, WORDS_LENGTH)
    for bucket, words in text.words.items():
        if weight := table[bucket]:
            several = words.split(" ")
            for word in several:
                yield word, weight * value / len(several)


def _host_parts(text: TextFeatures, prior: Prior) -> Iterator[tuple[str, float]]:
    value = value_in(text.hosts, HOSTS_LENGTH)
    for bucket, host in text.hosts.items():
        yield host, prior.weights.hosts[bucket] * value


def _trait_parts(features: Features, prior: Prior) -> Iterator[tuple[str, float]]:
    """A pair of bins counts half for each of its traits. What a comment does not have is not named: to read
    of brackets where there are none would make a moderator doubt the rest."""
    there = {name for name, value in features.traits.items() if value > 0}
    value = value_in(features.bins, SHAPE_LENGTH)
    for name, place in zip(prior.shape.edges, features.bins, strict=True):
        if name in there:
            yield SAYS[name], prior.weights.bins[place] * value
    value = value_in(features.pairs, PAIRS_LENGTH) / 2
    for names, place in zip(combinations(prior.shape.pair_edges, 2), features.pairs, strict=True):
        for name in there.intersection(names):
            yield SAYS[name], prior.weights.pairs[place] * value


def _summed(parts: Iterator[tuple[str, float]], scale: float) -> Parts:
    sums: Parts = defaultdict(float)
    for name, points in parts:
        sums[name] += points * scale
    return sums


def _readable(name: str, *, quoted: bool) -> str:
    """The name as a moderator may be shown it: short, and printable whatever a spammer typed."""
    shown = "".join(char for char in name if char.isprintable())
    shown = shown if len(shown) <= LONGEST_NAMED else f"{shown[:LONGEST_NAMED]}…"
    return f"“{shown}”" if quoted else name
