"""The comment form: reads and cleans what a visitor typed, and looks only as far as that takes."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlsplit

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.urls import reverse

from blog.models import Post
from comments.details import Details
from comments.draft import Draft
from comments.models import MAX_NAME, MAX_TEXT, MAX_WEBSITE, Comment
from comments.names import is_team_name
from comments.stamp import form_age, new_stamp, read_stamp
from lib.markup import plain_text, render_comment
from lib.text import is_blank, normalise, normalise_line

# Of the seconds a page was open; a page left open for years says nothing about whoever sends it.
MAX_DIGITS = 8


class TypedText(forms.CharField):
    """Text as we keep it, before any check: no control characters to refuse, nothing to trim later.

    Composing characters takes quadratic time, so a text that is too long is refused as it came.
    """

    keep = staticmethod(normalise)

    def to_python(self, value: str | None) -> str:
        typed = (value or "").strip()
        return typed if len(typed) > self.max_length else self.keep(typed)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """Without `maxlength`: browsers would cut off what is pasted and not say so."""
        return {}


class TypedLine(TypedText):
    keep = staticmethod(normalise_line)


class TypedEmail(forms.EmailField):
    """An address in small letters, without the control characters that would show it as another one."""

    def to_python(self, value: str | None) -> str:
        typed = (value or "").strip()
        return typed if len(typed) > self.max_length else normalise_line(typed).lower()


class TypedUrl(forms.URLField):
    """A web address, https where none is said, without control characters that would show it as another."""

    def to_python(self, value: str | None) -> str:
        typed = (value or "").strip()
        return typed if len(typed) > self.max_length else super().to_python(normalise_line(typed))

    widget_attrs = TypedText.widget_attrs


class CommentForm(forms.Form):
    text = TypedText(
        label="Comment",
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Write your comment",
            "max_length": "Shorten your comment to %(limit_value)d characters; it has %(show_value)d",
        },
    )
    name = TypedLine(
        label="Name",
        max_length=MAX_NAME,
        help_text="Shown next to your comment.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={
            "required": "Enter a name; it need not be your real one",
            "max_length": "Shorten your name to %(limit_value)d characters; it has %(show_value)d",
        },
    )
    email = TypedEmail(
        label="Email",
        required=False,
        max_length=254,
        help_text="Never shown, never passed on.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Enter an email address such as name@example.org, or leave it empty"},
    )
    website = TypedUrl(
        label="Website",
        required=False,
        max_length=MAX_WEBSITE,
        assume_scheme="https",
        help_text="Your name leads there.",
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
        error_messages={"invalid": "Enter a web address such as https://example.org, or leave it empty"},
    )
    mail_answers = forms.BooleanField(label="Mail me when somebody answers this comment", required=False)
    mail_thread = forms.BooleanField(
        label="Mail me every new comment here",
        required=False,
        help_text="If your address is new to us, you get one mail first that asks whether it is yours.",
    )
    remember = forms.BooleanField(
        label="Remember me in this browser",
        required=False,
        help_text="Fills in your name and email next time. In a cookie, for a year.",
    )
    parent = forms.CharField(required=False)
    stamp = forms.CharField(required=False)
    elapsed = forms.CharField(required=False)
    # Out of people's sight; programs that fill in every field give themselves away.
    website_url = forms.CharField(required=False)

    def __init__(
        self,
        data: object = None,
        *,
        post: Post,
        now: datetime,
        staff_name: str = "",
        answers: Comment | None = None,
        may_give_website: bool = False,
    ) -> None:
        """`staff_name` is set for writers and moderators who are signed in and write under their own name.

        A website that was typed without `may_give_website` stays in the form, with an error beside it.
        """
        initial = {"parent": answers.pk if answers else "", "stamp": new_stamp(post.pk, now)}
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.post, self.now, self.may_give_website = post, now, may_give_website
        if staff_name or not (may_give_website or (data and data.get("website"))):
            del self.fields["website"]
        if staff_name:
            del self.fields["name"], self.fields["email"], self.fields["remember"]
        if staff_name or not settings.MAILS:
            del self.fields["mail_answers"], self.fields["mail_thread"]
        else:
            self.fields["email"].help_text = "Never shown. For your mails only."
        self.staff_name = staff_name
        self.helper = layout_of(self.fields, action=reverse("comments:submit", args=[post.pk]))

    def fill_in(self, details: Details | None) -> None:
        """What this browser remembers, in a form that nobody has typed into yet."""
        if details:
            self.initial |= asdict(details) | {"remember": True}

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if shows_nothing(text):
            raise forms.ValidationError("Write your comment", code="required")
        return text

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if is_blank(name):
            raise forms.ValidationError("Enter a name; it need not be your real one", code="required")
        if is_team_name(name):
            raise forms.ValidationError(
                "That name belongs to somebody who works on this site. Choose another one", code="team_name"
            )
        return name

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        if "@" in urlsplit(website).netloc:
            raise forms.ValidationError("Leave the user name and password out of the web address")
        if website and not self.may_give_website:
            raise forms.ValidationError(
                "A website can be given once a comment of yours stands here. Leave it empty for now",
                code="website_too_early",
            )
        return website

    def clean(self) -> None:
        """A box that asks for mails needs an address; one that is typed wrong has its own error."""
        typed = self.cleaned_data
        wants_mail = typed.get("mail_answers") or typed.get("mail_thread")
        if wants_mail and typed.get("email") == "":
            self.add_error("email", "Enter your email address, or untick the boxes for mails")

    def clean_elapsed(self) -> int | None:
        raw = self.cleaned_data["elapsed"]
        return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= MAX_DIGITS else None

    def details(self) -> Details:
        """What the browser is to remember. Only for a valid form."""
        typed = self.cleaned_data
        return Details(typed["name"], typed["email"], typed.get("website", ""))

    def draft(self, *, answers: Comment | None) -> Draft:
        """What the visitor wants to say. Only for a valid form."""
        typed = self.cleaned_data
        made_at = read_stamp(typed["stamp"], self.post.pk)
        return Draft(
            name=typed.get("name", self.staff_name),
            email=typed.get("email", ""),
            website=typed.get("website", ""),
            text=typed["text"],
            answers=answers,
            honeypot=typed["website_url"],
            form_age=form_age(made_at, typed["elapsed"], self.now),
            form_is_ours=made_at is not None,
            wants_answers=typed.get("mail_answers", False),
            wants_thread=typed.get("mail_thread", False),
        )


def shows_nothing(text: str) -> bool:
    """Whether a reader would see no word of it: invisible characters, bare marks (">"), entities for spaces.

    Only a text without letters and digits, or with an entity, is worth the work of rendering it to see.
    """
    if "&" not in text and any(character.isalnum() and not is_blank(character) for character in text):
        return False
    return is_blank(text) or is_blank(plain_text(render_comment(text)))


def layout_of(fields: Container[str], *, action: str) -> FormHelper:
    names = [Field(name) for name in ("name", "email") if name in fields]
    who = [Div(*names, css_class="cols")] if names else []
    who += [Field("website")] if "website" in fields else []
    boxes = [Field(name) for name in ("mail_answers", "mail_thread", "remember") if name in fields]
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.form_action = action
    # The hidden fields stand in the template: a widget for each would cost as much as all the rest.
    helper.layout = Layout(Field("text"), *who, *([Div(*boxes, css_class="boxes")] if boxes else []))
    return helper
