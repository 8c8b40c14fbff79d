"""The form in which a commenter changes what they wrote: the comment form, without what an edit leaves be."""

from datetime import datetime

from django import forms

from comments.draft import Draft
from comments.forms import CommentForm, layout_of
from comments.models import Comment

NOT_ASKED = ("email", "website", "mail_answers", "mail_thread", "remember", "parent", "stamp", "elapsed")


class EditForm(CommentForm):
    # The words that whoever edits has seen; see `Comment.edition`.
    edition = forms.CharField(required=False)

    def __init__(
        self, data: object = None, *, comment: Comment, now: datetime, action: str, staff_name: str = ""
    ) -> None:
        super().__init__(data, post=comment.post, now=now, staff_name=staff_name)
        for name in NOT_ASKED:
            self.fields.pop(name, None)
        self.comment = comment
        self.initial |= {"text": comment.text, "name": comment.name, "edition": comment.edition}
        self.helper = layout_of(self.fields, action=action)

    def draft(self) -> Draft:
        """The comment as its writer wants it. Only for a valid form. How long it was open says nothing: most
        of the words stood in it already."""
        comment, typed = self.comment, self.cleaned_data
        return Draft(
            name=typed.get("name", self.staff_name),
            email=comment.email,
            website=comment.website,
            text=typed["text"],
            answers=comment.answers,
            honeypot=typed["website_url"],
        )
