"""What a moderator's button sends: the verb, and perhaps a reason."""

from django import forms

from comments.models import Deed
from comments.models.deed import MAX_REASON
from comments.moderation.actions import STATUS_AFTER, Reason
from lib.text import normalise_line


class ReasonForm(forms.Form):
    """Why something is done: a reason to choose, which the public may see, and a note, which it may not."""

    reason_code = forms.ChoiceField(
        required=False,
        choices=[("", "No reason"), *Deed.ReasonCode.choices],
        error_messages={"invalid_choice": "The desk knows no reason “%(value)s”."},
    )
    reason = forms.CharField(required=False, max_length=MAX_REASON)

    def clean_reason(self) -> str:
        # Some letters grow when they are made regular, so the limit is kept again.
        return normalise_line(self.cleaned_data["reason"])[:MAX_REASON]

    @property
    def why(self) -> Reason:
        """Only of a valid form."""
        return Reason(self.cleaned_data["reason_code"], self.cleaned_data["reason"])

    @property
    def complaint(self) -> str:
        """Everything that is wrong with what was sent, in one text."""
        return " ".join(message for messages in self.errors.values() for message in messages)


class DeedForm(ReasonForm):
    verb = forms.ChoiceField(
        choices=[(verb.value, verb.label) for verb in STATUS_AFTER],
        error_messages={
            "required": "Choose what to do with the comment.",
            "invalid_choice": "The desk knows no “%(value)s”. It can approve, hold, spam or trash a comment.",
        },
    )
    # Of the words that the moderator has before them; see `Comment.edition`.
    edition = forms.CharField(required=False)
