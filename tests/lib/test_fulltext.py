"""Words of a text as a search compares them, and questions in each database's own language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.fulltext import (
    All,
    Any,
    Phrase,
    as_tsvector,
    fold,
    for_fts5,
    for_postgresql,
    runs_in,
    stems,
    within,
    words_in,
    words_to_keep,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Running, runs!", ("run", "run")),
        ("Überlastung", ("uberlastung",)),
        ("u\u0308ber", ("uber",)),
        ("runner’s knee", ("runner", "knee")),
        ("l’élève", ("l", "elev")),
        ("don't", ("don", "t")),
        ("10k in 2.5", ("10k", "in", "2", "5")),
        ("膝の", ("膝", "の")),
        ("🏃 * \x00 _", ()),
    ],
)
def test_words_of_a_text(text, expected):
    assert stems(text) == expected


@given(st.text())
def test_words_stand_where_they_are_said_to_stand(text):
    assert len(fold(text)) == len(text)
    for word in words_in(text):
        assert word.stem
        assert not set(word.stem) & set("\"'*:&|!<>() \\")
        assert 0 <= word.start < word.end <= len(text)


def test_question_in_both_languages():
    wanted = All(
        (Phrase(("it", "band")), Any((Phrase(("kne",), is_prefix=True), within("a", Phrase(("hip",))))))
    )
    assert for_fts5(wanted) == '("it band" AND ("kne"* OR "a:hip"))'
    assert for_postgresql(wanted) == "(('it' <-> 'band') & (('kne':*) | ('a:hip')))"


def test_kept_words_know_their_field_and_place():
    kept = words_to_keep(title="Knees", deck="Hips", texts=["Rest"], marks=["post"])
    assert kept == ["m:post", "a:knee", ":", "b:knee", ":", "b:hip", ":", "knee", ":", "hip", ":", "rest"]
    assert as_tsvector(["knee", ":", "knee"]) == "'knee':1,3"


@given(
    st.text(alphabet="aeirunsyk '\u0301膝é.", max_size=60),
    st.sampled_from(["run", "ki", "es", "膝", "a", "s"]),
)
def test_runs_begin_at_every_word_that_has_the_stem(text, wanted):
    words = list(words_in(text))
    every = [tuple(words[at : at + 2]) for at, word in enumerate(words) if word.stem == wanted]
    assert [run for run in runs_in(text, [wanted], length=2) if run[0].stem == wanted] == every
