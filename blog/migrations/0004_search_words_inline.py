"""On PostgreSQL the words of a long post stand in its entry, not in a table beside it.

A phrase, or one of several names, is looked for in the words of all rows that hold its parts. Read out of the
table beside it, which takes what is above 2 KB, each cost three pages more. Entries written before this stay
where they are until `rebuild_search`."""

from django.db import migrations

# The most that PostgreSQL accepts: a whole page.
INLINE = {"postgresql": "ALTER TABLE blog_searchentry SET (toast_tuple_target = 8160)"}
AS_BEFORE = {"postgresql": "ALTER TABLE blog_searchentry RESET (toast_tuple_target)"}


def keep_inline(apps, schema_editor):
    _execute(schema_editor, INLINE)


def keep_as_before(apps, schema_editor):
    _execute(schema_editor, AS_BEFORE)


def _execute(schema_editor, statements):
    if statement := statements.get(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("blog", "0003_search")]
    operations = [migrations.RunPython(keep_inline, keep_as_before)]
