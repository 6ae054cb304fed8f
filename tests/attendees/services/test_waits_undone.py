"""Places in line put back: exactly, and never against an offer that was made meanwhile."""

import pytest
from time_machine import travel

from attendees.admin.waits import MOVE, TAKE_OFF
from attendees.models import Registration, Wait, WaitStep
from attendees.services.registrations import cancel_registration, submit_registration
from attendees.services.waiting import (
    form_group,
    in_line,
    join_group,
    settle_waits,
    take_offer,
    wait_for_choice,
)
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from hrconf.office import doing
from hrconf.office.models import DoneDeed
from hrconf.office.undoing import plain
from tests import make
from tests.attendees import make_forms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with travel("2017-10-01T02:00Z", tick=False) as moment:
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


@pytest.fixture
def do(by, django_capture_on_commit_callbacks):
    """Do a deed to places in line, as the office does, and all that follows."""

    def do(deed, *waits: Wait) -> DoneDeed:
        keys = [wait.pk for wait in waits]
        with django_capture_on_commit_callbacks(execute=True):
            outcome = doing.do_deed(
                deed, "attendees.wait", keys, by=by, given={"reason": "A fault of ours"}
            )
        return outcome.done_deed

    return do


def place(category) -> Registration:
    made = make.registration(edition=category.edition, category=category, status="incomplete")
    return submit_registration(made.pk)


def waits(category, count: int) -> list[Wait]:
    return [place(category).waits.get() for _n in range(count)]


def free_one(category) -> None:
    cancel_registration(Registration.objects.confirmed().get(category=category).pk)
    settle_waits()


def states(*waits: Wait) -> list[str]:
    return [Wait.objects.get(pk=wait.pk).state for wait in waits]


def everything() -> list:
    return [list(plain(m).order_by("pk").values()) for m in [Wait, WaitStep, Registration]]


def refused(done: DoneDeed, by) -> str:
    before = everything()
    with pytest.raises(DomainError) as refusal:
        doing.undo(done.pk, by=by)
    assert everything() == before
    return refusal.value.code


def test_who_was_taken_off_stands_where_they_stood(category, by, do):
    first, second = waits(category, 2)
    before = everything()

    done = do(TAKE_OFF, first)
    assert in_line(category) == [second]
    doing.undo(done.pk, by=by)

    assert everything() == before
    assert in_line(category) == [first, second]


def test_offer_of_who_was_taken_off_is_theirs_again_if_nobody_waits(category, by, do):
    (only,) = waits(category, 1)
    free_one(category)
    before = everything()

    done = do(TAKE_OFF, only)
    doing.undo(done.pk, by=by)

    assert everything() == before
    assert states(only) == ["offered"]


def test_offer_that_went_to_the_next_stands_and_its_mail_does_not_wait(category, by, do):
    first, second = waits(category, 2)
    free_one(category)

    done = do(TAKE_OFF, first)

    assert refused(done, by) == "offered"
    assert states(first, second) == ["left", "offered"]
    told = Message.objects.get(
        kind="waiting_offer", recipient=f"person:{second.registration.person_id}"
    )
    assert told.state == "queued"
    assert told.pk not in done.mails
    assert told.send_after is None or told.send_after < done.undo_until


def test_place_that_the_next_has_taken_up_is_not_given_back(category, by, do):
    first, second = waits(category, 2)
    free_one(category)
    done = do(TAKE_OFF, first)
    take_offer(second.pk, language="en")

    assert refused(done, by) == "offered"


def test_who_stands_in_line_again_by_themselves_is_not_put_there_twice(by, do):
    form = make_forms.form()
    hotel = make_forms.question(form, "hotel", "choice", choices=[("lake", 0)])
    guest = make_forms.registration(form, status="confirmed")
    wait = wait_for_choice(guest.pk, hotel.choices.get().pk)
    done = do(TAKE_OFF, wait)
    wait_for_choice(guest.pk, hotel.choices.get().pk)

    assert refused(done, by) == "changed"


def test_group_that_was_moved_stands_where_it_stood(category, by, do):
    first, second, third = waits(category, 3)
    code = form_group(second.pk, goes_together=True).code
    join_group(third.pk, code)
    before = everything()

    done = do(MOVE, third)
    assert in_line(category) == [second, third, first]
    doing.undo(done.pk, by=by)

    assert everything() == before
    assert in_line(category) == [first, second, third]


def test_who_was_moved_and_got_an_offer_keeps_it(category, by, do):
    first, second = waits(category, 2)
    done = do(MOVE, second)
    free_one(category)

    assert refused(done, by) == "offered"
    assert states(first, second) == ["waiting", "offered"]
