"""The last place of a sector and the last use of a code, asked for by many at once."""

import time

import pytest
from django.db.models import QuerySet

from projects.models import Application, CallSector
from projects.services import applications, applying
from projects.services.codes import draw_codes
from tests import make
from tests.projects import make_call
from tests.races.racing import lockless, race

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


def last_place(monkeypatch) -> list[object]:
    """What each of many was told who sent an application to a sector with one place."""
    call, sector = make_call.call(), make.sector()
    CallSector.objects.create(call=call, sector=sector, most=1)
    kind = make_call.kind(call)
    rows = [make_call.ready(kind, sector=sector) for _one in range(MANY)]
    monkeypatch.setattr(applications, "draw_receipt", lambda *given: b"%PDF-")
    numbered = applications.new_references

    def slowly(*given):
        time.sleep(0.2)
        return numbered(*given)

    monkeypatch.setattr(applications, "new_references", slowly)
    return race([lambda pk=row.pk: applications.submit(pk).number for row in rows])


def test_last_place_of_a_sector_goes_once(monkeypatch):
    results = last_place(monkeypatch)

    assert sorted(map(str, results)) == ["1", *["full"] * (MANY - 1)]
    assert Application.objects.filter(submitted_at__isnull=False).count() == 1


def test_without_the_lock_a_sector_overflows(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    results = last_place(monkeypatch)

    assert results.count("full") < MANY - 1


def last_use(monkeypatch) -> list[object]:
    """What each of many was told who began with a code that is good for one project."""
    call = make_call.call()
    (code,) = draw_codes(call, ["Shenzhen"])
    kind = make_call.kind(call)
    rows = [make_call.request(kind, code=code) for _one in range(MANY)]
    person = applying.person_of

    def slowly(*given):
        time.sleep(0.2)
        return person(*given)

    monkeypatch.setattr(applying, "person_of", slowly)
    return race([lambda pk=row.pk: applying.prove_request(pk) and "begun" for row in rows])


def test_last_use_of_a_code_goes_once(monkeypatch):
    assert sorted(last_use(monkeypatch)) == ["begun", *["used"] * (MANY - 1)]


def test_without_the_lock_a_code_is_used_too_often(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    assert last_use(monkeypatch).count("begun") > 1


def test_sending_twice_at_once_sends_one_receipt(monkeypatch):
    row = make_call.ready()
    monkeypatch.setattr(applications, "draw_receipt", lambda *given: b"%PDF-")

    results = race([lambda: applications.submit(row.pk).number for _one in range(MANY)])

    assert results == [1] * MANY
