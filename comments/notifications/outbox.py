"""The outbox: a mail is written down in the transaction that causes it, and sent by a worker later.

A mail is a row (`comments.models.Mail`) and a task that sends it. Both are written or neither is: whoever
rolls back has told nobody, and whoever commits may be killed in the next moment.
"""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Model

from blog.models import Post
from comments.models import Comment, Mail, ModeratorPreferences, Reader
from comments.notifications.tasks import send_later

# SQL by hand: Django's own "insert, unless it is there" does not say what it inserted.
_INSERT = f"""
    INSERT INTO {Mail._meta.db_table}
        (kind, "to", reader_id, comment_id, post_id, moderator_id,
         key, in_digest, created_at, due_at, attempts, error)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0, '')
    ON CONFLICT (key) DO NOTHING
    RETURNING id
"""  # noqa: S608  (the table's name is ours; every value is bound)


def queue_mail(
    kind: Mail.Kind,
    *,
    to: str,
    key: str,
    now: datetime,
    reader: Reader | None = None,
    comment: Comment | None = None,
    post: Post | None = None,
    moderator: ModeratorPreferences | None = None,
    due_at: datetime | None = None,
    in_digest: bool = False,
) -> bool:
    """Writes a mail down, unless one with this key was written before. Says whether it is new.

    False too where the site sends no mails. Mails for a digest get no task: the digest sends them together.
    """
    if not settings.MAILS:
        return False
    due_at = due_at or now
    about = map(_key_of, (reader, comment, post, moderator))
    mail_id = _insert(kind.value, to, *about, key, in_digest, _for_database(now), _for_database(due_at))
    if mail_id and not in_digest:
        send_later(mail_id, due_at=due_at, now=now)
    return mail_id is not None


def _insert(*values: object) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        row = cursor.fetchone()
    return row[0] if row else None


def _key_of(row: Model | None) -> object:
    return row.pk if row else None


def _for_database(moment: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(moment)
