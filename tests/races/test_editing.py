"""Two organizers drag the same session in the same moment."""

import time
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from events.models import Session, Step
from events.services import placing
from events.services.edits import edit_session
from events.services.placing import Place, place
from tests import make
from tests.races.racing import lockless, race

pytestmark = pytest.mark.django_db(transaction=True)
LATER = make.OPENING + timedelta(hours=3)


@pytest.fixture
def session(monkeypatch):
    """A session, and time for two to meet between the look and the write."""
    refuse_stale = placing.refuse_stale

    def slow(*args):
        refuse_stale(*args)
        time.sleep(0.4)

    monkeypatch.setattr(placing, "refuse_stale", slow)
    return make.session(title_en="Forum")


def moved_at_once(session):
    starts = [make.OPENING, LATER]
    moves = [lambda at=at: place(session.pk, to=Place(at, 30, None), seen=0) for at in starts]
    results = race(moves)
    return sorted(r if isinstance(r, str) else type(r).__name__ for r in results)


def test_of_two_moves_at_once_one_wins_and_the_other_is_told(session):
    assert moved_at_once(session) == ["Session", "overtaken"]
    assert Step.objects.count() == 1


def test_without_the_lock_nobody_is_told_who_was_faster(session, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    assert "overtaken" not in moved_at_once(session)


def test_move_and_new_title_at_once_overwrite_nothing(session):
    texts = {"title_en": "Forum of parks"}
    deeds = [
        lambda: place(session.pk, to=Place(LATER, 60, None), seen=0),
        lambda: edit_session(session.pk, texts=texts, minutes=60, seen=0),
    ]

    results = race(deeds)

    session.refresh_from_db()
    done = [not isinstance(one, str | IntegrityError) for one in results]
    assert sorted(done) == [False, True]
    assert [bool(session.booking), session.title_en == "Forum of parks"] == done
    assert Session.objects.count() == 1
