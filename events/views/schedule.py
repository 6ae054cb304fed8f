"""The schedule: by day, filtered and searched."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, groupby
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from events.forms.schedule import ScheduleFilter
from events.grid import Grid, grid_of
from events.linked_data import schedule_data
from events.programme import SessionOf
from events.views.pages import ProgrammePage

ALL_DAYS = "all"
LOOKS = {"grid": "list", "list": "grid"}  # each with the other


@dataclass(frozen=True)
class Tab:
    """A day to choose, with what the filters leave of it."""

    day: date | None
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Slot:
    """What starts at one time."""

    start: datetime
    sessions: list[SessionOf]
    grid: Grid | None = None
    until: datetime | None = None  # the next slot, or the end of the last

    @property
    def css(self) -> str:
        """The classes of its line in the grid."""
        return self.grid.css_of(self.start, self.until or self.start) if self.grid else ""

    @property
    def placed(self) -> list[tuple[SessionOf, str]]:
        """Each session with its classes in the grid."""
        places = self.grid.places if self.grid else {}
        return [(session, places.get(session.code, "")) for session in self.sessions]


@dataclass(frozen=True)
class Day:
    """A day with its sessions by time, and where they stand in its grid."""

    day: date
    slots: list[Slot]
    grid: Grid | None
    from_moment: datetime  # when it begins; past midnight is still the day before


class Schedule(ProgrammePage):
    """The programme of a day, or what a search finds on every day.

    Without a day in the address it is today during the conference and else the
    first; with filters and no day it is all of them.
    """

    template_name = "events/schedule.html"

    def find(self) -> None:
        self.form = ScheduleFilter(self.request.GET, programme=self.programme)
        self.day = self._day(self.kwargs.get("day"))
        asked = self.request.GET.get("view", "grid")
        self.chosen_looks = asked if asked in LOOKS else "grid"
        # What a search finds is a few in many rooms: a list shows them together.
        self.looks = "list" if "q" in self.form.wanted else self.chosen_looks

    def _day(self, asked: str | None) -> date | None:
        """The day to show; None for all of them."""
        days = list(self.programme.days)
        if asked == ALL_DAYS:
            return None
        if asked is None:
            return None if self.form.wanted or not days else self._day_of_today(days)
        day = parsed_day(asked)
        if day not in days:
            raise Http404(_("Nothing is planned on this day."))
        return day

    def _day_of_today(self, days: list[date]) -> date:
        today = self.programme.day_of(self.moment)
        return today if today in days else days[0]

    def get_context(self) -> dict[str, Any]:
        found = {d: self.form.chosen(s) for d, s in self.programme.days.items()}
        shown = {d: s for d, s in found.items() if self.day in (d, None)}
        count = sum(map(notable, shown.values()))
        days = [self.laid_out(day, some) for day, some in shown.items() if some]
        return super().get_context() | {
            "form": self.form,
            "day": self.day,
            "days": days,
            "prints_grid": self.looks == "grid" and all(d.grid and d.grid.prints for d in days),
            "tabs": self.tabs(found),
            "count": count,
            "elsewhere": sum(map(notable, found.values())) - count,
            "all_days_url": self.url_of(None),
            "is_today": self.now.is_today and self.day == self.programme.day_of(self.moment),
            "data": schedule_data(self.edition, self.programme, chain(*shown.values())),
            "looks": self.looks,
            "other_looks_url": self.url_of(self.day, LOOKS[self.chosen_looks]),
            "chosen_looks": self.chosen_looks,
            "here_url": self.address_of(self.day.isoformat() if self.day else ALL_DAYS),
            "whole_url": self.url_of(self.day, wanted={}),
            "kept": [] if self.chosen_looks == "grid" else [("view", self.chosen_looks)],
        }

    def laid_out(self, day: date, sessions: list[SessionOf]) -> Day:
        """A day by time, and as a grid where there is one."""
        grid = grid_of(sessions, self.programme.rooms.values())
        return Day(day, slots(sessions, grid), grid, self.programme.begin_of(day))

    def tabs(self, found: dict[date, list[SessionOf]]) -> list[Tab]:
        everything = sum(map(notable, found.values()))
        days = [Tab(d, self.url_of(d), notable(s), d == self.day) for d, s in found.items()]
        return [*days, Tab(None, self.url_of(None), everything, self.day is None)]

    def url_of(
        self, day: date | None, looks: str = "", wanted: dict[str, str] | None = None
    ) -> str:
        """A day's address, with the filters and the looks in force unless others are given."""
        url = self.address_of(day.isoformat() if day else ALL_DAYS)
        query = QueryDict(mutable=True)
        query.update(self.form.wanted if wanted is None else wanted)
        if (looks or self.chosen_looks) != "grid":
            query["view"] = looks or self.chosen_looks
        return f"{url}?{query.urlencode()}" if query else url

    def address_of(self, which: str) -> str:
        """The path of a day, or of all of them."""
        address = {"edition": self.edition.slug, "day": which}
        return reverse("events:schedule_day", kwargs=address)

    def ingredients(self) -> list[object]:
        return [*super().ingredients(), self.day]


def parsed_day(text: str) -> date | None:
    """A day as its address writes it, and in no other of the ways ISO 8601 allows."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def notable(sessions: list[SessionOf]) -> int:
    """How many they are, without the breaks and meals."""
    return sum(not session.is_minor for session in sessions)


def slots(sessions: list[SessionOf], grid: Grid | None = None) -> list[Slot]:
    """What starts at each time; a slot lasts until the next."""
    grouped = [(at, list(some)) for at, some in groupby(sessions, key=lambda s: s.start)]
    ends = [at for at, _some in grouped[1:]]
    ends += [max((s.end for s in sessions), default=None)] if sessions else []
    pairs = zip(grouped, ends, strict=True)
    return [Slot(start, some, grid, until) for (start, some), until in pairs]
