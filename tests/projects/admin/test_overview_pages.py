"""The balance of a selection, and the progress of who judges."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrconf.mailing.models import Message
from projects.services.balance import balance_of
from projects.services.judges_progress import phases_of, rounds_of
from tests import make
from tests.projects import make_competition, make_screening

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client, settings):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.organizer())
    return client


def test_balance_counts_sectors_with_their_parts_beside_their_quota():
    edition, sector, other = make.edition(), make.sector(), make.sector()
    part = make.sector(parent=sector)
    make.project(edition=edition, sector=sector, country="DE")
    make.project(edition=edition, sector=part, country="DE", status="declined")
    make.project(edition=edition, sector=part, country="CN", status="applied")
    make.project(edition=edition, sector=other, country="CN")
    make.project(edition=edition, sector=other, status="draft")
    make_screening.quota(edition, sector, places=5)

    found = balance_of(edition)

    lines = [(one.key, one.came, one.accepted, one.declined) for one in found.sectors]
    assert lines == [(str(sector.pk), 3, 1, 1), (str(other.pk), 1, 1, 0)]
    assert found.sectors[0].quota.places == 5
    assert [str(one.share) for one in found.sectors] == ["75.0", "25.0"]
    assert str(found.sectors[0].rate) == "33.3"
    assert sorted((one.key, one.came) for one in found.countries) == [("CN", 2), ("DE", 2)]
    assert (found.total.came, found.total.accepted) == (4, 2)


def queries_of(client, name: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(name)).status_code == 200
    return len(seen)


def test_balance_costs_the_same_at_one_project_and_at_many(organizer):
    edition = make.edition()
    make.project(edition=edition, country="DE")
    queries_of(organizer, "admin:projects_project_balance")
    at_one = queries_of(organizer, "admin:projects_project_balance")
    for country in ["CN", "US", "FR", "JP"] * 4:
        make.project(edition=edition, country=country)

    assert queries_of(organizer, "admin:projects_project_balance") == at_one


def test_reminder_of_the_page_goes_once_to_who_lacks_something(organizer):
    phase = make_screening.phase()
    behind, done = (make_screening.reviewer(phase.edition) for _ in range(2))
    make_screening.review(phase, reviewer=behind)
    make_screening.review(phase, reviewer=done, points=4)
    (part,) = phases_of(phase.edition)
    assert (part.behind, part.done, part.given) == (1, 1, 2)
    url = reverse("admin:projects_reviewphase_assign", args=[phase.pk])
    assert f'action="{url}"' in progress(organizer)

    for _ in range(2):
        organizer.post(url, {"deed": "mail"})

    assert Message.objects.filter(kind="review_link").count() == 1
    (part,) = phases_of(phase.edition)
    assert part.behind == 0
    assert part.lines[0].reminded_at
    assert f'action="{url}"' not in progress(organizer)


def test_jurors_who_lack_scores_are_reminded_once(organizer):
    round = make_competition.final(entries=2, jurors=2)
    (part,) = rounds_of(round.edition)
    assert (part.behind, part.given, part.done) == (2, 4, 0)
    url = reverse("admin:projects_round_chair", args=[round.pk])
    assert f'action="{url}"' in progress(organizer)

    for _ in range(2):
        organizer.post(url, {"deed": "remind"})

    assert Message.objects.filter(kind="jury_reminder").count() == 2
    assert rounds_of(round.edition)[0].behind == 0


def progress(client) -> str:
    return client.get(reverse("admin:projects_project_progress")).content.decode()


def test_progress_costs_the_same_at_one_reviewer_and_at_many(organizer):
    phase = make_screening.phase()
    make_screening.review(phase)
    queries_of(organizer, "admin:projects_project_progress")
    at_one = queries_of(organizer, "admin:projects_project_progress")
    for _ in range(6):
        make_screening.review(phase)

    assert queries_of(organizer, "admin:projects_project_progress") == at_one
