"""Limited places under a crowd of clients; each lock has a negative control."""

import time
from collections import Counter

import pytest
from django.db.models import QuerySet

from attendees.models import CheckIn, Registration
from attendees.services import registrations
from attendees.services.checkins import check_in
from attendees.services.invitations import queue_invitations
from attendees.services.registrations import approve_registration
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from tests import make
from tests.races.racing import lockless, race

CLIENTS = 24
PLACES = 3

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_woken(monkeypatch):
    """These tests send nothing: the wake-up of each commit is left out."""
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)


@pytest.fixture
def slow_count(monkeypatch):
    """Let time pass between counting the places and taking one."""
    count = registrations.free_places

    def slowly(category_ids):
        free = count(category_ids)
        time.sleep(0.05)
        return free

    monkeypatch.setattr(registrations, "free_places", slowly)


@pytest.fixture
def slow_entry(monkeypatch):
    """Let time pass between asking whether somebody is in and writing the entry."""
    save = CheckIn.save

    def slowly(entry, **options):
        time.sleep(0.05)
        save(entry, **options)

    monkeypatch.setattr(CheckIn, "save", slowly)


@pytest.fixture
def without_locks(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)


def crowd() -> list:
    """Clients who each approve another registration of a category with few places."""
    category = make.category(make.edition(), capacity=PLACES)
    ids = [
        make.registration(edition=category.edition, category=category, status="pending").pk
        for _n in range(CLIENTS)
    ]
    return [lambda pk=pk: approve_registration(pk, by=None) for pk in ids]


def confirmed() -> int:
    return Registration.objects.confirmed().count()


def test_places_of_a_category_are_never_given_twice(slow_count):
    results = race(crowd())

    assert confirmed() == PLACES
    assert results.count("full") == CLIENTS - PLACES
    assert Message.objects.count() == PLACES


def test_without_the_lock_places_are_given_twice(slow_count, without_locks):
    race(crowd())

    assert confirmed() > PLACES


def double_click() -> list:
    registration = make.registration(status="pending")
    by = make.organizer()
    return [lambda: approve_registration(registration.pk, by=by)] * CLIENTS


def test_one_registration_approved_by_many_is_told_once(slow_count):
    results = race(double_click())

    assert results.count("confirmed") == CLIENTS - 1
    assert Message.objects.count() == 1


def test_without_the_lock_one_registration_is_told_more_than_once(slow_count, without_locks):
    race(double_click())

    assert Message.objects.count() > 1


def test_one_invitation_queued_by_many_is_mailed_once():
    invitation, by = make.invitation(), make.organizer()

    results = race([lambda: queue_invitations([invitation.pk], by=by)] * CLIENTS)

    assert results.count("nobody_to_mail") == CLIENTS - 1
    assert Message.objects.count() == 1


def test_without_the_lock_the_unique_occasion_still_mails_once(without_locks):
    """Two fences: the row's lock spares the empty batches, the constraint the second mail."""
    invitation, by = make.invitation(), make.organizer()

    race([lambda: queue_invitations([invitation.pk], by=by)] * CLIENTS)

    assert Message.objects.count() == 1


def test_one_person_scanned_at_many_gates_enters_once(slow_entry):
    registration = make.registration()

    results = race([lambda: check_in(registration.pk, by=None)] * CLIENTS)

    assert Counter(map(str, results))["already_in"] == CLIENTS - 1
    assert CheckIn.objects.count() == 1


def test_without_the_lock_only_the_constraint_stops_the_second_entry(without_locks, slow_entry):
    registration = make.registration()

    results = race([lambda: check_in(registration.pk, by=None)] * CLIENTS)

    assert CheckIn.objects.count() == 1
    assert any(not isinstance(r, CheckIn | DomainError | str) for r in results)
