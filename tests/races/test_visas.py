"""The register of visa letters: no number twice, none left out, one letter for a guest."""

import time

import pytest
from django.db.models import QuerySet

from attendees.models import VisaLetter
from attendees.services import visa_letters
from attendees.services.visa_letters import issue_letter
from attendees.services.visas import ask_visa_letter
from tests.attendees import make_visas
from tests.races.racing import lockless, race

LETTERS = 20
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Nobody is woken; drawing takes a moment in which others try."""
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)

    def draw(*args):
        time.sleep(0.02)
        return make_visas.PDF

    monkeypatch.setattr(visa_letters, "draw_visa_letter", draw)


def crowd() -> list:
    days = make_visas.edition()
    requests = [
        make_visas.visa_request(make_visas.registration(edition=days)) for _n in range(LETTERS)
    ]
    return [lambda pk=request.pk: issue_letter(pk, by=None).number for request in requests]


def numbers() -> list[int]:
    return sorted(VisaLetter.objects.values_list("number", flat=True))


def test_twenty_letters_at_once_get_twenty_numbers_without_a_gap():
    results = race(crowd())

    assert sorted(results) == list(range(1, LETTERS + 1))
    assert numbers() == list(range(1, LETTERS + 1))


def test_without_the_lock_numbers_are_taken_twice(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    results = race(crowd())

    assert sorted(map(str, results)) != sorted(map(str, range(1, LETTERS + 1)))
    assert len(numbers()) < LETTERS


def test_one_guest_gets_one_letter_however_often_it_is_issued():
    request = make_visas.visa_request()

    results = race([lambda: issue_letter(request.pk, by=None).number] * 8)

    assert sorted(map(str, results)) == ["1"] + ["visa_issued"] * 7
    assert numbers() == [1]


def test_guest_who_sends_twice_at_once_asks_once():
    place = make_visas.registration()
    passport = make_visas.passport(place)

    results = race([lambda: ask_visa_letter(place.pk, passport).pk] * 8)

    assert len(set(results)) == 1
