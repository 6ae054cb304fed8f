"""Places: as many as the category has, decided once, told in the person's language."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from attendees.models import Category, Registration, Seat
from attendees.services.letters import registration_link
from attendees.services.places import complete_registration, give_up_place
from attendees.services.registrations import (
    approve_registration,
    approve_registrations,
    cancel_registration,
    decline_registrations,
    preview_approvals,
    submit_registration,
)
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from tests import make

pytestmark = pytest.mark.django_db
Status = Registration.Status


def place(status=Status.PENDING, **fields) -> Registration:
    return make.registration(status=status, **fields)


def small_category(capacity: int, **fields) -> Category:
    return make.category(make.edition(), capacity=capacity, **fields)


def pending_in(category: Category, **fields) -> Registration:
    return place(edition=category.edition, category=category, **fields)


def test_approve_confirms_and_tells_the_person():
    registration, by = place(), make.organizer()

    approve_registration(registration.pk, by=by)

    registration.refresh_from_db()
    assert (registration.status, registration.decided_by) == (Status.CONFIRMED, by)
    message = Message.objects.get()
    assert (message.kind, message.recipient) == (
        "registration_confirmed",
        f"person:{registration.person_id}",
    )
    assert registration.badge in message.text


def test_approve_twice_is_refused_and_mails_once():
    registration, by = place(), make.organizer()
    approve_registration(registration.pk, by=by)

    with pytest.raises(DomainError) as refusal:
        approve_registration(registration.pk, by=by)

    assert refusal.value.code == "confirmed"
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (Status.INCOMPLETE, "incomplete"),
        (Status.DECLINED, "declined"),
        (Status.CANCELLED, "cancelled"),
    ],
)
def test_approve_refuses_what_does_not_wait(status, code):
    with pytest.raises(DomainError) as refusal:
        approve_registration(place(status).pk, by=make.organizer())

    assert refusal.value.code == code


def test_approve_stops_at_the_capacity_of_the_category():
    category = small_category(1)
    first, second = pending_in(category), pending_in(category)
    approve_registration(first.pk, by=make.organizer())

    with pytest.raises(DomainError) as refusal:
        approve_registration(second.pk, by=make.organizer())

    assert refusal.value.code == "full"
    second.refresh_from_db()
    assert second.status == Status.PENDING


def test_approve_many_serves_the_oldest_first_and_says_who_is_left_out():
    category = small_category(2)
    places = [pending_in(category) for _n in range(3)]
    ids = [registration.pk for registration in reversed(places)]

    expected = preview_approvals(ids)
    preview = approve_registrations(ids, by=make.organizer())

    assert preview.going == places[:2] == expected.going
    assert preview.left_out == [(places[2], "full")] == expected.left_out
    assert Message.objects.get(recipient=f"person:{places[0].person_id}").batch.report == {
        "mails": 2,
        "left_out": {"full": 1},
    }


def test_approve_costs_the_same_for_twenty_as_for_two():
    counts = []
    for size in [2, 20]:
        edition = make.edition()
        ids = [place(edition=edition).pk for _n in range(size)]
        with CaptureQueriesContext(connection) as queries:
            approve_registrations(ids, by=make.organizer())
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_approve_without_an_address_confirms_and_counts_no_mail():
    registration = place(person=make.person(email=""))

    preview = approve_registrations([registration.pk], by=make.organizer())

    assert (len(preview.going), preview.mails) == (1, 0)
    assert Message.objects.count() == 0


def test_decline_frees_the_seats_and_gives_the_reason():
    registration = place()
    seat = Seat.objects.create(
        session=make.session(edition=registration.edition), registration=registration
    )

    decline_registrations([registration.pk], by=make.organizer(), reason="All places are taken.")

    seat.refresh_from_db()
    assert seat.status == Seat.Status.CANCELLED
    message = Message.objects.get()
    assert message.kind == "registration_declined"
    assert "All places are taken." in message.text


def test_decline_refuses_who_has_arrived():
    registration = place(Status.CONFIRMED, arrived_at="2017-11-08T01:00Z")

    preview = decline_registrations([registration.pk], by=make.organizer())

    assert preview.left_out == [(registration, "arrived")]
    assert Registration.objects.get().status == Status.CONFIRMED


def test_second_decision_is_told_as_well():
    registration, by = place(), make.organizer()
    approve_registration(registration.pk, by=by)
    cancel_registration(registration.pk, by=by)
    Registration.objects.update(status=Status.PENDING)

    approve_registration(registration.pk, by=by)

    assert Message.objects.filter(kind="registration_confirmed").count() == 2


def test_submit_waits_for_approval_where_the_category_wants_it():
    registration = submit_registration(place(Status.INCOMPLETE).pk)

    assert registration.status == Status.PENDING
    assert registration.submitted_at is not None


def test_submit_confirms_at_once_where_it_does_not():
    category = small_category(1, needs_approval=False)
    registration = pending_in(category, status=Status.INCOMPLETE)

    submitted = submit_registration(registration.pk)

    assert submitted.status == Status.CONFIRMED
    assert Message.objects.get().kind == "registration_confirmed"


def test_submit_to_a_full_category_goes_on_the_waiting_list():
    category = small_category(1, needs_approval=False)
    pending_in(category, status=Status.CONFIRMED)

    submitted = submit_registration(pending_in(category, status=Status.INCOMPLETE).pk)

    assert submitted.status == Status.WAITLISTED


@pytest.mark.parametrize(
    ("language", "word"), [("en", "It has reached us"), ("zh-hans", "您的报名材料已收到")]
)
def test_complete_sends_a_receipt_where_the_place_waits_for_approval(language, word):
    registration = place(Status.INCOMPLETE, person=make.person(preferred_language=language))

    complete_registration(registration.pk, details={})
    complete_registration(registration.pk, details={})

    message = Message.objects.get()
    assert (message.kind, message.language) == ("registration_received", language)
    link = registration_link(registration, language)
    assert all(link in part and word in part for part in [message.text, message.html])


def test_registration_sent_again_after_it_was_withdrawn_is_told_again():
    registration = place(Status.INCOMPLETE)
    complete_registration(registration.pk, details={})
    cancel_registration(registration.pk)
    Registration.objects.update(status=Status.INCOMPLETE)

    complete_registration(registration.pk, details={})

    assert Message.objects.filter(kind="registration_received").count() == 2


def test_office_that_takes_a_registration_as_complete_sends_no_receipt():
    submit_registration(place(Status.INCOMPLETE).pk)

    assert not Message.objects.exists()


def test_complete_without_an_address_waits_without_a_receipt():
    registration = place(Status.INCOMPLETE, person=make.person(email=""))

    assert complete_registration(registration.pk, details={}).status == Status.PENDING
    assert not Message.objects.exists()


def test_submit_twice_changes_nothing():
    first = submit_registration(place(Status.INCOMPLETE).pk)

    assert submit_registration(first.pk).submitted_at == first.submitted_at


@pytest.mark.parametrize(
    ("now", "code"), [("2017-08-31T23:00Z", "not_open_yet"), ("2017-10-01T00:00Z", "closed")]
)
def test_submit_outside_the_window_is_refused(now, code):
    category = small_category(
        10, opens_at="2017-09-01T00:00Z", closes_at="2017-10-01T00:00Z", needs_approval=False
    )
    registration = pending_in(category, status=Status.INCOMPLETE)

    with travel(now), pytest.raises(DomainError) as refusal:
        submit_registration(registration.pk)

    assert refusal.value.code == code


def test_cancel_gives_the_place_to_the_next():
    category = small_category(1)
    first, second = pending_in(category), pending_in(category)
    approve_registration(first.pk, by=make.organizer())

    cancel_registration(first.pk)

    assert approve_registration(second.pk, by=make.organizer()).status == Status.CONFIRMED


def test_cancel_refuses_who_has_arrived():
    with pytest.raises(DomainError) as refusal:
        cancel_registration(place(Status.CONFIRMED, arrived_at="2017-11-08T01:00Z").pk)

    assert refusal.value.code == "arrived"


def test_complete_writes_the_details_and_submits():
    registration = place(Status.INCOMPLETE)
    details = {
        "organization": "Delta Lab",
        "title": "Director",
        "companions": ["Li Na"],
        "note": "vegan",
    }

    complete_registration(registration.pk, details=details)

    registration.refresh_from_db()
    assert (registration.status, registration.companions, registration.note) == (
        Status.PENDING,
        1,
        "vegan",
    )
    assert registration.person.organization == "Delta Lab"


def test_complete_changes_nothing_once_submitted():
    registration = place(Status.CONFIRMED)
    details = {"organization": "Other", "title": "Other", "companions": ["A"] * 5, "note": "other"}

    complete_registration(registration.pk, details=details)

    registration.refresh_from_db()
    assert (registration.companions, registration.person.organization) == (0, "")


@travel("2017-10-01T00:00Z")
def test_giving_up_an_invited_place_declines_the_invitation():
    invitation = make.invitation(status="accepted")
    registration = place(invitation=invitation, edition=invitation.edition)

    give_up_place(registration)

    registration.refresh_from_db()
    invitation.refresh_from_db()
    assert (registration.status, invitation.status) == (Status.CANCELLED, "declined")
