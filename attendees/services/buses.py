"""Who rides on which bus of a visit: chosen by guests, assigned by the office, filled up.

Whoever puts somebody on a bus holds the row of the visit, so that no bus is ever over
its seats.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from attendees.models import Seat
from attendees.services.previews import Preview
from attendees.services.seat_office import seats_shown
from attendees.services.seats import lock_session
from events.models import Bus, Session
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

CONFIRMED = Seat.Status.CONFIRMED


def buses_of(session: Session) -> list[Bus]:
    """The buses of a visit with how many ride on each (`riding`) and may yet (`left`)."""
    riding = Count("taken", filter=Q(taken__status=CONFIRMED))
    found: list[Any] = list(
        Bus.objects.filter(session=session).annotate(riding=riding).order_by("pk")
    )
    for bus in found:
        bus.left = max(bus.seats - bus.riding, 0)
    return found


@transaction.atomic
def choose_bus(seat_id: int, bus_id: int) -> None:
    """A guest chooses a bus of their visit. Twice is once; a full one is refused."""
    seat = _locked_seat(seat_id)
    bus = next((one for one in buses_of(seat.session) if one.pk == bus_id), None)
    if bus is None or seat.status != CONFIRMED:
        raise DomainError(_("This bus is not of your visit."), code="other_visit")
    if seat.bus_id == bus.pk:
        return
    _put(seat, bus)


def _put(seat: Seat, bus: Bus) -> None:
    if bus.left < 1:
        text = _("Bus %(bus)s has no seat left.")
        raise DomainError(text % {"bus": bus.name}, code="bus_full")
    seat.bus = bus
    seat.save(update_fields=["bus"])


def _locked_seat(pk: int) -> Seat:
    """A seat, once its visit is ours."""
    lock_session(Session.objects.get(seats=pk).pk)
    return Seat.objects.select_related("session", "registration__person").get(pk=pk)


# The office -------------------------------------------------------------------------------


def preview_riding(ids: Collection[int]) -> Preview[Seat]:
    """Who could be put on a bus: who has a seat in a visit that has buses."""
    found: Preview[Seat] = Preview()
    with_buses = set(Bus.objects.filter(session__seats__in=ids).values_list("session", flat=True))
    for row in seats_shown().filter(pk__in=ids).order_by("created_at", "pk"):
        if row.status != CONFIRMED:
            found.left_out.append((row, "no_seat"))
        elif row.session_id not in with_buses:
            found.left_out.append((row, "no_bus"))
        else:
            found.going.append(row)
    found.unmailed = list(found.going)  # nobody is written to
    return found


@transaction.atomic
def put_on_bus(seat_id: int, *, bus: Bus | None, by: User) -> None:
    """Put somebody on a bus of their visit, or on none."""
    seat = _locked_seat(seat_id)
    if bus is None:
        seat.bus = None
        seat.save(update_fields=["bus"])
        return
    choose_bus(seat_id, bus.pk)


@dataclass
class Filled:
    """What filling the buses of a visit would do, or did."""

    placed: list[tuple[Seat, Bus]] = field(default_factory=list)
    left_over: list[Seat] = field(default_factory=list)
    split: list[str] = field(default_factory=list)  # delegations on more than one bus

    def by_bus(self) -> list[tuple[Bus, list[Seat]]]:
        found: dict[int, tuple[Bus, list[Seat]]] = {}
        for seat, bus in self.placed:
            found.setdefault(bus.pk, (bus, []))[1].append(seat)
        return list(found.values())


def plan_filling(session: Session) -> Filled:
    """Who would ride where: delegations stay together where a bus has room for them."""
    buses = buses_of(session)
    seats = seats_shown().filter(session=session, status=CONFIRMED, bus=None)
    there = _where_delegations_ride(session)
    plan = Filled()
    for party in _parties(seats.order_by("created_at", "pk")):
        used = _place(party, buses, there, plan)
        delegation = party[0].registration.delegation
        if delegation and len(used | there.get(delegation.pk, set())) > 1:
            plan.split.append(str(delegation))
    return plan


@transaction.atomic
def fill_buses(session_id: int, *, by: User) -> Filled:
    """Put everybody of a visit who rides on no bus yet on one. Twice is once."""
    plan = plan_filling(lock_session(session_id))
    for seat, bus in plan.placed:
        seat.bus = bus
    Seat.objects.bulk_update([seat for seat, _bus in plan.placed], ["bus"], batch_size=500)
    return plan


def _where_delegations_ride(session: Session) -> dict[int, set[int]]:
    """On which buses members of each delegation are already."""
    rows = session.seats.confirmed().filter(bus__isnull=False)
    pairs = rows.filter(registration__delegation__isnull=False)
    found: dict[int, set[int]] = defaultdict(set)
    for delegation, bus in pairs.values_list("registration__delegation", "bus"):
        found[delegation].add(bus)
    return found


def _parties(seats: Iterable[Seat]) -> list[list[Seat]]:
    """Who belongs together: delegations, the largest first, then who comes alone, in turn."""
    groups: dict[int, list[Seat]] = defaultdict(list)
    alone = []
    for seat in seats:
        delegation = seat.registration.delegation_id
        if delegation:
            groups[delegation].append(seat)
        else:
            alone.append([seat])
    return sorted(groups.values(), key=len, reverse=True) + alone


def _place(
    party: list[Seat], buses: list[Bus], there: dict[int, set[int]], plan: Filled
) -> set[int]:
    """Place a party; return on which buses. `left` of the buses is used up."""
    mates = there.get(party[0].registration.delegation_id or 0, set())
    used: set[int] = set()
    waiting = list(party)
    while waiting:
        bus = _best(buses, len(waiting), mates | used)
        if bus is None:
            plan.left_over += waiting
            break
        going, waiting = waiting[: bus.left], waiting[bus.left :]
        plan.placed += [(seat, bus) for seat in going]
        bus.left -= len(going)
        used.add(bus.pk)
    return used


def _best(buses: list[Bus], size: int, mates: set[int]) -> Bus | None:
    """The bus their people ride on, else the tightest that takes all, else the emptiest."""
    free = [bus for bus in buses if bus.left]
    with_mates = [bus for bus in free if bus.pk in mates]
    if fitting := [bus for bus in with_mates or free if bus.left >= size]:
        return min(fitting, key=lambda bus: (bus.left, bus.pk))
    return max(free, key=lambda bus: (bus.pk in mates, bus.left), default=None)
