"""The grid of a day: rooms by time, told in a bounded set of classes."""

import re
from datetime import timedelta

import pytest
from django.conf import settings

from events import grid
from events.grid import grid_of, lanes_of
from events.services.releases import release_schedule
from tests import make
from tests.events import make_programmes

HALL_AND_ROOM = 2
STYLES = settings.BASE_DIR / "static" / "css" / "schedule-places.css"


def day_grid(edition, day=0):
    programme = make_programmes.programme(edition)
    sessions = list(programme.days.values())[day]
    return grid_of(sessions, programme.rooms.values())


def at(edition, code, minutes, lasts, room, **more):
    starts_at = make.OPENING + timedelta(minutes=minutes)
    return make.session(
        edition=edition, code=code, starts_at=starts_at, minutes=lasts, room=room, **more
    )


@pytest.fixture
def rooms(db):
    venue = make.venue()
    return [make.room(venue=venue, slug=f"r{n}", position=n) for n in range(HALL_AND_ROOM)]


@pytest.mark.django_db
def test_rooms_are_columns_and_times_are_rows(rooms):
    edition = make.edition(slug="2017")
    hall, room = rooms
    at(edition, "first", 0, 60, hall)
    at(edition, "second", 30, 45, room)
    at(edition, "outdoors", 60, 15, None)
    release_schedule(edition.pk)

    found = day_grid(edition)

    assert [(column.key, column.first) for column in found.columns] == [
        (f"{hall.venue.slug}/r0", 1), (f"{hall.venue.slug}/r1", 2), ("", 3),
    ]  # fmt: skip
    assert found.places == {
        "first": "b0 e1 c1",
        "second": "b0 s6 e1 f3 c2",
        "outdoors": "b1 e1 f3 c3 is-short",
    }


@pytest.mark.django_db
def test_things_at_once_in_one_room_stand_side_by_side(rooms):
    edition = make.edition(slug="2017")
    hall, room = rooms
    for code, minutes, lasts in [("a", 0, 60), ("b", 30, 60), ("alone", 120, 30)]:
        session = at(edition, code, minutes, lasts, hall)
        type(session.booking).objects.filter(pk=session.booking.pk).update(is_shared=True)
    at(edition, "next-door", 0, 60, room)
    release_schedule(edition.pk)

    found = day_grid(edition)

    assert [(column.first, column.lanes) for column in found.columns] == [(1, 2), (3, 1)]
    assert found.places["a"].endswith(" c1")
    assert found.places["b"].endswith(" c2")
    assert found.places["alone"].endswith(" c1 w2")
    assert found.places["next-door"].endswith(" c3")


@pytest.mark.django_db
def test_hours_in_which_nothing_is_on_take_no_room(rooms):
    edition = make.edition(slug="2017", day_begins_at=5)
    at(edition, "morning", 0, 60, rooms[0])
    at(edition, "past-midnight", 16 * 60, 90, rooms[0])  # 01:00 the next day
    release_schedule(edition.pk)

    found = day_grid(edition)

    assert found.hours == [0, 16, 17]
    assert found.places["past-midnight"] == "b1 e2 f6 c1"


def test_lanes_are_shared_by_what_overlaps_directly_or_through_others():
    spans = {"a": (0, 6), "b": (3, 9), "c": (6, 12), "d": (12, 13)}

    assert lanes_of(spans) == {"a": (0, 2), "b": (1, 2), "c": (0, 2), "d": (0, 1)}


def test_every_class_of_the_grid_has_its_rule():
    told = set(re.findall(r"\.([a-z]\d+) \{", STYLES.read_text()))

    hours = {f"{name}{n}" for name in "be" for n in range(grid.LAST_HOUR + 1)}
    steps = {f"{name}{n}" for name in "sf" for n in range(1, grid.PER_HOUR)}
    columns = {f"c{n}" for n in range(1, grid.MOST_COLUMNS + 1)}
    assert told == hours | steps | columns | {f"w{n}" for n in range(2, grid.MOST_LANES + 1)}


@pytest.mark.django_db
def test_list_is_there_where_the_grid_would_be_endless(client, monkeypatch):
    make_programmes.conference()
    assert b"as-grid" in client.get("/en/2017/schedule/").content

    monkeypatch.setattr(grid, "MOST_COLUMNS", 0)

    page = client.get("/en/2017/schedule/2017-11-09/").content
    assert b"as-grid" not in page
    assert b"Biomedicine forum" in page


@pytest.mark.django_db
def test_reader_may_have_the_list_on_a_wide_screen_too(client):
    make_programmes.conference()

    page = client.get("/en/2017/schedule/2017-11-09/?view=list&track=life")

    assert b"as-grid" not in page.content
    assert page.context["other_looks_url"] == "/en/2017/schedule/2017-11-09/?track=life"
    assert page.context["tabs"][0].url == "/en/2017/schedule/2017-11-08/?track=life&view=list"
    assert b'<input type="hidden" name="view" value="list">' in page.content
    assert b'<meta name="robots" content="noindex">' in page.content


@pytest.mark.django_db
def test_what_a_search_finds_is_a_list_however_wide_the_screen(client):
    make_programmes.conference()

    assert b"as-grid" not in client.get("/en/2017/schedule/?q=forum").content
    assert b"as-grid" in client.get("/en/2017/schedule/?track=life").content
