"""What a comment is recognised by when the next one like it arrives (`comments.traces`)."""

from django.db import models

from comments.models.comment import Comment

# The longest host name there is (RFC 1035), and so the longest domain.
MAX_HOST = 253


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
