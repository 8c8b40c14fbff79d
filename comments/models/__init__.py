"""The nouns of the conversation, one file each.

Lessons stand in `comments.lessons`, beside what is known about them, and are named here for Django to find.
"""

from comments.lessons import LearningState, Lesson
from comments.models.blocked_term import MAX_BLOCKED, BlockedTerm
from comments.models.comment import (
    MAX_DEPTH,
    MAX_NAME,
    MAX_TEXT,
    MAX_WEBSITE,
    ChangedMeanwhileError,
    Comment,
)
from comments.models.deed import Deed, Sweep, Wording
from comments.models.feedback import Reaction, Report
from comments.models.mail import Announcement, Mail
from comments.models.moderator import ModeratorPreferences
from comments.models.reader import Follow, MailedLink, Reader
from comments.models.reason import MainReason, main_reason
from comments.models.trace import CommentBand, CommentDomain

__all__ = [
    "MAX_BLOCKED",
    "MAX_DEPTH",
    "MAX_NAME",
    "MAX_TEXT",
    "MAX_WEBSITE",
    "Announcement",
    "BlockedTerm",
    "ChangedMeanwhileError",
    "Comment",
    "CommentBand",
    "CommentDomain",
    "Deed",
    "Follow",
    "LearningState",
    "Lesson",
    "Mail",
    "MailedLink",
    "MainReason",
    "ModeratorPreferences",
    "Reaction",
    "Reader",
    "Report",
    "Sweep",
    "Wording",
    "main_reason",
]
