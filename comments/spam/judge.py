"""From findings to a verdict.

The text model says what words and make tell; every rule looks at the candidate and its history and may report
findings. A finding's points are log-odds, so the evidence simply adds up: the base plus all points, put
through the logistic function, is the probability that the comment is spam. Two thresholds turn the
probability into a decision. The rules' points are set by hand, and all findings are treated as independent
(Graham, "A Plan for Spam", 2002, describes the idea).
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from comments.spam.candidate import Candidate, History
from comments.spam.odds import logistic
from comments.spam.prior import Prior, PriorError, shipped_prior
from comments.spam.rules.answering_writer import check_answering_writer
from comments.spam.rules.author_name import check_author_name
from comments.spam.rules.blocklist import check_blocklist
from comments.spam.rules.contact import check_contact
from comments.spam.rules.duplicate import check_duplicate
from comments.spam.rules.form_age import check_form_age
from comments.spam.rules.honeypot import check_honeypot
from comments.spam.rules.links import check_links
from comments.spam.rules.near_duplicate import check_near_duplicate
from comments.spam.rules.on_topic import check_on_topic
from comments.spam.rules.promoted_domain import check_promoted_domain
from comments.spam.rules.rate import check_rate
from comments.spam.rules.reputation import check_reputation
from comments.spam.rules.script import check_script
from comments.spam.rules.service import check_service
from comments.spam.site_layer import SiteLayer
from comments.spam.text_model import UNTAUGHT, examine
from comments.spam.verdict import Decision, Finding, Verdict

Rule = Callable[[Candidate, History], Iterable[Finding]]

# Names the rules, their points and the constants below. Every stored verdict carries it: change it with them.
VERSION = "rules-3"

# Cheap and certain rules first. The order decides only how findings are listed, never the probability.
RULES: tuple[Rule, ...] = (
    check_honeypot,
    check_form_age,
    check_rate,
    check_duplicate,
    check_near_duplicate,
    check_blocklist,
    check_links,
    check_promoted_domain,
    check_contact,
    check_author_name,
    check_script,
    check_on_topic,
    check_answering_writer,
    check_reputation,
    check_service,
)

# The log-odds of an honest comment about which nothing else is known: 5 %. The text model's findings and the
# rules' are added to it.
BASE_LOG_ODDS = -3.0

# From this probability on a moderator looks first. Low, because a few minutes of waiting cost a reader less
# than a page of advertisements costs all of them. Training the prior suggests 0.10 and 0.92 for sites like
# those it was trained on; where the talk is of running, far fewer honest comments look strange.
HOLD_FROM = 0.19

# From this probability on the comment goes to the spam queue. High, because nobody hurries to look there.
SPAM_FROM = 0.97

# Somebody whose comments moderators approved may link and sell a bicycle: what the prior holds against their
# text counts so much. Not nothing: accounts of good standing are sold, and mail is forged.
TRUSTED_SHARE = 0.3

WRITTEN_BY_STAFF = Finding("staff", -6.0, "Written by a signed-in writer or moderator, so no rule was asked")
# From so many points on, what a rule found is not outweighed by honest words: a blocked word, a flood, a
# copy.
WEIGHTY = 4.0

# Enough to hold what even the most trusted person writes, until the operator has mended the file.
NO_MODEL = Finding("no_model", 4.2, "The text model could not be read, so nobody knows what the words say")


def judge(
    candidate: Candidate,
    history: History,
    *,
    site: SiteLayer = UNTAUGHT,
    prior: Prior | None = None,
    rules: Sequence[Rule] = RULES,
) -> Verdict:
    """The verdict on a candidate. The same arguments always get the same one.

    `site` is what this site's moderators taught. `prior` is the shipped one unless another is given; without
    a readable one, comments are held.
    """
    if candidate.is_staff:
        return _verdict((WRITTEN_BY_STAFF,), VERSION)
    found = tuple(chain.from_iterable(rule(candidate, history) for rule in rules))
    try:
        prior = prior or shipped_prior()
    except PriorError:
        text, version = (NO_MODEL,), VERSION
    else:
        trust = TRUSTED_SHARE if history.approved_before else 1.0
        text = examine(candidate, prior, base=BASE_LOG_ODDS, site=site, share=trust)
        if any(finding.points >= WEIGHTY for finding in found):
            text = _without_excuse(text)
        version = f"{VERSION} {prior.version} {site.version}"
    return _verdict((*found, *text), version)


def _without_excuse(text: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The text's findings, unless together they speak against spam."""
    return text if math.fsum(finding.points for finding in text) > 0 else ()


def _verdict(findings: tuple[Finding, ...], version: str) -> Verdict:
    probability = probability_of(findings)
    return Verdict(decision_for(probability), probability, findings, version)


def probability_of(findings: Iterable[Finding]) -> float:
    """The probability of spam, 0 to 1, that the findings add up to, exactly the same in whatever order."""
    return logistic(math.fsum([BASE_LOG_ODDS, *(finding.points for finding in findings)]))


def decision_for(probability: float) -> Decision:
    """What becomes of a comment that is spam with this probability."""
    if probability >= SPAM_FROM:
        return Decision.SPAM
    if probability >= HOLD_FROM:
        return Decision.HOLD
    return Decision.PUBLISH
