"""Two organizers press “release” in the same moment."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet
from django.utils import timezone

from events.models import PlannedRelease, Session
from events.services import releases
from events.services.planned import make_planned
from events.services.releases import NothingToRelease, release_schedule
from tests import make
from tests.races.racing import lockless, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(monkeypatch):
    """A released edition with a change to release, and time for two to meet in between."""
    edition = make.edition()
    session = make.session(edition=edition, starts_at=make.OPENING)
    release_schedule(edition.pk)
    Session.objects.filter(pk=session.pk).update(title_en="Renamed")
    freeze = releases.freeze

    def slow_freeze(edition):
        time.sleep(0.5)
        return freeze(edition)

    monkeypatch.setattr(releases, "freeze", slow_freeze)
    return edition


def release_twice_at_once(edition):
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(outcome, [edition.pk] * 2))


def outcome(edition_id):
    try:
        return str(release_schedule(edition_id).number)
    except (NothingToRelease, IntegrityError) as refusal:
        return type(refusal).__name__
    finally:
        connection.close()


def test_releases_at_once_take_turns(edition):
    assert release_twice_at_once(edition) == ["2", "NothingToRelease"]


def test_releases_at_once_collide_without_the_lock(edition, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self)

    assert release_twice_at_once(edition) == ["2", "IntegrityError"]


def plan_due(edition) -> PlannedRelease:
    return PlannedRelease.objects.create(edition=edition, due_at=timezone.now())


def test_two_workers_make_a_planned_release_once(edition):
    plan = plan_due(edition)

    made = race([lambda: make_planned(plan.pk)] * 2)

    plan.refresh_from_db()
    assert sorted(made) == [False, True]
    assert (plan.state, plan.release.number) == ("released", 2)


def test_two_workers_without_the_lock_both_try(edition, monkeypatch):
    plan = plan_due(edition)
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    made = race([lambda: make_planned(plan.pk)] * 2)

    assert any(isinstance(one, IntegrityError) for one in made)
