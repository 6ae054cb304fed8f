"""The same schedule is imported twice in the same moment."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from events.imports import writing
from events.imports.reading import read_schedule
from events.imports.writing import import_schedule
from events.models import Edition, Session
from tests import make
from tests.events.imports.make_files import event, xml

pytestmark = pytest.mark.django_db(transaction=True)
TWO = xml({"Hall": [event(1, people=[({"id": 1}, "Ana Ng")]), event(2, start="11:00")]})


@pytest.fixture
def edition(monkeypatch):
    """An edition, and time for two imports to meet between the plan and the writing."""
    plan_import = writing.plan_import

    def slow_plan(*args):
        plan = plan_import(*args)
        time.sleep(0.5)
        return plan

    monkeypatch.setattr(writing, "plan_import", slow_plan)
    return make.edition(slug="lake")


def import_twice_at_once(edition):
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(outcome, [edition.pk] * 2))


def outcome(edition_id):
    try:
        counts = import_schedule(Edition.objects.get(pk=edition_id), read_schedule(TWO)).counts
        return f"{counts['created']} created"
    except IntegrityError as refusal:
        return type(refusal).__name__
    finally:
        connection.close()


def test_imports_at_once_take_turns(edition):
    assert import_twice_at_once(edition) == ["0 created", "2 created"]
    assert Session.objects.count() == 2


def test_imports_at_once_collide_without_the_lock(edition, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self)

    assert import_twice_at_once(edition) == ["2 created", "IntegrityError"]
