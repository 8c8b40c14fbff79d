"""Asking for the link to “my comments”: the same answer for every address, a mail for the right ones."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as mailbox
from django.test import Client

from comments.following import ask_to_follow, stop_all
from comments.mailed_links import ASK_SECONDS
from comments.models import Comment, Mail, MailedLink, Reader
from comments.my_comments import ask_for_link
from comments.my_comments_views import ASKS
from comments.notifications.delivery import deliver
from comments.readers import reader_for
from tests.comments.cast import SAME_ORIGIN, body_of
from tests.comments.my_comments import INES, mailed_path
from tests.comments.notifications.mails import do_tasks
from tests.makers import NOW, make_comment

pytestmark = pytest.mark.django_db
PATH = "/my-comments/"
DAY = timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def comment(post) -> Comment:
    return make_comment(post, email=INES)


def ask(client: Client, email: str = INES, **fields: str):
    return client.post(PATH, {"email": email, **fields}, headers=SAME_ORIGIN)


def mails_after(email: str = INES, *, now=NOW) -> int:
    ask_for_link(email, now=now)
    do_tasks()
    return len(mailbox.outbox)


def test_whoever_commented_is_mailed_a_link(client, comment):
    response = ask(client, "Ines@Example.org")
    assert response.status_code == 302
    do_tasks()
    assert mailbox.outbox[0].to == [INES]
    page = body_of(client.get(mailed_path()))
    assert "Show my comments" in page


def test_letter_has_both_forms_and_a_way_to_stop(client, comment):
    ask(client)
    do_tasks()
    [message] = mailbox.outbox
    html = message.alternatives[0][0]
    assert mailed_path() in html
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert comment.text not in message.body
    assert "What you follow" not in message.body


def test_whoever_follows_is_mailed_as_well_and_led_to_the_preferences(client, post):
    ask_to_follow(INES, [post], known_as=None, now=NOW - 2 * DAY)
    Mail.objects.all().delete()
    ask(client)
    do_tasks()
    assert "What you follow, and how often mails come: https://blog.example.org/following/" in (
        mailbox.outbox[0].body
    )


def test_unknown_address_gets_no_mail_and_is_not_kept(client, comment):
    ask(client, "dev@example.org")
    do_tasks()
    assert mailbox.outbox == []
    assert not Reader.objects.filter(email="dev@example.org").exists()
    assert Mail.objects.get().to == ""
    assert Mail.objects.get().dropped_at


def test_answer_is_the_same_for_every_address(comment, django_assert_num_queries):
    """The same words, headers, and number of queries: whoever types an address learns nothing."""
    answers = []
    Client().get(PATH)
    for email in (INES, "dev@example.org"):
        client = Client()
        with django_assert_num_queries(4):
            response = ask(client, email)
        page = client.get(response["Location"])
        answers.append((response.status_code, sorted(response.items()), body_of(page)))
    assert answers[0] == answers[1]
    assert "If we keep anything under that address" in answers[0][2]


def test_second_wish_within_minutes_has_the_same_answer_and_no_mail(client, comment):
    first, second = ask(client), ask(client)
    assert first["Location"] == second["Location"]
    do_tasks()
    assert len(mailbox.outbox) == 1


def test_unconfirmed_address_gets_one_mail_a_day(comment):
    later = NOW + timedelta(hours=1)
    with time_machine.travel(NOW, tick=False) as clock:
        assert mails_after() == 1
        clock.move_to(later)
        assert mails_after(now=later) == 1
        clock.move_to(NOW + DAY)
        assert mails_after(now=NOW + DAY) == 2


def test_confirmed_address_gets_one_mail_in_ten_minutes(comment, clock):
    Reader.objects.create(email=INES, confirmed_at=NOW)
    assert mails_after() == 1
    assert mails_after(now=NOW + timedelta(seconds=ASK_SECONDS - 1)) == 1
    clock.shift(ASK_SECONDS)
    assert mails_after(now=NOW + timedelta(seconds=ASK_SECONDS)) == 2


def test_a_mail_that_asks_to_confirm_is_the_one_of_the_day(comment, clock):
    ask_to_follow(INES, [comment.post], known_as=None, now=NOW)
    do_tasks()
    clock.shift(ASK_SECONDS)
    assert mails_after(now=NOW + timedelta(seconds=ASK_SECONDS)) == 1
    assert "/following/confirm/" in mailbox.outbox[0].body
    assert mailed_path().startswith("/my-comments/open/")


def test_wish_that_no_mail_answered_does_not_stand_in_the_way_of_the_next(comment, clock):
    """Whoever confirms the address meanwhile need not wait ten minutes."""
    ask_to_follow(INES, [comment.post], known_as=None, now=NOW)
    do_tasks()
    later = NOW + timedelta(minutes=30)
    clock.move_to(later)
    assert mails_after(now=later) == 1
    Reader.objects.update(confirmed_at=later)
    clock.shift(60)
    assert mails_after(now=later + timedelta(minutes=1)) == 2


def test_owner_who_wants_silence_is_not_mailed(comment, clock):
    stop_all(reader_for(INES), now=NOW)
    assert mails_after() == 0
    assert Mail.objects.get().to == INES


def test_mail_that_failed_is_tried_again_though_its_day_is_taken(comment, clock, settings):
    settings.EMAIL_BACKEND = "tests.comments.test_my_comments.Refusing"
    ask_for_link(INES, now=NOW)
    again = deliver(Mail.objects.get().pk, now=NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.move_to(again)
    deliver(Mail.objects.get().pk, now=again)
    assert len(mailbox.outbox) == 1


class Refusing:
    """A mail server that is down."""

    def __init__(self, **_options: object) -> None:
        pass

    def send_messages(self, _messages: list) -> int:
        raise ConnectionRefusedError


def test_network_may_type_so_many_addresses(client, comment):
    for number in range(ASKS):
        assert ask(client, f"reader{number}@example.org").status_code == 302
    response = ask(client)
    assert (response.status_code, response["Retry-After"]) == (429, "600")
    assert 'value="ines@example.org"' in body_of(response)
    assert not Mail.objects.filter(to=INES).exists()


@pytest.mark.parametrize("email", ["", "ines", "ines@", "é" * 300])
def test_wrong_address_is_named_and_stays_in_its_field(client, email):
    response = ask(client, email)
    assert response.status_code == 400
    assert "There is 1 thing to fix" in body_of(response)
    assert f'value="{email}"' in body_of(response) or not email
    assert not Mail.objects.exists()


def test_form_from_another_site_is_refused_and_kept(client, comment):
    response = client.post(PATH, {"email": INES}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert 'value="ines@example.org"' in body_of(response)
    assert not Mail.objects.exists()


def test_session_needs_djangos_token(client, comment, admin_user):
    client.force_login(admin_user)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert ask(strict).status_code == 403


def test_program_that_fills_in_the_hidden_field_hears_the_same(client, comment):
    response = ask(client, website_url="https://spam.example")
    assert response["Location"] == f"{PATH}?asked=mail"
    assert not Mail.objects.exists()


def test_asking_by_get_sends_nothing(client, comment):
    client.get(PATH, {"email": INES})
    assert not Mail.objects.exists()
    assert not MailedLink.objects.exists()


def test_site_without_mails_has_no_such_page(client, settings):
    settings.MAILS = False
    assert client.get(PATH).status_code == 404
    assert ask(client).status_code == 404


def test_unknown_browser_can_ask_from_the_page_of_what_it_follows(client, post):
    page = body_of(client.get("/following/"))
    assert f'action="{PATH}"' in page
    assert 'name="email"' in page
