"""One signs an agreement while another cancels it."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from agreements.models import Agreement
from agreements.services import signings
from agreements.services.signings import cancel_agreement, sign_agreement
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2017, 11, 8)


@pytest.fixture
def agreement(monkeypatch):
    """An agreement about to be signed, by someone slow enough to be overtaken."""
    make.rate()
    rates_for = signings.rates_for

    def slow_rates(*args):
        time.sleep(0.5)
        return rates_for(*args)

    monkeypatch.setattr(signings, "rates_for", slow_rates)
    return make.agreement(parties=[make.party()], status=Agreement.Status.READY)


def at_once(*deeds):
    def outcome(deed):
        try:
            return deed().status
        except (ValidationError, IntegrityError) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result() for future in [pool.submit(outcome, deed) for deed in deeds]]


def sign_and_cancel(agreement):
    def cancel():
        time.sleep(0.2)
        return cancel_agreement(agreement.pk, reason="Withdrawn.", on=DAY)

    outcomes = at_once(lambda: sign_agreement(agreement.pk, signed_on=DAY), cancel)
    agreement.refresh_from_db()
    return outcomes


def test_a_cancellation_waits_for_the_signature(agreement):
    assert sign_and_cancel(agreement) == ["signed", "cancelled"]
    assert (agreement.status, agreement.signed_on) == ("cancelled", DAY)


def test_a_cancellation_meets_the_signature_without_the_lock(agreement, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self)

    assert sign_and_cancel(agreement) == ["IntegrityError", "cancelled"]


def test_two_who_sign_at_once_leave_one_signature(agreement):
    people = [make.staff(), make.staff()]
    deeds = [lambda by=by: sign_agreement(agreement.pk, signed_on=DAY, by=by) for by in people]

    assert at_once(*deeds) == ["signed", "signed"]
    assert len(signings.history.marks_of(agreement)) == 1


def test_two_who_sign_at_once_leave_two_without_the_lock(agreement, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self)
    people = [make.staff(), make.staff()]
    deeds = [lambda by=by: sign_agreement(agreement.pk, signed_on=DAY, by=by) for by in people]

    at_once(*deeds)

    assert len(signings.history.marks_of(agreement)) == 2
