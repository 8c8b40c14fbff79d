"""One mail a day with everything, for readers who like that better.

Each piece of news is a row that waits (`Mail.in_digest`) until the next morning; then one task a reader takes
all rows that are due and sends them as one message.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from comments.following_tokens import Subscription
from comments.models import Mail, Reader
from comments.notifications.delivery import send_taken, take
from comments.notifications.following_letters import News, news_of, preferences_url, stop_url
from comments.notifications.letter import Letter
from comments.notifications.morning import next_morning

# What one mail names; more than that is said as a number.
MOST_NEWS = 50
# Overdue digests that one round looks at; the next round is soon.
ROUND = 500


def plan_digest(reader: Reader, *, now: datetime) -> None:
    """Writes the task of the next digest, unless one waits already. Call it after writing a row for it."""
    due_at = next_morning(now)
    rows = Mail.objects.waiting().filter(reader=reader, in_digest=True, due_at=due_at)
    if rows.count() == 1:
        send_digest.using(run_after=due_at).enqueue(reader.pk)


@task
def send_digest(reader_id: int) -> None:
    """Sends what is due. After a failure it is tried again when the rows are due again."""
    now = timezone.now()
    mails = take(Mail.objects.filter(reader=reader_id, in_digest=True).order_by("pk"), now=now)
    if not mails:
        return
    letter, told = digest_letter(mails, now)
    again_at = send_taken(mails, now=now, letter=letter) if told else _drop(mails, now)
    if told:
        Reader.objects.filter(pk=reader_id).update(last_digest_at=now)
    if again_at:
        send_digest.using(run_after=again_at).enqueue(reader_id)


def hurry_digests(now: datetime) -> None:
    """Gives digests whose time is long past a new task; see `comments.notifications.upkeep`."""
    overdue = Mail.objects.due(now - settings.WORK_PATIENCE).filter(in_digest=True, reader__isnull=False)
    for reader_id in overdue.order_by("reader").values_list("reader", flat=True).distinct()[:ROUND]:
        with transaction.atomic():
            if overdue.filter(reader=reader_id).update(due_at=now):
                send_digest.enqueue(reader_id)


def _drop(mails: list[Mail], now: datetime) -> None:
    """Nothing of it may be read any more, or its reader no longer wants it."""
    Mail.objects.waiting().filter(pk__in=[mail.pk for mail in mails]).update(dropped_at=now)


def digest_letter(mails: list[Mail], now: datetime) -> tuple[Letter, int]:
    """The letter, and how many pieces of news it tells."""
    news = [found for mail in mails if (found := news_of(mail, now))]
    everything = Subscription(mails[0].reader_id)
    context = {
        "news": news[:MOST_NEWS],
        "more": len(news) - len(news[:MOST_NEWS]),
        "preferences_url": preferences_url(everything),
    }
    return Letter(_subject(news), "digest", context, stop_url(everything)), len(news)


def _subject(news: list[News]) -> str:
    titles = list(dict.fromkeys(item.title for item in news))
    if len(titles) == 1:
        return f"New under “{titles[0]}”" if news[0].is_comment else f"New post: {titles[0]}"
    return f"{len(news)} new since yesterday"
