"""One badge, many telephones: one vote."""

from functools import partial

import pytest
from django.db import connection

from projects.models import Vote
from projects.services.votes import vote_by_badge
from tests import make
from tests.projects import make_competition as mc
from tests.races.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def telephones() -> list:
    """Ten votes with one badge."""
    round = mc.audience()
    guest = make.registration(edition=round.edition, status="confirmed")
    said = {"entry_id": round.entries.first().pk, "badge": guest.badge, "source": "hall"}
    return [partial(vote_by_badge, round.pk, **said)] * 10


def test_ten_votes_with_one_badge_at_once_are_one():
    results = race(telephones())

    assert Vote.objects.count() == 1
    assert results.count("voted") == 9


def test_without_the_constraint_all_of_them_count():
    once = next(c for c in Vote._meta.constraints if c.name == "vote_once_per_voter")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Vote, once)
    try:
        race(telephones())

        assert Vote.objects.count() == 10
    finally:
        Vote.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Vote, once)
