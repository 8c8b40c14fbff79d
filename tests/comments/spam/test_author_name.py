"""Names that advertise, and names that are only odd."""

import pytest

from comments.spam.verdict import Decision
from tests.comments.spam.cast import codes, verdict_on


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "best-insoles.com"}, "name_link"),
        ({"name": "visit www.insoles.example"}, "name_link"),
        ({"name": "Insoles 50% off"}, "name_price"),
        ({"name": "Insoles from $9"}, "name_price"),
        ({"name": "Sohlen ab 20 EUR"}, "name_price"),
        ({"name": "cheap orthopaedic insoles online"}, "name_keywords"),
        ({"name": "günstige einlagen kaufen"}, "name_keywords"),
        ({"name": "Best Insoles", "website": "https://www.bestinsoles.com/"}, "name_website"),
        ({"name": "Shop", "website": "https://best-insoles.example/"}, ""),
    ],
)
def test_name_that_advertises_is_a_finding(changes: dict[str, str], code: str) -> None:
    """Only the first sign is reported."""
    found = [code for code in codes(verdict_on(**changes)) if code.startswith("name_")]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    "name",
    [
        "runningdad",
        "slowpoke_87",
        "müde Beine",
        "The Blister Sisters",
        "the blister sisters",
        "Ines",
        "M.",
        "Jean-Luc",
        "5k in 30",
        "Anna (44)",
        "ultra_mike",
        "Läufer 3000",
        "小明",
        "дима",
        "🏃",
        "No.1 fan",
        "",
    ],
)
def test_honest_name_never_holds_a_comment(name: str) -> None:
    """However odd."""
    assert verdict_on(name=name).decision is Decision.PUBLISH


@pytest.mark.parametrize(
    "name", ["cheap orthopaedic insoles online", "Insoles 50% off", "insoles now 9 eur only"]
)
def test_even_an_advertising_name_holds_nothing_alone(name: str) -> None:
    """It needs something beside it."""
    assert verdict_on(name=name).decision is Decision.PUBLISH


def test_words_of_the_name_that_the_text_takes_up_are_no_keywords() -> None:
    """Somebody introduces themselves."""
    text = "I am one of the slow trail runners, and this is what helped."
    assert codes(verdict_on(name="the slow trail runners", text=text)) == []


def test_own_name_as_the_site_is_a_small_matter() -> None:
    """Anna Schmidt may well own annaschmidt.de; short names say nothing at all."""
    assert "name_website" not in codes(verdict_on(name="Ines", website="https://ines.example"))
