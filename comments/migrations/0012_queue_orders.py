"""What the desk sorts and filters by, and who changed a comment last."""

from django.db import migrations, models
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Abs, Coalesce


class Migration(migrations.Migration):
    dependencies = [("comments", "0011_sweeps")]

    operations = [
        migrations.RemoveIndex(
            model_name="comment",
            name="comment_post_status",
        ),
        migrations.AddField(
            model_name="comment",
            name="is_edited_by_team",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="main_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("words", "The words"),
                    ("links", "Links and websites"),
                    ("repeats", "Repeats"),
                    ("name", "The name"),
                    ("contact", "Addresses and telephone numbers"),
                    ("topic", "Not about the post"),
                    ("haste", "Haste, or a form filled in by a program"),
                    ("script", "Odd letters"),
                    ("past", "What came from there before"),
                    ("blocklist", "The blocklist"),
                    ("post", "The post’s comments all wait"),
                    ("service", "An outside service"),
                ],
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="doubt",
            field=models.GeneratedField(
                db_persist=True,
                expression=CombinedExpression(
                    models.Value(0.5),
                    "-",
                    Abs(
                        CombinedExpression(Coalesce("probability", models.Value(0.5)), "-", models.Value(0.5))
                    ),
                ),
                output_field=models.FloatField(),
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="likelihood",
            field=models.GeneratedField(
                db_persist=True,
                expression=Coalesce("probability", models.Value(0.5)),
                output_field=models.FloatField(),
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["status", "-doubt", "-id"], name="comment_unsure_first"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["status", "likelihood", "-id"], name="comment_fine_first"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["status", "main_reason", "-created_at"], name="comment_reason"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["post", "status", "-created_at"], name="comment_post_queue"),
        ),
    ]
