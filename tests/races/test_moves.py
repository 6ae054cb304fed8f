"""A project moved while a decision on it is noted: one of the two, never both."""

import time

import pytest
from django.db.models import QuerySet

from projects.models import Decision, Project
from projects.services import deciding, screening
from tests import make
from tests.projects import make_screening as ms
from tests.races.racing import lockless, race

ROUNDS = 6
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slow(monkeypatch):
    """Between looking and writing there is a moment in which the other tries."""
    seen, pending = deciding._seen, screening.pending_among

    def look(*args):
        time.sleep(0.03)
        return seen(*args)

    def ask(ids):
        found = pending(ids)
        time.sleep(0.03)
        return found

    monkeypatch.setattr(deciding, "_seen", look)
    monkeypatch.setattr(screening, "pending_among", ask)


def both(project: Project, by) -> list[object]:
    return race(
        [
            lambda: screening.move_project(project.pk, to="accepted", by=by),
            lambda: deciding.decide(project.pk, outcome="decline", by=by) and None,
        ]
    )


def contradicted() -> int:
    """Projects that are accepted while a decision to decline waits to be told."""
    return Decision.objects.filter(project__status="accepted", released_at=None).count()


def test_project_is_moved_or_decided_on_never_both():
    edition, by = make.edition(), make.organizer()
    results = [both(ms.project(edition), by) for _n in range(ROUNDS)]

    assert contradicted() == 0
    for moved, decided in results:
        assert sorted([moved, decided], key=str) in [[None, "pending"], [None, "wrong_state"]]


def test_without_the_locks_a_decision_contradicts_the_state(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)
    edition, by = make.edition(), make.organizer()

    for _n in range(ROUNDS):
        both(ms.project(edition), by)

    assert contradicted() > 0
