"""Waiting lists: in turn, offered for a time, alone and in groups."""

import pytest
from time_machine import travel

from attendees.models import Category, FormField, Registration, TakenChoice, Wait
from attendees.services.answering import Given, places_left, save_answers
from attendees.services.registrations import (
    approve_registration,
    cancel_registration,
    submit_registration,
)
from attendees.services.waiting import (
    choices_to_wait_for,
    form_group,
    in_line,
    join_group,
    leave_group,
    leave_list,
    place_in_line,
    settle_waits,
    take_offer,
    wait_for_choice,
)
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from tests import make
from tests.attendees import make_forms

pytestmark = pytest.mark.django_db
Status = Registration.Status
NOW = "2017-10-01T02:00Z"
LATER = "2017-10-03T03:00Z"  # after an offer of two days


@pytest.fixture(autouse=True)
def clock():
    with travel(NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def category():
    """A category of two places, both taken."""
    made = make.category(make.edition(), needs_approval=False, capacity=2)
    for _place in range(2):
        place(made)
    return made


def place(category) -> Registration:
    """Somebody registers and sends it: confirmed, or waiting."""
    made = make.registration(edition=category.edition, category=category, status="incomplete")
    return submit_registration(made.pk)


def free_one(category) -> None:
    """Somebody who has a place gives it up; beat comes by."""
    taken = Registration.objects.confirmed().filter(category=category).first()
    cancel_registration(taken.pk)
    settle_waits()


def states(*registrations) -> list[str]:
    return [Registration.objects.get(pk=one.pk).status for one in registrations]


def wait_of(registration) -> Wait:
    return registration.waits.latest("pk")


def test_who_comes_to_a_full_category_stands_in_line(category):
    first, second = place(category), place(category)

    assert states(first, second) == ["waitlisted", "waitlisted"]
    assert [place_in_line(wait_of(one)) for one in [first, second]] == [1, 2]


def test_free_place_is_offered_to_the_first_and_held(category):
    first, second = place(category), place(category)

    free_one(category)
    newcomer = place(category)

    assert wait_of(first).state == "offered"
    assert wait_of(second).state == "waiting"
    assert states(newcomer) == ["waitlisted"]
    message = Message.objects.get(kind="waiting_offer")
    assert message.to_address == first.person.email


def test_nobody_passes_the_line_although_a_place_is_free(category):
    waiting = place(category)
    cancel_registration(Registration.objects.confirmed().first().pk)

    newcomer = place(category)

    assert states(waiting, newcomer) == ["waitlisted", "waitlisted"]


def test_office_cannot_give_away_a_place_that_is_offered(category):
    first, second = place(category), place(category)
    free_one(category)

    with pytest.raises(DomainError) as refusal:
        approve_registration(second.pk, by=make.organizer())

    assert refusal.value.code == "full"
    assert wait_of(first).state == "offered"


def test_offer_that_is_taken_confirms_the_place_once(category):
    first = place(category)
    free_one(category)

    for _time in range(2):
        take_offer(wait_of(first).pk, language="en")

    assert states(first) == ["confirmed"]
    assert wait_of(first).state == "taken"
    assert Message.objects.filter(kind="registration_confirmed").count() == 3


def test_offer_that_lapses_goes_to_the_next(category, clock):
    first, second = place(category), place(category)
    free_one(category)

    clock.move_to(LATER)
    made = settle_waits()

    assert (made, wait_of(first).state, wait_of(second).state) == (1, "lapsed", "offered")
    assert settle_waits() == 0
    with pytest.raises(DomainError) as refusal:
        take_offer(wait_of(first).pk, language="en")
    assert refusal.value.code == "over"


def test_offer_is_refused_after_its_time_even_before_beat_comes(category, clock):
    first = place(category)
    free_one(category)

    clock.move_to(LATER)
    with pytest.raises(DomainError):
        take_offer(wait_of(first).pk, language="en")

    assert states(first) == ["waitlisted"]


def test_offer_let_go_is_offered_to_the_next_at_once(category):
    first, second = place(category), place(category)
    free_one(category)

    leave_list(wait_of(first).pk)
    leave_list(wait_of(first).pk)

    assert (wait_of(first).state, wait_of(second).state) == ("left", "offered")


def test_cancelling_leaves_the_line(category):
    first = place(category)

    cancel_registration(first.pk)

    assert wait_of(first).state == "left"


def test_office_that_approves_ends_the_wait(category):
    first = place(category)
    Category.objects.filter(pk=category.pk).update(capacity=3)

    approve_registration(first.pk, by=make.organizer())

    assert wait_of(first).state == "taken"


def test_more_places_are_offered_to_as_many(category):
    waiting = [place(category) for _n in range(4)]
    Category.objects.filter(pk=category.pk).update(capacity=5)

    assert settle_waits() == 3
    assert [wait_of(one).state for one in waiting] == ["offered"] * 3 + ["waiting"]


# Groups -------------------------------------------------------------------------------


def group_of(category, count: int, goes_together: bool) -> list[Registration]:
    members = [place(category) for _n in range(count)]
    group = form_group(wait_of(members[0]).pk, goes_together=goes_together)
    for member in members[1:]:
        join_group(wait_of(member).pk, group.code.lower())
    return members


def test_group_that_goes_together_waits_for_enough_places_and_keeps_its_turn(category):
    group = group_of(category, 2, goes_together=True)
    single = place(category)

    free_one(category)
    after_one = [wait_of(one).state for one in [*group, single]]
    leave_list(wait_of(single).pk)
    free_one(category)

    assert after_one == ["waiting", "waiting", "offered"]
    assert [wait_of(one).state for one in group] == ["offered", "offered"]


def test_group_that_goes_in_part_is_asked_one_by_one(category):
    group = group_of(category, 2, goes_together=False)

    free_one(category)

    assert [wait_of(one).state for one in group] == ["offered", "waiting"]


def test_turn_of_a_group_is_that_of_who_joined_last(category, clock):
    first = place(category)
    clock.shift(60)
    single = place(category)
    clock.shift(60)
    friend = place(category)
    group = form_group(wait_of(first).pk, goes_together=True)
    join_group(wait_of(friend).pk, group.code)

    assert [wait.registration for wait in in_line(category)] == [single, first, friend]
    leave_group(wait_of(friend).pk)
    assert [wait.registration for wait in in_line(category)] == [first, single, friend]


@pytest.mark.parametrize("code", ["", "NOSUCHGR", "x" * 300])
def test_unknown_code_is_refused(category, code):
    with pytest.raises(DomainError) as refusal:
        join_group(wait_of(place(category)).pk, code)

    assert refusal.value.code == "no_group"


def test_code_of_a_group_that_waits_for_something_else_is_refused(category):
    other = make.category(make.edition(), needs_approval=False, capacity=0)
    group = form_group(wait_of(place(other)).pk, goes_together=True)

    with pytest.raises(DomainError):
        join_group(wait_of(place(category)).pk, group.code)


# Limited choices ------------------------------------------------------------------------


@pytest.fixture
def hotel():
    """A form whose one place by the lake is taken."""
    form = make_forms.form()
    places = [("lake", 1), "none"]
    make_forms.question(form, "hotel", FormField.Kind.CHOICE, choices=places)
    answer(somebody(form), form, "lake")
    return form


def somebody(form) -> Registration:
    return make_forms.registration(form, status="confirmed")


def answer(registration, form, key) -> None:
    asked = make_forms.outlined(form)
    save_answers(registration.pk, asked, Given({"hotel": key}), language="en")


def lake():
    return FormField.objects.get().choices.get(key="lake")


def test_full_choice_can_be_waited_for_and_takes_the_place_of_the_answer(hotel):
    registration = somebody(hotel)
    answer(registration, hotel, "none")
    assert choices_to_wait_for(registration, hotel) == [lake()]
    wait = wait_for_choice(registration.pk, lake().pk)

    answer(TakenChoice.objects.get().registration, hotel, "none")
    assert settle_waits() == 1
    take_offer(wait.pk, language="en")

    registration.refresh_from_db()
    assert registration.answers[hotel.slug] == {"hotel": "lake"}
    assert TakenChoice.objects.get().registration == registration
    assert choices_to_wait_for(registration, hotel) == []


def test_offered_place_of_a_choice_is_held(hotel):
    waiting, other = somebody(hotel), somebody(hotel)
    wait_for_choice(waiting.pk, lake().pk)
    answer(TakenChoice.objects.get().registration, hotel, "none")
    settle_waits()

    with pytest.raises(DomainError):
        answer(other, hotel, "lake")

    assert places_left(hotel) == {lake().pk: 0}


def test_waiting_twice_is_once(hotel):
    registration = somebody(hotel)

    for _time in range(2):
        wait_for_choice(registration.pk, lake().pk)

    assert Wait.objects.count() == 1


def test_who_has_the_place_needs_not_wait(hotel):
    holder = TakenChoice.objects.get().registration

    with pytest.raises(DomainError) as refusal:
        wait_for_choice(holder.pk, lake().pk)

    assert refusal.value.code == "has_place"


def test_choice_without_a_limit_has_no_list(hotel):
    with pytest.raises(DomainError) as refusal:
        wait_for_choice(somebody(hotel).pk, FormField.objects.get().choices.get(key="none").pk)

    assert refusal.value.code == "no_list"
