"""A comment, and where it stands in its thread.

A thread is a materialised path: a comment's `path` is its parent's path and its own id, both fixed when it is
written and never rewritten. Ids begin with the time (`lib.ids`), so sorting by path gives the thread in
reading order, a branch is a range of paths, and writers never touch each other's rows.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Abs, Coalesce, Concat
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments.models.reason import MainReason
from lib.ids import AFTER

# Roots have depth 0. Replies to a comment of depth 5 join it at depth 5 and say whom they answer.
MAX_DEPTH = 5
ID_LENGTH = 12
MAX_TEXT = 10_000
MAX_NAME = 60
MAX_WEBSITE = 200
# What nobody has judged may be anything.
UNSURE = 0.5
# From when its writer's words wait to be read. A moderator who changed them has read them.
WAITS_SINCE = Case(
    When(is_edited_by_team=True, then="created_at"), default=Coalesce("edited_at", "created_at")
)


class ChangedMeanwhileError(Exception):
    """The words are no longer those that somebody saw who wants to edit or judge them."""


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
        # Taken back by its writer: the words are gone, only its place in the thread is left.
        WITHDRAWN = "withdrawn", "Withdrawn by its writer"
        # Removed long ago; kept without its words because replies that readers see hang from it.
        DELETED = "deleted", "Deleted for good"

    # Without words for ever.
    GONE = (Status.WITHDRAWN, Status.DELETED)

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
    website = models.URLField(max_length=MAX_WEBSITE, blank=True)
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
    # Whether the last change was a moderator's.
    is_edited_by_team = models.BooleanField(default=False, editable=False)
    # Rises with every change of the row; keys the rendered comment kept in memory.
    version = models.PositiveIntegerField(default=1, editable=False)

    # How many readers reacted, and the lower bound that the order "most helpful" sorts by.
    same_here_count = models.PositiveIntegerField(default=0, editable=False)
    helped_count = models.PositiveIntegerField(default=0, editable=False)
    helpfulness = models.FloatField(default=0.0, editable=False)

    # What the filter said, and the keyed hashes it compares; see docs/spam.md.
    probability = models.FloatField(null=True, editable=False)
    findings = models.JSONField(default=list, editable=False)
    main_reason = models.CharField(max_length=10, choices=MainReason, blank=True, editable=False)
    # What the desk sorts by: the probability, and how near it is to "unsure".
    likelihood = models.GeneratedField(
        expression=Coalesce("probability", Value(UNSURE)), output_field=models.FloatField(), db_persist=True
    )
    doubt = models.GeneratedField(
        expression=Value(UNSURE) - Abs(Coalesce("probability", Value(UNSURE)) - Value(UNSURE)),
        output_field=models.FloatField(),
        db_persist=True,
    )
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
            models.Index(fields=["status", "-doubt", "-id"], name="comment_unsure_first"),
            models.Index(fields=["status", "likelihood", "-id"], name="comment_fine_first"),
            models.Index(fields=["status", "main_reason", "-created_at"], name="comment_reason"),
            models.Index(fields=["post", "status", "-created_at"], name="comment_post_queue"),
            models.Index(fields=["network", "created_at"], name="comment_network"),
            models.Index(fields=["fingerprint", "-created_at"], name="comment_same_text"),
            # A page of a long thread counts roots, and nothing but roots.
            # With the status, so that those before a page are counted without a look at their rows.
            models.Index(fields=["post", "path", "status"], condition=Q(depth=0), name="comment_roots"),
            models.Index(
                fields=["post", "-helpfulness", "path", "status"],
                condition=Q(depth=0),
                name="comment_helpful_roots",
            ),
            # A sweep's way through a queue.
            models.Index(fields=["status", "id"], name="comment_by_status"),
            # For the database, which looks for answers of a comment that it deletes.
            models.Index(fields=["answers"], condition=Q(answers__isnull=False), name="comment_answers"),
            # What readers see, by its place and by its time: the replies of a long branch, and what is new.
            models.Index(fields=["post", "path"], condition=Q(status="approved"), name="comment_shown"),
            models.Index(fields=["post", "created_at"], condition=Q(status="approved"), name="comment_news"),
            # What no mail has told a moderator yet: a few among any number of held ones. SQLite does not know
            # how many they are, and looks at no index that does not begin with the status.
            models.Index("status", WAITS_SINCE, "id", condition=Q(status="held"), name="comment_waits_since"),
            models.Index(fields=["email"], condition=~Q(email=""), name="comment_email"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    def get_absolute_url(self) -> str:
        """The permalink, which redirects to the comment on whichever page of its thread it stands."""
        return reverse("comments:permalink", args=[self.pk])

    def is_visible(self, now: datetime) -> bool:
        """Whether anybody may read it: what `visible()` asks, of a row that is here with its post."""
        return self.status == self.Status.APPROVED and self.post.is_published(now)

    @property
    def is_gone(self) -> bool:
        """Whether its words are gone for good."""
        return self.status in self.GONE

    def was_edited_after(self, moment: datetime) -> bool:
        """Whether its words have changed since, so that nobody had read them then."""
        return self.edited_at is not None and self.edited_at > moment

    @property
    def edition(self) -> str:
        """Tells the words of one moment from those after an edit; stands in forms about the comment."""
        return f"{self.edited_at.timestamp():.6f}" if self.edited_at else ""

    @property
    def stand(self) -> str:
        """What a moderator has before them: where it stands, and the edition of its words."""
        return f"{self.status}:{self.edition}"

    @property
    def root_id(self) -> str:
        return self.path[:ID_LENGTH]
