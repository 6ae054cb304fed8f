"""The same new projects in several lists, imported at the same moment."""

import time

import pytest
from django.db.models import QuerySet

from projects.importing import writing
from projects.importing.writing import import_project_list
from projects.models import Project
from tests import make
from tests.projects.importing.make_lists import ROBOT, counts, project_list
from tests.races.racing import lockless, race

CLIENTS = 4
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def slow_plan(monkeypatch):
    """Let time pass between looking projects up and writing them."""
    plan = writing.plan_project_list

    def slowly(row):
        planned = plan(row)
        time.sleep(0.1)
        return planned

    monkeypatch.setattr(writing, "plan_project_list", slowly)


def crowd() -> list:
    edition = make.edition()
    make.sector(slug="other")
    keys = [project_list(ROBOT, edition=edition).pk for _list in range(CLIENTS)]
    return [lambda pk=pk: import_project_list(pk) for pk in keys]


def test_a_project_is_created_once_however_many_lists_bring_it():
    results = race(crowd())

    assert Project.objects.count() == 1
    assert sorted(counts(done) for done in results) == [(0, 0, 1, 0)] * 3 + [(1, 0, 0, 0)]


def test_without_the_locks_it_is_created_again_or_refused(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)
    monkeypatch.setattr(writing, "one_at_a_time", lambda: None)

    results = race(crowd())

    assert Project.objects.count() > 1 or any(isinstance(one, Exception) for one in results)
