"""No single finding makes spam but those that are meant to, and no new rule does with all it can say."""

import math

import pytest

from comments.spam.candidate import Candidate, History, Opinion
from comments.spam.judge import RULES, SPAM_FROM, Rule, probability_of
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
from tests.comments.spam.cast import STRANGER, blocking, candidate, entry
from tests.comments.spam.test_on_topic import OFF_TOPIC, UNDER_POST

MANY = 10**6
DISGUISED = "сialis vіagra " + "\u200b".join("казино") * 9 + "а\u0301\u0302\u0303" * 9
DISGUISED += " l0west pr1ce c4sino b0nus 🎰 💰 🔥 💎 🎁 🏆"

# For each rule what makes it say the most against a comment.
WORST: dict[Rule, tuple[Candidate, History]] = {
    check_honeypot: (candidate(honeypot="x"), STRANGER),
    check_form_age: (candidate(form_is_ours=False, form_age=0.0, text="x" * 999), STRANGER),
    check_rate: (candidate(), History(recent_from_network=MANY)),
    check_duplicate: (candidate(), History(recent_same_text=MANY, same_text_here=1)),
    check_near_duplicate: (candidate(), History(near_held=MANY, near_rejected=MANY)),
    check_blocklist: (candidate(), blocking(entry("spring"), entry("grass", strength="spam"))),
    check_links: (candidate(text="https://a.example " * 99, website="https://b.example"), STRANGER),
    check_promoted_domain: (candidate(), History(domain_rejected=MANY)),
    check_contact: (candidate(text="WhatsApp +44 7700 900123, ines@mail.example"), STRANGER),
    check_author_name: (candidate(name="a.com 50% off $9", website="https://a.com"), STRANGER),
    check_script: (candidate(text=DISGUISED), STRANGER),
    check_on_topic: (candidate(text=OFF_TOPIC, **UNDER_POST), STRANGER),
    check_answering_writer: (candidate(answers_writer=True), STRANGER),
    check_reputation: (candidate(), History(rejected_before=MANY, network_rejected=MANY)),
    check_service: (candidate(), History(service_says=Opinion.DISCARD)),
}

# A filled hidden field, a moderator's own word, and a text sent over and over are enough.
ENOUGH_ALONE = {"honeypot", "blocked_spam", "same_text_often"}
# These gather several facts that are independent of each other, and each of them is bounded.
SEVERAL_FACTS = {check_duplicate, check_links, check_reputation}

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)


def test_every_rule_has_its_worst_case_here() -> None:
    """Whoever adds a rule adds what makes it say the most."""
    assert set(WORST) == set(RULES)


@every_rule
def test_no_finding_makes_spam_alone_but_those_that_are_meant_to(rule: Rule) -> None:
    """Everything else needs something beside it."""
    enough = {finding.code for finding in rule(*WORST[rule]) if probability_of([finding]) >= SPAM_FROM}
    assert enough <= ENOUGH_ALONE


@every_rule
def test_no_rule_makes_spam_alone_with_all_it_says_together(rule: Rule) -> None:
    """Several signs of the same kind are not independent, so they may not add up to it."""
    findings = list(rule(*WORST[rule]))
    if rule in SEVERAL_FACTS or ENOUGH_ALONE & {finding.code for finding in findings}:
        return
    assert probability_of(findings) < SPAM_FROM


@every_rule
def test_every_rule_has_something_to_say_in_its_worst_case(rule: Rule) -> None:
    """Or the two tests above would prove nothing."""
    assert list(rule(*WORST[rule]))
    assert math.isfinite(sum(finding.points for finding in rule(*WORST[rule])))
