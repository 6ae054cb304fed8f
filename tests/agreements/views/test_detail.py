import html
from datetime import date

import pytest

from agreements.services.signings import cancel_agreement
from attendees.models import Invitation
from hrconf.accounts.roles import Role
from tests import make
from tests.agreements.register import register

pytestmark = pytest.mark.django_db
PAGE = "/en/2017/agreements/HZ-1/"


@pytest.fixture
def rows():
    return register()


@pytest.fixture
def staff(client):
    client.force_login(make.staff())
    return client


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def with_thread(agreement):
    """Give the agreement the whole way that leads to it."""
    project = agreement.project
    invitation = make.invitation(
        edition=project.edition, person=project.holder, status=Invitation.Status.ACCEPTED
    )
    project.registration = make.registration(
        edition=project.edition, person=project.holder, invitation=invitation
    )
    project.save()
    agreement.meeting = make.meeting(project=project)
    agreement.signed_at_session = make.session(edition=project.edition, title_en="Signing hour")
    agreement.save()
    return agreement


def test_detail_shows_parties_amounts_and_the_source_of_rates(staff, rows):
    page = text_of(staff.get("/en/2017/agreements/HZ-3/"))

    assert "EUR 1,000,000.05" in page
    assert "CNY 7,683,800.38" in page
    assert "USD 1,159,346.44" in page
    assert "EUR 1 = CNY 7.6838 (Bank of EUR)" in page
    assert "USD 1 = CNY 6.6277 (Bank of USD)" in page


def test_detail_shows_both_languages(staff, rows):
    page = text_of(staff.get(PAGE))

    for text in ["Robots for kitchens", "厨房机器人", "Acme Robotics", "艾克美机器人"]:
        assert text in page


def test_thread_leads_from_the_invitation_to_the_signature(client, rows):
    with_thread(rows.yuan)
    client.force_login(make.organizer())

    titles = [entry.title for entry in client.get(PAGE).context["thread"]]

    for start in ["Chosen as a guest", "Registered for", "Project “Kitchen robot”", "Meeting with"]:
        assert sum(title.startswith(start) for title in titles) == 1, titles
    assert "Signed" in titles


def test_thread_keeps_to_what_the_reader_may_see(staff, rows):
    with_thread(rows.yuan)

    titles = " ".join(entry.title for entry in staff.get(PAGE).context["thread"])

    assert "Project" in titles
    assert "Chosen as a guest" not in titles
    assert "Registered for" not in titles


def test_thread_names_who_cancelled_and_why(staff, rows):
    who = make.staff(name="Lou Jianhua")
    cancel_agreement(rows.yuan.pk, reason="No site.", on=date(2017, 11, 10), by=who)

    page = text_of(staff.get(PAGE))

    assert "No site." in page
    assert "by Lou Jianhua" in page
    assert "no total counts these amounts" in page


def test_an_agreement_of_another_edition_is_not_found(staff, rows):
    other = make.agreement(reference="HZ-9")

    assert staff.get(f"/en/2017/agreements/{other.reference}/").status_code == 404


@pytest.mark.parametrize("reference", ["HZ%00-1", "%20", "..%2F", "HZ-1'--", "报告"])
def test_a_strange_reference_is_not_found(staff, rows, reference):
    assert staff.get(f"/en/2017/agreements/{reference}/").status_code == 404


def test_a_reference_may_hold_a_stroke(staff, rows):
    agreement = make.agreement(edition=rows.edition, reference="2017/12")

    assert staff.get(agreement.get_absolute_url()).context["agreement"] == agreement


def test_only_who_may_change_it_gets_a_link_to_the_office(client, rows):
    for role, is_there in [(Role.STAFF, True), (Role.READ_ONLY, False)]:
        client.force_login(make.office(role))
        assert (f"/agreement/{rows.yuan.pk}/change/" in text_of(client.get(PAGE))) == is_there


@pytest.mark.parametrize("sides", [1, 20])
def test_detail_costs_nine_queries_however_many_parties(staff, django_assert_num_queries, sides):
    edition = make.edition(slug="2017")
    agreement = make.agreement(
        edition=edition,
        reference="HZ-1",
        parties=[make.party() for _side in range(sides)],
        project=make.project(edition=edition),
    )
    with_thread(agreement)
    staff.get(PAGE)  # the kind of rows that marks hang on is looked up once

    # session, user, permissions of the user and of the roles, edition; agreement, sides;
    # rates; marks
    with django_assert_num_queries(9):
        staff.get(PAGE)
