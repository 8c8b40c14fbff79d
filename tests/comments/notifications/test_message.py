"""A message has the headers it needs, names nobody else, and says the same in text and in HTML."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.mail import EmailMultiAlternatives

from comments.models import Comment
from comments.notifications.letter import Letter
from comments.notifications.live_letter import live_letter
from comments.notifications.message import message_of
from tests.comments.notifications.mails import make_mail
from tests.makers import NOW, make_comment, make_post

pytestmark = pytest.mark.django_db
STOP = "https://blog.example.org/following/stop/abc/"


def make_message(text: str = "Mine took *six* weeks.", *, key: str = "live:1", **fields: object):
    """The mail that tells the commenter of a comment with this text."""
    comment = make_comment(make_post(publish_at=NOW - timedelta(days=3)), text, **fields)
    letter = live_letter(make_mail(key, now=NOW, comment=comment), NOW)
    return message_of(letter, to="ines@example.org", key=key)


def html_of(message: EmailMultiAlternatives) -> str:
    return message.alternatives[0].content


def test_text_and_html_tell_of_the_comment_and_where_it_stands():
    message = make_message()
    url = f"https://blog.example.org/comments/{Comment.objects.get().pk}/"
    assert message.subject == "Your comment on “Downhill was the problem” is live"
    assert "Mine took six weeks." in message.body
    assert "<em>six</em>" in html_of(message)
    for words in (message.body, html_of(message)):
        assert url in words
        assert "Second Wind" in words


def test_text_is_text_and_html_is_escaped():
    message = make_message("Tom & Jerry <script>alert(1)</script> it's", name="<b>Ines")
    assert "Tom & Jerry" in message.body
    assert "it's" in message.body
    assert "<script>" not in html_of(message)
    assert "Tom &amp; Jerry" in html_of(message)


def test_headers_are_what_mail_programs_look_for():
    message = message_from_bytes(make_message().message().as_bytes(), policy=default)
    assert message["From"] == "Second Wind <mail@example.org>"
    assert message["To"] == "ines@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"]
    assert message["Message-ID"].endswith("@blog.example.org>")
    assert not {"Cc", "Bcc", "Reply-To", "List-Unsubscribe"} & set(message.keys())


def test_letter_that_can_be_stopped_has_the_button_and_a_link():
    letter = Letter("New", "live", {"comment": make_comment(make_post())}, unsubscribe_url=STOP)
    message = message_of(letter, to="ines@example.org", key="thread:1")
    assert message.extra_headers["List-Unsubscribe"] == f"<{STOP}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert STOP in message.body
    assert STOP in html_of(message)


def test_button_that_would_need_a_sign_in_is_a_link_only():
    """RFC 8058 lets mail programs press it by themselves, without any cookie."""
    words = {"comment": make_comment(make_post())}
    message = message_of(
        Letter("New", "live", words, STOP, is_one_click=False), to="sam@example.org", key="m:1"
    )
    assert message.extra_headers["List-Unsubscribe"] == f"<{STOP}>"
    assert "List-Unsubscribe-Post" not in message.extra_headers


def test_same_mail_sent_twice_has_one_message_id():
    ids = [make_message(key=key).extra_headers["Message-ID"] for key in ("live:1",)]
    letter = Letter("New", "live", {"comment": Comment.objects.get()})
    again = message_of(letter, to="ines@example.org", key="live:1").extra_headers["Message-ID"]
    other = message_of(letter, to="ines@example.org", key="live:2").extra_headers["Message-ID"]
    assert ids == [again]
    assert other != again
    assert "live" not in again


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_words_in_a_subject_cannot_become_a_header(newline):
    letter = Letter(f"Ines{newline}Bcc: all@example.com", "live", {"comment": make_comment(make_post())})
    message = message_of(letter, to="ines@example.org", key="live:1").message()
    assert message["Bcc"] is None
    assert str(message["Subject"]) == "Ines Bcc: all@example.com"


def test_long_subject_is_cut():
    letter = Letter("word " * 100, "live", {"comment": make_comment(make_post())})
    assert len(message_of(letter, to="ines@example.org", key="live:1").subject) <= 150


def test_sender_keeps_a_name_that_the_setting_brings(settings):
    settings.MAIL_FROM = "Mara <mara@example.org>"
    assert make_message().from_email == "Mara <mara@example.org>"
