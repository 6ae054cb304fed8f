"""Work lists: what waits, whose it is, the most urgent first, each within rights."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from attendees.models import AnswerChange, Category, FormField, Invitation, Wait
from events.worklists import count_work
from hrconf.accounts.roles import Role
from tests import make
from tests.attendees import make_forms

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:events_edition_work")
LONG_AGO = timedelta(days=30)


@pytest.fixture
def edition():
    today = timezone.localdate()
    return make.edition(slug="next", starts_on=today, ends_on=today + timedelta(days=2))


@pytest.fixture
def organizer(client):
    user = make.organizer()
    client.force_login(user)
    return user


def asked(edition, **fields) -> Invitation:
    fields = {"status": "sent", "sent_at": timezone.now() - LONG_AGO, **fields}
    return make.invitation(edition=edition, **fields)


def pending(edition, owner=None, days=1):
    invitation = asked(edition, owner=owner, status="accepted")
    return make.registration(
        edition=edition,
        person=invitation.person,
        invitation=invitation,
        status="pending",
        submitted_at=timezone.now() - timedelta(days=days),
    )


def coming(edition, day: date, **fields):
    return make.registration(
        edition=edition, answers={"travel": {"arrival": day.isoformat()}}, **fields
    )


def asks_for_arrival(edition) -> None:
    form = make_forms.form(edition=edition, slug="travel")
    for key in ["arrival", "departure"]:
        make_forms.question(form, key, FormField.Kind.DATE, meaning=key)


def counts(edition, user) -> dict[str, int]:
    return {one.list.name: one.count for one in count_work(edition, user) if one.count}


def names(page) -> list[str]:
    return [line["shown"].name for line in page.context["lines"]]


def test_each_list_counts_what_waits_at_this_edition(edition):
    asked(edition)
    asked(edition, sent_at=timezone.now())  # has time yet
    asked(edition, status="bounced")
    asked(make.edition())
    place = pending(edition)
    AnswerChange.objects.create(
        registration=place, form=make_forms.form(edition=edition), state="waiting"
    )
    now = timezone.now()
    for until in [now + timedelta(hours=1), now - timedelta(hours=1)]:
        held = make.registration(edition=edition, status="waitlisted", submitted_at=now)
        Wait.objects.create(
            registration=held,
            category=held.category,
            state="offered",
            offered_at=now,
            offer_until=until,
        )

    assert counts(edition, make.organizer()) == {
        "approve": 1,
        "changes": 1,
        "unanswered": 1,
        "bounced": 1,
        "offers": 1,
        "waiting": 2,
    }


def test_tentative_guest_waits_for_us_once_their_day_is_past(edition):
    today = timezone.localdate()
    asked(edition, status="tentative", decide_by=today - timedelta(days=2))
    asked(edition, status="tentative", decide_by=today + timedelta(days=2))

    assert counts(edition, make.organizer()) == {"unanswered": 1}


def test_arriving_today_are_confirmed_guests_who_said_so_and_are_not_here(edition):
    asks_for_arrival(edition)
    today = edition.starts_on
    expected = coming(edition, today)
    coming(edition, today + timedelta(days=1))
    coming(edition, today, arrived_at=timezone.now())
    coming(edition, today, status="pending")
    noon = datetime(today.year, today.month, today.day, 4, tzinfo=UTC)

    with time_machine.travel(noon, tick=False):
        found = {one.list.name: one for one in count_work(edition, make.office(Role.DESK))}

    assert found["arriving"].count == 1
    assert found["arriving"].list.rows(edition).get() == expected


def test_leaving_today_are_guests_who_are_here_and_said_so(edition):
    asks_for_arrival(edition)
    today = edition.starts_on
    noon = datetime.combine(today, time(4), tzinfo=UTC)
    leave_today = {"answers": {"travel": {"departure": today.isoformat()}}}
    expected = make.registration(edition=edition, arrived_at=noon, **leave_today)
    make.registration(edition=edition, **leave_today)
    coming(edition, today, arrived_at=noon)

    with time_machine.travel(noon, tick=False):
        found = {one.list.name: one for one in count_work(edition, make.office(Role.DESK))}

    assert found["leaving"].count == 1
    assert found["leaving"].list.rows(edition).get() == expected


def test_question_without_the_meaning_says_nobody_arrives_whatever_its_key(edition):
    form = make_forms.form(edition=edition, slug="travel")
    make_forms.question(form, "arrival", FormField.Kind.DATE)
    coming(edition, edition.starts_on)

    assert counts(edition, make.office(Role.DESK)) == {}


@pytest.mark.parametrize(
    ("role", "lists"),
    [
        (Role.DESK, ["arriving", "leaving"]),
        (Role.STAFF, ["begun", "screen", "showcase", "sign"]),
        (Role.JUROR_MANAGER, ["begun", "screen", "showcase"]),
        (Role.PRESS, []),
    ],
)
def test_a_role_has_its_own_lists(edition, role, lists):
    assert [one.list.name for one in count_work(edition, make.office(role))] == lists


def test_oldest_is_first_on_the_page_and_in_the_list_it_links_to(client, edition, organizer):
    rows = [pending(edition, days=days) for days in [1, 9, 4]]
    order = [rows[1], rows[2], rows[0]]

    page = client.get(PAGE, {"list": "approve", "whose": "all"})
    listed = client.get(page.context["list_url"])

    assert names(page) == [row.person.both_names for row in order]
    assert list(listed.context["cl"].result_list) == order


def test_one_sees_ones_own_first_and_everybodys_on_asking(client, edition, organizer):
    mine = pending(edition, owner=organizer)
    theirs = pending(edition, owner=make.organizer())

    assert names(client.get(PAGE)) == [mine.person.both_names]
    everybody = names(client.get(PAGE, {"list": "approve", "whose": "all"}))
    assert set(everybody) == {mine.person.both_names, theirs.person.both_names}


def test_who_owns_nothing_sees_everybodys(client, edition, organizer):
    row = pending(edition, owner=make.organizer())

    assert names(client.get(PAGE)) == [row.person.both_names]


def test_deed_is_at_hand_for_chosen_rows(client, edition, organizer):
    row = pending(edition)
    page = client.get(PAGE, {"list": "approve"})
    deeds = [deed["url"] for deed in page.context["handy"]]

    preview = client.get(deeds[0], {"ids": row.pk, "next": page.context["back"]})

    assert deeds[0] == reverse("admin:attendees_registration_approve")
    assert row.person.name_native in preview.content.decode()


def test_who_may_not_do_a_deed_is_not_offered_it(client, edition):
    pending(edition)
    client.force_login(make.office(Role.READ_ONLY))

    page = client.get(PAGE, {"list": "approve"})

    assert page.context["lines"]
    assert not page.context["handy"]


def test_list_that_a_role_has_not_is_not_shown_by_its_address(client, edition):
    row = pending(edition)
    client.force_login(make.office(Role.DESK))

    page = client.get(PAGE, {"list": "approve"})

    assert row.person.name_native not in page.content.decode()
    assert client.get(reverse("admin:attendees_registration_changelist"), {"work": "approve"})


@pytest.mark.parametrize("rows", [1, 20])
def test_page_costs_the_same_at_any_length(client, edition, rows, django_assert_max_num_queries):
    asks_for_arrival(edition)
    user = make.organizer()
    for _row in range(rows):
        pending(edition, owner=user)
        asked(edition, owner=make.organizer(), association=make.association())
        make.registration(edition=edition, kind=Category.Kind.VISITOR, status="incomplete")
    client.force_login(user)
    client.get(PAGE)

    # session, user, permissions (2), edition at hand; fifteen lists and the questions
    # for the days of arrival and departure; the count and the rows of one; editions to choose from
    with django_assert_max_num_queries(26):
        assert client.get(PAGE, {"whose": "all"}).status_code == 200


def test_strange_addresses_break_nothing(client, edition, organizer):
    for query in [{"list": "x"}, {"page": "999"}, {"edition": "\x00"}, {"whose": "?"}]:
        assert client.get(PAGE, query).status_code == 200
    listed = client.get(reverse("admin:attendees_registration_changelist"), {"work": "nothing"})
    assert listed.status_code == 200
