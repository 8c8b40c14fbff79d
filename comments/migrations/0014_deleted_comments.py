"""A removed comment that is deleted for good keeps its place where replies stand below it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0013_main_reasons"),
    ]

    operations = [
        migrations.AlterField(
            model_name="comment",
            name="status",
            field=models.CharField(
                choices=[
                    ("approved", "Approved"),
                    ("held", "Held"),
                    ("spam", "Spam"),
                    ("trash", "Trash"),
                    ("withdrawn", "Withdrawn by its writer"),
                    ("deleted", "Deleted for good"),
                ],
                max_length=10,
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
                    ("deleted", "Deleted for good"),
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
                    ("deleted", "Deleted for good"),
                ],
                max_length=10,
            ),
        ),
    ]
