"""Which letter a kind of mail is: the builder of each kind, in one place.

A builder takes the row and the moment of sending, and reads what may be read then. A mail that waited an
hour shows nothing that was removed meanwhile; None means that there is nothing left to say.
"""

from comments.models import Mail
from comments.notifications.following_letters import confirm_letter, news_letter
from comments.notifications.letter import Builder, Letter, absolute
from comments.notifications.live_letter import live_letter
from comments.notifications.moderator_letters import moderator_letter, wave_letter
from comments.notifications.my_comments_letter import my_comments_letter

__all__ = ["BUILDERS", "Builder", "Letter", "absolute"]

BUILDERS: dict[Mail.Kind, Builder] = {
    Mail.Kind.LIVE: live_letter,
    Mail.Kind.CONFIRM: confirm_letter,
    Mail.Kind.MY_COMMENTS: my_comments_letter,
    Mail.Kind.REPLY: news_letter,
    Mail.Kind.THREAD: news_letter,
    Mail.Kind.TOPIC: news_letter,
    Mail.Kind.MODERATOR: moderator_letter,
    Mail.Kind.WAVE: wave_letter,
}
