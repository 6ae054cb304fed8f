"""The owner's follow-up list and the funnel: each number is the list behind it."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import travel

from attendees.models import Category, Contact, Invitation, Mark
from attendees.services.following import DIMENSIONS, FOLLOW, STAGES, funnel
from hrconf.accounts.roles import Role
from hrconf.mailing.models import Batch, Message
from tests import make

pytestmark = pytest.mark.django_db
FOLLOW_UP = "admin:attendees_invitation_follow_up"
FUNNEL = "admin:attendees_invitation_funnel"
NOW = "2017-10-10T02:00Z"
TODAY = date(2017, 10, 10)


@pytest.fixture(autouse=True)
def _in_october():
    with travel(NOW):
        yield


@pytest.fixture
def organizer(client):
    client.organizer = make.organizer()
    client.force_login(client.organizer)
    return client


@pytest.fixture
def edition():
    return make.edition()


def day(after: int) -> date:
    return TODAY + timedelta(days=after)


def courted(edition, owner, **fields) -> Invitation:
    fields.setdefault("status", "sent")
    return make.invitation(
        edition=edition, owner=owner, sent_at="2017-09-04T02:00Z", association=None, **fields
    )


def guests(edition, owner) -> dict[str, list[Invitation]]:
    """Guests and the tabs where each belongs."""
    far, opened = day(20), "2017-09-10T02:00Z"
    waiting = courted(edition, owner, answer_by=far)
    due = courted(edition, owner, answer_by=day(3))
    late = courted(edition, owner, status="tentative", decide_by=day(-1), answer_by=day(-5))
    silent = courted(edition, owner, status="opened", opened_at=opened, answer_by=far)
    bounced = courted(edition, owner, status="bounced", answer_by=far)
    asked = courted(edition, owner, status="expired", asked_again_at=opened, answer_by=day(-5))
    courted(edition, owner, status="accepted", answer_by=day(3))
    courted(edition, owner, status="draft")
    return {
        "waiting": [waiting, due, late, silent],
        "due": [due],
        "undecided": [late],
        "silent": [silent],
        "bounced": [bounced],
        "asked": [asked],
    }


def listed(response) -> set[int]:
    return {row.pk for row in response.context["page"]}


def test_owner_sees_their_guests_by_what_these_need(organizer, edition):
    mine = guests(edition, organizer.organizer)
    guests(edition, make.organizer())
    guests(edition, None)

    for tab in FOLLOW:
        response = organizer.get(reverse(FOLLOW_UP), {"tab": tab})

        assert listed(response) == {row.pk for row in mine[tab]}, tab
        counts = [one["count"] for one in response.context["tabs"]]
        assert counts == [len(mine[name]) for name in FOLLOW]


def test_organizer_sees_anybodys_guests_and_nobodys(organizer, edition):
    other = make.organizer()
    theirs, nobodys = courted(edition, other), courted(edition, None)

    def seen(owner) -> set[int]:
        return listed(organizer.get(reverse(FOLLOW_UP), {"owner": owner}))

    assert seen(other.pk) == {theirs.pk}
    assert seen("none") == {nobodys.pk}
    assert seen("all") == {theirs.pk, nobodys.pk}
    assert seen("me") == seen("9" * 30) == set()


def test_follow_up_list_costs_the_same_at_any_length(organizer, edition):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert organizer.get(reverse(FOLLOW_UP)).status_code == 200
        return len(queries)

    for _n in range(2):
        row = courted(edition, organizer.organizer)
        Contact.objects.create(invitation=row, on=TODAY, text="Hello", by=organizer.organizer)
    cost()
    few = cost()
    for _n in range(60):
        row = courted(edition, organizer.organizer)
        Contact.objects.create(invitation=row, on=TODAY, text="Hello", by=organizer.organizer)

    assert cost() == few
    assert len(organizer.get(reverse(FOLLOW_UP), {"page": 2}).context["page"]) == 12


def do(client, deed: str, rows, **more):
    data = {"ids": ",".join(str(row.pk) for row in rows), "confirm": "1", **more}
    return client.post(reverse(f"admin:attendees_invitation_{deed}"), data, follow=True)


def test_conversation_is_noted_in_one_step_and_stands_in_the_list(organizer, edition):
    row = courted(edition, organizer.organizer)

    do(organizer, "note", [row], on="2017-10-09", way="phone", text="Asks for his wife to come")

    contact = Contact.objects.get()
    assert (contact.invitation, contact.by) == (row, organizer.organizer)
    assert "Asks for his wife" in organizer.get(reverse(FOLLOW_UP)).content.decode()


@pytest.mark.parametrize(
    ("deed", "data", "kept"),
    [
        ("note", {"on": "tomorrow", "way": "phone", "text": "Said this"}, "Said this"),
        ("note", {"on": "2017-10-11", "way": "phone", "text": "Said this"}, "Said this"),
        ("note", {"on": "2017-10-09", "way": "pigeon", "text": "Said this"}, "Said this"),
        ("deadline", {"answer_by": "soon"}, "soon"),
        ("owner", {"owner": "999999999"}, ""),
    ],
)
def test_wrong_input_of_a_deed_is_told_and_stays(organizer, edition, deed, data, kept):
    row = courted(edition, organizer.organizer)

    page = do(organizer, deed, [row], **data).content.decode()

    assert "errorlist" in page
    assert kept in page
    assert (Contact.objects.count(), Mark.objects.count()) == (0, 0)


def test_owner_and_deadline_are_set_for_many_in_one_step(organizer, edition):
    rows, owner = [courted(edition, None) for _n in range(3)], make.organizer()

    do(organizer, "owner", rows, owner=owner.pk)
    do(organizer, "deadline", rows, answer_by="2017-10-25")

    found = set(Invitation.objects.values_list("owner", "answer_by"))
    assert list(found) == [(owner.pk, date(2017, 10, 25))]
    assert Mark.objects.filter(by=organizer.organizer).count() == 6


def test_closed_invitation_is_opened_again_from_the_office(organizer, edition):
    row = courted(edition, None, status="expired", answer_by=day(-3))

    do(organizer, "again", [row], answer_by="2017-10-25")

    row.refresh_from_db()
    assert (row.status, row.answer_by) == ("sent", date(2017, 10, 25))
    assert Message.objects.get().kind == "invitation_again"


def test_checked_guests_travel_to_the_page_of_a_deed(organizer, edition):
    rows = [courted(edition, organizer.organizer) for _n in range(2)]

    url = reverse("admin:attendees_invitation_remind")
    page = organizer.get(url, {"ids": [row.pk for row in rows], "next": reverse(FOLLOW_UP)})

    assert len(page.context["preview"].going) == 2
    assert page.context["back"] == reverse(FOLLOW_UP)


# The funnel --------------------------------------------------------------------------


def campaign(edition) -> None:
    """Invitations of two rounds, associations, owners, kinds and countries, and of none."""
    rounds = [Batch.objects.create(kind="invitation", title=f"Round {n}") for n in "12"]
    senders = [make.association(), make.association(), None]
    owners = [make.organizer(name="Chen Yu"), None]
    kinds = [Category.Kind.PROFESSIONAL, Category.Kind.INVESTOR]
    states = ["draft", "queued", "sent", "bounced", "opened", "tentative", "declined", "expired"]
    for number, status in enumerate([*states, "accepted", "accepted", "accepted", "withdrawn"]):
        sent = None if status in {"draft", "queued", "bounced"} else "2017-09-04T02:00Z"
        row = make.invitation(
            edition=edition,
            kind=kinds[number % 2],
            status=status,
            association=senders[number % 3],
            owner=owners[number % 2],
            batch=[*rounds, None][number % 3] if sent else None,
            sent_at=sent,
            opened_at="2017-09-05T02:00Z" if status == "opened" else None,
            person=make.person(country=["CA", "DE", "", "FR"][number % 4]),
        )
        if status == "accepted":
            place = make.registration(edition=edition, person=row.person, invitation=row)
            place.arrived_at = "2017-11-08T01:00Z" if number == 9 else None
            place.save()
    deputy = make.invitation(edition=edition, status="deputy", deputy=make.person())
    make.invitation(edition=edition, status="accepted", represents=deputy, person=deputy.deputy)


EXPECTED = {
    "invited": 13,
    "delivered": 11,
    "opened": 8,
    "answered": 7,
    "accepted": 4,
    "registered": 3,
    "came": 1,
}


@pytest.mark.parametrize("by", DIMENSIONS)
def test_every_cell_leads_to_a_list_of_exactly_these_rows(organizer, edition, by):
    campaign(edition)
    courted(make.edition(), None)  # of another edition

    page = organizer.get(reverse(FUNNEL), {"by": by, "edition": edition.slug})

    for row in page.context["rows"]:
        for cell in row["cells"]:
            found = organizer.get(cell["url"]).context["cl"]
            assert found.result_count == cell["number"], (row["name"], cell)
    totals = {
        name: cell["number"] for name, cell in zip(STAGES, page.context["total"], strict=True)
    }
    assert totals == EXPECTED
    for cell in page.context["total"]:
        assert organizer.get(cell["url"]).context["cl"].result_count == cell["number"]


@pytest.mark.parametrize("by", DIMENSIONS)
def test_funnel_costs_the_same_however_many_were_invited(edition, by, organizer):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert organizer.get(reverse(FUNNEL), {"by": by}).status_code == 200
        return len(queries)

    campaign(edition)
    cost()
    few = cost()
    campaign_more(edition)

    assert cost() == few


def campaign_more(edition) -> None:
    for number in range(20):
        batch = Batch.objects.create(kind="invitation", title=f"More {number}")
        person = make.person(country=["IT", "ES", "US"][number % 3])
        courted(edition, make.organizer(), person=person, batch=batch)


def test_each_stage_lies_within_the_one_before(edition):
    campaign(edition)

    for by in DIMENSIONS:
        for row in funnel(edition, by):
            numbers = [row[name] for name in STAGES]
            assert numbers == sorted(numbers, reverse=True), row


def test_funnel_names_groups_in_the_readers_language(organizer, edition):
    sender = make.association(name_en="Lyon Association", name_zh_hans="里昂协会")
    make.invitation(edition=edition, status="sent", association=sender)

    page = organizer.get(reverse(FUNNEL), headers={"Accept-Language": "zh-hans"})

    assert [row["name"] for row in page.context["rows"]] == ["里昂协会"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_file_has_the_numbers_of_the_page(organizer, edition, form):
    campaign(edition)

    response = organizer.get(reverse(f"{FUNNEL}_file"), {"by": "category", "format": form})

    assert "attachment" in response["Content-Disposition"]
    if form == "csv":
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert [sum(int(row[n]) for row in rows[1:]) for n in range(1, 8)] == [*EXPECTED.values()]
    else:
        assert response.content.startswith(b"PK")


def test_who_only_reads_sees_the_numbers_and_no_buttons(client, edition):
    guests(edition, None)
    client.force_login(make.office(Role.READ_ONLY))

    page = client.get(reverse(FOLLOW_UP), {"owner": "all"})

    assert page.status_code == 200
    assert page.context["handy"] == []
    assert client.get(reverse(FUNNEL)).status_code == 200
    client.force_login(make.office(Role.PRESS))
    assert client.get(reverse(FUNNEL)).status_code == 403


def test_office_sees_the_letter_of_any_guest(organizer, edition):
    row = make.invitation(edition=edition)

    change = organizer.get(reverse("admin:attendees_invitation_change", args=[row.pk]))
    [address] = set(re.findall(r'href="(/admin/[^"]*letter\.pdf)"', change.content.decode()))

    response = organizer.get(address)
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]


def test_form_of_a_deputy_offers_no_deputy(organizer, edition):
    guest = make.invitation(edition=edition, status="deputy", deputy=make.person())
    row = make.invitation(edition=edition, represents=guest, person=guest.deputy)
    url = reverse("admin:attendees_invitation_change", args=[row.pk])

    form = organizer.get(url).context["adminform"].form

    assert "may_send_deputy" not in form.fields
    data = {"category": row.category_id, "may_send_deputy": "on"}
    assert organizer.post(url, data).status_code == 302
    row.refresh_from_db()
    assert row.may_send_deputy is False
