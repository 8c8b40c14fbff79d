"""One thing that search can find: a post, a comment. Its words stand beside it, as the database keeps them.

Entries are written and read by `blog.search_index` alone, in SQL: on PostgreSQL the words are a column
(`words`, a tsvector), on SQLite a row of the FTS5 table `blog_searchwords`. A trigger takes that row away
with the entry, whoever deletes it.
"""

from django.db import models

from blog.models.post import Post


class SearchEntry(models.Model):
    # Rises with time, so that the newest are found first without looking at the others. See `lib.ids`.
    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=20)
    # Whether anybody may find it is decided by its post and the clock, at the moment somebody searches.
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
