"""The forms in which a moderator writes: other words for a comment, and an answer to one."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms

from comments.forms import TypedLine, TypedText, TypedUrl
from comments.models import MAX_NAME, MAX_TEXT, MAX_WEBSITE, Comment, Deed
from comments.models.deed import MAX_REASON
from comments.moderation.forms import ReasonForm
from comments.moderation.wording import Words, without
from comments.names import is_team_name
from lib.markup import plain_text, render_comment
from lib.text import is_blank

_CHANGE_SAVED = (
    "Readers see that a moderator has changed it. What stood here before can be brought back for 30 days."
)


class WordingForm(ReasonForm):
    text = TypedText(
        label="Comment",
        max_length=MAX_TEXT,
        help_text=_CHANGE_SAVED,
        widget=forms.Textarea(attrs={"rows": 10, "autofocus": True}),
        error_messages={
            "required": "Leave something of the comment, or trash it instead",
            "max_length": "Shorten it to %(limit_value)d characters; it has %(show_value)d",
        },
    )
    passage = TypedText(
        label="Words to take out",
        required=False,
        max_length=MAX_TEXT,
        help_text="Wherever they stand in the comment, “[removed by a moderator]” stands afterwards.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Shorten it to %(limit_value)d characters; it has %(show_value)d"},
    )
    name = TypedLine(
        label="Name",
        max_length=MAX_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter a name",
            "max_length": "Shorten the name to %(limit_value)d characters; it has %(show_value)d",
        },
    )
    website = TypedUrl(
        label="Website",
        required=False,
        max_length=MAX_WEBSITE,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Enter a web address such as https://example.org, or leave it empty"},
    )
    edition = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object = None, *, comment: Comment) -> None:
        self.comment = comment
        words = {"text": comment.text, "name": comment.name, "website": comment.website}
        super().__init__(data, initial=words | {"edition": comment.edition}, use_required_attribute=False)
        self.fields["reason_code"] = forms.ChoiceField(
            label="Reason", required=False, choices=[("", "No reason"), *Deed.ReasonCode.choices]
        )
        self.fields["reason"].label = "Note for the log"
        self.fields["reason"].help_text = "Readers do not see it."
        self.helper = _layout()

    def clean_name(self) -> str:
        """Another name may be given, but no one that readers would take for the team's."""
        name = self.cleaned_data["name"]
        if name != self.comment.name and is_team_name(name):
            raise forms.ValidationError(
                "That name belongs to somebody who works on this site", code="team_name"
            )
        return name

    def clean(self) -> None:
        """What is taken out is taken out of the text as it was just typed."""
        text, passage = self.cleaned_data.get("text"), self.cleaned_data.get("passage")
        if text is None:
            return
        if passage and passage not in text:
            self.add_error("passage", "These words do not stand in the comment; copy them from there")
            return
        text = without(passage or "", text)
        if len(text) > MAX_TEXT:
            self.add_error("text", f"Shorten it to {MAX_TEXT} characters; with the marks it has {len(text)}")
        elif is_blank(plain_text(render_comment(text))):
            self.add_error("text", "Leave something of the comment, or trash it instead")
        self.cleaned_data["text"] = text

    @property
    def words(self) -> Words:
        """Only of a valid form."""
        typed = self.cleaned_data
        return Words(typed["name"], typed["website"], typed["text"])


class ReplyForm(forms.Form):
    """A moderator's or writer's answer, under their own name."""

    text = TypedText(
        label="Your reply",
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
        error_messages={
            "required": "Write your reply",
            "max_length": "Shorten your reply to %(limit_value)d characters; it has %(show_value)d",
        },
    )
    edition = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object = None, *, comment: Comment) -> None:
        super().__init__(data, initial={"edition": comment.stand}, use_required_attribute=False)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def clean_text(self) -> str:
        if is_blank(plain_text(render_comment(self.cleaned_data["text"]))):
            raise forms.ValidationError("Write your reply; readers would see nothing of this", code="blank")
        return self.cleaned_data["text"]


def _layout() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(
        Field("edition"),
        Field("text"),
        Field("passage"),
        Div(Field("name"), Field("website"), css_class="cols"),
        Div(Field("reason_code"), Field("reason", maxlength=MAX_REASON), css_class="cols"),
    )
    return helper
