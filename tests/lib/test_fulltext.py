"""Words of a text as a search compares them, and questions in each database's own language."""

import pytest
from hypothesis import example, given
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
@example("İstanbul’s ΣΑΣ Ꭰꭰ ﬁ")
def test_text_is_folded_character_by_character(text):
    assert fold(text) == "".join(map(fold, text))


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


WORDS = ["run", "running", "knee", "kne", "ability", "s", "si", "膝", "é", "a\u0301", "happy", "it", "its"]
BETWEEN = ["'s", "’s", "\u0301", "_", "-", " ", " ", " "]


@given(
    st.lists(st.sampled_from([*WORDS, *BETWEEN]), max_size=20).map("".join),
    st.sampled_from(["run", "knee", "it", "abil", "s", "si", "膝", "a", "e", "happi"]),
)
def test_runs_in_a_phrase_begin_at_every_word_that_has_its_stem(text, wanted):
    words = list(words_in(text))
    expected = [words[place : place + 2] for place, word in enumerate(words) if word.stem == wanted]
    assert list(runs_in(text, [Phrase((wanted,)), Phrase((wanted, "band"))])) == expected


@given(
    st.from_regex(
        r"[a-z]{1,6}(y|bl|at|iz|l|e)?(abiliti|ization|ational|ing|ed|ies|ily|ness|s|y)?", fullmatch=True
    )
)
def test_words_are_found_by_the_letters_that_their_stem_keeps(word):
    assert [run[0].stem for run in runs_in(word, [Phrase(stems(word))])] == [*stems(word)]


def test_runs_in_a_beginning():
    runs = runs_in("Kneecaps, knees, kneeling.", [Phrase(("kneec",), is_prefix=True)])
    assert [run[0].stem for run in runs] == ["kneecap"]
