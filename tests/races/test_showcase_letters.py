"""Holders asked by two people of the office at the same moment."""

import time

import pytest
from django.db.models import QuerySet

from hrconf.mailing.models import Message
from projects.models import ShowcasePage
from projects.services import showcase
from projects.services.showcase import ask_holders
from tests import make
from tests.races.racing import lockless, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slow_writing(monkeypatch):
    """Let time pass between finding whom to ask and writing to them."""
    write = showcase._write

    def slowly(rows, *args, **told):
        found = list(rows)
        time.sleep(0.2)
        return write(found, *args, **told)

    monkeypatch.setattr(showcase, "_write", slowly)


def asked() -> list[object]:
    edition = make.edition()
    for _project in range(3):
        make.project(edition=edition)
    return race([lambda: ask_holders(edition, by=None) for _person in range(3)])


def test_everybody_is_asked_once_however_many_order_it():
    assert sorted(asked()) == [0, 0, 3]
    assert Message.objects.count() == ShowcasePage.objects.count() == 3


def test_without_the_lock_they_get_in_each_others_way(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    results = asked()

    assert any(isinstance(one, Exception) for one in results) or sorted(results) != [0, 0, 3]
