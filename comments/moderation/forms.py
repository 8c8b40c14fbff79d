"""What a moderator's button sends: the verb, and perhaps a reason."""

from django import forms

from comments.models import Deed
from comments.moderation.actions import STATUS_AFTER
from lib.text import normalise_line

REASON_LENGTH = Deed._meta.get_field("reason").max_length


class DeedForm(forms.Form):
    verb = forms.ChoiceField(
        choices=[(verb.value, verb.label) for verb in STATUS_AFTER],
        error_messages={
            "required": "Choose what to do with the comment.",
            "invalid_choice": "The desk knows no “%(value)s”. It can approve, hold, spam or trash a comment.",
        },
    )
    reason = forms.CharField(required=False, max_length=REASON_LENGTH)
    # Of the words that the moderator has before them; see `Comment.edition`.
    edition = forms.CharField(required=False)

    def clean_reason(self) -> str:
        # Some letters grow when they are made regular, so the limit is kept again.
        return normalise_line(self.cleaned_data["reason"])[:REASON_LENGTH]

    @property
    def complaint(self) -> str:
        """Everything that is wrong with what was sent, in one text."""
        return " ".join(message for messages in self.errors.values() for message in messages)
