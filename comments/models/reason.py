"""Why a comment waits, or was taken for spam, in one word: what the desk's queues are filtered by.

Findings have some forty codes; a moderator looks for "links" or "repeats", so each code belongs to a kind.
"""

from collections.abc import Iterable

from django.db import models

from comments.spam.verdict import Finding


class MainReason(models.TextChoices):
    WORDS = "words", "The words"
    LINKS = "links", "Links and websites"
    REPEATS = "repeats", "Repeats"
    NAME = "name", "The name"
    CONTACT = "contact", "Addresses and telephone numbers"
    TOPIC = "topic", "Not about the post"
    HASTE = "haste", "Haste, or a form filled in by a program"
    SCRIPT = "script", "Odd letters"
    PAST = "past", "What came from there before"
    BLOCKLIST = "blocklist", "The blocklist"
    POST = "post", "The post’s comments all wait"
    SERVICE = "service", "An outside service"


_KINDS = {
    MainReason.LINKS: ("first_link", "first_website", "links_flood", "links_many", "domain_rejected"),
    MainReason.REPEATS: (
        "near_held",
        "near_rejected",
        "same_short_text",
        "same_text_elsewhere",
        "same_text_here",
        "same_text_often",
    ),
    MainReason.NAME: ("name_keywords", "name_link", "name_price", "name_website"),
    MainReason.CONTACT: ("contact",),
    MainReason.TOPIC: ("off_topic", "off_topic_link"),
    MainReason.HASTE: ("honeypot", "no_stamp", "rate_high", "rate_raised", "too_fast", "typed_too_fast"),
    MainReason.SCRIPT: ("emoji_text", "hidden_characters", "leet", "mixed_scripts", "other_script", "zalgo"),
    MainReason.PAST: ("network_rejected", "rejected_before"),
    MainReason.BLOCKLIST: ("blocked_hold", "blocked_spam"),
    MainReason.POST: ("moderated_post", "old_post"),
    MainReason.SERVICE: ("service_says",),
}
KIND_OF = {code: kind for kind, codes in _KINDS.items() for code in codes}


# A rule that says less than this is passed over for one that says more, or for the words.
SAYS_SOMETHING = 0.4


def main_reason(findings: Iterable[Finding]) -> str:
    """The kind of rule that speaks most for spam, or that makes every comment on the post wait. Where no rule
    says much it is the links, or the words, by what the text model says of them; empty when nothing speaks
    for spam."""
    findings = list(findings)
    if any(KIND_OF.get(finding.code) == MainReason.POST for finding in findings):
        return MainReason.POST.value
    rules = [finding for finding in findings if finding.code in KIND_OF and finding.points >= SAYS_SOMETHING]
    if rules:
        return KIND_OF[max(rules, key=lambda finding: finding.points).code].value
    # A stranger's link has no points by itself, and is what a moderator looks for.
    if any(KIND_OF.get(finding.code) == MainReason.LINKS for finding in findings):
        return MainReason.LINKS.value
    return MainReason.WORDS.value if any(finding.points > 0 for finding in findings) else ""
