"""What each moderator chose for themselves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0016_bans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ModeratorPreferences",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mails",
                    models.CharField(
                        choices=[
                            ("soon", "Soon: at most one mail an hour"),
                            ("daily", "Once a day, in the morning"),
                            ("never", "Never"),
                        ],
                        default="soon",
                        max_length=10,
                    ),
                ),
                ("keys", models.BooleanField(default=True, verbose_name="Keys on the desk’s pages")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moderator_preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "moderator preferences",
            },
        ),
    ]
