"""Deeds on guests: what the page says would happen is what happens."""

import pytest
from django.urls import reverse

from attendees.models import Category, Invitation, Registration
from attendees.services import registrations
from hrconf.accounts.roles import Role
from hrconf.mailing import suppressions
from hrconf.mailing.models import Batch, Message, Suppression
from tests import make

pytestmark = pytest.mark.django_db
REGISTRATIONS = "admin:attendees_registration_changelist"
INVITATIONS = "admin:attendees_invitation_changelist"


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def ids_of(*rows) -> str:
    return ",".join(str(row.pk) for row in rows)


def act(client, url_name: str, action: str, rows, **more):
    """Choose rows in a list and an action."""
    keys = [row.pk for row in rows]
    data = {"action": action, "_selected_action": keys, "select_across": 0, **more}
    return client.post(reverse(url_name), data)


def do(client, deed: str, *rows, **more):
    """Press the button of a deed's page."""
    data = {"ids": ids_of(*rows), "confirm": "1", **more}
    return client.post(reverse(f"admin:attendees_{deed}"), data, follow=True)


def texts(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_preview_of_approving_tells_mails_silent_and_left_out_and_does_nothing(organizer):
    edition = make.edition()
    pending = [make.registration(edition=edition, status="pending") for _ in range(3)]
    silent = make.registration(edition=edition, status="pending", person=make.person(email=""))
    confirmed = make.registration(edition=edition)

    response = act(organizer, REGISTRATIONS, "approve", [*pending, silent, confirmed])

    preview = response.context["preview"]
    assert (preview.mails, len(preview.unmailed), len(preview.left_out)) == (3, 1, 1)
    page = response.content.decode()
    assert "Approve and queue 3 mails" in page
    assert "confirmed already" in page
    assert pending[0].person.email in page
    assert Message.objects.count() == 0
    assert Registration.objects.filter(status="pending").count() == 4


def test_approving_does_what_its_preview_said(organizer):
    edition = make.edition()
    states = ["incomplete", "pending", "waitlisted", "confirmed", "declined", "cancelled"]
    rows = [make.registration(edition=edition, status=status) for status in states]
    preview = act(organizer, REGISTRATIONS, "approve", rows).context["preview"]
    going = {row.pk for row in preview.going}

    do(organizer, "registration_approve", *rows)

    confirmed = Registration.objects.filter(status="confirmed").exclude(pk=rows[3].pk)
    assert set(confirmed.values_list("pk", flat=True)) == going
    assert Message.objects.count() == preview.mails


def test_a_category_with_one_place_left_takes_the_oldest(organizer):
    edition = make.edition()
    make.category(edition, Category.Kind.VISITOR, capacity=1)
    first, second = (
        make.registration(edition=edition, kind=Category.Kind.VISITOR, status="pending")
        for _ in range(2)
    )

    response = do(organizer, "registration_approve", first, second)

    second.refresh_from_db()
    assert second.status == Registration.Status.PENDING
    assert any("no place left" in text for text in texts(response))


def test_pressing_twice_mails_once(organizer):
    registration = make.registration(status="pending")

    do(organizer, "registration_approve", registration)
    do(organizer, "registration_approve", registration)

    assert Message.objects.count() == 1


def test_the_reason_of_declining_is_in_the_letter(organizer):
    registration = make.registration(status="pending")

    do(organizer, "registration_decline", registration, reason="The hall is full.")

    registration.refresh_from_db()
    assert registration.status == Registration.Status.DECLINED
    assert "The hall is full." in Message.objects.get().text


def test_inviting_many_is_one_batch_and_the_message_links_to_it(organizer):
    drafts = [make.invitation() for _ in range(3)]

    response = do(organizer, "invitation_invite", *drafts)

    batch = Batch.objects.get()
    assert batch.messages.count() == 3
    url = reverse("admin:mailing_batch_change", args=[batch.pk])
    assert any(url in text and "3 mails are queued" in text for text in texts(response))
    assert set(Invitation.objects.values_list("status", flat=True)) == {"queued"}


def test_nobody_to_invite_is_said_and_not_an_error(organizer):
    answered = make.invitation(status=Invitation.Status.ACCEPTED)

    response = do(organizer, "invitation_invite", answered)

    assert texts(response) == ["There is nobody to invite among these."]


def test_withdrawing_names_who_is_refused(organizer):
    open_one, accepted = make.invitation(), make.invitation(status=Invitation.Status.ACCEPTED)

    response = do(organizer, "invitation_withdraw", open_one, accepted)

    open_one.refresh_from_db()
    assert open_one.status == Invitation.Status.WITHDRAWN
    assert any(str(accepted.person) in text for text in texts(response))


def test_all_that_match_may_be_chosen_not_only_those_on_the_page(organizer):
    edition = make.edition()
    for _row in range(60):
        make.registration(edition=edition, status="pending")
    make.registration(edition=edition)
    url = f"{reverse(REGISTRATIONS)}?status__exact=pending"
    some = Registration.objects.filter(status="pending").first()

    response = organizer.post(
        url, {"action": "approve", "_selected_action": [some.pk], "select_across": 1}
    )

    assert len(response.context["preview"].going) == 60
    assert response.context["back"] == url


def test_page_of_five_hundred_costs_as_many_queries_as_of_one(organizer, django_assert_num_queries):
    edition = make.edition()
    category = make.category(edition)
    rows = [
        make.registration(edition=edition, category=category, status="pending") for _ in range(120)
    ]
    url = reverse("admin:attendees_registration_approve")
    organizer.get(url, {"ids": ids_of(rows[0])})

    # session, user, permissions (own, of roles), visible ids, registrations,
    # capacities, stopped addresses, the words of their categories
    for chosen in [rows[:1], rows]:
        with django_assert_num_queries(9):
            response = organizer.post(url, {"ids": ids_of(*chosen)})

    assert response.context["page"].paginator.num_pages == 2


def test_its_pages_are_turned_without_losing_the_choice(organizer):
    edition = make.edition()
    rows = [make.registration(edition=edition, status="pending") for _ in range(101)]
    url = reverse("admin:attendees_registration_approve")

    second = organizer.post(url, {"ids": ids_of(*rows), "page": "2"})

    assert len(second.context["lines"]) == 1
    assert second.context["ids"].count(",") == 100


@pytest.mark.parametrize("role", [Role.DESK, Role.READ_ONLY, Role.STAFF, Role.PRESS])
def test_who_may_not_change_registrations_may_do_no_deed(client, role):
    client.force_login(make.office(role))
    registration = make.registration(status="pending")
    url = reverse("admin:attendees_registration_approve")

    assert client.get(url, {"ids": ids_of(registration)}).status_code == 403
    assert client.post(url, {"ids": ids_of(registration), "confirm": 1}).status_code == 403
    act(client, REGISTRATIONS, "approve", [registration])
    registration.refresh_from_db()
    assert registration.status == Registration.Status.PENDING


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_the_way_back_never_leads_to_another_site(organizer, address):
    url = reverse("admin:attendees_registration_approve")

    response = organizer.post(url, {"ids": "1", "confirm": 1, "next": address})

    assert response["Location"] == reverse(REGISTRATIONS)


def test_nonsense_among_the_keys_is_left_out(organizer):
    registration = make.registration(status="pending")
    url = reverse("admin:attendees_registration_approve")

    response = organizer.get(url, {"ids": f"x,-1,{registration.pk},99999999999999999999,"})

    assert response.context["ids"] == str(registration.pk)


def test_drawing_up_invitations_leads_to_the_letters(organizer):
    edition = make.edition()
    category = make.category(edition)
    new, invited = make.person(), make.invitation(edition=edition, category=category).person
    url = reverse("admin:attendees_person_draw_up")

    response = organizer.post(url, {"ids": ids_of(new, invited), "category": category.pk})

    drafted = Invitation.objects.get(person=new)
    assert (drafted.status, drafted.category) == (Invitation.Status.DRAFT, category)
    assert response.context["preview"].going == [drafted]
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("url_name", "action", "maker"),
    [
        (INVITATIONS, "invite", make.invitation),
        (INVITATIONS, "remind", lambda: make.invitation(status="sent")),
        (REGISTRATIONS, "remind", lambda: make.registration(status="incomplete")),
    ],
)
def test_preview_leaves_out_who_gets_no_more_mail_and_says_why(organizer, url_name, action, maker):
    reached, stopped = maker(), maker()
    suppressions.stop(stopped.person.email, Suppression.Reason.HARD_BOUNCE)

    response = act(organizer, url_name, action, [reached, stopped])

    preview = response.context["preview"]
    assert [row.pk for row in preview.going] == [reached.pk]
    assert preview.left_out == [(stopped, "hard_bounce")]
    assert "mail to this address came back" in response.content.decode()


def test_who_gets_no_more_mail_is_approved_and_counted_as_not_told(organizer):
    stopped = make.registration(status="pending")
    suppressions.stop(stopped.person.email, Suppression.Reason.HARD_BOUNCE)

    preview = act(organizer, REGISTRATIONS, "approve", [stopped]).context["preview"]

    assert (preview.going, preview.unmailed, preview.mails) == ([stopped], [stopped], 0)


def test_preview_of_many_asks_once_who_gets_no_mail(organizer, django_assert_max_num_queries):
    edition = make.edition()
    rows = [make.registration(edition=edition, status="pending") for _ in range(30)]
    keys = [row.pk for row in rows]

    with django_assert_max_num_queries(6):
        registrations.preview_approvals(keys)
