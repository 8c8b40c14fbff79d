"""What comments are recognised by: bands of near-duplicates, and domains."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_paths_in_byte_order")]
    operations = [
        migrations.CreateModel(
            name="CommentBand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("band", models.BigIntegerField()),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="comments.comment",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["band", "comment"], name="comment_band")],
            },
        ),
        migrations.CreateModel(
            name="CommentDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domain", models.CharField(max_length=253)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="domains",
                        to="comments.comment",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["domain", "comment"], name="comment_domain")],
            },
        ),
    ]
