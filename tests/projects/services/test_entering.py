"""Projects enter a round: those that were accepted, and the best of the round before."""

import pytest
from django.urls import reverse

from hrconf.lib.errors import DomainError
from projects.models import Project
from projects.services.entering import enter_best, enter_projects
from projects.services.rounds import close_round
from tests import make
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db
POINTS = {1: [9, 9], 2: [4, 4], 3: [7, 7], 4: [4, 4]}


@pytest.fixture
def by():
    return make.organizer()


@pytest.fixture
def judged(by):
    """A closed round: the first entry leads, then the third; the second and fourth are even."""
    made = mc.scored(POINTS)
    close_round(made.pk, by=by)
    made.refresh_from_db()
    return made


def next_to(round):
    return mc.round_of(competition=round.competition, number=round.number + 1)


def order(round) -> list[int]:
    return list(round.entries.order_by("position").values_list("project", flat=True))


def accepted(edition, number: int) -> list[Project]:
    return [make.project(edition=edition, status="accepted") for _n in range(number)]


def test_accepted_projects_enter_at_the_end_of_the_order_once(by):
    made = mc.round_of()
    first = accepted(made.edition, 2)
    others = [make.project(edition=made.edition, status="applied"), *accepted(make.edition(), 1)]
    enter_projects([first[0].pk], round=made, by=by)

    ids = [one.pk for one in [*first, *others]]
    outcome = enter_projects(ids, round=made, by=by)

    assert order(made) == [one.pk for one in first]
    assert outcome.done == 1
    assert outcome.left_out == {"not_accepted": 1, "other_edition": 1, "entered": 1}


def test_best_go_on_with_who_shares_the_last_place_and_the_best_pitches_last(judged, by):
    final = next_to(judged)
    one, two, three, four = order(judged)

    assert enter_best(judged.pk, first=3, into=final, by=by) == 4
    assert enter_best(judged.pk, first=3, into=final, by=by) == 0

    assert order(final) == [two, four, three, one]


def test_withdrawn_project_does_not_go_on(judged, by):
    final = next_to(judged)
    leader = order(judged)[0]
    Project.objects.filter(pk=leader).update(status="withdrawn")

    enter_best(judged.pk, first=2, into=final, by=by)

    assert leader not in order(final)


@pytest.mark.parametrize("into", ["itself", "opened"])
def test_round_that_is_judged_takes_no_entries(judged, by, into):
    target = judged if into == "itself" else mc.final(competition=judged.competition, number=2)

    with pytest.raises(DomainError):
        enter_best(judged.pk, first=2, into=target, by=by)


def test_open_round_has_no_best_yet(by):
    made = mc.scored(POINTS)

    with pytest.raises(DomainError, match="not closed yet"):
        enter_best(made.pk, first=2, into=next_to(made), by=by)


def test_chair_sends_the_best_on(client, judged, by):
    client.force_login(by)
    final = next_to(judged)
    url = reverse("admin:projects_round_chair", args=[judged.pk])

    wrong = client.post(url, {"deed": "best", "into": final.pk, "first": 0})
    client.post(url, {"deed": "best", "into": final.pk, "first": 2})

    assert wrong.status_code == 422
    assert "greater than or equal to 1" in wrong.content.decode()
    assert len(order(final)) == 2


def test_board_enters_many_at_once(client, by):
    client.force_login(by)
    made = mc.round_of()
    rows = accepted(made.edition, 3)
    url = reverse("admin:projects_project_enter")

    ids = ",".join(str(one.pk) for one in rows)
    client.post(url, {"ids": ids, "confirm": "1", "round": made.pk})

    assert len(order(made)) == 3


def test_many_cost_no_more_queries_than_few(by, django_assert_max_num_queries):
    made = mc.round_of()
    ids = [one.pk for one in accepted(made.edition, 12)]

    with django_assert_max_num_queries(8):
        enter_projects(ids, round=made, by=by)
