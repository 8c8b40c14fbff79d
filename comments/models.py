"""A comment, where it stands in its thread, what it is recognised by; the moderators' log and blocklist.

A thread is a materialised path: a comment's `path` is its parent's path and its own id, both fixed when it is
written and never rewritten. Ids begin with the time (`lib.ids`), so sorting by path gives the thread in
reading order, a branch is a range of paths, and writers never touch each other's rows.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments.lessons import LearningState as LearningState
from comments.lessons import Lesson as Lesson
from comments.spam.candidate import Blocked, Strength
from lib.ids import AFTER

# Roots have depth 0. Replies to a comment of depth 5 join it at depth 5 and say whom they answer.
MAX_DEPTH = 5
ID_LENGTH = 12
MAX_TEXT = 10_000
MAX_NAME = 60
# The longest host name there is (RFC 1035), and so the longest domain.
MAX_HOST = 253
MAX_BLOCKED = 254


class CommentQuerySet(models.QuerySet):
    def visible(self) -> CommentQuerySet:
        """What anybody may read: the only rows that pages, counts, feeds, mails and search may use."""
        now = timezone.now()
        return self.approved().filter(
            Q(post__withdraw_at=None) | Q(post__withdraw_at__gt=now), post__publish_at__lte=now
        )

    def approved(self) -> CommentQuerySet:
        return self.filter(status=Comment.Status.APPROVED)

    def with_post_title(self) -> CommentQuerySet:
        """With the post in the same query, but not its text."""
        return self.select_related("post").defer("post__body", "post__plain_text")

    def standing(self) -> CommentQuerySet:
        """Approved comments, and removed ones that approved replies hang from (shown as placeholders)."""
        replies = Comment.objects.approved().filter(
            post=OuterRef("post"), path__gt=OuterRef("path"), path__lt=Concat(OuterRef("path"), Value(AFTER))
        )
        return self.filter(Q(status=Comment.Status.APPROVED) | Exists(replies))

    def roots(self) -> CommentQuerySet:
        return self.filter(depth=0)

    def in_thread_order(self) -> CommentQuerySet:
        return self.order_by("path")

    def newest_first(self) -> CommentQuerySet:
        return self.order_by("-created_at", "-pk")


class Comment(models.Model):
    class Status(models.TextChoices):
        APPROVED = "approved", "Approved"
        HELD = "held", "Held"
        SPAM = "spam", "Spam"
        TRASH = "trash", "Trash"

    class Badge(models.TextChoices):
        NONE = "", "None"
        AUTHOR = "author", "Author"
        MODERATOR = "moderator", "Moderator"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, editable=False)
    # What readers wrote, and the log of what became of it, does not go with a post: withdraw it instead.
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="comments", db_index=False)
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="replies", editable=False
    )
    # Whom a reply answers. Differs from `parent` only below the deepest level.
    answers = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", editable=False, db_index=False
    )
    path = models.CharField(max_length=ID_LENGTH * (MAX_DEPTH + 1), editable=False)
    depth = models.PositiveSmallIntegerField(editable=False)

    name = models.CharField(max_length=MAX_NAME)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    text = models.TextField(max_length=MAX_TEXT, help_text="As typed, in the small Markdown.")
    html = models.TextField(editable=False, help_text="Derived from the text once, by lib.markup.")
    status = models.CharField(max_length=10, choices=Status)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="comments",
        editable=False,
    )
    badge = models.CharField(max_length=10, choices=Badge, blank=True, default=Badge.NONE, editable=False)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    # Rises with every change of the row; keys the rendered comment kept in memory.
    version = models.PositiveIntegerField(default=1, editable=False)

    # What the filter said, and the keyed hashes it compares; see docs/spam.md.
    probability = models.FloatField(null=True, editable=False)
    findings = models.JSONField(default=list, editable=False)
    filter_version = models.CharField(max_length=40, blank=True, editable=False)
    network = models.CharField(max_length=64, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    # The same words by the same person under the same comment: a double click, a retry, the back button.
    idempotency_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        permissions = [("moderate_comment", "Can work at the moderation desk")]
        constraints = [
            models.UniqueConstraint(fields=["post", "path"], name="comment_path_unique"),
            models.CheckConstraint(condition=Q(depth__lte=MAX_DEPTH), name="comment_depth_limited"),
        ]
        indexes = [
            models.Index(fields=["status", "-created_at"], name="comment_queue"),
            models.Index(fields=["post", "status"], name="comment_post_status"),
            models.Index(fields=["network", "created_at"], name="comment_network"),
            models.Index(fields=["fingerprint"], name="comment_fingerprint"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    def get_absolute_url(self) -> str:
        """The permalink, which redirects to the comment on whichever page of its thread it stands."""
        return reverse("comments:permalink", args=[self.pk])

    @property
    def root_id(self) -> str:
        return self.path[:ID_LENGTH]


class Deed(models.Model):
    """One line of the moderators' log. Lines are added and never changed; undoing adds a line of its own."""

    class Verb(models.TextChoices):
        APPROVE = "approve", "Approved"
        HOLD = "hold", "Held"
        SPAM = "spam", "Marked as spam"
        TRASH = "trash", "Moved to trash"
        UNDO = "undo", "Undid"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="deeds")
    verb = models.CharField(max_length=10, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="deeds"
    )
    at = models.DateTimeField(default=timezone.now)
    before = models.CharField(max_length=10, choices=Comment.Status)
    after = models.CharField(max_length=10, choices=Comment.Status)
    reason = models.CharField(max_length=200, blank=True)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="deed_changes_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.comment_id}"


class CommentBand(models.Model):
    """One band of a comment's sketch (`comments.spam.shingles`). Texts that share one may be nearly the same.

    Needed for 30 days; `manage.py clear_traces` deletes older ones.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["band", "comment"], name="comment_band")]

    def __str__(self) -> str:
        return f"{self.band} of {self.comment_id}"


class CommentDomain(models.Model):
    """A domain that a comment links to (`comments.spam.domains`), in its text, its name or as its website."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=MAX_HOST)

    class Meta:
        indexes = [models.Index(fields=["domain", "comment"], name="comment_domain")]

    def __str__(self) -> str:
        return f"{self.domain} in {self.comment_id}"


class BlockedTermQuerySet(models.QuerySet):
    def listed(self) -> BlockedTermQuerySet:
        """What nobody has taken off the list, expired or not."""
        return self.filter(removed_at=None)

    def in_force(self, now: datetime) -> BlockedTermQuerySet:
        """What the filter looks for at this moment."""
        return self.listed().exclude(expires_at__lte=now)


class BlockedTerm(models.Model):
    """An entry of the blocklist. One that is taken off stays as a row, so that the list has a memory."""

    class Kind(models.TextChoices):
        WORD = Blocked.WORD.value, "Word or phrase"
        DOMAIN = Blocked.DOMAIN.value, "Domain"
        ADDRESS = Blocked.ADDRESS.value, "Mail address"

    class Strength(models.TextChoices):
        HOLD = Strength.HOLD.value, "Hold the comment"
        SPAM = Strength.SPAM.value, "Put it among the spam"

    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=MAX_BLOCKED, help_text="As comments.spam.blocklist tidies it.")
    strength = models.CharField(max_length=10, choices=Strength)
    note = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    hits = models.PositiveIntegerField(default=0, editable=False)
    last_hit_at = models.DateTimeField(null=True, editable=False)

    objects = BlockedTermQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"], condition=Q(removed_at=None), name="blocked_term_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now
