"""Two lists that bring the same new person, imported at the same moment."""

import time

import pytest

from attendees.importing import writing
from attendees.importing.writing import import_guest_list
from attendees.models import Person
from tests import make
from tests.attendees.importing.make_lists import LI, ZHANG, counts, guest_list
from tests.races.racing import race

CLIENTS = 4
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def slow_plan(monkeypatch):
    """Let time pass between looking people up and writing them."""
    plan = writing.plan_guest_list

    def slowly(guest_list):
        planned = plan(guest_list)
        time.sleep(0.1)
        return planned

    monkeypatch.setattr(writing, "plan_guest_list", slowly)


def crowd() -> list:
    edition = make.edition()
    keys = [guest_list(ZHANG, LI, edition=edition).pk for _list in range(CLIENTS)]
    return [lambda pk=pk: import_guest_list(pk) for pk in keys]


def test_a_person_is_created_once_however_many_lists_bring_them():
    results = race(crowd())

    assert Person.objects.count() == 2
    assert sorted(counts(done) for done in results) == [(0, 0, 2, 0)] * 3 + [(2, 0, 0, 0)]


def test_without_the_lock_there_are_doubles(monkeypatch):
    monkeypatch.setattr(writing, "one_at_a_time", lambda: None)

    race(crowd())

    assert Person.objects.count() > 2
