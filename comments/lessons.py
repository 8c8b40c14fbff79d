"""The lessons that moderators' verdicts left, as rows: what the filter learned at this site, and from what.

Approving a comment is a lesson in ham, marking it as spam one in spam. A comment has at most one lesson, that
of the latest deed that nobody has undone; a held or trashed comment has none, and the team's own comments
never have. `comments.teaching` writes the rows, `comments.learning` reads them. They stand apart from
`comments.models`, which imports them, because Django finds models there.
"""

from django.db import models
from django.db.models import Q

DIGEST_LENGTH = 32
TOKEN_LENGTH = 12


class Lesson(models.Model):
    """One verdict of a moderator, with the comment's words as they were then.

    `campaign` is equal for comments with the same text, `commenter` for verdicts of one day on one network,
    or on one name and website where no network is known. `digest` is equal for equal lessons only, so that a
    process can tell which ones it knows.
    """

    deed = models.OneToOneField(
        "comments.Deed", primary_key=True, on_delete=models.CASCADE, related_name="lesson"
    )
    # What was learned stays when the comment is deleted for good.
    comment = models.OneToOneField(
        "comments.Comment", null=True, on_delete=models.SET_NULL, related_name="lesson"
    )
    is_spam = models.BooleanField()
    name = models.CharField(max_length=60)
    website = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    campaign = models.CharField(max_length=64)
    commenter = models.CharField(max_length=DIGEST_LENGTH)
    at = models.DateTimeField()
    digest = models.CharField(max_length=DIGEST_LENGTH)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{'spam' if self.is_spam else 'ham'}: {self.comment_id}"


class LearningState(models.Model):
    """One row: how often the lessons have changed. `token` is another one after each change, so that a
    process notices a restored backup too, where `version` goes back."""

    ONLY = 1

    version = models.PositiveIntegerField(default=0)
    token = models.CharField(max_length=TOKEN_LENGTH, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_learning_state")]

    def __str__(self) -> str:
        return f"version {self.version}"
