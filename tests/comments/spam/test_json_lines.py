"""Comments that come as JSON lines: what is read, what is skipped, what is refused and how it is named."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.spam.candidate import Candidate, History
from comments.spam.judge import judge
from comments.spam.records import BadLineError, Record, candidate_of, read_records

PLAIN = {"id": "a-1", "author": "Ines", "url_domain": "", "text": "Mine took six weeks."}
FULL = PLAIN | {
    "url_domain": "ines.example",
    "post_title": "Downhill",
    "post_text": "It held.",
    "source": "a-blog",
    "group": "g7",
    "label": "ham",
}


def line(**changes: object) -> bytes:
    return json.dumps(PLAIN | changes).encode() + b"\n"


def without(name: str) -> bytes:
    return json.dumps({key: value for key, value in PLAIN.items() if key != name}).encode()


def only_record(text: bytes) -> Record:
    (record,) = read_records([text])
    return record


def refusal_of(*lines: bytes, labelled: bool = False) -> str:
    with pytest.raises(BadLineError) as refused:
        list(read_records(lines, labelled=labelled))
    return str(refused.value)


# ---------- what is read ----------
def test_line_with_every_field_is_read() -> None:
    """All of them, and the label as a yes or no."""
    assert only_record(json.dumps(FULL).encode()) == Record(
        id="a-1",
        author="Ines",
        url_domain="ines.example",
        text="Mine took six weeks.",
        post_title="Downhill",
        post_text="It held.",
        source="a-blog",
        group="g7",
        is_spam=False,
    )


def test_what_may_be_missing_may_be_null_too() -> None:
    """Many programs write null for what they don't have."""
    nothing = dict.fromkeys(["post_title", "post_text", "source", "group", "label"])
    assert only_record(line(**nothing)) == only_record(line()) == Record(**PLAIN)


def test_numbers_are_ids_as_well() -> None:
    """And come back as they came."""
    assert only_record(line(id=17)).id == 17


def test_unknown_fields_are_ignored_and_blank_lines_skipped() -> None:
    """A later version of the data may know more."""
    records = list(read_records([b"\n", line(mood="fine"), b"  \r\n", line(id="a-2")]))
    assert [record.id for record in records] == ["a-1", "a-2"]


def test_lines_are_read_one_by_one() -> None:
    """What comes before a broken line can be answered."""
    records = read_records([line(), b"broken"])
    assert next(records).id == "a-1"
    with pytest.raises(BadLineError, match="line 2"):
        next(records)


@pytest.mark.parametrize(
    "text",
    [b'"a\\u0000b"', b'"a\\ud800b"', b'"a\xed\xa0\x80b"', '"a\u2028b \u202e"'.encode()],
    ids=["NUL", "half surrogate", "half surrogate as bytes", "line separator and direction"],
)
def test_hostile_text_is_read_and_judged(text: bytes) -> None:
    """Nothing of it raises, here or in the filter."""
    record = only_record(b'{"id": "x", "author": "x", "url_domain": "", "text": ' + text + b"}")
    assert record.text.startswith("a")
    assert 0 < judge(candidate_of(record), History()).probability < 1


# ---------- what is refused ----------
@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (b"{", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        (b'"text"', "not an object"),
        (b"[]", "not an object"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (without("id"), "“id” is missing"),
        (without("author"), "“author” is missing"),
        (without("url_domain"), "“url_domain” is missing"),
        (without("text"), "“text” is missing"),
        (line(id=None), "“id” must be text or a whole number"),
        (line(id=True), "“id” must be text or a whole number"),
        (line(id=1.5), "“id” must be text or a whole number"),
        (line(text=None), "“text” must be text"),
        (line(author=7), "“author” must be text"),
        (line(post_text=["x"]), "“post_text” must be text"),
        (line(label="junk"), "“label” must be “spam” or “ham”"),
        (line(label=["spam"]), "“label” must be “spam” or “ham”"),
    ],
)
def test_broken_line_is_named_with_its_number_and_reason(broken: bytes, reason: str) -> None:
    """Blank lines count, so that an editor finds the line."""
    assert refusal_of(line(), b"\n", broken) == f"line 3: {reason}"


def test_endless_number_is_refused() -> None:
    """Python declines to read one of thousands of digits, and so does the line's error."""
    assert refusal_of(b'{"id": ' + b"9" * 5000 + b"}").startswith("line 1: Exceeds the limit")


def test_record_without_a_label_is_refused_where_labels_are_needed() -> None:
    """Nothing can be measured against it."""
    assert next(read_records([line(label="spam")], labelled=True)).is_spam is True
    assert refusal_of(line(), labelled=True) == "line 1: “label” is missing"


@given(st.binary() | st.recursive(st.none() | st.text(), st.lists).map(lambda it: json.dumps(it).encode()))
def test_any_bytes_are_a_record_or_a_named_error(anything: bytes) -> None:
    """Never another exception."""
    with suppress(BadLineError):
        assert all(isinstance(record, Record) for record in read_records([anything]))


# ---------- as a candidate ----------
def test_record_becomes_a_candidate_of_our_own_form() -> None:
    """A domain is an address; what a record does not know is the most harmless there is."""
    candidate = candidate_of(only_record(json.dumps(FULL).encode()))
    assert candidate == Candidate(
        name="Ines",
        text="Mine took six weeks.",
        email="",
        website="https://ines.example/",
        network="",
        form_age=None,
        form_is_ours=True,
        post_title="Downhill",
        post_text="It held.",
        submitted_at=candidate.submitted_at,
    )
    assert candidate.submitted_at.tzinfo is not None


@pytest.mark.parametrize("domain", ["", " "])
def test_no_domain_is_no_website(domain: str) -> None:
    assert candidate_of(only_record(line(url_domain=domain))).website == ""


def test_same_line_is_the_same_candidate_whenever_it_is_read() -> None:
    """So its verdict can be compared from one day to the next."""
    assert candidate_of(only_record(line())) == candidate_of(only_record(line()))
