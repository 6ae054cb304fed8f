"""Seats in what needs signing up for: park visits and workshops."""

import math
from datetime import timedelta
from random import Random

from agreements.edition_2017.load.context import Context, between, moment
from agreements.edition_2017.load.guests import Guest, Guests
from agreements.edition_2017.load.programme import Stage
from attendees.models import Seat, Wait
from events.models import Bus, Session

WAITING = (2, 7)
GUIDES = ["沈佳怡 Shen Jiayi", "吴宇轩 Wu Yuxuan", "周思远 Zhou Siyuan", "何梦洁 He Mengjie"]


def load_seats(context: Context, guests: Guests, stage: Stage, busy: set[int]) -> None:
    """Fill the sessions with guests who have no meeting; nobody gets two seats."""
    rng = context.rng("seats")
    free = [
        guest
        for kind in ("professional", "project_holder")
        for guest in guests.confirmed(kind)
        if guest.seated_at and guest.registration.pk not in busy
    ]
    rng.shuffle(free)
    rows: list[Seat | Wait] = []
    for session in stage.sessions.values():
        if session.needs_seat:
            rows += seats_in(session, free, rng)
    buses = load_buses(context, stage)
    for number, row in enumerate(row for row in rows if isinstance(row, Seat)):
        if of_visit := buses.get(row.session.code):
            row.bus = of_visit[number % len(of_visit)]
    context.save([row for row in rows if isinstance(row, Seat)])
    context.save([row for row in rows if isinstance(row, Wait)])


def load_buses(context: Context, stage: Stage) -> dict[str, list[Bus]]:
    """Two buses for each visit, by the code of the visit."""
    visits = [s for s in stage.sessions.values() if s.kind == Session.Kind.VISIT and s.needs_seat]
    rows = []
    for number, visit in enumerate(visits):
        bay = visit.booking.room
        for half in range(2):
            guide = GUIDES[(2 * number + half) % len(GUIDES)]
            rows.append(
                Bus(
                    session=visit,
                    name=str(2 * number + half + 1),
                    plate=f"浙A·{10000 + 137 * (2 * number + half):05}",
                    seats=math.ceil(visit.capacity / 2),
                    meeting_point_en=bay.name_en if bay else "",
                    meeting_point_zh_hans=bay.name_zh_hans if bay else "",
                    departs_at=visit.booking.during.lower + timedelta(minutes=10),
                    guide_name=guide,
                    guide_phone=f"+86 571 5550 {1100 + 2 * number + half}",
                )
            )
    context.save(rows)
    found: dict[str, list[Bus]] = {}
    for row in rows:
        found.setdefault(row.session.code, []).append(row)
    return found


def seats_in(session: Session, free: list[Guest], rng: Random) -> list[Seat | Wait]:
    """A visit is full and has a waiting list; a workshop has a few seats left."""
    is_visit = session.kind == Session.Kind.VISIT
    confirmed = session.capacity if is_visit else int(session.capacity * rng.uniform(0.6, 0.95))
    waiting = rng.randint(*WAITING) if is_visit else 0
    rows: list[Seat | Wait] = []
    for number in range(min(confirmed + waiting, len(free))):
        place = {"session": session, "registration": free.pop().registration}
        at = between(moment(10, 20), moment(11, 6), rng)
        if number < confirmed:
            rows.append(Seat(created_at=at, **place))
        else:
            rows.append(Wait(joined_at=at, **place))
    return rows
