"""Limited choices of a form under a crowd of clients, with a negative control."""

import time

import pytest
from django.db.models import QuerySet

from attendees.models import FormField, TakenChoice
from attendees.services import answering
from attendees.services.answering import Given, save_answers
from tests.attendees import make_forms
from tests.races.racing import lockless, race

CLIENTS = 24
PLACES = 3
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slow_count(monkeypatch):
    """Let time pass between counting the places of a choice and taking one."""
    create = TakenChoice.objects.create

    def slowly(**fields):
        time.sleep(0.05)
        return create(**fields)

    monkeypatch.setattr(answering.TakenChoice.objects, "create", slowly)


def crowd() -> list:
    form = make_forms.form()
    places = [("lake", PLACES), "none"]
    make_forms.question(form, "hotel", FormField.Kind.CHOICE, choices=places)
    keys = [make_forms.registration(form).pk for _n in range(CLIENTS)]
    asked = make_forms.outlined(form)
    given = Given({"hotel": "lake"})
    return [lambda pk=pk: save_answers(pk, asked, given, language="en") for pk in keys]


def test_places_of_a_choice_are_never_given_twice():
    results = race(crowd())

    assert TakenChoice.objects.count() == PLACES
    assert results.count(None) == PLACES
    assert results.count("full") == CLIENTS - PLACES


def test_without_the_locks_places_are_given_twice(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    race(crowd())

    assert TakenChoice.objects.count() > PLACES
