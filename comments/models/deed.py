"""The moderators' log."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comments.models.blocked_term import BlockedTerm
from comments.models.comment import ID_LENGTH, MAX_NAME, MAX_WEBSITE, Comment

MAX_REASON = 200
MAX_TOKEN = 32


class DeedQuerySet(models.QuerySet):
    def in_force(self) -> DeedQuerySet:
        """Deeds that nobody has undone. An undo is none."""
        return self.exclude(verb=Deed.Verb.UNDO).filter(undone_by=None)

    def verdicts(self) -> DeedQuerySet:
        """Of those in force, the ones that say what a comment is: the last of a comment's counts."""
        return self.in_force().filter(verb__in=Deed.VERDICTS)

    def last_verdicts(self, comments: Iterable[Comment]) -> dict[str, Deed]:
        """Each comment's last verdict that nobody has undone, by the comment's id."""
        deeds = self.verdicts().filter(comment__in=list(comments))
        return {deed.comment_id: deed for deed in deeds.order_by("pk")}

    def lines(self) -> DeedQuerySet:
        """What the log lists: a sweep is one line, whatever number of comments it moved."""
        return self.filter(sweep=None)


class Deed(models.Model):
    """One line of the moderators' log. Lines are added and never changed; undoing adds a line of its own.

    It is about a comment, about an entry of the blocklist, or the heading of a `Sweep`. When a comment is
    deleted for good, its lines stay without it.
    """

    class Verb(models.TextChoices):
        APPROVE = "approve", "Approved"
        HOLD = "hold", "Held"
        SPAM = "spam", "Marked as spam"
        TRASH = "trash", "Moved to trash"
        KEEP = "keep", "Kept despite reports"
        EDIT = "edit", "Edited"
        BLOCK = "block", "Put on the blocklist"
        UNBLOCK = "unblock", "Took off the blocklist"
        UNDO = "undo", "Undid"

    class ReasonCode(models.TextChoices):
        ADVERTISING = "advertising", "Spam or advertising"
        RUDE = "rude", "Rude or hurtful"
        UNSAFE = "unsafe", "Unsafe advice"
        PRIVATE = "private", "Private details"
        OFF_TOPIC = "off_topic", "Not about the post"
        REPEAT = "repeat", "Said before"
        ASKED = "asked", "Its writer asked for it"

    VERDICTS = (Verb.APPROVE, Verb.HOLD, Verb.SPAM, Verb.TRASH)

    comment = models.ForeignKey(Comment, null=True, on_delete=models.SET_NULL, related_name="deeds")
    term = models.ForeignKey(BlockedTerm, null=True, on_delete=models.SET_NULL, related_name="deeds")
    # The sweep that moved this comment, with others.
    sweep = models.ForeignKey("Sweep", null=True, on_delete=models.CASCADE, related_name="deeds")
    verb = models.CharField(max_length=10, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="deeds"
    )
    at = models.DateTimeField(default=timezone.now)
    before = models.CharField(max_length=10, choices=Comment.Status, blank=True)
    after = models.CharField(max_length=10, choices=Comment.Status, blank=True)
    reason_code = models.CharField(max_length=12, choices=ReasonCode, blank=True)
    reason = models.CharField(max_length=MAX_REASON, blank=True)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )

    objects = DeedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            # The filter's own "approved" and "spam" can be confirmed; to hold what is held says nothing.
            models.CheckConstraint(
                condition=~Q(before=F("after")) | ~Q(verb__in=["hold", "trash"]),
                name="deed_changes_something",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], condition=Q(sweep=None), name="deed_log"),
            models.Index(fields=["-at"], condition=Q(before="approved"), name="deed_public"),
            # A sweep's lines in the order in which its undo takes them.
            models.Index(fields=["sweep", "comment"], condition=Q(sweep__isnull=False), name="deed_of_sweep"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.comment_id}"

    @property
    def is_confirmation(self) -> bool:
        """Whether a moderator agreed with what the comment was already."""
        return self.verb in self.VERDICTS and self.before == self.after


class Sweep(models.Model):
    """One verb on many comments, as one step that is undone as one step.

    `deed` is its line in the log and says who did what and why; the comments' own lines refer to it. The
    comments are those that `sieve` (a `comments.moderation.sieve.Sieve`) lets through, or the `chosen` ones;
    for an undo, those of the sweep that is undone. It goes through them in the order of their ids, and
    `reached` is the last one it has looked at. What its writer changed after `seen_at` is left alone.
    """

    deed = models.OneToOneField(Deed, on_delete=models.CASCADE, related_name="whole")
    sieve = models.JSONField(default=dict)
    chosen = models.JSONField(null=True)  # each one's `stand` by its id
    seen_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    done_count = models.PositiveIntegerField(default=0)
    left_count = models.PositiveIntegerField(default=0)
    # Of the page that asked: what is sent twice is one sweep.
    token = models.CharField(max_length=MAX_TOKEN, unique=True, null=True)  # noqa: DJ001
    reached = models.CharField(max_length=ID_LENGTH, blank=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sweep {self.pk}"

    @property
    def is_undo(self) -> bool:
        return self.deed.verb == Deed.Verb.UNDO


class Wording(models.Model):
    """What a moderator's edit changed. Kept while the edit can be undone, and no longer: what was taken out
    may be somebody's private details."""

    deed = models.OneToOneField(Deed, primary_key=True, on_delete=models.CASCADE, related_name="wording")
    name_before = models.CharField(max_length=MAX_NAME)
    name_after = models.CharField(max_length=MAX_NAME)
    website_before = models.CharField(max_length=MAX_WEBSITE, blank=True)
    website_after = models.CharField(max_length=MAX_WEBSITE, blank=True)
    text_before = models.TextField()
    text_after = models.TextField()
    # The comment's own date of its last change, which an undo gives back.
    edited_at_before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"wording of deed {self.pk}"
