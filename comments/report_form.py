"""The form of a report: why, and a few words if the reader wants to add some."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms

from comments.forms import TypedText
from comments.models import Report

WORDS_LENGTH = Report._meta.get_field("words").max_length


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=Report.Reason.choices,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": "Choose what is wrong with the comment",
            "invalid_choice": "Choose what is wrong with the comment",
        },
    )
    words = TypedText(
        label="In your words",
        required=False,
        max_length=WORDS_LENGTH,
        help_text="Only moderators read this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Shorten it to %(limit_value)d characters; it has %(show_value)d"},
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Field("reason"), Field("words"))

    def clean_words(self) -> str:
        # Some letters grow when they are made regular, so the limit is kept again.
        return self.cleaned_data["words"][:WORDS_LENGTH]
