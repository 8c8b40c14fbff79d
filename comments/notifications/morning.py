"""When the mails leave that come once a day."""

from datetime import datetime, timedelta

from django.utils import timezone

# In the writer's time zone: with the first coffee.
MORNING_HOUR = 7


def next_morning(now: datetime) -> datetime:
    """The next morning's moment, strictly after `now`."""
    here = timezone.localtime(now)
    morning = here.replace(hour=MORNING_HOUR, minute=0, second=0, microsecond=0)
    return morning if morning > here else morning + timedelta(days=1)
