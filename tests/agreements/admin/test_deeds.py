"""Deeds of agreements in the office: asked first, refused where they must be, done once."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from agreements.models import Agreement
from hrconf.accounts.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
Status = Agreement.Status
DAY = date(2017, 11, 8)
LIST = "/admin/agreements/agreement/"


@pytest.fixture
def edition():
    make.rate(currency="USD", on=DAY, rate="6.6277")
    return make.edition(slug="2017")


@pytest.fixture
def staff(client):
    client.force_login(make.staff())
    return client


def drawn_up(edition, **fields) -> Agreement:
    fields = {"status": Status.READY, "signed_on": None, "parties": [make.party()]} | fields
    return make.agreement(edition=edition, **fields)


def address(deed: str) -> str:
    return reverse(f"admin:agreements_agreement_{deed}")


def press(client, deed: str, *agreements: Agreement, **answers):
    """Press the button of a deed's page."""
    ids = ",".join(str(agreement.pk) for agreement in agreements)
    return client.post(address(deed), {"ids": ids, "confirm": "1", **answers})


def told(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def state(agreement: Agreement) -> str:
    agreement.refresh_from_db()
    return agreement.status


def test_action_of_the_list_asks_and_does_nothing(staff, edition):
    agreement = drawn_up(edition)

    response = staff.post(LIST, {"action": "sign", "_selected_action": [agreement.pk]})

    assert "agreements/deed.html" in response.template_name
    assert state(agreement) == Status.READY


def test_page_says_which_will_be_left_out_and_why(staff, edition):
    ready, lonely = drawn_up(edition), drawn_up(edition, parties=[])
    gone = make.agreement(
        edition=edition, status=Status.CANCELLED, cancelled_on=DAY, cancel_reason="Gone."
    )
    ids = f"{ready.pk},{lonely.pk},{gone.pk}"

    response = staff.get(address("sign"), {"ids": ids})

    said = {line.agreement: line.obstacle for line in response.context["lines"]}
    assert said == {
        ready: "",
        lonely: "It has no parties yet.",
        gone: "Its state is “Cancelled”.",
    }
    assert (response.context["going"], response.context["left"]) == (1, 2)
    assert "It has no parties yet." in response.content.decode()


def test_page_has_no_button_where_nothing_can_be_done(staff, edition):
    page = staff.get(address("fund"), {"ids": drawn_up(edition).pk}).content.decode()

    assert 'name="confirm"' not in page
    assert "There is nothing to do among these rows." in page


def test_signing_needs_a_recorded_rate(staff, edition):
    agreement = drawn_up(edition, currency="EUR")

    response = press(staff, "sign", agreement, signed_on="2017-11-08")

    assert agreement.reference in told(response)
    assert "EUR" in told(response)
    assert state(agreement) == Status.READY


def test_one_that_is_refused_holds_up_no_other(staff, edition):
    good, bad = drawn_up(edition), drawn_up(edition, currency="EUR")

    response = press(staff, "sign", good, bad, signed_on="2017-11-08")

    assert (state(good), state(bad)) == (Status.SIGNED, Status.READY)
    assert "Sign: 1 done." in told(response)


@pytest.mark.parametrize("day", ["", "8.11.2017", "2017-02-30"])
def test_wrong_day_is_told_at_its_field_and_what_was_typed_stays(staff, edition, day):
    agreement = drawn_up(edition)

    response = press(staff, "cancel", agreement, on=day, reason="No site was found.")

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"on"}
    assert "No site was found." in response.content.decode()
    assert state(agreement) == Status.READY


def test_a_day_to_come_is_refused(staff, edition):
    agreement = drawn_up(edition)
    later = date.today() + timedelta(days=9)

    response = press(staff, "sign", agreement, signed_on=later.isoformat())

    assert "has not come yet" in told(response)
    assert state(agreement) == Status.READY


@pytest.mark.parametrize("reason", ["", "   "])
def test_cancelling_needs_a_reason(staff, edition, reason):
    agreement = drawn_up(edition)

    response = press(staff, "cancel", agreement, on="2017-11-10", reason=reason)

    assert set(response.context["form"].errors) == {"reason"}
    assert state(agreement) == Status.READY


def test_agreement_is_signed_registered_funded_and_cancelled(staff, edition):
    agreement = drawn_up(edition)

    for deed, answers, expected in [
        ("sign", {"signed_on": "2017-11-08"}, Status.SIGNED),
        ("register", {}, Status.REGISTERED),
        ("fund", {}, Status.FUNDED),
        ("cancel", {"on": "2017-11-10", "reason": "Withdrawn."}, Status.CANCELLED),
    ]:
        assert press(staff, deed, agreement, **answers).status_code == 302
        assert state(agreement) == expected

    assert agreement.rate_on == DAY
    assert agreement.cancel_reason == "Withdrawn."


def test_pressing_twice_does_nothing_twice(staff, edition):
    agreement = drawn_up(edition)
    press(staff, "cancel", agreement, on="2017-11-10", reason="Withdrawn.")

    response = press(staff, "cancel", agreement, on="2017-11-11", reason="Again.")

    assert state(agreement) == Status.CANCELLED
    assert (agreement.cancelled_on, agreement.cancel_reason) == (date(2017, 11, 10), "Withdrawn.")
    assert "was so already (1)" in told(response)


@pytest.mark.parametrize("deed", ["sign", "register", "fund", "cancel"])
@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.READ_ONLY, Role.DESK, Role.JUROR_MANAGER])
def test_only_who_may_change_agreements_does_deeds(client, edition, deed, role):
    agreement = drawn_up(edition)
    client.force_login(make.office(role))

    answer = press(client, deed, agreement, signed_on="2017-11-08", on="2017-11-08", reason="x")

    assert answer.status_code == 403
    assert client.get(address(deed), {"ids": agreement.pk}).status_code == 403
    assert state(agreement) == Status.READY


@pytest.mark.parametrize("ids", ["", "x", "999999999", "1,2;drop"])
def test_unknown_rows_lead_back_to_the_list(staff, edition, ids):
    response = staff.get(address("sign"), {"ids": ids, "next": "https://elsewhere.example/"})

    assert response.status_code == 302
    assert response.url == LIST


@pytest.mark.parametrize("many", [1, 20])
def test_page_costs_the_same_however_many_agreements(
    staff, edition, django_assert_max_num_queries, many
):
    rows = [drawn_up(edition) for _row in range(many)]
    ids = ",".join(str(row.pk) for row in rows)
    staff.get(address("sign"), {"ids": ids})

    # session, user, permissions of user and roles; the keys, rows, sides; signing sessions
    with django_assert_max_num_queries(9):
        staff.get(address("sign"), {"ids": ids})
