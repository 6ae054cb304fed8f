"""The page of one's places on waiting lists."""

import pytest
from time_machine import travel

from attendees.models import Registration, Wait
from attendees.services.letters import registration_link
from attendees.services.registrations import cancel_registration, submit_registration
from attendees.services.waiting import settle_waits
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before():
    with travel("2017-10-01T02:00Z", tick=False):
        yield


@pytest.fixture
def category():
    made = make.category(make.edition(), needs_approval=False, capacity=1)
    place(made)
    return made


def place(category) -> Registration:
    made = make.registration(edition=category.edition, category=category, status="incomplete")
    return submit_registration(made.pk)


def path_to(registration, language="en") -> str:
    return "/" + registration_link(registration, language).split("/", 3)[3] + "waiting/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_place_in_line_is_shown_in_both_languages(client, category):
    place(category)
    second = place(category)

    assert "You are number 2 in line" in text(client.get(path_to(second)))
    assert "第2位" in text(client.get(path_to(second, "zh-hans")))


def test_opening_takes_nothing_and_sets_no_cookie(client, category):
    waiting = place(category)
    cancel_registration(Registration.objects.confirmed().get().pk)
    settle_waits()

    response = client.get(path_to(waiting))

    assert "A place is kept for you until 3 Oct 2017" in text(response)
    assert Wait.objects.get(state="offered").registration == waiting
    assert response.cookies == {}


def test_offer_is_taken_by_its_button(client, category):
    waiting = place(category)
    cancel_registration(Registration.objects.confirmed().get().pk)
    settle_waits()

    client.post(path_to(waiting), {"take": waiting.waits.get().pk})

    waiting.refresh_from_db()
    assert waiting.status == "confirmed"


def test_list_is_left_in_one_click(client, category):
    waiting = place(category)

    response = client.post(path_to(waiting), {"leave": waiting.waits.get().pk}, follow=True)

    assert "You are on no waiting list" in text(response)


def test_group_is_made_and_joined_by_its_code(client, category):
    first, second = place(category), place(category)

    client.post(path_to(first), {"together": first.waits.get().pk})
    code = first.waits.get().group.code
    wrong = client.post(path_to(second), {"join": second.waits.get().pk, "code": "<b>"})
    client.post(path_to(second), {"join": second.waits.get().pk, "code": f" {code.lower()} "})

    assert wrong.status_code == 422
    assert 'value="&lt;b&gt;"' in text(wrong)
    assert code in text(client.get(path_to(second)))


def test_place_of_somebody_else_is_not_touched(client, category):
    own, foreign = place(category), place(category)

    response = client.post(path_to(own), {"leave": foreign.waits.get().pk})

    assert response.status_code == 404
    assert foreign.waits.get().state == "waiting"


@pytest.mark.parametrize("sent", [{"leave": "x"}, {"choice": "-1"}, {"take": "9" * 40}])
def test_nonsense_is_not_found(client, category, sent):
    assert client.post(path_to(place(category)), sent).status_code == 404
