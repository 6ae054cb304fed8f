"""The board of the pipeline: columns, filters, and steps with many projects at once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Edition
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from hrconf.office.models import DoneDeed
from projects.models import Project
from projects.services.board_filters import Filters
from projects.services.pipeline import column_rows, pipeline_of
from tests import make
from tests.projects import make_competition, make_screening

pytestmark = pytest.mark.django_db
BOARD = "admin:projects_project_pipeline"


@pytest.fixture
def edition():
    return make.edition()


@pytest.fixture
def organizer(client, settings):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.organizer())
    return client


def counts(pipeline) -> dict[str, int]:
    columns = [*pipeline.screening, *pipeline.later]
    return {one.name: one.count for one in columns if one.count}


def board(edition, **asked) -> dict[str, int]:
    return counts(pipeline_of(edition, Filters.read(asked), make.organizer()))


def test_each_project_stands_in_its_column_and_in_the_later_ones_that_hold(edition):
    for status in Project.Status:
        make.project(edition=edition, status=status)
    both = make.project(edition=edition)
    round = make_competition.round_of(competition=make_competition.competition(edition=edition))
    make_competition.entry(round=round, project=both)
    make.meeting(project=both, status="held", booking=make.booking())
    make.meeting(project=make.project(edition=edition), status="requested")
    make.agreement(project=both, edition=edition)
    cancelled = {"status": "cancelled", "cancelled_on": date(2017, 11, 9), "cancel_reason": "x"}
    make.agreement(project=make.project(edition=edition), edition=edition, **cancelled)
    make.project()  # of another edition

    found = pipeline_of(edition, Filters(), make.organizer())

    assert counts(found) == {
        **dict.fromkeys([one for one in Project.Status if one != "draft"], 1),
        "accepted": 4,
        "competing": 1,
        "meeting": 1,
        "signing": 1,
    }
    assert found.drafts == 1


def test_filters_narrow_every_column_down(edition):
    sector = make.sector()
    part = make.sector(parent=sector)
    make.project(edition=edition, sector=part, country="DE", seeking=["funding"])
    make.project(edition=edition, invited_on=None, source_id="77", country="US")
    make.project(edition=edition, invited_on=None, title_en="Rain sensor", status="applied")

    assert board(edition, sector=str(sector.pk)) == {"accepted": 1}
    assert board(edition, country="US") == {"accepted": 1}
    assert board(edition, seeking="funding") == {"accepted": 1}
    assert board(edition, q="rain") == {"applied": 1}
    assert board(edition, origin="invited") == {"accepted": 1}
    assert board(edition, origin="imported") == {"accepted": 1}
    assert board(edition, origin="office") == {"applied": 1}
    assert board(edition, origin="applied") == {}


@pytest.mark.parametrize(
    "asked",
    [{"sector": "x"}, {"sector": "9" * 30}, {"country": "%%"}, {"origin": "1"}, {"q": "\x00"}],
)
def test_filter_that_makes_no_sense_shows_all(organizer, edition, asked):
    make.project(edition=edition)

    response = organizer.get(reverse(BOARD), asked)

    assert response.status_code == 200
    assert response.context["pipeline"].count == 1


def test_who_may_not_see_agreements_has_no_column_of_them(edition):
    manager = make.office(Role.JUROR_MANAGER)

    names = [one.name for one in pipeline_of(edition, Filters(), manager).later]

    assert names == ["competing", "meeting"]


def queries_of(client, query: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(BOARD) + query).status_code == 200
    return len(seen)


@pytest.mark.parametrize("query", ["", "?column=accepted", "?column=signing", "?q=project"])
def test_board_costs_the_same_at_one_project_and_at_many(organizer, edition, query):
    make.agreement(project=make.project(edition=edition), edition=edition)
    queries_of(organizer, query)
    at_one = queries_of(organizer, query)
    for status in ["applied", "accepted", "declined"] * 8:
        make.agreement(project=make.project(edition=edition, status=status), edition=edition)

    assert queries_of(organizer, query) == at_one


@pytest.mark.parametrize("asked", [{}, {"country": "DE"}, {"seeking": "funding"}])
def test_columns_are_found_by_an_index_among_many_editions(asked):
    editions = [make.edition() for _ in range(20)]
    sector, holder = make.sector(), make.person()
    common = {"sector": sector, "holder": holder, "title_en": "A", "title_zh_hans": "项目"}
    Project.objects.bulk_create(
        Project(
            edition=one,
            reference=f"P-{n}",
            status="declined" if n % 9 else "applied",
            country="US" if n % 9 else "DE",
            **common,
        )
        for one in editions
        for n in range(300)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE projects_project")
    rows = column_rows(editions[0], Filters(**asked), "applied", make.organizer())

    plan = rows.explain()
    assert "on projects_project" in plan
    assert "Seq Scan on projects_project" not in plan, plan


# Steps ----------------------------------------------------------------------------------


def test_step_is_shown_before_it_is_done_and_is_undone(organizer, edition):
    applied = make.project(edition=edition, status="applied")
    gone = make.project(edition=edition, status="withdrawn")
    keys = [applied.pk, gone.pk]

    page = organizer.post(reverse(BOARD), {"project": keys, "step": "shortlist"})

    applied.refresh_from_db()
    assert applied.status == "applied"
    assert page.context["preview"].going == [applied]
    ((left, why),) = page.context["preview"].left_out
    assert (left, "Withdrawn" in why) == (gone, True)

    told = organizer.post(
        page.context["deed_url"],
        {"ids": page.context["ids"], "next": page.context["back"], "confirm": "1"},
        follow=True,
    )

    applied.refresh_from_db()
    assert applied.status == "shortlisted"
    assert told.redirect_chain == [(reverse(BOARD), 302)]
    done = DoneDeed.objects.get()
    organizer.post(reverse("admin:office_donedeed_undo", args=[done.pk]), {"undo": "1"})
    applied.refresh_from_db()
    assert applied.status == "applied"


def test_all_that_match_go_and_nobody_else(organizer, edition):
    fits = [make.project(edition=edition, status="applied", country="DE") for _ in range(3)]
    make.project(edition=edition, status="applied", country="US")
    make.project(status="applied", country="DE")

    page = organizer.post(
        reverse(BOARD) + f"?edition={edition.slug}&country=DE",
        {"scope": "all", "step": "eligible"},
    )

    assert set(page.context["preview"].going) == set(fits)


def test_all_of_one_column_are_of_that_column(organizer, edition):
    fits = make.project(edition=edition, status="applied")
    make.project(edition=edition, status="eligible")

    page = organizer.post(reverse(BOARD) + "?column=applied", {"scope": "all", "step": "shortlist"})

    assert page.context["preview"].going == [fits]


@pytest.mark.parametrize("data", [{}, {"step": "eligible"}, {"project": "x", "step": "eligible"}])
def test_nothing_chosen_is_said_and_what_was_ticked_stays(organizer, edition, data):
    response = organizer.post(reverse(BOARD), data)

    assert response.status_code == 422
    assert "Choose at least one project." in response.content.decode()


def test_step_that_is_unknown_keeps_the_ticks(organizer, edition):
    project = make.project(edition=edition, status="applied")

    response = organizer.post(reverse(BOARD), {"project": [project.pk], "step": "promote"})

    assert response.status_code == 422
    assert f'value="{project.pk}" aria-label="Choose {project.title}" checked' in (
        response.content.decode()
    )


def test_more_than_a_hundred_are_a_job_that_twice_changes_nothing(organizer, edition):
    sector, holder = make.sector(), make.person()
    Project.objects.bulk_create(
        Project(
            edition=edition,
            reference=f"P-{n}",
            title_en="A",
            title_zh_hans="项目",
            sector=sector,
            holder=holder,
            status="applied" if n else "withdrawn",
        )
        for n in range(120)
    )
    page = organizer.post(reverse(BOARD), {"scope": "all", "step": "eligible"})

    organizer.post(page.context["deed_url"], {"ids": page.context["ids"], "confirm": "1"})
    job = Job.objects.get()
    run(job.pk)
    moved = Project.objects.filter(status="eligible")
    assert moved.count() == 119
    job.refresh_from_db()
    assert next(line[1] for line in job.report["lines"]) == 119
    assert (job.done, job.total) == (120, 120)

    moved.filter(reference="P-5").update(status="shortlisted")
    Job.objects.update(state=Job.State.WAITING, finished_at=None)
    run(job.pk)
    assert moved.count() == 118
    assert DoneDeed.objects.count() == 1


def test_pending_decision_is_neither_overtaken_nor_told(organizer, edition):
    project = make.project(edition=edition, status="eligible")
    make_screening.decision(project, "decline")

    page = organizer.post(reverse(BOARD), {"project": [project.pk], "step": "accept"})

    ((_left, why),) = page.context["preview"].left_out
    assert "pending" in why
    assert page.context["preview"].going == []


def test_quiet_decisions_on_many_are_noted_with_their_grounds_and_undone(organizer, edition):
    projects = [make.project(edition=edition, status="eligible") for _ in range(2)]
    keys = [one.pk for one in projects]
    page = organizer.post(reverse(BOARD), {"project": keys, "step": "quiet_reserve"})

    organizer.post(
        page.context["deed_url"],
        {"ids": page.context["ids"], "reason": "Strong, but full", "confirm": "1"},
    )

    notes = [one.decisions.values_list("outcome", "note").get() for one in projects]
    assert notes == [("reserve", "Strong, but full")] * 2
    assert set(Project.objects.values_list("status", flat=True)) == {"eligible"}
    done = DoneDeed.objects.get()
    organizer.post(reverse("admin:office_donedeed_undo", args=[done.pk]), {"undo": "1"})
    assert [one.decisions.count() for one in projects] == [0, 0]


def test_who_may_only_look_sees_no_step(client, settings, edition):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.office(Role.READ_ONLY))
    project = make.project(edition=edition, status="applied")

    shown = client.get(reverse(BOARD))
    posted = client.post(reverse(BOARD), {"project": [project.pk], "step": "eligible"})

    assert project.title in shown.content.decode()
    assert "checkbox" not in shown.content.decode()
    assert posted.status_code == 403


def test_column_opened_has_its_projects_alone(edition):
    mine = make.project(edition=edition, status="reserve")
    make.project(edition=edition)

    rows = column_rows(edition, Filters(), "reserve", make.organizer())

    assert list(rows) == [mine]
    assert column_rows(edition, Filters(), "nowhere", make.organizer()) is None


def test_board_without_an_edition_says_so(organizer):
    assert not Edition.objects.exists()

    assert "There is no edition yet" in organizer.get(reverse(BOARD)).content.decode()
