"""`manage.py evaluate_learning`: what verdicts do to the figures of sites the filter has not seen."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comments.spam.learning_trial import MIXED, Conditions, Trial, trials_of
from comments.spam.prior import PriorError, shipped_prior
from comments.spam.records import Record

THEMES = ("My stairs at home are steep", "Grandmother says knee oil heals")


def records(count: int, source: str) -> list[Record]:
    """Every other one spam of a kind that no other site has, in words that never come twice."""
    return [
        Record(
            id=f"{source}-{number}",
            source=source,
            author="Bo",
            url_domain="",
            text=f"{THEMES[number % 2]} {'o' * number}",
            is_spam=bool(number % 2),
        )
        for number in range(count)
    ]


def trial(**conditions: object) -> Trial:
    found = trials_of(records(80, "site"), shipped_prior(), Conditions(verdicts=40, **conditions))
    return found[0]


def test_verdicts_help_with_what_the_prior_cannot_know() -> None:
    found = trial()
    assert (found.source, found.verdicts, found.is_spoilt) == ("site", 40, False)
    assert (found.learned.spam, found.learned.ham) == (20, 20)
    assert found.learned.brier < found.prior.brier
    assert found.learned.f1 > found.prior.f1


def test_turned_verdicts_help_less() -> None:
    assert trial().learned.brier < trial(turned=0.5).learned.brier


def test_moderators_may_see_only_a_part() -> None:
    assert trial(seen_only=True).verdicts < 40


def test_sites_without_comments_left_are_left_out_and_all_are_mixed() -> None:
    both = [*records(60, "large"), *records(20, "small")]
    found = trials_of(both, shipped_prior(), Conditions(verdicts=40))
    assert [one.source for one in found] == ["large", MIXED]


def test_command_prints_a_line_for_each(tmp_path: Path) -> None:
    file, out = tmp_path / "some.jsonl", StringIO()
    lines = [
        {
            "id": record.id,
            "source": record.source,
            "author": record.author,
            "url_domain": "",
            "text": record.text,
            "label": "spam" if record.is_spam else "ham",
        }
        for record in records(12, "site")
    ]
    file.write_text("\n".join(map(json.dumps, lines)))
    call_command("evaluate_learning", str(file), "--verdicts", "8", stdout=out)
    heading, site, mixed = out.getvalue().splitlines()
    assert heading.split() == ["verdicts", "spam", "ham", "F1", "AUC", "Brier"]
    assert site.split()[:4] == ["site", "8", "2", "2"]
    assert mixed.startswith(MIXED)


@pytest.mark.parametrize("content", [None, "{}\n"])
def test_file_that_cannot_be_used_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "bad.jsonl"
    if content:
        file.write_text(content)
    with pytest.raises(CommandError, match=r"bad\.jsonl"):
        call_command("evaluate_learning", str(file))


@pytest.mark.parametrize("options", [["--verdicts", "0"], ["--turned", "5"], ["--turned", "-0.1"]])
def test_options_that_cannot_be_meant_are_refused(tmp_path: Path, options: list[str]) -> None:
    with pytest.raises(CommandError, match="a share from 0 to 1"):
        call_command("evaluate_learning", str(tmp_path / "any.jsonl"), *options)


def test_damaged_text_model_is_an_error_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable() -> None:
        raise PriorError("prior.bin is damaged")

    monkeypatch.setattr("comments.management.commands.evaluate_learning.shipped_prior", unreadable)
    file = tmp_path / "one.jsonl"
    file.write_text('{"id": 1, "author": "A", "url_domain": "", "text": "Same here", "label": "ham"}\n')
    with pytest.raises(CommandError, match=r"prior\.bin is damaged"):
        call_command("evaluate_learning", str(file))
