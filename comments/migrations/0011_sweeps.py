"""The log learns of sweeps, edits, kept comments and the blocklist, and outlives the comments in it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0010_thread_indexes")]

    operations = [
        migrations.CreateModel(
            name="Sweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sieve", models.JSONField(default=dict)),
                ("chosen", models.JSONField(null=True)),
                ("seen_at", models.DateTimeField()),
                ("total", models.PositiveIntegerField()),
                ("done_count", models.PositiveIntegerField(default=0)),
                ("left_count", models.PositiveIntegerField(default=0)),
                ("reached", models.CharField(blank=True, max_length=12)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "deed",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="wording",
                        serialize=False,
                        to="comments.deed",
                    ),
                ),
                ("name_before", models.CharField(max_length=60)),
                ("name_after", models.CharField(max_length=60)),
                ("website_before", models.CharField(blank=True, max_length=200)),
                ("website_after", models.CharField(blank=True, max_length=200)),
                ("text_before", models.TextField()),
                ("text_after", models.TextField()),
                ("edited_at_before", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="deed",
            name="deed_changes_something",
        ),
        migrations.AddField(
            model_name="deed",
            name="term",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="deeds",
                to="comments.blockedterm",
            ),
        ),
        migrations.AddField(
            model_name="deed",
            name="reason_code",
            field=models.CharField(
                blank=True,
                choices=[
                    ("advertising", "Spam or advertising"),
                    ("rude", "Rude or hurtful"),
                    ("unsafe", "Unsafe advice"),
                    ("private", "Private details"),
                    ("off_topic", "Not about the post"),
                    ("repeat", "Said before"),
                    ("asked", "Its writer asked for it"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="deed",
            name="after",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approved", "Approved"),
                    ("held", "Held"),
                    ("spam", "Spam"),
                    ("trash", "Trash"),
                    ("withdrawn", "Withdrawn by its writer"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="deed",
            name="before",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approved", "Approved"),
                    ("held", "Held"),
                    ("spam", "Spam"),
                    ("trash", "Trash"),
                    ("withdrawn", "Withdrawn by its writer"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="deed",
            name="comment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="deeds",
                to="comments.comment",
            ),
        ),
        migrations.AlterField(
            model_name="deed",
            name="verb",
            field=models.CharField(
                choices=[
                    ("approve", "Approved"),
                    ("hold", "Held"),
                    ("spam", "Marked as spam"),
                    ("trash", "Moved to trash"),
                    ("keep", "Kept despite reports"),
                    ("edit", "Edited"),
                    ("block", "Put on the blocklist"),
                    ("unblock", "Took off the blocklist"),
                    ("undo", "Undid"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="lesson",
            name="comment",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="lesson",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="sweep",
            name="deed",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="whole", to="comments.deed"
            ),
        ),
        migrations.AddField(
            model_name="deed",
            name="sweep",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deeds",
                to="comments.sweep",
            ),
        ),
        migrations.AddIndex(
            model_name="deed",
            index=models.Index(condition=models.Q(("sweep", None)), fields=["-at", "-id"], name="deed_log"),
        ),
        migrations.AddConstraint(
            model_name="deed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("before", models.F("after")), _negated=True),
                    models.Q(("verb__in", ["hold", "trash"]), _negated=True),
                    _connector="OR",
                ),
                name="deed_changes_something",
            ),
        ),
    ]
