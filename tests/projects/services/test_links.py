"""The past of a project and doubles: found, decided, taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hrconf.lib.errors import DomainError
from projects.models import Project, ProjectLink
from projects.services.links import (
    ask_about_projects_again,
    chain_of,
    find_project_links,
    keep_projects_apart,
    link_as_later,
    withdraw_double,
)
from tests import make

pytestmark = pytest.mark.django_db
CLOUD = {"title_en": "Cloud for farms", "title_zh_hans": "", "organization_en": "Zhiyun Keji Ltd"}


def two_years(**fields) -> tuple[Project, Project]:
    """A project of 2017 that came to the database before the one of 2016."""
    later = make.project(edition=make.edition(year=2017), **{**CLOUD, **fields})
    earlier = make.project(edition=make.edition(year=2016), **CLOUD)
    return earlier, later


def pair(first: Project, second: Project) -> ProjectLink:
    return ProjectLink.objects.create(first=first, second=second, score=60, reasons=["name"])


def test_search_finds_the_same_project_in_an_earlier_year_and_script():
    earlier, later = two_years(
        title_en="", organization_en="", organization_zh_hans="智云科技有限公司"
    )
    make.project(title_en="Something else", title_zh_hans="", organization_en="Another Inc.")

    assert find_project_links() == 1

    link = ProjectLink.objects.get()
    assert (link.first, link.second) == (earlier, later)
    assert link.reasons == ["scripts"]


def test_search_asks_nothing_again_that_somebody_decided():
    two_years()
    find_project_links()
    keep_projects_apart(ProjectLink.objects.get().pk, by=make.user())

    assert find_project_links() == 0
    assert ProjectLink.objects.get().state == "different"


def test_open_pair_goes_when_nothing_speaks_for_it_any_more():
    _earlier, later = two_years()
    find_project_links()
    Project.objects.filter(pk=later.pk).update(organization_en="Omega Works", title_en="Bank")

    assert find_project_links() == 0
    assert not ProjectLink.objects.exists()


def test_search_costs_the_same_queries_at_any_length():
    counts = []
    for _round in range(2):
        for _project in range(10):
            two_years(organization_en=f"Company {make.number()} Works")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            find_project_links()
        counts.append(len(queries))

    assert counts[0] <= counts[1] + 1 <= 12


def test_later_year_is_linked_and_its_chain_told():
    earlier, later = two_years()
    last = make.project(edition=make.edition(year=2019), **CLOUD)
    by = make.user()

    link_as_later(pair(earlier, later).pk, by=by)
    link_as_later(pair(later, last).pk, by=by)

    assert [one.pk for one in chain_of(later)] == [earlier.pk, later.pk, last.pk]
    assert [one.pk for one in chain_of(last)] == [earlier.pk, later.pk, last.pk]


def test_chain_costs_two_queries_however_long(django_assert_num_queries):
    before = None
    for year in range(2010, 2017):
        before = make.project(edition=make.edition(year=year), earlier=before)

    with django_assert_num_queries(2):
        assert len(chain_of(before)) == 7


def test_a_project_has_one_past_and_one_future():
    earlier, later = two_years()
    other_past = make.project(edition=make.edition(year=2015), **CLOUD)
    other_future = make.project(edition=later.edition, **CLOUD)
    by = make.user()
    link_as_later(pair(earlier, later).pk, by=by)

    with pytest.raises(DomainError) as past:
        link_as_later(pair(other_past, later).pk, by=by)
    with pytest.raises(DomainError) as future:
        link_as_later(pair(earlier, other_future).pk, by=by)

    assert (past.value.code, future.value.code) == ("has_past", "has_future")


def test_double_withdraws_the_newer_and_can_be_taken_back():
    edition = make.edition()
    kept = make.project(edition=edition, status="accepted", **CLOUD)
    gone = make.project(edition=edition, status="eligible", **CLOUD)
    link = pair(kept, gone)

    withdraw_double(link.pk, by=make.user())
    gone.refresh_from_db()
    kept.refresh_from_db()
    withdrawn = gone.status, kept.status
    ask_about_projects_again(link.pk)
    gone.refresh_from_db()

    assert withdrawn == ("withdrawn", "accepted")
    assert gone.status == "eligible"


def test_double_with_meetings_is_refused():
    edition = make.edition()
    kept, gone = (make.project(edition=edition, **CLOUD) for _one in range(2))
    make.meeting(project=gone)

    with pytest.raises(DomainError) as refusal:
        withdraw_double(pair(kept, gone).pk, by=make.user())

    assert refusal.value.code == "has_meetings"


def test_edition_decides_which_answers_there_are():
    earlier, later = two_years()
    double = make.project(edition=later.edition, **CLOUD)

    with pytest.raises(DomainError) as across:
        withdraw_double(pair(earlier, later).pk, by=make.user())
    with pytest.raises(DomainError) as within:
        link_as_later(pair(later, double).pk, by=make.user())

    assert (across.value.code, within.value.code) == ("other_edition", "same_edition")


def test_link_taken_back_leaves_no_past():
    earlier, later = two_years()
    link = pair(earlier, later)
    link_as_later(link.pk, by=make.user())

    ask_about_projects_again(link.pk)

    later.refresh_from_db()
    assert later.earlier is None
    assert ProjectLink.objects.open().count() == 1
