"""The habits of the templates: short, self-explaining, nothing inline that a strict policy would refuse."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
TEXTS = {
    str(path.relative_to(TEMPLATES)): path.read_text("utf-8") for path in sorted(TEMPLATES.rglob("*.html"))
}
# The admin is written in Django's own way and has a policy of its own.
PUBLIC = {name: text for name, text in TEXTS.items() if not name.startswith("admin/")}
VOCABULARIES = ("https://schema.org/", "http://www.w3.org/")


def test_templates_are_short():
    assert [name for name, text in TEXTS.items() if text.count("\n") >= 120] == []


def test_partials_say_what_they_need():
    """The first lines hold a comment; who includes the partial reads it."""
    partials = {name: text[:600] for name, text in TEXTS.items() if "/_" in name}
    assert partials
    assert [name for name, head in partials.items() if "{#" not in head and "{% comment" not in head] == []


def test_extends_comes_first():
    late = [
        name for name, text in TEXTS.items() if "{% extends" in text and not text.startswith("{% extends")
    ]
    assert late == []


def test_templates_have_no_inline_styles_or_handlers():
    """The policy allows neither. A mail is no page of ours, and its one style element has no other place."""
    inline = re.compile(r"""\s(?:style|on[a-z]+)=["']|<style""")
    found = [name for name, text in PUBLIC.items() if inline.search(text)]
    assert found == ["mails/_style.html"]


def test_script_elements_hold_data_only():
    """Code comes from files; the policy lets no other run."""
    found = [
        (name, attributes)
        for name, text in PUBLIC.items()
        for attributes in re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", text)
        if 'type="application/ld+json"' not in attributes
    ]
    assert found == []


def test_templates_name_no_other_host():
    """Vocabularies have names that look like addresses; nothing is fetched from them."""
    found = [
        (name, address)
        for name, text in PUBLIC.items()
        for address in re.findall(r"https?://[^\"'\s<]+", text)
        if not address.startswith(VOCABULARIES)
    ]
    assert found == []
