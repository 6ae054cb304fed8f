"""Where the sessions of a day stand in a grid of rooms by time.

A page carries no styles of its own (the content security policy forbids them), so a
place is told by classes, of which there are few: an hour and a step of five minutes for
the begin and for the end, a column and a width. static/css/schedule-places.css turns
them into lines of a CSS grid.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from events.programme import RoomOf, SessionOf

STEP = 5  # minutes
PER_HOUR = 60 // STEP
LAST_HOUR = 36  # after the first begin of a day: what lasts longer is cut off here
SHORT = 3  # steps
MOST_COLUMNS = 120
MOST_LANES = 12  # of one room
# With so many columns the grid fits the window, and needs no window of its own.
FITS = 6
PRINTS = 10  # columns on a sheet of A4, on its side

Span = tuple[int, int]


@dataclass(frozen=True)
class Column:
    """A room of the day; several lanes where things happen in it side by side."""

    room: RoomOf | None  # None: what has no room of ours, such as a park visit
    first: int
    lanes: int

    @property
    def key(self) -> str:
        return self.room.key if self.room else ""

    @property
    def css(self) -> str:
        return f"c{self.first}" + (f" w{self.lanes}" if self.lanes > 1 else "")


@dataclass(frozen=True)
class Grid:
    """A day's grid: its columns, the hours it shows, and the classes of each session."""

    columns: list[Column]
    opens_at: datetime  # the first begin of the day, from which its hours are counted
    hours: list[int]  # those in which nothing is on are left out
    places: dict[str, str]  # by the code of a session

    @property
    def width(self) -> int:
        return sum(column.lanes for column in self.columns)

    @property
    def fits(self) -> bool:
        return self.width <= FITS

    @property
    def prints(self) -> bool:
        return self.width <= PRINTS

    @property
    def has_venues(self) -> bool:
        """Whether its rooms are in more than one venue."""
        return len({column.room.venue.slug for column in self.columns if column.room}) > 1

    def css_of(self, start: datetime, until: datetime) -> str:
        """The classes of a stretch of time on the axis."""
        begin, end = steps(start, self.opens_at), steps(until, self.opens_at)
        return rows((begin, max(end, begin + 1)), self.hours)


def grid_of(sessions: Sequence[SessionOf], rooms: Iterable[RoomOf]) -> Grid | None:
    """The grid of a day's sessions, with the rooms in their order; None if it would be endless.

    The sessions are in order of time.
    """
    opens_at = sessions[0].start
    spans = {session.code: span_of(session, opens_at) for session in sessions}
    columns, lanes = columns_of(sessions, spans, rooms)
    width = sum(column.lanes for column in columns)
    if width > MOST_COLUMNS or any(column.lanes > MOST_LANES for column in columns):
        return None
    hours = hours_of(spans.values())
    places = {
        code: f"{rows(span, hours)} {lanes[code]}{brevity(span)}" for code, span in spans.items()
    }
    return Grid(columns, opens_at, hours, places)


def columns_of(
    sessions: Iterable[SessionOf], spans: dict[str, Span], rooms: Iterable[RoomOf]
) -> tuple[list[Column], dict[str, str]]:
    """The rooms that are used, and the classes of each session's columns."""
    by_room: dict[str, dict[str, Span]] = defaultdict(dict)
    for session in sessions:
        by_room[session.room.key if session.room else ""][session.code] = spans[session.code]
    columns: list[Column] = []
    places: dict[str, str] = {}
    first = 1
    for room in (*rooms, None):
        found = lanes_of(by_room.get(room.key if room else "", {}))
        if not found:
            continue
        width = max(of for _at, of in found.values())
        columns.append(Column(room, first, width))
        places |= {code: across(first, at, of, width) for code, (at, of) in found.items()}
        first += width
    return columns, places


def steps(moment: datetime, opens_at: datetime) -> int:
    """A moment in steps since the day's first begin, by the clocks on the wall."""
    elapsed = moment.replace(tzinfo=None) - opens_at.replace(tzinfo=None)
    return round(elapsed.total_seconds() / 60 / STEP)


def span_of(session: SessionOf, opens_at: datetime) -> Span:
    """From which step to which a session lasts: one at least, whatever the clocks do."""
    begin = min(steps(session.start, opens_at), LAST_HOUR * PER_HOUR - 1)
    end = min(steps(session.end, opens_at), LAST_HOUR * PER_HOUR)
    return begin, max(end, begin + 1)


def hours_of(spans: Iterable[Span]) -> list[int]:
    """The hours in which something is on."""
    shown: set[int] = set()
    for begin, end in spans:
        shown.update(range(begin // PER_HOUR, (end - 1) // PER_HOUR + 1))
    return sorted(shown)


def lanes_of(spans: dict[str, Span]) -> dict[str, Span]:
    """For what is on in one room: the lane of each, and of how many.

    Things that overlap, directly or through others, share the room's width.
    """
    found: dict[str, Span] = {}
    together: list[str] = []
    ends: list[int] = []  # of the lanes
    for code, (begin, end) in sorted(spans.items(), key=lambda one: one[1]):
        if ends and begin >= max(ends):
            found |= {one: (found[one][0], len(ends)) for one in together}
            together, ends = [], []
        lane = next((at for at, until in enumerate(ends) if until <= begin), len(ends))
        ends[lane : lane + 1] = [end]
        found[code] = (lane, 0)
        together.append(code)
    return found | {one: (found[one][0], len(ends)) for one in together}


def across(first: int, lane: int, lanes: int, width: int) -> str:
    """The classes of a lane's columns in a room that is `width` columns wide."""
    begin, end = lane * width // lanes, (lane + 1) * width // lanes
    return f"c{first + begin}" + (f" w{end - begin}" if end - begin > 1 else "")


def rows(span: Span, hours: list[int]) -> str:
    """The classes of the lines between which a session stands."""
    begin, end = span
    return f"{classes('b', 's', begin, hours)} {classes('e', 'f', end, hours)}"


def brevity(span: Span) -> str:
    """What is short shows its title only, or it would stretch the time of all the others."""
    return " is-short" if span[1] - span[0] <= SHORT else ""


def classes(of_hour: str, of_step: str, step: int, hours: list[int]) -> str:
    """The hour's place among those shown, and the step in it unless it is full."""
    hour, rest = divmod(step, PER_HOUR)
    place = f"{of_hour}{bisect_left(hours, hour)}"
    return f"{place} {of_step}{rest}" if rest else place
