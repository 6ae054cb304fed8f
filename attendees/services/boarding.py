"""Boarding a bus: who is there, at the start and after each stop; who is missing.

A tick is a row of its own, so two guides who tick at once undo nothing of each other,
and ticking twice is once.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from attendees.models import Boarding, Person, Seat
from attendees.services.seat_office import seats_shown
from events.models import Appearance, Bus, Edition, Session, VisitStop
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

CONFIRMED = Seat.Status.CONFIRMED


@dataclass
class Rider:
    """Somebody on the list of a bus."""

    seat: Seat
    is_aboard: bool = False
    is_expected: bool = True  # was on the bus before this stop
    is_vip: bool = False

    @property
    def person(self) -> Person:
        return self.seat.registration.person


@dataclass
class Roll:
    """The list of a bus at one moment of its route: at the start, or after a stop."""

    bus: Bus
    stop: VisitStop | None
    riders: list[Rider] = field(default_factory=list)

    @property
    def expected(self) -> int:
        return sum(rider.is_expected or rider.is_aboard for rider in self.riders)

    @property
    def counted(self) -> int:
        return sum(rider.is_aboard for rider in self.riders)

    @property
    def missing(self) -> list[Rider]:
        return [rider for rider in self.riders if rider.is_expected and not rider.is_aboard]


def stops_of(session: Session) -> list[VisitStop]:
    return list(VisitStop.objects.filter(session=session).select_related("park").order_by("during"))


def roll_of(bus: Bus, stop: VisitStop | None) -> Roll:
    """Who is on a bus at a stop: a fixed number of queries, however many ride."""
    riders = {seat.pk: Rider(seat) for seat in riding(bus)}
    ticks = Boarding.objects.filter(seat__in=riders).values_list("seat", "stop")
    by_stop: dict[int | None, set[int]] = {}
    for seat, at in ticks:
        by_stop.setdefault(at, set()).add(seat)
    before = _counted_before(bus, stop, by_stop)
    honoured = guests_of_honour(bus.session.edition)
    for rider in riders.values():
        rider.is_aboard = rider.seat.pk in by_stop.get(stop.pk if stop else None, set())
        rider.is_expected = before is None or rider.seat.pk in before
        rider.is_vip = rider.person.pk in honoured
    return Roll(bus, stop, list(riders.values()))


def riding(bus: Bus) -> QuerySet[Seat]:
    """Everybody on the list of a bus, by name."""
    rows = seats_shown().filter(bus=bus, status=CONFIRMED)
    return rows.order_by("registration__person__sort_key", "pk")


def _counted_before(
    bus: Bus, stop: VisitStop | None, by_stop: dict[int | None, set[int]]
) -> set[int] | None:
    """Who was ticked the last time anybody was, before this stop; None: nobody ever was."""
    before: set[int] | None = None
    for at in [None, *stops_of(bus.session)]:
        if (at.pk if at else None) == (stop.pk if stop else None):
            return before
        before = by_stop.get(at.pk if at else None) or before
    return before


def guests_of_honour(edition: Edition) -> set[int]:
    """Whom the list marks: guests of honour on stage, and leaders of delegations."""
    honour = Appearance.Role.GUEST_OF_HONOUR
    on_stage = Person.objects.filter(speakers__appearances__role=honour, speakers__edition=edition)
    leaders = Person.objects.filter(led_delegations__edition=edition)
    return {*on_stage.values_list("pk", flat=True), *leaders.values_list("pk", flat=True)}


@transaction.atomic
def tick(seat_id: int, *, bus: Bus, stop: VisitStop | None, by: User) -> None:
    """Somebody is on the bus. Twice is once."""
    _refuse_foreign(seat_id, bus, stop)
    tick = Boarding(seat_id=seat_id, stop=stop, by=by)
    Boarding.objects.bulk_create([tick], ignore_conflicts=True)


@transaction.atomic
def untick(seat_id: int, *, bus: Bus, stop: VisitStop | None) -> None:
    """Somebody is not on the bus after all. Twice is once."""
    _refuse_foreign(seat_id, bus, stop)
    Boarding.objects.filter(seat=seat_id, stop=stop).delete()


@transaction.atomic
def tick_the_rest(*, bus: Bus, stop: VisitStop | None, by: User) -> int:
    """All who are expected and not ticked yet are on the bus; return how many."""
    missing = [Boarding(seat=one.seat, stop=stop, by=by) for one in roll_of(bus, stop).missing]
    return len(Boarding.objects.bulk_create(missing, ignore_conflicts=True))


def _refuse_foreign(seat_id: int, bus: Bus, stop: VisitStop | None) -> None:
    """Refuse who is on another bus by now, and a stop of another visit."""
    if not Seat.objects.filter(pk=seat_id, bus=bus, status=CONFIRMED).exists():
        raise DomainError(_("This guest is not on the list of this bus."), code="other_bus")
    if stop and stop.session_id != bus.session_id:
        raise DomainError(_("This stop is of another visit."), code="other_visit")
