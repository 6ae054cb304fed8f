"""Registering without an invitation: the address is proven before anybody is written down."""

import re

import pytest
from django.core.cache import cache
from time_machine import travel

from attendees.models import Category, Person, Registration, RegistrationRequest
from attendees.services.registering import forget_old_requests
from hrconf.mailing.models import Message
from tests import make

pytestmark = pytest.mark.django_db
BEFORE = "2017-10-01T02:00Z"
DETAILS = {
    "name_native": "李华",
    "name_latin": "Li Hua",
    "email": "Li@Guests.example",
    "organization": "Delta Lab",
    "country": "CN",
}


@pytest.fixture(autouse=True)
def _before():
    with travel(BEFORE, tick=False):
        yield


@pytest.fixture
def visitors():
    edition = make.edition(slug="2017")
    make.category(edition, Category.Kind.PROFESSIONAL)
    return make.category(
        edition,
        Category.Kind.VISITOR,
        is_open_to_all=True,
        needs_approval=False,
        name_en="Visitor",
        name_zh_hans="观众",
    )


def ask(client, language="en", **details):
    return client.post(f"/{language}/2017/register/visitor/", {**DETAILS, **details}, follow=True)


def link_in(message: Message) -> str:
    return re.search(r"https?://[^/]+(/\S+/register/proof/\S+)", message.text)[1]


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_only_open_categories_are_offered(client, visitors):
    page = text(client.get("/en/2017/register/"))

    assert "Register: Visitor" in page
    assert "professional" not in page
    assert client.get("/en/2017/register/professional/").status_code == 404
    assert client.get("/en/2017/register/nonsense/").status_code == 404


def test_edition_without_open_categories_says_so(client):
    make.edition(slug="2017")

    assert "by invitation" in text(client.get("/en/2017/register/"))


def test_asking_mails_a_link_and_writes_nobody_down(client, visitors):
    response = ask(client)

    assert "Please look at your mailbox" in text(response)
    assert not Person.objects.exists()
    message = Message.objects.get()
    assert (message.to_address, message.kind) == ("li@guests.example", "register")
    assert response.cookies == {}


def test_link_opens_the_registration_by_a_button_alone(client, visitors):
    ask(client)
    link = link_in(Message.objects.get())

    page = text(client.get(link))
    assert "李华 · Li Hua" in page
    assert not Registration.objects.exists()

    response = client.post(link)
    again = client.post(link)

    registration = Registration.objects.get()
    assert registration.person.name_native == "李华"
    assert (registration.category, registration.status) == (visitors, "incomplete")
    assert "/registration/" in response["Location"]
    assert again["Location"] == response["Location"]


def test_whole_way_to_a_confirmed_place(client, visitors):
    ask(client)
    personal = client.post(link_in(Message.objects.get()))["Location"]
    page = "/" + personal.split("/", 3)[3]

    client.post(page, {"organization": "Delta Lab", "title": "Engineer", "companions": ""})

    assert Registration.objects.get().status == "confirmed"
    assert "Your place is confirmed" in text(client.get(page))


def test_somebody_we_know_is_found_by_address_and_name(client, visitors):
    known = make.person(email="li@guests.example", name_native="李华", name_latin="")
    ask(client)

    client.post(link_in(Message.objects.get()))

    assert Registration.objects.get().person == known


def test_another_name_at_the_same_address_is_somebody_else(client, visitors):
    make.person(email="li@guests.example", name_native="李明", name_latin="Li Ming")
    ask(client)

    client.post(link_in(Message.objects.get()))

    assert Registration.objects.get().person.name_native == "李华"
    assert Person.objects.count() == 2


def test_who_has_a_place_is_led_to_it(client, visitors):
    known = make.person(email="li@guests.example", name_native="李华")
    place = make.registration(edition=visitors.edition, person=known)
    ask(client)

    client.post(link_in(Message.objects.get()))

    assert Registration.objects.get() == place


def test_answer_is_the_same_whether_or_not_we_know_the_address(client, visitors):
    stranger = ask(client, email="nobody@guests.example")
    make.person(email="li@guests.example", name_native="李华")

    assert text(ask(client)) == text(stranger)


@pytest.mark.parametrize(
    ("wrong", "box"),
    [
        ({"email": "nobody"}, "id_email"),
        ({"email": ""}, "id_email"),
        ({"country": "XX"}, "id_country"),
        ({"name_native": "", "name_latin": " "}, "id_name_native"),
        ({"name_native": "x" * 201}, "id_name_native"),
        ({"name_latin": "a\x00b"}, "id_name_latin"),
    ],
)
def test_wrong_input_is_told_and_kept(client, visitors, wrong, box):
    response = ask(client, **wrong)

    assert response.status_code == 422
    assert f'href="#{box}"' in text(response)
    assert 'value="Delta Lab"' in text(response)
    assert not RegistrationRequest.objects.exists()


@pytest.mark.parametrize(
    ("window", "says"),
    [
        ({"opens_at": "2017-10-02T00:00Z"}, "has not opened yet"),
        ({"closes_at": "2017-10-01T00:00Z"}, "Registration is closed"),
    ],
)
def test_outside_the_window_nobody_registers(client, visitors, window, says):
    Category.objects.filter(pk=visitors.pk).update(**window)

    assert says in text(client.get("/en/2017/register/"))
    assert says in text(client.get("/en/2017/register/visitor/"))
    assert ask(client).status_code == 422
    assert not Message.objects.exists()


def test_a_mailbox_is_not_flooded_through_us(client, visitors):
    for _time in range(10):
        response = ask(client)

    assert "Please look at your mailbox" in text(response)
    assert Message.objects.count() == 3


def test_old_links_open_nothing_and_are_forgotten(client, visitors):
    ask(client)
    link = link_in(Message.objects.get())

    with travel("2017-10-05T02:00Z"):
        assert client.get(link).status_code == 404
        assert forget_old_requests() == 1


def test_link_is_bound_to_its_edition(client, visitors):
    make.edition(slug="2018")
    ask(client)

    link = link_in(Message.objects.get()).replace("/2017/", "/2018/")

    assert client.get(link).status_code == 404


def test_pages_speak_chinese(client, visitors):
    assert "观众" in text(client.get("/zh-hans/2017/register/"))
    ask(client, language="zh-hans")

    assert Message.objects.get().language == "zh-hans"


def test_who_asks_too_often_is_told_to_wait(client, visitors, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "register": "2/m/ip"}

    answers = [ask(client).status_code for _n in range(3)]

    assert answers == [200, 200, 429]
