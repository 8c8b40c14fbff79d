"""Scripts, look-alike letters, and what cannot be seen."""

import pytest

from comments.spam.verdict import Decision
from tests.comments.spam.cast import codes, finding_of, verdict_on

RUSSIAN = "Спасибо, мне это очень помогло. Икра болела два месяца, потом я начал ходить пешком."


@pytest.mark.parametrize(
    "text",
    [
        RUSSIAN,
        "我去年春天也有同样的伤痛慢慢走下坡路六个星期才好起来",
        "شكرا جزيلا لقد ساعدني هذا كثيرا في العودة إلى الجري",
        "ขอบคุณมากค่ะ ปวดน่องมาสองเดือนแล้ว",
    ],
)
def test_text_in_another_script_than_the_post_counts_a_little(text: str) -> None:
    """And is published when nothing else speaks against it."""
    verdict = verdict_on(text=text)
    assert codes(verdict) == ["other_script"]
    assert verdict.decision is Decision.PUBLISH


def test_text_in_the_posts_script_is_no_finding() -> None:
    """Russian under a Russian post."""
    assert codes(verdict_on(text=RUSSIAN, post_title="Шесть недель", post_text=RUSSIAN)) == []


@pytest.mark.parametrize("text", ["Да!", "谢谢", "Спасибо, Mara, it hurt too", "12 345", "❤❤❤❤❤❤❤❤❤❤❤❤❤"])
def test_few_letters_or_a_mixture_have_no_script(text: str) -> None:
    """A word of thanks is welcome in any."""
    assert codes(verdict_on(text=text)) == []


@pytest.mark.parametrize(
    ("text", "points"),
    [("Buy сialis", 0.8), ("pаypal", 0.8), ("Buy сialis and vіagra", 1.6), ("bеst cаsinο", 1.6)],
)
def test_look_alike_letters_inside_words_are_a_finding(text: str, points: float) -> None:
    """One such word may be a slip, two are none."""
    assert finding_of(verdict_on(text=text), "mixed_scripts").points == points


@pytest.mark.parametrize(
    "text",
    [
        "TNFα and PGC-1α rise, 5 μm, 10 kΩ, β-alanine, Δt",
        "Garminовский GPS-трек",
        "iPhone'ом, 5км, 3D-печать",
        "Ελλάδα and Россия in one comment",
        "naïve café Übung Łódź señor",
    ],
)
def test_honest_mixtures_are_no_finding(text: str) -> None:
    """Sciences, brands with endings, and two languages side by side."""
    assert "mixed_scripts" not in codes(verdict_on(text=text))


@pytest.mark.parametrize(
    "text", ["l0west pr1ce v1agra", "Buy C1alis, Vi@gra and Lev1tra", "ca$ino b0nus, fr33 sp1ns, m0ney"]
)
def test_digits_and_signs_in_the_place_of_letters_are_held_alone(text: str) -> None:
    """Three words of that kind."""
    verdict = verdict_on(text=text)
    assert codes(verdict) == ["leet"]
    assert verdict.decision is Decision.HOLD


@pytest.mark.parametrize(
    "text",
    [
        "l0west pr1ce",
        "l0west L0WEST l0west",
        "My VO2max fell, H2O and B12 helped, 10km in 50min",
        "K3 and M5, mp3 and iPhone5, 5k, 4x400m",
        "Write to me: ines@home",
    ],
)
def test_digits_that_belong_to_a_word_are_no_finding(text: str) -> None:
    """Units, vitamins, models; and twice may be a slip."""
    assert "leet" not in codes(verdict_on(text=text))


@pytest.mark.parametrize("joiner", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
def test_invisible_characters_inside_words_are_a_finding(joiner: str) -> None:
    """And are held alone: they are there to hide words."""
    verdict = verdict_on(text=joiner.join("best casino online"))
    assert codes(verdict) == ["hidden_characters"]
    assert verdict.decision is Decision.HOLD


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧‍👦 🏃🏽‍♀️ 🏴‍☠️ 👩‍❤️‍👨 🧑‍🦯",
        "می‌خواهم نمی‌شود کتاب‌ها می‌روم خانه‌ام",
        "क्‍ष श्‍री क्‌ष र्‍य ल्‍ल",
        "ខ្ញុំ\u200bបាន\u200bរត់\u200bនៅ\u200bពេល\u200bព្រឹក",
        "Knie\u00adschmerzen beim Berg\u00adablaufen und Trep\u00adpen\u00adsteigen",
        "pasted\u200b text\u200b",
    ],
    ids=["emoji", "Persian", "Hindi", "Khmer", "soft hyphens", "two pasted along"],
)
def test_invisible_characters_that_spelling_needs_are_no_finding(text: str) -> None:
    """Joined emoji, Persian, Indic scripts, and scripts that mark their words with them."""
    assert "hidden_characters" not in codes(verdict_on(text=text))


@pytest.mark.parametrize("text", ["Ab\u200bbb cd\u200bdd", "best ca\u200bsi\u2060no"])
def test_two_invisible_characters_may_be_pasted_along(text: str) -> None:
    """Even inside words."""
    assert codes(verdict_on(text=text)) == []


def test_many_different_emoji_are_held_alone() -> None:
    """Six of them are no joy but a shop window."""
    verdict = verdict_on(text="🎰 💰 🔥 best bonus 💎 🎁 🏆")
    assert codes(verdict) == ["emoji_text"]
    assert verdict.decision is Decision.HOLD


@pytest.mark.parametrize("text", ["❤ 🎉 👏 💪 🏃 well done", "🎉" * 40, "5 °C, 10 € + 3 = 13 → fine"])
def test_few_or_repeated_emoji_are_no_finding(text: str) -> None:
    """Honest joy repeats itself."""
    assert codes(verdict_on(text=text)) == []


def test_heaps_of_accents_are_a_finding_and_no_more() -> None:
    """Mostly it is a joke."""
    verdict = verdict_on(text="Z\u0301\u0302\u0303\u0304a\u0301\u0302\u0303\u0304l\u0301\u0302\u0303\u0304go")
    assert codes(verdict) == ["zalgo"]
    assert verdict.decision is Decision.PUBLISH


@pytest.mark.parametrize("text", ["Nguyễn Thị Ánh thường chạy bộ buổi sáng", "בְּרֵאשִׁית בָּרָא אֱלֹהִים", "ก็ ที่ นี้ น้ำ"])
def test_accents_that_languages_need_are_no_heaps(text: str) -> None:
    """Vietnamese stacks two, Hebrew points and Thai tone marks more."""
    assert "zalgo" not in codes(verdict_on(text=text))
