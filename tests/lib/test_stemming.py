"""Stems of English words: ours and those of SQLite's own porter tokenizer are the same."""

import re
import sqlite3
from pathlib import Path

import pytest

from lib.stemming import stem

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["run", "runs", "running"], "run"),
        (["injury", "injuries"], "injuri"),
        (["hope", "hoped", "hoping"], "hope"),
        (["recovery", "recoveries"], "recoveri"),
        (["splint", "splints"], "splint"),
    ],
)
def test_forms_of_a_word_have_one_stem(words, expected):
    assert {stem(word) for word in words} == {expected}


@pytest.mark.parametrize("word", ["", "it", "10k", "entraînement", "x" * 41])
def test_what_is_no_english_word_stays(word):
    assert stem(word) == word


def test_stems_are_those_of_the_database():
    """For every longer word of our own pages; a “y” at the beginning they treat otherwise."""
    text = " ".join(page.read_text() for page in ROOT.glob("docs/**/*.md"))
    words = sorted(set(re.findall(r"\b(?!y)[a-z]{4,40}\b", text.lower())))
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE kept USING fts5(word, tokenize='porter ascii')")
    database.execute("CREATE VIRTUAL TABLE seen USING fts5vocab(kept, instance)")
    database.executemany("INSERT INTO kept (rowid, word) VALUES (?, ?)", enumerate(words))
    theirs = {row: found for found, row in database.execute("SELECT term, doc FROM seen")}
    database.close()
    assert len(words) > 1_000
    assert {word: stem(word) for word in words} == {word: theirs[row] for row, word in enumerate(words)}
