"""Strangers' words in a mail to the team: readable, and nothing in them that a mail program makes a link of.

A moderator's mail is full of what the filter stopped. Nobody shall open a spammer's page by a slip of the
thumb, nor write to an address that a reader typed.
"""

import re
import unicodedata

from comments.spam.text import ADDRESS, host_of
from lib.text import normalise_line

LINK = "[link]"
MAIL_ADDRESS = "[mail address]"

# Any scheme, not only the web's. No repetition gives anything back.
_WITH_SCHEME = re.compile(r"(?<![a-z0-9])[a-z][a-z0-9+.-]{0,30}+:[/\\]{2}[^\s<>\"()\[\]]*+", re.IGNORECASE)
_MAIL_ADDRESS = re.compile(r"(?:mailto:)?[^\s@<>()\[\],;:\"]{1,80}@[^\s@<>()\[\],;:\"]++", re.IGNORECASE)
# What opens a telephone, a chat or a download without slashes.
_WITH_COLON = re.compile(r"(?<![^\W_])(?:mailto|tel|sms|skype|magnet):[^\s<>\"()\[\]]++", re.IGNORECASE)
# Mail programs know more endings than we do. A gap after the dot leaves the words and takes the name away.
# The domain name system takes four characters for a dot (UTS #46).
_DOT_BEFORE_A_WORD = re.compile(r"(?<=\w)([.\uff0e\u3002\uff61])(?=[^\W\d_]{2})")


def harmless(text: str) -> str:
    """The text on one line, its addresses taken out."""
    text = _WITH_SCHEME.sub(LINK, normalise_line(_without_format(text)))
    text = _WITH_COLON.sub(LINK, _MAIL_ADDRESS.sub(MAIL_ADDRESS, text))
    text = ADDRESS.sub(lambda match: LINK if host_of(match) else match[0], text)
    return _DOT_BEFORE_A_WORD.sub(r"\1 ", text)


def _without_format(text: str) -> str:
    """Characters that show nothing would hide a name from us, and not from the mail program."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")
