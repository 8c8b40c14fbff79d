"""Indexes that hold all that pages of a thread ask before they read a row."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0003_search"),
        ("comments", "0009_readers_and_mails"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="comment",
            name="comment_roots",
        ),
        migrations.RemoveIndex(
            model_name="comment",
            name="comment_helpful_roots",
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("depth", 0)), fields=["post", "path", "status"], name="comment_roots"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("depth", 0)),
                fields=["post", "-helpfulness", "path", "status"],
                name="comment_helpful_roots",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("status", "approved")), fields=["post", "path"], name="comment_shown"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("status", "approved")), fields=["post", "created_at"], name="comment_news"
            ),
        ),
        migrations.AddIndex(
            model_name="reaction",
            index=models.Index(fields=["reader_key"], name="reaction_reader"),
        ),
    ]
