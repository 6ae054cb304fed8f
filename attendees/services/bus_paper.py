"""A visit on paper: the boarding list of a bus, the briefing sheet of the whole visit."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from attendees.services.boarding import Rider, guests_of_honour, roll_of, stops_of
from attendees.services.buses import buses_of
from attendees.services.paper import MARK, plain
from attendees.services.seat_office import seats_shown
from events.languages import full_day
from events.models import Bus, Session, VisitStop
from hrconf.lib.glyphs import undrawable
from hrconf.lib.pdf import render_pdf
from hrconf.lib.sheets import Column, Kind, Sheet, write_xlsx
from hrconf.mailing.templatetags.mail import days_in_words

DOCUMENTS = Path(__file__).parent.parent / "documents"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STAND_IN = "□"  # for a character that no font of ours has: a list is needed all the same


# The boarding list ------------------------------------------------------------------------


def draw_list(bus: Bus, language: str) -> bytes:
    """Who rides on a bus, with a box to tick at the start and after each stop."""
    with override(language):
        stops = stops_of(bus.session)
        data = {
            **_head(bus.session, language),
            "title": _("Boarding list"),
            "facts": _bus_facts(bus),
            "headings": [_("No."), pgettext("of a person", "Name"), _("Organization")],
            "stops": [_("Start"), *(str(number) for number, _stop in enumerate(stops, 1))],
            "legend": [[str(number), str(stop.park)] for number, stop in enumerate(stops, 1)],
            "riders": [_line(one, language) for one in roll_of(bus, None).riders],
            "vip": _("VIP"),
            "count": _("Head-count"),
        }
    return _drawn("boarding.typ", data)


def _line(rider: Rider, language: str) -> dict[str, Any]:
    """Both names, unless one is in a script that no font of ours has."""
    person = rider.person
    names = [person.name_in(language), person.name_native, person.name_latin]
    both = list(dict.fromkeys(filter(None, names)))
    shown = [name for name in both if not undrawable(name)] or both
    return {
        "name": shown[0],
        "other": shown[1] if len(shown) > 1 else "",
        "organization": " · ".join(filter(None, [person.organization, person.title])),
        "vip": rider.is_vip,
    }


def write_list(bus: Bus) -> bytes:
    """The same as a spreadsheet, with what was ticked."""
    stops: list[VisitStop | None] = [None, *stops_of(bus.session)]
    rolls = [roll_of(bus, stop) for stop in stops]
    aboard = [{one.seat.pk for one in roll.riders if one.is_aboard} for roll in rolls]
    columns = [
        Column(_("No."), Kind.INTEGER),
        *(Column(title) for title in [_("Name in own script"), _("Name in Latin script")]),
        *(Column(title) for title in [_("Organization"), _("Position"), _("VIP"), _("Badge")]),
        *(Column(str(stop.park) if stop else _("Start")) for stop in stops),
    ]
    rows = [
        [number, *_cells(rider), *("✓" if rider.seat.pk in at else "" for at in aboard)]
        for number, rider in enumerate(rolls[0].riders, 1)
    ]
    file = io.BytesIO()
    name = _("Bus %(bus)s") % {"bus": bus.name}
    write_xlsx(file, [Sheet.table(name[:31], columns, rows)], title=f"{bus.session} · {name}")
    return file.getvalue()


def _cells(rider: Rider) -> list[str]:
    person = rider.person
    return [
        person.name_native,
        person.name_latin,
        person.organization,
        person.title,
        "★" if rider.is_vip else "",
        rider.seat.registration.badge,
    ]


# The briefing sheet -----------------------------------------------------------------------


def draw_briefing(visit: Session, language: str) -> bytes:
    """The route with times and hosts, the parks, the buses and guides, who comes."""
    with override(language):
        data = {
            **_head(visit, language),
            "title": _("Briefing sheet"),
            "route_title": _("Route"),
            "route": [_stop(stop) for stop in stops_of(visit)],
            "buses_title": _("Buses"),
            "buses": [
                [_("Bus %(bus)s") % {"bus": one.name}, _bus_facts(one)] for one in _of(visit)
            ],
            "guests_title": _("Guests"),
            "guests": _guests(visit, language),
            "headings": [_("No."), pgettext("of a person", "Name"), _("Organization"), _("Bus")],
            "vip": _("VIP"),
            "none": _("Nobody has a seat yet."),
        }
    return _drawn("briefing.typ", data)


def _of(visit: Session) -> list[Bus]:
    found = buses_of(visit)
    for bus in found:
        bus.session = visit
    return found


def _stop(stop: VisitStop) -> dict[str, str]:
    tz = stop.session.edition.tz
    during = stop.during
    return {
        "time": f"{_clock(during.lower, tz)}–{_clock(during.upper, tz)}",
        "park": stop.park.name,
        "host": _("received by %(host)s") % {"host": stop.host} if stop.host else "",
        "strengths": stop.park.strengths,
    }


def _guests(visit: Session, language: str) -> list[dict[str, Any]]:
    """Guests of honour first, then by name."""
    honoured = guests_of_honour(visit.edition)
    rows = seats_shown().filter(session=visit, status="confirmed")
    riders = [
        Rider(seat, is_vip=seat.registration.person_id in honoured)
        for seat in rows.order_by("registration__person__sort_key", "pk")
    ]
    riders.sort(key=lambda rider: not rider.is_vip)
    return [
        {**_line(rider, language), "bus": rider.seat.bus.name if rider.seat.bus else "—"}
        for rider in riders
    ]


# What both share --------------------------------------------------------------------------


def _head(visit: Session, language: str) -> dict[str, Any]:
    edition = visit.edition
    during = visit.booking.during
    start, end = (moment.astimezone(edition.tz) for moment in (during.lower, during.upper))
    return {
        "lang": "zh" if language.startswith("zh") else "en",
        "mark": MARK.read_text(),
        "edition": edition.name,
        "city": edition.city,
        "days": days_in_words(edition.starts_on, edition.ends_on),
        "number": visit.title,
        "date": "",
        "visit": visit.title,
        "when": f"{full_day(start.date())} {start:%H:%M}–{end:%H:%M}",
    }


def _bus_facts(bus: Bus) -> list[list[str]]:
    tz = bus.session.edition.tz
    leaves = bus.departs_at or bus.session.booking.during.lower
    guide = " · ".join(filter(None, [bus.guide_name, bus.guide_phone]))
    facts = [
        (_("Bus"), bus.name),
        (_("Plate"), bus.plate),
        (_("Seats on the bus"), str(bus.seats)),
        (_("Leaves"), " · ".join(filter(None, [_clock(leaves, tz), bus.meeting_point]))),
        (_("Guide"), guide),
    ]
    return [[term, value] for term, value in facts if value]


def _clock(moment: datetime, tz: Any) -> str:
    return f"{moment.astimezone(tz):%H:%M}"


def _drawn(template: str, data: dict[str, Any]) -> bytes:
    mark = data.pop("mark")
    clean = _legible(data, set(undrawable(data)))
    return render_pdf(DOCUMENTS / template, {**clean, "mark": mark})


def _legible(value: Any, missing: set[str]) -> Any:
    """The same data in one line each, without characters that no font has."""
    if isinstance(value, str):
        return "".join(STAND_IN if one in missing else one for one in plain(value))
    if isinstance(value, dict):
        return {key: _legible(one, missing) for key, one in value.items()}
    if isinstance(value, list):
        return [_legible(one, missing) for one in value]
    return value
