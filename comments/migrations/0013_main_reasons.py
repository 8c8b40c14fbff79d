"""Says of the comments that are there already which finding speaks most for spam."""

from django.db import migrations

BATCH = 1000
_KINDS = {
    "links": ("first_link", "first_website", "links_flood", "links_many", "domain_rejected"),
    "repeats": (
        "near_held",
        "near_rejected",
        "same_short_text",
        "same_text_elsewhere",
        "same_text_here",
        "same_text_often",
    ),
    "name": ("name_keywords", "name_link", "name_price", "name_website"),
    "contact": ("contact",),
    "topic": ("off_topic", "off_topic_link"),
    "haste": ("honeypot", "no_stamp", "rate_high", "rate_raised", "too_fast", "typed_too_fast"),
    "script": ("emoji_text", "hidden_characters", "leet", "mixed_scripts", "other_script", "zalgo"),
    "past": ("network_rejected", "rejected_before"),
    "blocklist": ("blocked_hold", "blocked_spam"),
    "post": ("moderated_post", "old_post"),
    "service": ("service_says",),
}
KIND_OF = {code: kind for kind, codes in _KINDS.items() for code in codes}


def name_reasons(apps, schema_editor):
    Comment = apps.get_model("comments", "Comment")
    rows = Comment.objects.order_by("pk").values_list("pk", "findings")
    last = ""
    while found := list(rows.filter(pk__gt=last)[:BATCH]):
        by_reason = {}
        for pk, findings in found:
            by_reason.setdefault(_main_reason(findings), []).append(pk)
        by_reason.pop("", None)
        for reason, keys in by_reason.items():
            Comment.objects.filter(pk__in=keys).update(main_reason=reason)
        last = found[-1][0]


def _main_reason(findings):
    if any(KIND_OF.get(finding["code"]) == "post" for finding in findings):
        return "post"
    rules = [finding for finding in findings if finding["code"] in KIND_OF and finding["points"] >= 0.4]
    if rules:
        return KIND_OF[max(rules, key=lambda finding: finding["points"])["code"]]
    if any(KIND_OF.get(finding["code"]) == "links" for finding in findings):
        return "links"
    return "words" if any(finding["points"] > 0 for finding in findings) else ""


class Migration(migrations.Migration):
    dependencies = [("comments", "0012_queue_orders")]
    operations = [migrations.RunPython(name_reasons, migrations.RunPython.noop)]
