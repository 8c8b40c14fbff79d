"""What moderators taught the filter: a lesson for a verdict, and the version of them all."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0005_blocklist"),
    ]

    operations = [
        migrations.CreateModel(
            name="LearningState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("token", models.CharField(blank=True, max_length=12)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_learning_state")
                ],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "deed",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="lesson",
                        serialize=False,
                        to="comments.deed",
                    ),
                ),
                ("is_spam", models.BooleanField()),
                ("name", models.CharField(max_length=60)),
                ("website", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("campaign", models.CharField(max_length=64)),
                ("commenter", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=32)),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lesson",
                        to="comments.comment",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
    ]
