"""Schedule files imported into an edition: what is written, kept, told and left alone."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from django.utils import timezone

from events.imports import writing
from events.imports.creating import create_edition
from events.imports.files import NotASchedule
from events.imports.planning import plan_import
from events.imports.plans import Outcome, Wishes
from events.imports.reading import read_schedule
from events.imports.writing import import_schedule
from events.models import Appearance, Booking, Edition, Room, Session, Speaker, Track, Venue
from events.services.releases import release_schedule
from tests import make
from tests.events.imports.make_files import bilingual, event, frab_json, xml

pytestmark = pytest.mark.django_db
ANA, BO = ({"id": 1}, "Ana Ng"), ({"id": 2}, "Bo Li")


@pytest.fixture
def edition():
    return make.edition(
        slug="lake", starts_on=date(2019, 5, 1), ends_on=date(2019, 5, 2), time_zone="Asia/Shanghai"
    )


def imported(edition, data: bytes, **wishes):
    return import_schedule(edition, read_schedule(data, fallback=edition.tz), Wishes(**wishes))


def outcomes(plan) -> list[str]:
    return [row.outcome.value for row in plan.rows]


def notes(plan) -> list[str]:
    return [note for row in plan.rows for note in row.notes]


def shown(moment) -> str:
    return f"{timezone.localtime(moment, make.Edition.objects.get().tz):%d %H:%M}"


def test_import_makes_sessions_with_room_track_and_people(edition):
    plan = imported(
        edition,
        xml({"Hall": [event(7, people=[BO, ANA], slug="a-talk", type="lunch", abstract="Why")]}),
    )

    session = Session.objects.get()
    assert outcomes(plan) == ["created"]
    assert (session.code, session.title_en, session.abstract_en) == ("a-talk", "Talk 7", "Why")
    assert (session.source_id, session.kind, session.format_name) == ("7", "meal", "lunch")
    assert (session.status, session.minutes, session.language) == ("confirmed", 30, "en")
    assert shown(session.booking.during.lower) == "01 10:00"
    assert (session.booking.room.name_en, session.booking.room.venue.name_en) == (
        "Hall",
        "Lake Hall",
    )
    assert (session.track.name_en, session.booking.is_firm) == ("Main", False)
    on_stage = session.appearances.order_by("position")
    assert [a.speaker.name_latin for a in on_stage] == ["Bo Li", "Ana Ng"]
    assert Speaker.objects.get(source_id="1").sort_key == "ana ng"


TWO_DAYS = xml(
    {"Hall": [event(1, people=[ANA]), event(2, start="11:00", people=[ANA, BO])]},
    {"Foyer": [event(3, people=[({}, "Nobody Known")])]},
)


def test_same_file_again_writes_nothing(edition, django_assert_num_queries):
    imported(edition, TWO_DAYS)
    before = list(Session.objects.order_by("pk").values())
    schedule = read_schedule(TWO_DAYS)

    # savepoint, lock, sessions, venues, rooms, appearances, tracks, speakers, savepoint
    with django_assert_num_queries(9):
        plan = import_schedule(edition, schedule)

    assert outcomes(plan) == ["unchanged"] * 3
    assert plan.changed_speakers == {}
    assert list(Session.objects.order_by("pk").values()) == before
    assert (Speaker.objects.count(), Room.objects.count(), Venue.objects.count()) == (3, 2, 1)


@pytest.mark.parametrize("number", [2, 80])
def test_import_costs_the_same_queries_at_any_length(edition, number, django_assert_num_queries):
    events = [
        event(n, people=[({"id": n}, f"Speaker {n}")], start=f"{n % 24:02}:00", track=f"T{n}")
        for n in range(1, number + 1)
    ]
    schedule = read_schedule(xml({"Hall": events}))

    # eight to read as above without rooms, then venue, rooms, tracks, speakers, bookings,
    # sessions, appearances; the number of the editing step and the step
    with django_assert_num_queries(17):
        import_schedule(edition, schedule)

    assert Session.objects.count() == number


def test_import_again_changes_only_what_changed(edition):
    imported(edition, TWO_DAYS)
    Session.objects.update(status="confirmed")
    untouched = Session.objects.filter(source_id="1").values().get()
    later = xml(
        {
            "Hall": [
                event(1, people=[ANA]),
                event(2, start="12:00", people=[BO], title="Renamed"),
            ]
        },
        {"Foyer": [event(3, people=[({}, "Nobody Known")])]},
    )

    plan = imported(edition, later)

    assert outcomes(plan) == ["unchanged", "changed", "unchanged"]
    assert sorted(plan.rows[1].changes) == ["people", "start", "title_en"]
    changed = Session.objects.get(source_id="2")
    assert (changed.title_en, shown(changed.booking.during.lower)) == ("Renamed", "01 12:00")
    assert [s.name_latin for s in changed.speakers.all()] == ["Bo Li"]
    assert Session.objects.filter(source_id="1").values().get() == untouched
    assert Booking.objects.count() == 3


def test_what_was_changed_here_by_hand_is_kept_and_told(edition):
    imported(edition, xml({"Hall": [event(1, title="Old", abstract="Old", subtitle="Old")]}))
    Session.objects.update(title_en="By hand", abstract_en="By hand")
    later = xml({"Hall": [event(1, title="Old", abstract="New", subtitle="New")]})

    plan = imported(edition, later)

    session = Session.objects.get()
    assert (session.title_en, session.abstract_en) == ("By hand", "By hand")
    assert session.subtitle_en == "New"
    assert notes(plan) == [
        "Title: changed here since, and kept",
        "Abstract: changed here and in the file; ours is kept",
    ]
    assert outcomes(imported(edition, later)) == ["unchanged"]


def test_file_wins_where_that_is_wished(edition):
    imported(edition, xml({"Hall": [event(1, title="Old")]}))
    Session.objects.update(title_en="By hand")

    plan = imported(edition, xml({"Hall": [event(1, title="Old")]}), overwrites=True)

    assert (outcomes(plan), Session.objects.get().title_en) == (["changed"], "Old")


def test_names_that_were_changed_here_are_still_found(edition):
    imported(edition, TWO_DAYS)
    Room.objects.filter(name_en="Hall").update(name_en="Great Hall")
    Track.objects.update(name_en="Renamed")
    Speaker.objects.filter(source_id="1").update(name_latin="Dr Ana Ng")

    plan = imported(edition, TWO_DAYS)

    assert outcomes(plan) == ["unchanged"] * 3
    assert (Room.objects.count(), Track.objects.count(), Speaker.objects.count()) == (2, 1, 3)
    assert Speaker.objects.get(source_id="1").name_latin == "Dr Ana Ng"


def test_what_the_file_lacks_is_told_and_cancelled_only_when_asked(edition):
    imported(edition, TWO_DAYS)
    make.session(edition=edition, code="by-hand")
    fewer = xml({"Hall": [event(1, people=[ANA])]})

    told = imported(edition, fewer)
    assert outcomes(told) == ["unchanged", "gone", "gone"]
    assert set(Session.objects.values_list("status", flat=True)) == {"confirmed"}

    imported(edition, fewer, cancels_gone=True)
    cancelled = Session.objects.filter(status="cancelled")
    assert set(cancelled.values_list("source_id", flat=True)) == {"2", "3"}
    assert outcomes(imported(edition, fewer, cancels_gone=True)) == ["unchanged"] * 3


def test_rooms_that_differ_in_case_and_spaces_are_one(edition):
    imported(edition, xml({"Big Hall": [event(1)], "big  HALL ": [event(2, start="12:00")]}))

    assert [room.name_en for room in Room.objects.all()] == ["Big Hall"]


def test_rooms_of_the_edition_are_used_whatever_their_venue(edition):
    room = make.room(name_en="Hall", name_zh_hans="大厅")
    make.session(edition=edition, room=room, starts_at=make.OPENING)

    imported(edition, xml({"大厅": [event(1)]}, conference={"start": "2019-05-01"}))

    assert Session.objects.get(source_id="1").booking.room == room
    assert Venue.objects.count() == 1


def test_overlaps_of_a_file_are_kept_told_and_can_be_released(edition):
    events = [event(1, title="Fair", duration="04:00"), event(2, title="Talk", start="11:00")]

    plan = imported(edition, xml({"Hall": [*events, event(3, title="Party", start="20:00")]}))

    assert notes(plan) == [
        "overlaps “Talk” in the same room: both are kept there",
        "overlaps “Fair” in the same room: both are kept there",
    ]
    shared = Session.objects.filter(booking__is_shared=True)
    assert {s.title_en for s in shared} == {"Fair", "Talk"}
    assert len(release_schedule(edition.pk).snapshot["sessions"]) == 3


def test_clash_with_a_session_of_ours_is_told_and_stays_a_clash(edition):
    imported(edition, xml({"Hall": [event(1, title="First")]}))
    Session.objects.update(imported=None, source_id="", title_en="By hand", code="by-hand")

    plan = imported(edition, xml({"Hall": [event(2, title="Second")]}))

    told = "clashes with “By hand” in the same room: settle it before the release"
    assert notes(plan) == [told]
    assert not Booking.objects.filter(is_shared=True)


def test_released_sessions_swap_their_times(edition):
    imported(edition, xml({"Hall": [event(1, start="10:00"), event(2, start="11:00")]}))
    release_schedule(edition.pk)

    imported(edition, xml({"Hall": [event(1, start="11:00"), event(2, start="10:00")]}))
    release = release_schedule(edition.pk)

    assert len(release.changes["moved"]) == 2


def test_days_outside_the_edition_are_told(edition):
    plan = imported(edition, xml({}, {}, {"Hall": [event(1)]}))

    assert notes(plan) == ["is outside the days of the edition"]


def test_second_opening_is_a_ceremony(edition):
    make.opening(edition=edition)

    imported(edition, xml({"Hall": [event(1, type="opening")]}))

    assert Session.objects.get(source_id="1").kind == "ceremony"


def test_two_people_of_one_name_stay_two(edition):
    people = [({"id": 1}, "Li Wei"), ({"id": 2}, "Li Wei")]

    imported(edition, xml({"Hall": [event(1, people=people)]}))

    assert Speaker.objects.count() == Appearance.objects.count() == 2


def test_person_without_id_is_who_has_the_name_already(edition):
    make.speaker(edition=edition, name_native="", name_latin="Ana Ng")

    imported(edition, xml({"Hall": [event(1, people=[({}, "ana  ng"), ({}, "Ana Ng")])]}))

    assert Speaker.objects.count() == Appearance.objects.count() == 1


def test_guids_of_a_file_are_kept_and_others_are_the_same_each_time(edition):
    guid = "2f8e6a54-0d3a-4c53-9a4e-0a8a3d6f6b11"
    imported(edition, xml({"Hall": [event(1, attributes={"id": 1, "guid": guid})]}))
    assert str(Session.objects.get().guid) == guid
    Session.objects.all().delete()

    imported(edition, xml({"Hall": [event(5)]}))
    first = Session.objects.get().guid
    Session.objects.all().delete()
    imported(edition, xml({"Hall": [event(5)]}))

    assert Session.objects.get().guid == first


def test_session_is_recognised_by_its_guid_over_formats(edition):
    guid = "2f8e6a54-0d3a-4c53-9a4e-0a8a3d6f6b11"
    imported(edition, xml({"Hall": [event(1, attributes={"id": 1, "guid": guid})]}))

    plan = imported(
        edition,
        frab_json({"guid": guid, "id": 99, "title": "New", "date": "2019-05-01T10:00:00+08:00"}),
    )

    assert outcomes(plan) == ["changed"]
    assert Session.objects.get().title_en == "New"


def test_nothing_is_half_written(edition, monkeypatch):
    def broken(*args):
        raise IntegrityError

    monkeypatch.setattr(writing, "write_appearances", broken)

    with pytest.raises(IntegrityError):
        imported(edition, TWO_DAYS)

    assert not Session.objects.exists()
    rows = [Room, Speaker, Booking, Venue]
    assert not any(model.objects.exists() for model in rows)


def test_plan_alone_writes_nothing(edition):
    plan = plan_import(edition, read_schedule(TWO_DAYS), Wishes())

    assert plan.counts[Outcome.CREATED] == 3
    assert not any(model.objects.exists() for model in [Session, Room, Venue])


def test_refused_entries_are_told_and_the_others_go_in(edition):
    plan = imported(edition, xml({"Hall": [event(1), event(1), event(2, title="")]}))

    assert outcomes(plan) == ["created", "refused", "refused"]
    assert notes(plan) == ["the same as row 1 once more", "has no title"]
    assert Session.objects.count() == 1


def test_refused_entry_is_not_taken_for_gone(edition):
    imported(edition, xml({"Hall": [event(1)]}))

    plan = imported(edition, xml({"Hall": [event(1, title="")]}), cancels_gone=True)

    assert outcomes(plan) == ["refused"]
    assert Session.objects.get().status == "confirmed"


def test_entry_without_a_time_waits_and_gets_its_time_later(edition):
    imported(edition, xml({"Hall": [event(1, start=None)]}))
    waiting = Session.objects.get()
    assert (waiting.status, waiting.booking) == ("draft", None)
    assert outcomes(imported(edition, xml({"Hall": [event(1, start=None)]}))) == ["unchanged"]

    imported(edition, xml({"Hall": [event(1, start="15:00")]}))

    placed = Session.objects.get()
    assert shown(placed.booking.during.lower) == "01 15:00"
    assert placed.booking.room.name_en == "Hall"


def test_texts_in_two_languages_go_to_their_columns(edition):
    entry = {
        "id": "ABC123",
        "type": "t1",
        "room": "R1",
        "start": "2019-05-01T10:00:00+08:00",
        "end": "2019-05-01T10:30:00+08:00",
        "zh": {"title": "开放", "description": "同"},
        "en": {"title": "Open", "description": "同"},
        "speakers": ["P1", "P2"],
    }

    imported(edition, bilingual(entry))

    session = Session.objects.get()
    assert (session.title_en, session.title_zh_hans) == ("Open", "开放")
    assert (session.abstract_en, session.abstract_zh_hans) == ("", "同")
    assert (session.code, session.booking.room.name_zh_hans) == ("abc123", "西湖厅")
    names = set(Speaker.objects.values_list("name_native", "name_latin", "sort_key"))
    assert names == {("王建国", "Wang Jianguo", "wang jian guo"), ("", "Kimi", "kimi")}


def test_edition_is_made_of_a_file():
    data = xml({"Hall": [event(1, start="01:30"), event(2, start="10:00")]})

    edition = create_edition(read_schedule(data), "lake-2019")

    assert (edition.slug, edition.year, edition.name_en) == (
        "lake-2019",
        2019,
        "Lake Conference 2019",
    )
    assert (edition.starts_on, edition.ends_on) == (date(2019, 5, 1), date(2019, 5, 2))
    assert (edition.time_zone, edition.city_en) == ("Asia/Shanghai", "Hangzhou")
    assert (edition.day_begins_at, edition.is_public) == (4, True)
    assert (edition.series.slug, edition.series.name_en) == ("lake-conference", "Lake Conference")


def test_edition_of_a_reserved_or_bad_slug_is_refused():
    schedule = read_schedule(xml({"Hall": [event(1)]}))
    for slug in ["office", "a b", ""]:
        with pytest.raises(NotASchedule):
            create_edition(schedule, slug)

    assert not Edition.objects.exists()


def test_imported_night_is_shown_with_its_evening():
    data = xml({"Hall": [event(1, start="01:30"), event(2, start="10:00")]})
    edition = create_edition(read_schedule(data), "lake-2019")

    imported(edition, data)

    night = Session.objects.get(source_id="1").booking.during.lower
    assert night.astimezone(edition.tz).date() == edition.starts_on + timedelta(days=1)


@pytest.mark.parametrize(
    ("starts", "hour"),
    [
        (["10:00", "23:00"], 0),  # nothing past midnight
        (["10:00", "00:30"], 4),
        (["10:00", "05:30"], 6),
        (["04:00", "04:30", "05:00", "01:00"], 4),
    ],
)
def test_hour_that_parts_the_days_is_found(starts, hour):
    events = [event(n, start=start) for n, start in enumerate(starts, 1)]
    data = xml({"Hall": events}, change="06:00" if hour == 6 else "04:00")

    assert create_edition(read_schedule(data), "nights").day_begins_at == hour


def test_edition_covers_days_that_the_file_does_not_name():
    data = xml({"Hall": [event(1), event(2, date="2019-05-04T10:00:00+08:00")]}, conference={})

    edition = create_edition(read_schedule(data, zone=ZoneInfo("Asia/Shanghai")), "long")

    assert (edition.starts_on, edition.ends_on) == (date(2019, 5, 1), date(2019, 5, 4))
