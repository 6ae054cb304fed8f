"""Guests sign in with a code by e-mail."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from attendees.models import Person
from hrconf.accounts import views
from hrconf.accounts.models import User
from hrconf.accounts.roles import Role
from hrconf.mailing.models import Message
from tests import make
from tests.accounts.doors import ASK, ENTER, WRONG, ask, code_sent_to, enter, is_signed_in

pytestmark = pytest.mark.django_db
GUEST = "li.na@guests.example"


@pytest.fixture
def guest():
    return make.person(email=GUEST, name_native="李娜", name_latin="", preferred_language="zh-hans")


def test_guest_signs_in_with_the_code_of_the_mail(client, guest):
    asked = ask(client, " Li.Na@Guests.example ")
    entered = enter(client, code_sent_to(GUEST))

    assert asked.url == ENTER
    assert entered.url == "/en/"
    assert is_signed_in(client)


def test_first_sign_in_makes_a_login_and_links_the_person(client, guest):
    ask(client, GUEST)
    assert Person.objects.get().user is None
    enter(client, code_sent_to(GUEST))

    login = User.objects.get()
    assert (login.email, login.name, login.language) == (GUEST, "李娜", "zh-hans")
    assert not login.has_usable_password()
    assert not login.is_office
    assert Person.objects.get().user == login


def test_second_sign_in_uses_the_same_login(client, guest):
    for _time in range(2):
        ask(client, GUEST)
        enter(client, code_sent_to(GUEST))
        client.logout()

    assert User.objects.count() == 1


def test_two_people_of_one_address_are_left_to_the_office(client, guest):
    make.person(email=GUEST)

    ask(client, GUEST)
    enter(client, code_sent_to(GUEST))

    assert is_signed_in(client)
    assert not Person.objects.filter(user__isnull=False).exists()


def test_code_mail_is_urgent_and_secret(client, guest):
    ask(client, GUEST)

    mail = Message.objects.get()
    assert (mail.to_address, mail.kind) == (GUEST, "sign_in_code")
    assert mail.is_urgent
    assert mail.is_secret
    assert mail.html


def test_code_mail_speaks_the_language_of_the_page(client, guest):
    ask(client, GUEST, path="/zh-hans/accounts/login/code/")

    assert Message.objects.get().language == "zh-hans"


def test_session_changes_its_key_at_sign_in(client, guest):
    ask(client, GUEST)
    before = client.session.session_key
    enter(client, code_sent_to(GUEST))

    assert client.session.session_key != before


def test_wrong_code_is_refused(client, guest):
    ask(client, GUEST)
    response = enter(client, WRONG)

    assert "not the code" in response.content.decode()
    assert not is_signed_in(client)


def test_code_of_another_browser_is_refused(client, guest):
    ask(client, GUEST)
    stranger = Client()
    ask(stranger, "somebody@else.example")
    enter(stranger, code_sent_to(GUEST))

    assert not is_signed_in(stranger)


def test_expired_code_is_refused(client, guest):
    with time_machine.travel("2017-11-07 09:00Z", tick=False) as clock:
        ask(client, GUEST)
        clock.shift(timedelta(minutes=10, seconds=1))
        response = enter(client, code_sent_to(GUEST))

    assert response.url == ASK
    assert not is_signed_in(client)


def test_after_five_wrong_codes_the_right_one_is_refused(client, guest):
    ask(client, GUEST)
    answers = [enter(client, WRONG) for _try in range(5)]
    enter(client, code_sent_to(GUEST))

    assert answers[3].status_code == 200
    assert answers[4].url == ASK
    assert not is_signed_in(client)


def test_another_code_replaces_the_first(client, guest):
    ask(client, GUEST)
    first = code_sent_to(GUEST)
    client.post(ENTER, {"action": "resend"})
    enter(client, first)
    assert not is_signed_in(client)

    enter(client, code_sent_to(GUEST))
    assert is_signed_in(client)


def test_code_works_once(client, guest):
    ask(client, GUEST)
    code = code_sent_to(GUEST)
    enter(client, code)
    client.logout()
    enter(client, code)

    assert not is_signed_in(client)


# What a stranger learns ---------------------------------------------------------


def shown_after_asking(email: str) -> str:
    """All that a browser sees after asking for a code, with the address blotted out."""
    client = Client()
    asked = ask(client, email)
    page = client.get(asked.url)
    wrong = enter(client, WRONG)
    again = client.post(ENTER, {"action": "resend"})
    parts = [asked.status_code, asked.url, page.content, wrong.content, again.status_code]
    shown = " ".join(map(str, parts)).replace(email, "·")
    tokens = {str(r.context["csrf_token"]) for r in (page, wrong)}
    for token in tokens:
        shown = shown.replace(token, "token")
    return shown


def test_known_and_unknown_addresses_and_the_office_get_the_same_answer(guest):
    member = make.staff(email="member@office.example")
    gone = make.user(email="gone@guests.example", is_active=False)
    addresses = [GUEST, member.email, gone.email, "nobody@nowhere.example"]

    assert len({shown_after_asking(address) for address in addresses}) == 1


def test_unknown_address_gets_no_mail_and_no_login(client):
    ask(client, "nobody@nowhere.example")

    assert not Message.objects.exists()
    assert not User.objects.exists()


def test_address_that_looks_like_a_guests_to_the_database_is_nobodys(client):
    make.person(email="kasper@guests.example")

    # U+017F is an S to UPPER(); mail to it would reach somebody else.
    ask(client, "ka\u017fper@guests.example")

    assert not Message.objects.exists()


class Clock:
    """Time that passes only when somebody sleeps. In seconds."""

    def __init__(self):
        self.now = 0.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.mark.parametrize("email", [GUEST, "nobody@nowhere.example"])
def test_both_answers_take_the_same_time(client, guest, settings, monkeypatch, email):
    settings.SIGN_IN_FLOOR_SECONDS = 0.3
    clock, send = Clock(), views.CodeRequest.form_valid

    def slowly(self, form):
        clock.sleep(0.1 if form._user else 0.02)
        return send(self, form)

    monkeypatch.setattr(views, "time", clock)
    monkeypatch.setattr(views.CodeRequest, "form_valid", slowly)
    ask(client, email)

    assert clock.now == pytest.approx(0.3)


# The office does not come in here -------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_members_of_the_office_get_no_code(client, role):
    member = make.office(role, email="member@office.example")
    ask(client, member.email)

    mail = Message.objects.get()
    assert mail.kind == "office_door"
    assert "/accounts/login/" in mail.text
    assert not any(symbol.isdigit() for symbol in mail.subject)


def test_is_staff_alone_gets_no_code(client):
    make.user(email="member@office.example", is_staff=True)
    ask(client, "member@office.example")

    assert Message.objects.get().kind == "office_door"


def test_guest_who_joins_the_office_while_asking_is_refused(client, guest):
    ask(client, GUEST)
    User.objects.update(is_staff=True)
    enter(client, code_sent_to(GUEST))

    assert not is_signed_in(client)


# Limits ------------------------------------------------------------------------


def test_fourth_code_of_a_minute_is_refused(guest):
    for _time in range(3):
        ask(Client(), GUEST)
    response = ask(Client(), GUEST)

    assert "Too many attempts" in response.content.decode()
    assert Message.objects.count() == 3


def test_stranger_cannot_use_up_the_attempts_of_a_guest(client, guest):
    for _time in range(5):
        ask(Client(REMOTE_ADDR="203.0.113.9"), GUEST)
    response = ask(client, GUEST, REMOTE_ADDR="198.51.100.7")

    assert response.url == ENTER


def test_forged_forwarded_header_does_not_reset_the_count(guest):
    answers = [
        ask(Client(), GUEST, headers={"X-Forwarded-For": f"198.51.100.{number}"})
        for number in range(4)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]


def test_behind_a_proxy_each_reader_is_counted_by_their_own_address(guest, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [
        ask(Client(), GUEST, headers={"X-Forwarded-For": f"192.0.2.1, 198.51.100.{number}"})
        for number in range(4)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 302]
    forged = [
        ask(Client(), GUEST, headers={"X-Forwarded-For": f"192.0.2.{number}, 198.51.100.1"})
        for number in range(4)
    ]
    assert forged[-1].status_code == 200


def test_asking_again_in_the_same_browser_mails_nothing_more(client, guest):
    first, second = ask(client, GUEST), ask(client, GUEST)

    assert first.url == second.url == ENTER
    assert Message.objects.count() == 1


def test_person_with_a_new_address_takes_their_place_along(client, guest):
    ask(client, GUEST)
    enter(client, code_sent_to(GUEST))
    client.logout()
    Person.objects.update(email="li.na@new.example")

    ask(client, "li.na@new.example")
    enter(client, code_sent_to("li.na@new.example"))

    assert Person.objects.get().user.email == "li.na@new.example"
