"""Two names that look alike have the same skeleton, so that nobody can pass for the writer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import skeleton

WRITER = "Mara Lindqvist"

LOOKALIKES = {
    "itself": "Mara Lindqvist",
    "other case": "MARA lindqvist",
    "no space": "MaraLindqvist",
    "punctuation": "Mara_Lindqvist.",
    "badge drawn beside it": "Mara Lindqvist ✓ ⭐",
    "accents": "Márà Lïndqvíst",
    "stacked accents": "M\u0335\u0336ara Lindqvist",
    "Cyrillic letters": "Маrа Lіndqvіѕt",
    "Cyrillic capitals": "МАRА LINDQVIST",
    "Greek letters": "Mαrα Lιndqνist",
    "Cherokee letters": "Ꮇara Ꮮindqvist",
    "Armenian letters": "Mara Liոdqvist",
    "full width": "Ｍａｒａ Ｌｉｎｄｑｖｉｓｔ",
    "mathematical letters": "𝓜𝓪𝓻𝓪 𝕃𝕚𝕟𝕕𝕢𝕧𝕚𝕤𝕥",
    "circled letters": "Ⓜⓐⓡⓐ Ⓛⓘⓝⓓⓠⓥⓘⓢⓣ",
    "white letters on black": "🅜🅐🅡🅐 🅻🅸🅽🅳🆀🆅🅸🆂🆃",
    "letters of flags": "🇲🇦🇷🇦 Lindqvist",
    "small capitals": "ᴍᴀʀᴀ ʟɪɴᴅqᴠɪꜱᴛ",
    "stroked letters": "Mara Łinđqvist",
    "dotless i": "Mara Lındqvıst",
    "capital I for l": "Mara Iindqvist",
    "one for i": "Mara L1ndqv1st",
    "bar for l": "Mara |indqvist",
    "r and n for m": "rnara Lindqvist",
    "zero-width space": "Ma\u200bra Lind\u2060qvist",
    "soft hyphen": "Ma\u00adra Lindqvist",
    "joined invisibly": "Mara\u3164Lindqvist",
    "ideographic space": "Mara\u3000Lindqvist",
}


@pytest.mark.parametrize("name", LOOKALIKES.values(), ids=LOOKALIKES.keys())
def test_lookalike_of_a_name_has_its_skeleton(name):
    assert skeleton(name) == skeleton(WRITER)


@pytest.mark.parametrize(
    "name", ["Mara", "Clara Lindqvist", "Mara Lindquist", "Maria Lindqvist", "Tomasz", ""]
)
def test_another_name_has_another_skeleton(name):
    assert skeleton(name) != skeleton(WRITER)


def test_zero_and_o_are_alike():
    assert skeleton("R0bin") == skeleton("Robin")


@pytest.mark.parametrize("name", ["★★★", " ", "\u200b", "—", "👟"])
def test_name_without_letters_has_no_skeleton(name):
    assert skeleton(name) == ""


@pytest.mark.parametrize("name", ["Дмитрий", "李小龍", "محمد", "प्रिया", "ישראל"])
def test_names_in_other_scripts_keep_a_skeleton(name):
    assert skeleton(name)


def test_indian_vowel_signs_tell_names_apart():
    assert skeleton("राम") != skeleton("रम")


@given(st.text())
def test_the_case_of_latin_letters_does_not_matter(name):
    latin = "".join(char for char in name if char.isascii())
    assert skeleton(latin.upper()) == skeleton(latin.lower()) == skeleton(latin)


@given(st.text())
def test_a_skeleton_is_its_own_skeleton(name):
    assert skeleton(skeleton(name)) == skeleton(name)
