"""The forms of following: an address to mail to, and how often."""

from __future__ import annotations

from django import forms

from comments.forms import TypedEmail
from comments.models import Reader

MAX_EMAIL = 254


class FollowForm(forms.Form):
    email = TypedEmail(
        label="Email",
        max_length=MAX_EMAIL,
        help_text="For these mails only. Never shown.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your email address",
            "invalid": "Enter an email address such as name@example.org",
            "max_length": "Enter a shorter address; this one has %(show_value)d characters",
        },
    )
    # Out of people's sight; programs that fill in every field give themselves away.
    website_url = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object = None) -> None:
        super().__init__(data, use_required_attribute=False)

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data["website_url"])


class LinkForm(FollowForm):
    """Asks for the link to what is kept under an address."""

    def __init__(self, data: object = None) -> None:
        super().__init__(data)
        self.fields["email"].help_text = "The one you left with a comment, or get our mails at."


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label="How often",
        choices=Reader.Rhythm.choices,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
