"""What the filter said, in words a moderator can weigh."""

import math

import pytest

from comments.models import Comment
from comments.moderation.judgement import judgement_of, signed
from comments.spam.verdict import Finding
from tests.comments.spam.cast import whole_verdict_on


@pytest.mark.parametrize(
    ("probability", "percent", "word", "tone"),
    [
        (0.46, 46, "unsure", "unsure"),
        (0.81, 81, "likely spam", "high"),
        (0.12, 12, "likely fine", "low"),
        (0.18, 18, "likely fine", "low"),
        (0.19, 19, "unsure", "unsure"),
        (0.75, 75, "likely spam", "high"),
    ],
)
def test_probability_has_per_cent_and_a_word(probability: float, percent: int, word: str, tone: str) -> None:
    judgement = judgement_of(Comment(probability=probability))
    assert (judgement.percent, judgement.word, judgement.tone) == (percent, word, tone)


@pytest.mark.parametrize(("probability", "percent"), [(0.0, 1), (0.00001, 1), (0.9999, 99), (1.0, 99)])
def test_filter_is_never_shown_as_certain(probability: float, percent: int) -> None:
    assert judgement_of(Comment(probability=probability)).percent == percent


def test_comment_that_the_filter_never_saw_has_no_per_cent() -> None:
    judgement = judgement_of(Comment())
    assert (judgement.percent, judgement.word, judgement.findings) == (None, "not judged", ())


@pytest.mark.parametrize(
    ("points", "shown"),
    [(1.3, "+1.3"), (-1.44, "−1.4"), (0.0, "0.0"), (0.04, "0.0"), (-0.04, "0.0"), (12, "+12.0")],
)
def test_points_are_signed_with_a_real_minus(points: float, shown: str) -> None:
    assert signed(points) == shown


@pytest.mark.parametrize(("points", "tone"), [(0.8, "up"), (0.79, ""), (0.05, ""), (-0.1, "down")])
def test_only_a_strong_finding_warns(points: float, tone: str) -> None:
    record = Finding("code", points, "Words").as_record()
    [finding] = judgement_of(Comment(probability=0.5, findings=[record])).findings
    assert (finding.words, finding.tone) == ("Words", tone)


def test_findings_are_read_as_the_filter_records_them() -> None:
    verdict = whole_verdict_on(text="Look: https://shop.example/")
    records = [finding.as_record() for finding in verdict.findings]
    judgement = judgement_of(Comment(probability=verdict.probability, findings=records))
    weighty = [finding for finding in verdict.findings if signed(finding.points) != "0.0"]
    assert len(weighty) < len(verdict.findings)
    assert [finding.words for finding in judgement.findings] == [finding.words for finding in weighty]
    assert judgement.word in ("unsure", "likely spam")


def test_only_the_strongest_findings_stand_in_a_queue() -> None:
    """All of them stand on the comment's own page."""
    points = [0.1, -2.0, 0.3, 3.0, -0.2, 1.0]
    records = [Finding("code", each, f"Finding {each}").as_record() for each in points]
    records.append(Finding("rest", 9.0, "All else").as_record())
    judgement = judgement_of(Comment(probability=0.5, findings=records))
    assert [finding.points for finding in judgement.strongest] == ["+3.0", "−2.0", "+1.0"]
    assert len(judgement.findings) == len(records)


def test_points_before_the_findings_and_with_them_are_those_of_the_verdict() -> None:
    """Also of a verdict by former rules, which began elsewhere."""
    record = Finding("code", 1.8, "Words").as_record()
    judgement = judgement_of(Comment(probability=1 / (1 + math.exp(-0.3)), findings=[record]))
    assert (judgement.base, judgement.total) == ("−1.5", "+0.3")
