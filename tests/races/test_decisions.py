"""Releases of decisions at once: a letter per project, a register without gaps, a mail each."""

import time

import pytest
from django.db.models import QuerySet

from hrconf.mailing.models import Message
from projects.models import Decision, DecisionLetter
from projects.services import decision_letters
from projects.services.deciding import decide, release_decisions
from tests import make
from tests.projects import make_screening as ms
from tests.races.racing import lockless, race

PROJECTS, CLIENTS = 10, 4
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Nobody is woken; drawing takes a moment in which others try."""
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)

    def draw(*args):
        time.sleep(0.02)
        return ms.PDF

    monkeypatch.setattr(decision_letters, "draw_letter", draw)


@pytest.fixture
def edition():
    edition = make.edition()
    for _n in range(PROJECTS):
        ms.decision(ms.project(edition))
    return edition


def release_at_once(edition) -> list:
    return race([lambda: release_decisions(edition, by=None).number] * CLIENTS)


def numbers() -> list[int]:
    return sorted(DecisionLetter.objects.values_list("number", flat=True))


def test_releases_at_once_make_one_letter_per_project_without_a_gap(edition):
    results = release_at_once(edition)

    assert sum(results) == PROJECTS
    assert numbers() == list(range(1, PROJECTS + 1))
    assert Message.objects.count() == PROJECTS


def test_without_the_locks_a_release_fails_or_a_number_is_lost(edition, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    results = release_at_once(edition)

    broken = any(isinstance(one, Exception) for one in results)
    assert broken or numbers() != list(range(1, PROJECTS + 1))


def test_places_on_the_reserve_list_are_given_once(edition):
    by = make.organizer()
    projects = [ms.project(edition) for _n in range(8)]

    race([lambda pk=one.pk: decide(pk, outcome="reserve", by=by).rank for one in projects])

    ranks = Decision.objects.filter(outcome="reserve").values_list("rank", flat=True)
    assert sorted(ranks) == list(range(1, 9))
