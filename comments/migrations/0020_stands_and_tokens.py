"""A sweep that is sent twice is one sweep; and indexes for sweeps, repeats, deletions and the public log."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0004_search_words_inline"),
        ("comments", "0019_deeds_of_sweeps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="comment",
            name="comment_fingerprint",
        ),
        migrations.AddField(
            model_name="sweep",
            name="token",
            field=models.CharField(max_length=32, null=True, unique=True),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["fingerprint", "-created_at"], name="comment_same_text"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["status", "id"], name="comment_by_status"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("answers__isnull", False)), fields=["answers"], name="comment_answers"
            ),
        ),
        migrations.AddIndex(
            model_name="deed",
            index=models.Index(
                condition=models.Q(("before", "approved")), fields=["-at"], name="deed_public"
            ),
        ),
    ]
