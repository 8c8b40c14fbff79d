"""`manage.py score_comments`: a line in, a line out."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comments.spam.candidate import History
from comments.spam.judge import judge
from comments.spam.records import candidate_of, read_records

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
HONEST = {"id": "a-1", "author": "Ines", "url_domain": "", "text": "Mine took six weeks."}
PILLS = {"id": 2, "author": "Pills", "url_domain": "pills.example", "text": "https://pills.example/ " * 4}


def lines_of(*comments: dict[str, object]) -> bytes:
    return b"".join(json.dumps(comment).encode() + b"\n" for comment in comments)


@pytest.fixture
def score(monkeypatch: pytest.MonkeyPatch):
    """Runs the command over some input and gives what it wrote, also when it fails."""

    def run(data: bytes, *options: str, out: io.StringIO | None = None) -> list[dict[str, object]]:
        out = out or io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        call_command("score_comments", *options, stdout=out)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return run


@pytest.mark.parametrize("options", [(), ("--prior-only",)])
def test_each_comment_gets_a_line_in_its_order(score, options) -> None:
    """With its own id, be that text or a number."""
    answers = score(lines_of(HONEST, PILLS, HONEST), *options)
    assert [answer["id"] for answer in answers] == ["a-1", 2, "a-1"]
    assert [answer["verdict"] for answer in answers] == ["publish", "spam", "publish"]


def test_answer_is_what_the_filter_says(score) -> None:
    """Probability, verdict, and each finding with its points in words."""
    (record,) = read_records([lines_of(PILLS)])
    verdict = judge(candidate_of(record), History())
    assert score(lines_of(PILLS)) == [
        {
            "id": 2,
            "spam_probability": verdict.probability,
            "verdict": "spam",
            "findings": [
                {"rule": finding.code, "points": finding.points, "says": finding.words}
                for finding in verdict.findings
            ],
        }
    ]


def test_nothing_in_is_nothing_out(score) -> None:
    """An empty file is a fine file."""
    assert score(b"\n") == []


def test_hostile_characters_come_back_as_they_went(score) -> None:
    """Half a character cannot be printed, but it can be spelled."""
    answers = score(b'{"id": "\\ud800\\u0000", "author": "", "url_domain": "", "text": "\\udfff"}')
    assert answers[0]["id"] == "\ud800\x00"


def test_broken_line_is_named_after_the_answers_before_it(score) -> None:
    """What was answered is whole; of the broken line there is nothing."""
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"^line 2: not an object$"):
        score(lines_of(HONEST) + b"[]\n" + lines_of(HONEST), out=out)
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == ["a-1"]


def test_command_line_tells_answers_from_errors() -> None:
    """Answers on standard output, the error on standard error, and 1 as the exit code, in any locale."""
    done = subprocess.run(
        [sys.executable, "manage.py", "score_comments", "--prior-only"],
        cwd=ROOT,
        env={**os.environ, "DEBUG": "1", "DATABASE_URL": "sqlite://:memory:", "LC_ALL": "C"},
        input='{"id": "ä", "author": "Änne", "url_domain": "", "text": "Schön"}\n{"id": 1}\n'.encode(),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["ä"]
    assert done.stderr.decode().strip() == "CommandError: line 2: “author” is missing"
