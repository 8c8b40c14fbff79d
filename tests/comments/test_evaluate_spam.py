"""`manage.py evaluate_spam`: the figures over a file of labelled comments, for people and for programs."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

HAM = {"id": "h", "author": "Ines", "url_domain": "", "text": "Mine took six weeks.", "label": "ham"}
SPAM = {
    "id": "s",
    "author": "Pills",
    "url_domain": "pills.example",
    "text": "https://pills.example/ " * 4,
    "label": "spam",
}


@pytest.fixture
def evaluate(tmp_path: Path):
    """Runs the command over a file of these comments and gives what it printed."""

    def run(*comments: dict[str, object], options: tuple[str, ...] = ()) -> str:
        file, out = tmp_path / "some.jsonl", io.StringIO()
        file.write_text("".join(f"{json.dumps(comment)}\n" for comment in comments))
        call_command("evaluate_spam", str(file), *options, stdout=out)
        return out.getvalue()

    return run


def test_report_shows_the_figures_of_all_slices_and_sources(evaluate) -> None:
    """A line for each; what is told apart without fault has an area of one."""
    report = evaluate(HAM | {"source": "blog-a"}, SPAM | {"source": "blog-b"})
    lines = {line.split("  ")[0]: line.split() for line in report.splitlines() if line}
    assert report.startswith("2 comments, 1 spam and 1 ham\n")
    assert {"Quality", "Zones", "all", "with a link", "without a link", "blog-a", "blog-b"} <= set(lines)
    quality = report.partition("Quality")[2].partition("Zones")[0]
    overall = next(line for line in quality.splitlines() if line.startswith("all"))
    assert overall.split()[1:7] == ["1", "1", "1.000", "1.000", "1.000", "1.000"]
    assert "comments a second" in report


def test_columns_of_the_report_are_aligned(evaluate) -> None:
    """Every line of a table ends where its heading ends."""
    report = evaluate(HAM | {"source": "blog-a"}, SPAM | {"source": "a blog with a rather long name"})
    for title in ("Quality", "Zones"):
        table = report[report.index(f"\n{title}") + 1 :].split("\n\n")[:3]
        assert len({len(line) for line in "\n".join(table).splitlines()}) == 1


def test_one_label_leaves_dashes_where_nothing_can_be_said(evaluate) -> None:
    """No zero that looks like a result."""
    report = evaluate(HAM, HAM | {"id": "h2"})
    overall = next(line for line in report.splitlines() if line.startswith("all"))
    assert overall.split()[1:9] == ["0", "2", "–", "–", "–", "–", "–", "–"]
    assert "(no source)" in report


def test_json_holds_the_same_figures_for_programs(evaluate) -> None:
    """Unknown ones as null."""
    figures = json.loads(evaluate(HAM | {"source": "blog-a"}, SPAM, options=("--json",)))
    assert set(figures) == {"overall", "slices", "sources", "speed"}
    assert figures["overall"]["auc"] == 1
    assert figures["overall"]["ham_zones"] == {"publish": 1, "hold": 0, "spam": 0}
    assert figures["sources"]["blog-a"]["recall"] is None
    assert figures["speed"]["per_second"] > 0


# ---------- what is refused ----------
def test_missing_file_is_named() -> None:
    with pytest.raises(CommandError, match=r"nowhere\.jsonl: No such file"):
        call_command("evaluate_spam", "nowhere.jsonl")


def test_file_without_comments_is_refused(evaluate) -> None:
    """There is no speed of nothing either."""
    with pytest.raises(CommandError, match="holds no comments"):
        evaluate()


def test_comment_without_a_label_is_named(evaluate) -> None:
    """By its line; the others are not measured without it."""
    with pytest.raises(CommandError, match=r"some\.jsonl, line 2: “label” is missing"):
        evaluate(HAM, HAM | {"label": None})
