"""The office on waiting lists: out of turn only for a reason, and never more than there is."""

import pytest
from time_machine import travel

from attendees.models import Registration, Wait, WaitStep
from attendees.services.lines import in_line, places_in_line
from attendees.services.registrations import cancel_registration, submit_registration
from attendees.services.waiting import form_group, join_group, settle_waits
from attendees.services.waitlisting import (
    lengthen_offer,
    move_to_front,
    offer_now,
    preview_offers,
    put_in_line,
    take_off,
    waitlist_registrations,
)
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from tests import make
from tests.attendees import make_forms

pytestmark = pytest.mark.django_db
NOW = "2017-10-01T02:00Z"


@pytest.fixture(autouse=True)
def clock():
    with travel(NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def by():
    return make.organizer()


@pytest.fixture
def category():
    """A category of one place, which is taken."""
    made = make.category(make.edition(), needs_approval=False, capacity=1)
    place(made)
    return made


def place(category) -> Registration:
    made = make.registration(edition=category.edition, category=category, status="incomplete")
    return submit_registration(made.pk)


def waits(category, count: int) -> list[Wait]:
    return [place(category).waits.get() for _n in range(count)]


def free_one(category) -> None:
    cancel_registration(Registration.objects.confirmed().get(category=category).pk)


def state(wait: Wait) -> str:
    wait.refresh_from_db()
    return wait.state


# Offered out of turn ----------------------------------------------------------------------


def test_free_place_is_offered_before_its_turn_for_a_reason(category, by):
    first, second = waits(category, 2)
    free_one(category)

    offer_now(second.pk, by=by, reason="Speaks at the opening")
    settle_waits()

    assert (state(first), state(second)) == ("waiting", "offered")
    assert Message.objects.get(kind="waiting_offer").recipient == (
        f"person:{second.registration.person_id}"
    )
    step = WaitStep.objects.get()
    assert (step.kind, step.reason, step.by) == ("offered", "Speaks at the opening", by)


def test_place_that_is_not_there_is_offered_to_nobody(category, by):
    (wait,) = waits(category, 1)

    with pytest.raises(DomainError) as refusal:
        offer_now(wait.pk, by=by, reason="A friend")

    assert refusal.value.code == "full"
    assert state(wait) == "waiting"
    assert not WaitStep.objects.exists()


@pytest.mark.parametrize("service", [offer_now, move_to_front])
def test_nobody_is_preferred_without_a_reason(category, by, service):
    (wait,) = waits(category, 1)
    free_one(category)

    with pytest.raises(DomainError) as refusal:
        service(wait.pk, by=by, reason="  ")

    assert refusal.value.code == "reason"
    wait.refresh_from_db()
    assert (wait.state, wait.lead) == ("waiting", 0)


def test_preview_offers_as_many_as_are_free(category):
    first, second = waits(category, 2)
    free_one(category)

    preview = preview_offers([first.pk, second.pk])

    assert preview.going == [first]
    assert preview.left_out == [(second, "full")]


# Lengthened -------------------------------------------------------------------------------


def test_lengthened_offer_holds_longer_and_is_told_again(category, by, clock):
    (wait,) = waits(category, 1)
    free_one(category)
    settle_waits()

    until = lengthen_offer(wait.pk, days=3, by=by)
    clock.move_to("2017-10-05T02:00Z")  # two days and two more
    settle_waits()

    assert until.isoformat() == "2017-10-06T02:00:00+00:00"
    assert state(wait) == "offered"
    assert Message.objects.filter(kind="waiting_offer").count() == 2


def test_offer_that_is_over_is_not_lengthened(category, by, clock):
    (wait,) = waits(category, 1)
    free_one(category)
    settle_waits()
    clock.move_to("2017-10-03T03:00Z")

    with pytest.raises(DomainError) as refusal:
        lengthen_offer(wait.pk, days=3, by=by)

    assert refusal.value.code == "not_offered"


# Moved to the front -----------------------------------------------------------------------


def test_who_is_moved_stands_first_and_the_latest_moved_before_them(category, by):
    first, second, third = waits(category, 3)

    move_to_front(second.pk, by=by, reason="Lost their place by our fault")
    move_to_front(third.pk, by=by, reason="Speaker")

    assert in_line(category) == [third, second, first]
    assert places_in_line([first, second, third]) == {
        third.pk: (1, 3),
        second.pk: (2, 3),
        first.pk: (3, 3),
    }


def test_who_goes_together_is_moved_together(category, by):
    first, second, third = waits(category, 3)
    code = form_group(second.pk, goes_together=True).code
    join_group(third.pk, code)

    move_to_front(third.pk, by=by, reason="Speakers")

    assert in_line(category) == [second, third, first]


# Put on and taken off ---------------------------------------------------------------------


def test_who_is_taken_off_is_to_be_decided_on_and_the_offer_goes_on(
    category, by, django_capture_on_commit_callbacks
):
    first, second = waits(category, 2)
    free_one(category)
    settle_waits()

    with django_capture_on_commit_callbacks(execute=True):
        take_off(first.pk, by=by, reason="Came twice")

    assert (state(first), state(second)) == ("left", "offered")
    assert Registration.objects.get(pk=first.registration_id).status == "pending"


def test_who_is_put_on_the_list_stands_at_its_end(category, by):
    (first,) = waits(category, 1)
    late = make.registration(edition=category.edition, category=category, status="pending")

    waitlist_registrations([late.pk, first.registration_id], by=by)

    assert [wait.registration for wait in in_line(category)] == [first.registration, late]
    assert WaitStep.objects.get().kind == "put"


def test_somebody_is_put_in_line_for_a_choice_once(by):
    form = make_forms.form()
    hotel = make_forms.question(form, "hotel", "choice", choices=[("lake", 1)])
    registration = make_forms.registration(form, status="confirmed")

    for _again in range(2):
        put_in_line(registration.pk, choice=hotel.choices.get(), by=by, reason="Asked by phone")

    assert Wait.objects.count() == 1
    assert WaitStep.objects.get().reason == "Asked by phone"
