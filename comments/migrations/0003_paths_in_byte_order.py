"""On PostgreSQL, compares paths byte by byte, as the order of a thread needs and SQLite does anyway."""

from django.db import migrations


def use_byte_order(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute('ALTER TABLE comments_comment ALTER COLUMN path TYPE varchar(72) COLLATE "C"')


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_moderators")]
    operations = [migrations.RunPython(use_byte_order, migrations.RunPython.noop)]
