"""The form that adds an entry to the blocklist: reads what a moderator typed, and says what is wrong."""

import unicodedata
from datetime import date, datetime, time

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils import timezone

from comments.models import MAX_BLOCKED, BlockedTerm
from comments.patterns import MOST_PATTERNS, tidied_pattern
from comments.spam.blocklist import tidied
from comments.spam.candidate import Blocked, BlockedEntry, Strength
from lib.text import normalise_line, without_controls

NOTE_LENGTH = BlockedTerm._meta.get_field("note").max_length


class BlockingForm(forms.Form):
    value = forms.CharField(
        label="Block",
        max_length=MAX_BLOCKED,
        # A space at either end means something in a pattern.
        strip=False,
        help_text=(
            "A whole word or phrase, a domain such as example.com, a mail address, or a pattern. A star at "
            "the beginning or end of a word stands for the rest of it: insole*"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter what to block",
            "max_length": "Shorten it to %(limit_value)d characters; it has %(show_value)d",
        },
    )
    kind = forms.ChoiceField(
        label="What it is",
        # A network has no name that anybody could type.
        choices=[(kind.value, kind.label) for kind in BlockedTerm.Kind if kind != BlockedTerm.Kind.NETWORK],
        error_messages={"invalid_choice": "Choose a word, a domain, a mail address or a pattern"},
    )
    strength = forms.ChoiceField(
        label="What to do",
        choices=BlockedTerm.Strength.choices,
        error_messages={"invalid_choice": "Choose whether to hold the comment or put it among the spam"},
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=NOTE_LENGTH,
        help_text="Why it is here, for the other moderators.",
        error_messages={"max_length": "Shorten the note to %(limit_value)d characters"},
    )
    expires_on = forms.DateField(
        label="Until",
        required=False,
        help_text="The last day on which it counts. Left empty, it stays.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Enter a day as year-month-day, such as 2027-01-31"},
    )

    def __init__(self, data: object = None, *, now: datetime) -> None:
        super().__init__(data, use_required_attribute=False)
        self.now = now
        self.helper = _layout()

    def clean_value(self) -> str:
        typed = self.cleaned_data["value"]
        if not typed.strip():
            raise forms.ValidationError(self.fields["value"].error_messages["required"], code="required")
        return typed

    def clean_note(self) -> str:
        # Some letters grow when they are made regular, so the limit is kept again.
        return normalise_line(self.cleaned_data["note"])[:NOTE_LENGTH]

    def clean_expires_on(self) -> date | None:
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate(self.now):
            raise forms.ValidationError("Choose today or a later day; this one is over", code="over")
        return day

    def clean(self) -> None:
        """Whether the value can be blocked depends on what it is said to be."""
        typed, kind = self.cleaned_data.get("value"), self.cleaned_data.get("kind")
        if not typed or not kind:
            return
        try:
            self.cleaned_data["value"] = _kept(typed, Blocked(kind))
            if kind == BlockedTerm.Kind.PATTERN:
                self._refuse_too_many()
        except ValueError as refusal:
            self.add_error("value", str(refusal))

    def _refuse_too_many(self) -> None:
        patterns = BlockedTerm.objects.in_force(self.now).filter(kind=BlockedTerm.Kind.PATTERN)
        if patterns.count() >= MOST_PATTERNS:
            raise ValueError(
                f"There are {MOST_PATTERNS} patterns in force, as many as there may be. Take one off first"
            )

    def refuse_repeat(self) -> None:
        """Says that the same is on the list; for a form that was valid until somebody looked."""
        self.add_error("value", "This is on the list already. Take it off first to change it")

    def entry(self) -> BlockedEntry:
        """As the filter would be told of it, to try it out. Only for a valid form."""
        typed = self.cleaned_data
        return BlockedEntry(
            number=0,
            kind=Blocked(typed["kind"]),
            value=typed["value"],
            strength=Strength(typed["strength"]),
        )

    def term(self) -> BlockedTerm:
        """The entry, not stored yet. Only for a valid form."""
        typed = self.cleaned_data
        return BlockedTerm(
            kind=typed["kind"],
            value=typed["value"],
            strength=typed["strength"],
            note=typed["note"],
            expires_at=_end_of(typed["expires_on"]),
        )


def _kept(typed: str, kind: Blocked) -> str:
    """Raises ValueError for what cannot be blocked."""
    if kind is Blocked.PATTERN:
        # Not `normalise`, which takes the spaces at the end.
        return tidied_pattern(unicodedata.normalize("NFC", without_controls(typed)))
    return tidied(kind, normalise_line(typed))[:MAX_BLOCKED]


def _end_of(day: date | None) -> datetime | None:
    """The last moment of a day by the site's clock."""
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


def _layout() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(
        Field("value"),
        Div(Field("kind"), Field("strength"), css_class="cols"),
        Div(Field("note"), Field("expires_on"), css_class="cols"),
    )
    return helper
