"""Check-in: once at the site, once per session, and a replayed scan changes nothing."""

from uuid import uuid4

import pytest

from attendees.models import CheckIn, Registration
from attendees.services.checkins import check_in
from hrconf.lib.errors import DomainError
from tests import make

pytestmark = pytest.mark.django_db


def test_first_check_in_is_the_arrival():
    registration, desk = make.registration(), make.user()

    made = check_in(registration.pk, by=desk, gate="A", at="2017-11-08T00:31Z")

    registration.refresh_from_db()
    made.refresh_from_db()
    assert (made.by, made.gate, made.session) == (desk, "A", None)
    assert registration.arrived_at == made.at


def test_opening_session_is_a_check_in_of_its_own():
    registration = make.registration()
    opening = make.opening(edition=registration.edition)
    check_in(registration.pk, by=None, at="2017-11-08T00:31Z")

    check_in(registration.pk, by=None, session=opening, at="2017-11-08T00:50Z")

    registration.refresh_from_db()
    assert CheckIn.objects.count() == 2
    assert registration.arrived_at.minute == 31


@pytest.mark.parametrize("at_session", [False, True])
def test_replayed_scan_changes_nothing(at_session):
    registration, nonce = make.registration(), uuid4()
    session = make.opening(edition=registration.edition) if at_session else None

    first = check_in(registration.pk, by=None, session=session, nonce=nonce)
    again = check_in(registration.pk, by=None, session=session, nonce=nonce)

    assert first == again
    assert CheckIn.objects.count() == 1


def refused(registration: Registration, **fields) -> str:
    with pytest.raises(DomainError) as refusal:
        check_in(registration.pk, by=None, **fields)
    return refusal.value.code


def test_second_scan_of_the_same_person_is_refused():
    registration = make.registration()
    check_in(registration.pk, by=None, nonce=uuid4())

    assert refused(registration, nonce=uuid4()) == "already_in"


def test_scan_of_another_persons_nonce_is_refused():
    nonce = uuid4()
    check_in(make.registration().pk, by=None, nonce=nonce)

    assert refused(make.registration(), nonce=nonce) == "foreign_scan"


@pytest.mark.parametrize("status", ["incomplete", "pending", "waitlisted", "declined", "cancelled"])
def test_who_has_no_confirmed_place_stays_out(status):
    assert refused(make.registration(status=status)) == "not_confirmed"


def test_session_of_another_edition_is_refused():
    assert refused(make.registration(), session=make.session()) == "other_edition"


def test_cancelled_session_is_refused():
    registration = make.registration()
    session = make.session(edition=registration.edition, status="cancelled")

    assert refused(registration, session=session) == "session_cancelled"
