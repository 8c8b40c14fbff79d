"""The filter over comments from a file: what it says of a record, and how that is written down.

`score_comments` and `evaluate_spam` both ask here, so both mean the same filter.
"""

from typing import Any

from comments.learning import site_layer
from comments.spam.candidate import History
from comments.spam.judge import judge
from comments.spam.records import Record, candidate_of
from comments.spam.text_model import UNTAUGHT
from comments.spam.verdict import Verdict


def verdict_on(record: Record, *, prior_only: bool) -> Verdict:
    """The verdict on a stranger's comment with no past, by what this site has learned unless `prior_only`."""
    site = UNTAUGHT if prior_only else site_layer()
    return judge(candidate_of(record), History(), site=site)


def as_answer(record: Record, verdict: Verdict) -> dict[str, Any]:
    """The verdict as `score_comments` writes it, under the record's own id."""
    return {
        "id": record.id,
        "spam_probability": verdict.probability,
        "verdict": str(verdict.decision),
        "findings": [
            {"rule": finding.code, "points": finding.points, "says": finding.words}
            for finding in verdict.findings
        ],
    }
