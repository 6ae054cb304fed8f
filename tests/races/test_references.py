"""Many projects at once each get a reference of their own."""

import time

import pytest
from django.db import transaction
from django.db.models import QuerySet

from projects.models import Project
from projects.services import references
from tests import make
from tests.races.racing import lockless, race

pytestmark = pytest.mark.django_db(transaction=True)


def applicants(number: int):
    edition = make.edition()
    rows = {"edition": edition, "sector": make.sector(), "holder": make.person()}

    def apply() -> str:
        with transaction.atomic():
            (reference,) = references.new_references(edition)
            time.sleep(0.01)  # whoever does not wait counts the same
            return Project.objects.create(reference=reference, title_en="Robot", **rows).reference

    return [apply] * number


def test_twenty_at_once_get_twenty_references():
    results = race(applicants(20))

    assert sorted(results) == [f"P-{n:04}" for n in range(1, 21)]


def test_without_the_lock_two_get_the_same_reference(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    results = race(applicants(20))

    assert any(isinstance(result, Exception) for result in results)
