"""From a letter to a message: two templates, text and HTML, and the headers that mail programs look for.

The text is rendered without escaping, for it is no HTML; the HTML as everywhere. A message goes to one
address and names no other one.
"""

from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils.crypto import salted_hmac

from blog.site import frame_for
from comments.notifications.letter import Letter, absolute
from lib.text import excerpt, normalise, normalise_line

MAX_SUBJECT = 150
_SALT = "comments.notifications.message"


def message_of(letter: Letter, *, to: str, key: str) -> EmailMultiAlternatives:
    """`key` is the mail's: the same mail has the same Message-ID, however often it is sent."""
    site = frame_for(None)
    subject = excerpt(normalise_line(letter.subject), MAX_SUBJECT)
    context = {
        "site": site,
        "site_url": absolute("/"),
        "subject": subject,
        "unsubscribe_url": letter.unsubscribe_url,
        **letter.context,
    }
    message = EmailMultiAlternatives(
        subject, _text(letter.template, context), _sender(site.name), [to], headers=_headers(letter, key)
    )
    message.attach_alternative(get_template(f"mails/{letter.template}.html").render(context), "text/html")
    return message


def _text(template: str, context: dict[str, object]) -> str:
    page = get_template(f"mails/{template}.txt").template
    return normalise(page.render(Context(context, autoescape=False))) + "\n"


def _sender(site_name: str) -> str:
    """MAIL_FROM, under the site's name unless it brings one."""
    name, address = parseaddr(settings.MAIL_FROM)
    return formataddr((name or normalise_line(site_name), address))


def _headers(letter: Letter, key: str) -> dict[str, str]:
    """RFC 3834 for Auto-Submitted: nobody's holiday answers it. RFC 8058 for the button "unsubscribe"."""
    headers = {"Message-ID": _message_id(key), "Auto-Submitted": "auto-generated"}
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
    if letter.unsubscribe_url and letter.is_one_click:
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _message_id(key: str) -> str:
    digest = salted_hmac(_SALT, key, algorithm="sha256").hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"
