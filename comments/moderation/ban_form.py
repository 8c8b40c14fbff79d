"""The form that bans whoever wrote a comment: by what, for how long, and what becomes of their comments."""

from collections.abc import Container
from datetime import datetime, timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.db import models

from comments.models import BlockedTerm
from comments.moderation.blocking_form import NOTE_LENGTH
from comments.spam.candidate import Blocked
from lib.text import normalise_line


class HowLong(models.TextChoices):
    DAY = "day", "A day"
    WEEK = "week", "A week"
    MONTH = "month", "A month"
    UNTIL_LIFTED = "until-lifted", "Until it is lifted"


DAYS = {HowLong.DAY: 1, HowLong.WEEK: 7, HowLong.MONTH: 30}
# The address first: it is one person's.
CALLED = {
    Blocked.ADDRESS: "The mail address they gave",
    Blocked.NETWORK: "The network they wrote from, which other people may use as well",
}
CHOOSE_ONE = "Choose the mail address, the network, or both"


class BanForm(forms.Form):
    by_what = forms.MultipleChoiceField(
        label="By what",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )
    how_long = forms.ChoiceField(
        label="How long",
        choices=HowLong.choices,
        initial=HowLong.WEEK,
        error_messages={"required": "Choose how long", "invalid_choice": "Choose how long"},
    )
    strength = forms.ChoiceField(
        label="What to do with their comments",
        choices=BlockedTerm.Strength.choices,
        error_messages={
            "required": "Choose whether to hold their comments or put them among the spam",
            "invalid_choice": "Choose whether to hold their comments or put them among the spam",
        },
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=NOTE_LENGTH,
        help_text="Why, for the other moderators. It stands beside each comment that the ban catches.",
        error_messages={"max_length": "Shorten the note to %(limit_value)d characters"},
    )

    def __init__(self, data: object = None, *, known: Container[Blocked], banned: Container[Blocked]) -> None:
        """What is banned already is not offered, but a button pressed twice is no mistake."""
        super().__init__(data, use_required_attribute=False)
        by_what = self.fields["by_what"]
        by_what.choices = [(kind.value, words) for kind, words in CALLED.items() if kind in known]
        offered = [(kind, words) for kind, words in by_what.choices if Blocked(kind) not in banned]
        by_what.widget.choices = offered
        by_what.initial = [kind for kind, _words in offered[:1]]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Field("by_what"), Div(Field("how_long"), Field("strength"), css_class="cols"), Field("note")
        )

    def clean_note(self) -> str:
        # Some letters grow when they are made regular, so the limit is kept again.
        return normalise_line(self.cleaned_data["note"])[:NOTE_LENGTH]

    def wish(self, now: datetime) -> dict[str, object]:
        """What `comments.blocking.ban` is asked for. Only for a valid form."""
        typed = self.cleaned_data
        days = DAYS.get(typed["how_long"])
        return {
            "network": Blocked.NETWORK in typed["by_what"],
            "address": Blocked.ADDRESS in typed["by_what"],
            "expires_at": now + timedelta(days=days) if days else None,
            "strength": typed["strength"],
            "note": typed["note"],
        }
