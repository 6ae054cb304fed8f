"""Calendar files, read back by two parsers that know nothing of each other."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from events.calendars import edition_calendar, session_calendar
from events.models import Booking, Session
from events.services.releases import release_schedule
from tests import make
from tests.events import make_programmes

pytestmark = pytest.mark.django_db
HANGZHOU = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def programme():
    return make_programmes.programme(make_programmes.conference())


def by_icalendar(content: bytes) -> dict:
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {
        str(event["uid"]): (
            event["dtstart"].dt,
            event["dtend"].dt,
            str(event["summary"]),
            str(event["status"]),
            event["sequence"],
        )
        for event in events
    }


def by_ical(content: bytes) -> dict:
    events = IcsCalendarStream.calendar_from_ics(content.decode()).events
    return {
        event.uid: (event.dtstart, event.dtend, event.summary, event.status.value, event.sequence)
        for event in events
    }


def uid_of(programme, code: str) -> str:
    return f"{programme.sessions[code].guid}@localhost"


def test_calendar_says_the_same_to_two_parsers(programme):
    content = edition_calendar(programme, "en")

    read = by_icalendar(content)

    assert read == by_ical(content)
    assert read[uid_of(programme, "opening")] == (
        datetime(2017, 11, 8, 9, tzinfo=HANGZHOU),
        datetime(2017, 11, 8, 10, tzinfo=HANGZHOU),
        "Opening ceremony",
        "CONFIRMED",
        1,
    )
    assert read[uid_of(programme, "called-off")][3] == "CANCELLED"
    assert len(read) == 4


def test_calendar_keeps_long_chinese_whole_when_it_folds():
    title = "长三角高层次人才与项目对接交流大会暨国际人才创新创业论坛，" * 6
    edition = make.edition()
    make.session(edition=edition, starts_at=make.OPENING, title_zh_hans=title[:300])
    release_schedule(edition.pk)

    content = edition_calendar(make_programmes.programme(edition), "zh-hans")

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    for line in content.split(b"\r\n"):
        line.decode()  # no character is cut in two
    summaries = [event[2] for event in by_ical(content).values()]
    assert summaries == [event[2] for event in by_icalendar(content).values()] == [title[:300]]


def test_calendar_carries_its_time_zone(programme):
    content = edition_calendar(programme, "en")

    zones = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")

    assert [str(zone["tzid"]) for zone in zones] == ["Asia/Shanghai"]
    assert b"DTSTART;TZID=Asia/Shanghai:20171108T090000" in content


def test_calendar_tells_place_people_and_address(programme):
    content = session_calendar(programme, programme.sessions["life-forum"], "en")

    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")

    assert event["location"] == "Main Hall, Convention Centre, 1 River Road"
    assert event["url"] == "http://localhost:8000/en/2017/sessions/life-forum/"
    assert event["categories"].to_ical().decode() == "Forum,Life science"
    wang, muller = "Wang Jianguo 王建国 (Professor, West Lake Institute)", "Jürgen Müller"
    assert f"{wang}\n{muller}" in event["description"]


def test_calendar_names_the_parks_of_a_visit_in_chinese(programme):
    content = session_calendar(programme, programme.sessions["visit"], "zh-hans")

    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")

    assert (event["summary"], event["location"]) == ("园区考察", "梦想小镇")
    assert event["url"].startswith("http://localhost:8000/zh-hans/2017/")


def test_calendar_keeps_uids_and_raises_the_sequence_of_what_changed():
    edition = make_programmes.conference()
    before = by_icalendar(edition_calendar(make_programmes.programme(edition), "en"))

    forum = Session.objects.get(code="life-forum")
    later = make.booking(starts_at=make_programmes.SECOND_DAY + timedelta(hours=4)).during
    Booking.objects.filter(pk=forum.booking_id).update(during=later)
    release_schedule(edition.pk)
    after = by_icalendar(edition_calendar(make_programmes.programme(edition), "en"))

    assert before.keys() == after.keys()
    changed = {uid for uid in after if after[uid] != before[uid]}
    assert changed == {f"{forum.guid}@localhost"}
    assert after[f"{forum.guid}@localhost"][4] == 2


def test_calendar_is_the_same_whenever_it_is_made(programme):
    first = edition_calendar(programme, "en")

    assert edition_calendar(programme, "en") == first
