"""The office's first page: numbers, what waits, charts, each within rights."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from attendees.models import Category, Invitation
from events.dashboard import Days, board_of
from events.models import Edition
from hrconf.accounts.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
OPENING = datetime(2017, 11, 8, 1, tzinfo=UTC)


@pytest.fixture
def edition():
    """An edition with something of everything."""
    edition = make.edition(slug="2017")
    for status in ["draft", "tentative", "accepted", "accepted", "declined", "bounced"]:
        make.invitation(edition=edition, status=status)
    make.invitation(edition=edition, status="sent", sent_at=OPENING)
    make.registration(edition=edition, arrived_at=OPENING)
    make.registration(edition=edition)
    for status in ["pending", "pending", "incomplete", "declined"]:
        make.registration(edition=edition, status=status, kind=Category.Kind.VISITOR)
    make.project(edition=edition, status="applied")
    make.agreement(edition=edition)
    make.message(state="failed")
    return edition


def numbers(board) -> dict[str, str]:
    return {number.label: number.value for number in board.numbers}


def works(board) -> dict[str, int]:
    return {work.label: work.count for work in board.waiting}


def test_organizer_sees_how_the_edition_stands(edition):
    board = board_of(edition, make.organizer())

    assert numbers(board) == {
        "Invited": "6",
        "Answered": "4",
        "Registered": "5",
        "To approve": "2",
        "Arrived": "1",
        "Projects": "1",
        "Agreements signed": "1",
    }
    assert board.numbers[-1].note == "10 million yuan"


def test_organizer_sees_what_waits_with_its_troubles(edition):
    board = board_of(edition, make.organizer())

    assert works(board) == {
        "Registrations to approve": 2,
        "Invitations long unanswered": 2,  # one of them past the day of deciding
        "Invitations that bounced": 1,
        "Invitations not sent yet": 1,
        "Incomplete registrations": 1,
        "Projects to screen": 1,
        "Mails: Failed": 1,
    }


def test_every_link_leads_to_a_list_of_as_many_rows(edition, client):
    other = make.edition()
    make.invitation(edition=other, status=Invitation.Status.SENT)
    make.registration(edition=other, status="pending")
    user = make.user(is_staff=True, is_superuser=True)
    client.force_login(user)

    for work in board_of(edition, user).waiting:
        response = client.get(work.url)
        assert response.status_code == 200, work.url
        assert response.context["cl"].result_count == work.count, work.label


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.DESK, {"Arrived"}),
        (Role.STAFF, {"Projects", "Agreements signed"}),
        (Role.JUROR_MANAGER, {"Projects"}),
        (Role.PRESS, set()),
    ],
)
def test_a_role_sees_only_its_own_numbers(edition, role, seen):
    assert set(numbers(board_of(edition, make.office(role)))) == seen


def test_arrivals_of_today_are_counted_by_the_clock_of_the_host_city(edition):
    make.registration(edition=edition, arrived_at=OPENING + timedelta(days=1))

    with time_machine.travel(OPENING + timedelta(days=1, hours=2), tick=False):
        board = board_of(edition, make.office(Role.DESK))

    assert board.numbers[0].note == "of 3 expected; today 1"


@pytest.mark.parametrize("rows", [1, 20])
def test_first_page_costs_the_same_at_any_length(client, rows, django_assert_num_queries):
    edition = make.edition()
    for _row in range(rows):
        make.invitation(edition=edition, status="sent")
        make.registration(edition=edition, kind=Category.Kind.VISITOR)
        make.registration(edition=edition, kind=Category.Kind.PRESS)
        make.project(edition=edition)
        make.agreement(edition=edition)
        make.message(state="failed")
    client.force_login(make.organizer())
    client.get(reverse("admin:index"))

    # session, user, permissions (own, of roles), edition at hand (2), invitations,
    # registrations: by status, by day, by category; arrivals, projects, agreements,
    # mails, editions to choose from; fifteen work lists, and the questions for the
    # days of arrival and departure
    with django_assert_num_queries(30):
        client.get(reverse("admin:index"))


def test_another_edition_can_be_chosen(client, edition):
    newer = make.edition(slug="2019", starts_on=date(2019, 11, 9), ends_on=date(2019, 11, 10))
    client.force_login(make.organizer())

    assert newer.name_en in client.get(reverse("admin:index")).content.decode()
    chosen = client.get(reverse("admin:index"), {"edition": "2017"})
    assert f'<h2 class="office-head-name">{edition.name_en}</h2>' in chosen.content.decode()


def test_without_an_edition_the_page_says_so(client):
    client.force_login(make.organizer())

    assert "There is no edition yet" in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("today", "slug"),
    [
        (date(2016, 1, 1), "2016"),  # the next one
        (date(2016, 11, 10), "2016"),  # on its last day
        (date(2016, 11, 11), "2017"),
        (date(2030, 1, 1), "2017"),  # the last that was
    ],
)
def test_edition_at_hand_is_the_next_to_end_else_the_last(today, slug):
    for year in [2016, 2017]:
        make.edition(
            slug=str(year), starts_on=date(year, 11, 8), ends_on=date(year, 11, 10), year=year
        )

    with time_machine.travel(datetime(today.year, today.month, today.day, 4, tzinfo=UTC)):
        assert Edition.objects.at_hand().slug == slug


def test_columns_of_a_chart_stand_at_their_days():
    chart = Days("", {date(2017, 9, 1): 5, date(2017, 9, 4): 10})

    assert [(c.x, c.height) for c in chart.columns] == [(0, 50), (75, 100)]
    assert chart.width == 25
