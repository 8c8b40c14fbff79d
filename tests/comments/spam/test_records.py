"""The plain records that go in and come out: facts, findings, verdicts."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.candidate import History
from comments.spam.judge import VERSION, decision_for, probability_of
from comments.spam.verdict import MOST_POINTS, Decision, Finding
from tests.comments.spam.cast import candidate, verdict_on

FINDINGS = st.builds(
    Finding,
    code=st.text(),
    points=st.floats(-MOST_POINTS, MOST_POINTS),
    words=st.text(),
    reader_words=st.none() | st.text(),
)


@given(FINDINGS)
def test_finding_survives_being_stored_as_json(finding: Finding) -> None:
    """What comes back is what went in."""
    assert Finding.from_record(json.loads(json.dumps(finding.as_record()))) == finding


def test_finding_stored_without_reader_words_can_be_read() -> None:
    """The field may be missing in a record."""
    finding = Finding.from_record({"code": "x", "points": 1, "words": "Seen"})
    assert finding == Finding("x", 1, "Seen", None)


@pytest.mark.parametrize("missing", ["code", "points", "words"])
def test_record_without_a_needed_field_is_refused(missing: str) -> None:
    """A broken record is an error and no empty finding."""
    record = Finding("x", 1.0, "Seen").as_record()
    del record[missing]
    with pytest.raises(KeyError, match=missing):
        Finding.from_record(record)


@pytest.mark.parametrize("points", [float("nan"), float("inf"), float("-inf"), 101, -101, 1e308])
def test_points_beyond_all_measure_are_refused(points: float) -> None:
    """They would drown or spoil the sum."""
    with pytest.raises(ValueError, match="points must lie between"):
        Finding("x", points, "Seen")


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(History) if field.type is int])
def test_negative_count_is_refused(field: str) -> None:
    """Comments are counted from zero."""
    with pytest.raises(ValueError, match=field):
        History(**{field: -1})


def test_records_cannot_be_changed() -> None:
    """A rule cannot alter what the next rule sees, nor anybody a verdict."""
    for record, field in [(candidate(), "text"), (History(), "approved_before"), (verdict_on(), "decision")]:
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, field, "changed")


def test_decisions_are_plain_words() -> None:
    """They can be stored and compared as text."""
    assert [str(decision) for decision in Decision] == ["publish", "hold", "spam"]
    assert Decision("hold") is Decision.HOLD


def test_verdict_can_be_made_again_from_what_is_stored() -> None:
    """Findings and version are enough to check an old verdict."""
    verdict = verdict_on(
        History(network_rejected=2, recent_same_text=1), text="https://a.example/ and https://b.example/"
    )
    stored = json.dumps([finding.as_record() for finding in verdict.findings])
    findings = [Finding.from_record(record) for record in json.loads(stored)]
    assert probability_of(findings) == verdict.probability
    assert decision_for(probability_of(findings)) is verdict.decision
    assert verdict.version == VERSION + " silent site-0" == "rules-3 silent site-0"
