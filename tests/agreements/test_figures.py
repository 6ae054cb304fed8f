"""Headline numbers counted from rows."""

from decimal import Decimal

import pytest

from agreements.models import Agreement
from attendees.models import Category
from events.figures import figures_of
from tests import make

pytestmark = pytest.mark.django_db


def test_contract_volume_falls_when_a_signed_agreement_is_cancelled(client):
    edition = make.edition()
    make.agreement(edition=edition, amount=Decimal("100.00"))
    kept = make.agreement(edition=edition, amount=Decimal("1.10"))
    make.agreement(edition=edition, status=Agreement.Status.READY)
    make.agreement()  # of another edition
    before = client.get(f"/en/{edition.slug}/figures.json").json()

    edition.agreements.exclude(pk=kept.pk).filter(status="signed").update(
        status="cancelled", cancelled_on="2017-11-20", cancel_reason="Withdrawn"
    )

    after = client.get(f"/en/{edition.slug}/figures.json").json()
    assert (before["agreements_signed"], before["contract_volume_cny"]) == (2, 101.10)
    assert (after["agreements_signed"], after["contract_volume_cny"]) == (1, 1.10)
    assert after["contract_volume_usd"] == 0.17


def test_foreign_amounts_convert_at_the_rates_of_the_day():
    edition = make.edition()
    make.agreement(
        edition=edition, amount=Decimal("100.00"), currency="EUR", rate=Decimal("7.6884")
    )

    figures = figures_of(edition)

    assert figures["contract_volume_cny"].value == Decimal("768.84")
    assert figures["contract_volume_usd"].value == Decimal("116.00")


def test_attendees_are_those_checked_in_at_the_opening():
    edition = make.edition()
    opening = make.opening(edition=edition)
    other = make.session(edition=edition)
    came = make.registration(edition=edition)
    make.checkin(registration=came, session=opening)
    make.checkin(registration=came, session=other)
    make.checkin(registration=make.registration(edition=edition))  # at the gate only

    assert figures_of(edition)["attendees"].value == 1


def test_invited_professionals_are_invited_confirmed_and_professional():
    edition = make.edition()
    for country, kind in [
        ("CA", Category.Kind.PROFESSIONAL),
        ("CA", Category.Kind.PROFESSIONAL),
        ("JP", Category.Kind.PROFESSIONAL),
        ("FR", Category.Kind.INVESTOR),
    ]:
        guest = make.person(country=country)
        invitation = make.invitation(edition=edition, person=guest, kind=kind, status="accepted")
        make.registration(edition=edition, person=guest, kind=kind, invitation=invitation)
    make.registration(edition=edition)  # not invited
    figures = figures_of(edition)

    assert figures["invited_professionals"].value == 3
    assert figures["countries"].value == 2
    rows = figures["invited_professionals"].breakdowns[0].rows
    assert [(row.label, row.value) for row in rows] == [("Canada", 2), ("Japan", 1)]


def test_projects_count_sub_sectors_with_their_sector():
    edition = make.edition()
    top = make.sector()
    make.project(edition=edition, sector=top)
    make.project(edition=edition, sector=make.sector(parent=top))
    make.project(edition=edition, sector=top, status="withdrawn")
    make.project(edition=edition, sector=top, invited_on=None)

    projects = figures_of(edition)["projects"]

    assert projects.value == 2
    assert [(row.label, row.value) for row in projects.breakdowns[0].rows] == [(top.name, 2)]


def test_projects_divide_by_stage():
    edition = make.edition()
    for stage in ["pilot", "pilot", "idea", ""]:
        make.project(edition=edition, stage=stage)

    rows = figures_of(edition)["projects"].breakdowns[1].rows

    assert [row.value for row in rows] == [1, 0, 2, 0, 0, 1]


@pytest.mark.parametrize("rows", [1, 20])
def test_figures_cost_the_same_however_many_rows(client, django_assert_num_queries, rows):
    edition = make.edition()
    opening = make.opening(edition=edition)
    for _ in range(rows):
        guest = make.registration(edition=edition)
        make.checkin(registration=guest, session=opening)
        make.project(edition=edition)
        make.agreement(edition=edition, district=make.district())

    with django_assert_num_queries(39):
        response = client.get(f"/en/{edition.slug}/figures.json")

    assert response.json()["agreements_signed"] == rows
