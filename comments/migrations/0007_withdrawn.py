"""A comment can be taken back by its writer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0006_lessons"),
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
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="deed",
            name="after",
            field=models.CharField(
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
    ]
