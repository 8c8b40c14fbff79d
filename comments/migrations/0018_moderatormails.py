"""Which moderator a mail is for, and when each was written to last."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0004_search_words_inline"),
        ("comments", "0017_moderatorpreferences"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="moderator",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="comments.moderatorpreferences",
            ),
        ),
        migrations.AddField(
            model_name="moderatorpreferences",
            name="last_mailed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="moderatorpreferences",
            name="told_of_wave_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="mail",
            name="kind",
            field=models.CharField(
                choices=[
                    ("confirm", "Please confirm your address"),
                    ("my_comments", "Your link to “my comments”"),
                    ("live", "Your comment is live"),
                    ("reply", "Somebody answered your comment"),
                    ("thread", "A new comment under a post you follow"),
                    ("topic", "A new post on a topic you follow"),
                    ("moderator", "What waits at the desk"),
                    ("wave", "A wave of spam is running"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("moderator__isnull", False)),
                fields=["moderator", "kind", "sent_at"],
                name="mail_moderator",
            ),
        ),
    ]
