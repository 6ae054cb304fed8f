"""Charts of registrations: by day against the edition before, by what people are and say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from attendees.models import Category, Consent, ConsentText, FormField
from attendees.services import charting
from events.models import RecordedTotal
from hrconf.accounts.roles import Role
from tests import make
from tests.attendees import make_forms

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:attendees_registration_charts")
Kind = FormField.Kind


def held(year: int, starts_on: date, series=None):
    return make.edition(
        slug=str(year),
        year=year,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=2),
        series=series or make.series(),
    )


@pytest.fixture
def editions():
    """Of one series, opened on 8 November 2017 and on 9 November 2016."""
    series = make.series()
    return held(2016, date(2016, 11, 9), series), held(2017, date(2017, 11, 8), series)


@pytest.fixture
def organizer(client):
    user = make.organizer()
    client.force_login(user)
    return user


def registered(edition, day: date, times: int = 1, **fields):
    noon = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    for _time in range(times):
        fields.setdefault("status", "pending")
        make.registration(edition=edition, submitted_at=noon, **fields)


def days(comparison) -> dict[int, tuple[int, int, int, int]]:
    return {
        row.offset: (row.now, row.before, row.now_sum, row.before_sum)
        for row in comparison.rows
        if row.now or row.before
    }


def counted(rows) -> dict[str, int]:
    return {row.label: row.value for row in rows}


def test_days_are_laid_over_each_other_by_days_to_the_opening(editions):
    before, edition = editions
    registered(edition, date(2017, 11, 6), 2)  # two days before
    registered(before, date(2016, 11, 7), 3)  # two days before
    registered(before, date(2016, 11, 8))  # one day before

    found = charting.compare(edition, before, "opening")

    assert days(found) == {-2: (2, 3, 2, 3), -1: (0, 1, 2, 4)}
    assert found.rows[0].day == date(2017, 11, 6)


def test_days_are_laid_over_each_other_by_date(editions):
    before, edition = editions
    registered(edition, date(2017, 2, 6))
    registered(before, date(2016, 2, 6))

    found = charting.compare(edition, before, "date")

    assert list(days(found).values()) == [(1, 1, 1, 1)]
    assert found.rows[0].day == date(2017, 2, 6)


def test_days_are_those_of_the_host_city(editions):
    _before, edition = editions
    late = datetime(2017, 11, 5, 20, tzinfo=UTC)  # the 6th in Hangzhou
    make.registration(edition=edition, status="pending", submitted_at=late)

    assert list(days(charting.compare(edition, None, "opening"))) == [-2]


def test_registration_years_later_leaves_the_chart_its_room_and_is_told(
    editions, organizer, client
):
    _before, edition = editions
    registered(edition, date(2017, 11, 6), 2)
    registered(edition, date(2026, 11, 23), 3)

    found = charting.compare(edition, None, "opening")
    page = client.get(PAGE, {"edition": "2017"}).content.decode()

    assert days(found) == {-2: (2, 0, 2, 0)}
    assert len(found.rows) == 1
    assert "3 more registered long before or after the edition and are not drawn." in page


def test_ends_of_the_chart_are_told_in_words(editions):
    _before, edition = editions
    registered(edition, date(2017, 11, 6))
    registered(edition, date(2017, 11, 9))

    rows = charting.compare(edition, None, "opening").rows

    with override("zh-hans"):
        told = [row.to_the_opening for row in rows]
    assert told == ["开幕前2天", "开幕前1天", "开幕日", "开幕后1天"]


def test_edition_before_is_of_the_same_series(editions):
    before, edition = editions
    held(2015, date(2015, 11, 9))

    assert charting.edition_before(edition) == before
    assert charting.edition_before(before) is None


def test_line_of_the_edition_ends_with_its_last_registration(editions):
    before, edition = editions
    registered(edition, date(2017, 11, 1))
    registered(before, date(2016, 11, 8))

    found = charting.compare(edition, before, "opening")

    assert len(found.line_sum.split()) == 1
    assert len(found.line_before_sum.split()) == len(found.rows) == 7
    assert found.line_before_sum.endswith(",0.0")


def test_people_are_counted_by_what_they_are(editions):
    _before, edition = editions
    sender = make.association(name_en="Scholars")
    for country in ["CN", "CN", "US", ""]:
        make.registration(edition=edition, person=make.person(country=country))
    invitation = make.invitation(edition=edition, association=sender, status="accepted")
    make.registration(
        edition=edition,
        invitation=invitation,
        person=invitation.person,
        kind=Category.Kind.PRESS,
        status="pending",
    )
    make.registration(
        edition=edition, delegation=make.delegation(edition=edition, association=sender)
    )
    make.registration(edition=edition, status="cancelled", kind=Category.Kind.VISITOR)

    countries = counted(charting.by_country(edition))
    assert (countries["China"], countries["Not known"]) >= (2, 1)
    assert counted(charting.by_category(edition)) == {"Invited professional": 5, "Press": 1}
    senders, unsent = charting.by_association(edition)
    assert (counted(senders), unsent) == ({"Scholars": 2}, 4)


def answered(edition, kind: str, *answers, **fields):
    form = make_forms.form(edition=edition, slug="main")
    question = make_forms.question(form, "a-question", kind, **fields)
    for answer in answers:
        kept = {} if answer is None else {"main": {"a-question": answer}}
        make.registration(edition=edition, answers=kept)
    return question


@pytest.mark.parametrize(
    ("kind", "answers", "found"),
    [
        (Kind.CHOICE, ["a", "a", "b", None], {"A": 2, "B": 1, "No answer": 1}),
        (Kind.CHOICES, [["a", "b"], ["b"], []], {"A": 1, "B": 2, "No answer": 1}),
        (Kind.YES_NO, ["yes", "no", "no"], {"Yes": 1, "No": 2}),
        (Kind.COUNTRY, ["FR", "FR"], {"France": 2}),
        (Kind.NUMBER, [1, 3, 3], {"1": 1, "2": 0, "3": 2}),
        (Kind.CHOICE, ["gone"], {"gone": 1}),
    ],
)
def test_answers_are_counted(editions, kind, answers, found):
    edition = editions[1]
    choices = {"choices": ["a", "b"]} if kind in FormField.WITH_CHOICES else {}
    question = answered(edition, kind, *answers, **choices)

    assert counted(charting.by_answer(edition, question)) == found


def test_consents_that_hold_are_counted(editions):
    edition = editions[1]
    form = make_forms.form(edition=edition)
    question = make_forms.question(form, "photos", Kind.CONSENT, text="Yes")
    for withdrawn in [None, timezone.now()]:
        Consent.objects.create(
            registration=make.registration(edition=edition),
            text=ConsentText.objects.get(),
            language="en",
            withdrawn_at=withdrawn,
        )

    assert counted(charting.by_answer(edition, question)) == {"Consented": 1, "Did not": 1}


def test_numbers_fall_into_bins_with_round_bounds():
    rows = charting.in_bins([0, 99, 150, 700])

    assert [(row.label, row.value) for row in rows][:2] == [("0–99", 2), ("100–199", 1)]
    assert sum(row.value for row in rows) == 4


@pytest.mark.parametrize(("width", "step"), [(0, 1), (0.3, 1), (1.2, 2), (8, 10), (87.5, 100)])
def test_steps_are_round(width, step):
    assert charting.round_step(width) == step


def test_page_shows_both_editions_and_switches_by_a_link(client, organizer, editions):
    before, edition = editions
    registered(edition, date(2017, 11, 6))
    registered(before, date(2016, 11, 7))

    page = client.get(PAGE, {"edition": "2017"})
    switched = client.get(PAGE + page.context["ways"][1]["url"])

    assert page.context["has_before"]
    assert "office-line-before" in page.content.decode()
    assert switched.context["align"] == "date"


def test_page_is_honest_about_what_is_not_recorded(client, organizer, editions):
    before, edition = editions
    registered(edition, date(2017, 11, 6))

    nothing = client.get(PAGE, {"edition": "2017"}).content.decode()
    first = client.get(PAGE, {"edition": "2016"}).content.decode()
    RecordedTotal.objects.create(
        series=before.series,
        metric=RecordedTotal.Metric.ATTENDEES,
        first_year=2009,
        last_year=2015,
        value=100,
        source="Office",
        recorded_by=organizer,
    )
    totals = client.get(PAGE, {"edition": "2016"}).content.decode()

    assert "No registrations by day are recorded of the edition before" in nothing
    assert "There is no edition before this one" in first
    assert "only totals are recorded of earlier years" in totals


def test_question_is_chosen_and_an_unknown_one_is_the_first(client, organizer, editions):
    question = answered(editions[1], Kind.YES_NO, "yes")

    for name in ["main.a-question", "no.such", "\x00"]:
        page = client.get(PAGE, {"edition": "2017", "field": name, "align": "x"})
        assert page.context["answers"].title == question.label


def test_answers_are_for_who_may_read_them(client, editions):
    answered(editions[1], Kind.YES_NO, "yes")
    client.force_login(make.office(Role.READ_ONLY))
    may_read = make.office(Role.READ_ONLY).has_perm("attendees.view_answers")

    page = client.get(PAGE, {"edition": "2017"})

    assert bool(page.context["answers"]) is may_read


@pytest.mark.parametrize("rows", [1, 20])
def test_page_costs_the_same_at_any_length(
    client, organizer, editions, rows, django_assert_max_num_queries
):
    before, edition = editions
    form = make_forms.form(edition=edition, slug="main")
    for number in range(rows):
        make_forms.question(form, f"q{number}", Kind.CHOICE, choices=["a"])
        registered(edition, date(2017, 11, 1), delegation=make.delegation(edition=edition))
        registered(before, date(2016, 10, 1) + timedelta(days=number))
    client.get(PAGE)

    # session, user, permissions (2), edition; the one before, two times the days,
    # questions (2), category, country, association (2), answers, editions to choose
    with django_assert_max_num_queries(16):
        client.get(PAGE, {"edition": "2017"})
