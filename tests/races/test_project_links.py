"""Two people decide about one pair of projects at the same moment."""

import time

import pytest
from django.db.models import QuerySet

from projects.models import Project, ProjectLink
from projects.services import links
from tests import make
from tests.races.racing import lockless, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slow_decision(monkeypatch):
    """Let time pass between reading the pair and writing the decision."""
    decide = links._decide

    def slowly(link, state, by):
        time.sleep(0.2)
        return decide(link, state, by)

    monkeypatch.setattr(links, "_decide", slowly)


def decided() -> list[object]:
    """What each was told: the state, or the code of a refusal."""
    first = make.project(edition=make.edition(year=2016))
    second = make.project(edition=make.edition(year=2017))
    pk = ProjectLink.objects.create(first=first, second=second, score=50).pk
    by = make.user()
    results = race(
        [
            lambda: links.link_as_later(pk, by=by).state,
            lambda: links.keep_projects_apart(pk, by=by).state,
        ]
    )
    return [str(one) for one in results]


def test_one_decision_counts_and_the_other_is_told():
    results = decided()

    state = ProjectLink.objects.get().state
    is_linked = Project.objects.filter(earlier__isnull=False).exists()
    assert sorted(results) == sorted([state, "decided"])
    assert is_linked == (state == "later")


def test_without_the_locks_both_believe_they_decided(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    assert sorted(decided()) == ["different", "later"]
