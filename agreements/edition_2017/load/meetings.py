"""Meetings at the numbered tables of the Matchmaking Hall."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from agreements.edition_2017.load.agreements import Deal
from agreements.edition_2017.load.context import Context, between, moment
from agreements.edition_2017.load.guests import Guest, Guests
from agreements.edition_2017.load.projects import Portfolio
from agreements.models import Agreement
from attendees.models import Registration
from events.models import Booking, Room
from projects.models import Meeting, Project

Status = Meeting.Status
MINUTES = 25
FIRST_AFTERNOON = (moment(11, 8, 13, 30), 9)
LATER_HALF_DAYS = [(moment(11, 9, 9), 7), (moment(11, 9, 13, 30), 9), (moment(11, 10, 9), 6)]
HELD, TO_COME, ASKED, REFUSED = 128, 150, 46, 21
# Deals that began at a table: two in five of those announced, and some signed late.
BEGAN_AT_TABLE = {Agreement.Status.INTENTION: 28, Agreement.Status.READY: 12}
SIGNED_AFTER_MEETING = 9


@dataclass
class Tables:
    """Which table is free when, and who is taken."""

    rooms: list[Room]
    slots: Iterator[tuple[datetime, Room]] = field(init=False)
    taken: set[tuple[datetime, int]] = field(default_factory=set)

    def open(self, half_days: list[tuple[datetime, int]]) -> None:
        self.slots = (
            (start + timedelta(minutes=MINUTES * n), room)
            for start, count in half_days
            for n in range(count)
            for room in self.rooms
        )

    def book(self, guests: list[Guest]) -> tuple[datetime, Room] | None:
        """The next free table at a time at which all of them are free."""
        for start, room in self.slots:
            wanted = {(start, id(guest)) for guest in guests}
            if not wanted & self.taken:
                self.taken |= wanted
                return start, room
        return None


@dataclass
class Planner:
    """Arranges meetings between projects and hosts or investors who came."""

    context: Context
    portfolio: Portfolio
    counterparts: list[Guest]
    tables: Tables
    rng: Random
    rows: list[Meeting] = field(default_factory=list)

    def arrange(self, project: Project, status: str) -> Meeting | None:
        """A meeting at the next free table, or None when all are taken."""
        counterpart = self.rng.choice(self.counterparts)
        pair = [self.portfolio.guests[project.reference], counterpart]
        place = self.tables.book(pair)
        if place is None:
            return None
        start, room = place
        during = DateTimeTZRange(start, start + timedelta(minutes=MINUTES))
        booking = Booking(room=room, during=during, is_firm=True)
        return self.add(project, counterpart, status, booking)

    def ask(self, project: Project, status: str) -> None:
        """A request without a table."""
        self.add(project, self.rng.choice(self.counterparts), status, None)

    def add(
        self, project: Project, counterpart: Guest, status: str, booking: Booking | None
    ) -> Meeting:
        meeting = Meeting(
            edition=self.context.edition,
            project=project,
            counterpart=counterpart.registration,
            booking=booking,
            status=status,
            created_at=between(moment(10, 16), moment(11, 7, 20), self.rng),
        )
        self.rows.append(meeting)
        return meeting


def load_meetings(
    context: Context, guests: Guests, portfolio: Portfolio, made: list[Deal]
) -> set[int]:
    """Save the meetings, tie deals to those they began at; return who is busy, by place."""
    rng = context.rng("meetings")
    tables = Tables(list(Room.objects.filter(kind=Room.Kind.TABLE).order_by("position")))
    counterparts = [
        guest
        for kind in ("host", "investor")
        for guest in guests.confirmed(kind)
        if guest.seated_at
    ]
    planner = Planner(context, portfolio, counterparts, tables, rng)
    first_afternoon(planner, made, rng)
    later_days(planner, rng)
    context.save([meeting.booking for meeting in planner.rows if meeting.booking])
    for meeting in planner.rows:
        meeting.booking = meeting.booking  # takes over the key it has now
    context.save(planner.rows)
    return busy_places(planner)


def first_afternoon(planner: Planner, made: list[Deal], rng: Random) -> None:
    """Held on the first day, those first from which a deal came."""
    planner.tables.open([FIRST_AFTERNOON])
    for deal in deals_from_tables(made):
        deal.meeting = planner.arrange(deal.project, Status.HELD)
    projects = present(planner.portfolio)
    for project in rng.sample(projects, HELD):
        planner.arrange(project, Status.NO_SHOW if rng.random() < 0.06 else Status.HELD)


def deals_from_tables(made: list[Deal]) -> list[Deal]:
    """Deals that began at a table; the signed ones signed after their meeting, in the
    last sessions of the day or as the first of the tables."""
    late = [deal for deal in made if deal.is_late_signing][:SIGNED_AFTER_MEETING]
    chosen = list(late)
    for status, count in BEGAN_AT_TABLE.items():
        chosen += [deal for deal in made if deal.status == status][:count]
    return chosen


def later_days(planner: Planner, rng: Random) -> None:
    planner.tables.open(LATER_HALF_DAYS)
    projects = present(planner.portfolio)
    for project in rng.sample(projects, TO_COME):
        planner.arrange(project, Status.CONFIRMED)
    for status, count in {Status.REQUESTED: ASKED, Status.DECLINED: REFUSED}.items():
        for project in rng.sample(projects, count):
            planner.ask(project, status)


def present(portfolio: Portfolio) -> list[Project]:
    return [
        project
        for project in portfolio.at_the_conference()
        if portfolio.guests[project.reference].seated_at
    ]


def busy_places(planner: Planner) -> set[int]:
    """Registrations of everyone who has a table, on either side of it."""
    busy = set()
    for meeting in planner.rows:
        if meeting.booking:
            sides: list[Registration | None] = [
                meeting.counterpart,
                planner.portfolio.guests[meeting.project.reference].registration,
            ]
            busy |= {place.pk for place in sides if place}
    return busy
