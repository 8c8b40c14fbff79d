"""Patterns as a kind of entry on the blocklist."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0014_deleted_comments"),
    ]

    operations = [
        migrations.AlterField(
            model_name="blockedterm",
            name="kind",
            field=models.CharField(
                choices=[
                    ("word", "Word or phrase"),
                    ("domain", "Domain"),
                    ("address", "Mail address"),
                    ("pattern", "Pattern"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="blockedterm",
            name="value",
            field=models.CharField(
                help_text="As comments.spam.blocklist or comments.patterns tidies it.", max_length=254
            ),
        ),
    ]
