"""schedule.xml and schedule.json to the letter of their schemas, and how they are handed out."""

import json
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream
from jsonschema import FormatChecker
from jsonschema.validators import validator_for
from lxml import etree

from events.calendars import edition_calendar
from events.exports.outline import Outline, length, number_of
from events.exports.schedule_json import schedule_json
from events.exports.schedule_xml import schedule_xml
from events.imports.plans import Wishes
from events.imports.reading import read_schedule
from events.imports.writing import import_schedule
from events.models import Session
from events.services.releases import release_schedule
from events.services.sessions import cancel_session
from tests import make
from tests.events import make_programmes
from tests.events.make_programmes import conference, programme
from tests.events.shared import VALIDATORS, needs_validators

pytestmark = pytest.mark.django_db
FEEDS = ["schedule_ics", "schedule_xml", "schedule_json"]
HOSTILE = '<b>&"\x07\u202e]]></title> 🎉'


@pytest.fixture
def odd():
    """A programme of everything that a strict schema could stumble over."""
    edition = conference(slug="a-1")
    session = Session.objects.get(code="life-forum")
    session.title_en = session.abstract_en = session.subtitle_en = HOSTILE
    session.links = [{"url": "https://a.example/?a=1&b=2", "title": HOSTILE, "type": "audio"}]
    session.source_id = "ABC123"
    session.save()
    make.session(edition=edition, code="a", starts_at=make.OPENING, minutes=8000, language="")
    late = datetime(2017, 11, 8, 17, 59, tzinfo=UTC)
    make.session(edition=edition, code="UP_", starts_at=late, minutes=1, format_name="devroom")
    track = make.track(edition=edition, slug="9-lives", name_en="Nine lives")
    make.session(edition=edition, code="x" * 60, starts_at=late, track=track)
    type(edition).objects.update(day_begins_at=4)
    release_schedule(edition.pk)
    return programme(edition)


@needs_validators
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_xml_passes_the_schema(odd, language):
    schema = etree.XMLSchema(etree.parse(VALIDATORS / "xsd" / "schedule.xml.xsd"))

    schema.assertValid(etree.fromstring(schedule_xml(odd, language)))
    schema.assertValid(etree.fromstring(schedule_xml(odd, language, "9-lives")))


@needs_validators
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_json_passes_the_schema(odd, language):
    schema = json.loads((VALIDATORS / "json" / "schema.json").read_text())
    validator = validator_for(schema)(schema, format_checker=FormatChecker())

    for track in ["", "9-lives"]:
        validator.validate(json.loads(schedule_json(odd, language, track)))


def events_of(content: bytes) -> dict[str, etree._Element]:
    return {e.get("guid"): e for e in etree.fromstring(content).iter("event")}


def test_xml_tells_all_of_a_session(odd):
    session = odd.sessions["life-forum"]

    found = events_of(schedule_xml(odd, "zh-hans"))[session.guid]

    told = {node.tag: node.text for node in found if not len(node)}
    assert told == {
        "date": "2017-11-09T09:00:00+08:00",
        "start": "09:00",
        "duration": "03:00",
        "room": "主会场",
        "slug": "conf_a_1-life-forum",
        "url": "http://localhost:8000/zh-hans/a-1/sessions/life-forum/",
        "title": "生物医药论坛",
        "subtitle": '<b>&"]]></title> 🎉',
        "track": "生命健康",
        "type": "论坛",
        "language": "en",
        "abstract": '<b>&"]]></title> 🎉',
        "description": None,
        "attachments": None,
    }
    assert found.get("code") == "ABC123"
    assert [p.text for p in found.iter("person")] == ["王建国", "Jürgen Müller"]
    assert found.find("links/link").get("href") == "https://a.example/?a=1&b=2"


def test_cancelled_sessions_are_in_the_calendar_only(odd):
    gone = odd.sessions["called-off"].guid

    assert gone not in events_of(schedule_xml(odd, "en"))
    assert gone not in schedule_json(odd, "en").decode()
    assert gone in edition_calendar(odd, "en").decode().replace("\r\n ", "")


def test_guids_and_ids_stay_over_releases_and_languages(odd):
    before = {guid: node.get("id") for guid, node in events_of(schedule_xml(odd, "en")).items()}
    edition = Session.objects.first().edition
    Session.objects.filter(code="a").update(title_en="Renamed", code="renamed")
    release_schedule(edition.pk)

    for language in ["en", "zh-hans"]:
        after = events_of(schedule_xml(programme(edition), language))
        assert {guid: node.get("id") for guid, node in after.items()} == before


def test_night_is_listed_under_its_day(odd):
    root = etree.fromstring(schedule_xml(odd, "en"))

    first = root.find("day")

    assert (first.get("date"), first.get("index")) == ("2017-11-08", "1")
    assert first.get("start") == "2017-11-08T04:00:00+08:00"
    assert first.get("end") == "2017-11-09T04:00:00+08:00"
    night = next(e for e in first.iter("event") if e.findtext("start") == "01:59")
    assert night.findtext("date") == "2017-11-09T01:59:00+08:00"


def test_rooms_of_one_name_are_told_apart():
    edition = make.edition()
    for number in range(2):
        room = make.room(name_en="Hall", venue=make.venue(name_en=f"House {number}"))
        make.session(edition=edition, room=room, starts_at=make.OPENING)
    release_schedule(edition.pk)

    rooms = etree.fromstring(schedule_xml(programme(edition), "en")).iter("room")

    named = {room.get("name") for room in rooms if room.get("name")}
    assert named == {"Hall (House 0)", "Hall (House 1)"}


@pytest.mark.parametrize("feed", FEEDS)
def test_feed_of_a_track_has_its_sessions_only(client, feed):
    conference()

    whole = client.get(reverse(f"events:{feed}", args=["2017"])).text
    part = client.get(reverse(f"events:{feed}", args=["2017"]) + "?track=life").text
    none = client.get(reverse(f"events:{feed}", args=["2017"]) + "?track=nonsense")

    assert ("Opening ceremony" in whole, "Opening ceremony" in part) == (True, False)
    assert "Biomedicine forum" in part
    assert none.status_code == 404


@pytest.mark.parametrize("ending", ["ics", "xml", "json"])
def test_session_has_a_file_of_its_own(client, ending):
    conference()

    page = client.get(reverse(f"events:session_{ending}", args=["2017", "opening"]))

    assert page.status_code == 200
    assert "Opening ceremony" in page.text
    assert "Biomedicine forum" not in page.text
    assert page["Content-Disposition"] == f'inline; filename="2017-opening.{ending}"'


@pytest.mark.parametrize("feed", FEEDS)
def test_feed_costs_one_query_and_is_not_sent_twice(client, feed, django_assert_num_queries):
    conference()
    url = reverse(f"events:{feed}", args=["2017"])
    client.get(url)

    with django_assert_num_queries(1):
        page = client.get(url)
    again = client.get(url, headers={"If-None-Match": page["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "Set-Cookie" not in page
    assert "public" in page["Cache-Control"]


@pytest.mark.parametrize("feed", FEEDS)
def test_feed_changes_with_the_release_and_never_with_a_draft(client, feed):
    edition = conference()
    url = reverse(f"events:{feed}", args=["2017"])
    first = client.get(url)
    Session.objects.filter(code="opening").update(title_en="Grand opening")
    draft = client.get(url)
    release_schedule(edition.pk)

    released = client.get(url)

    assert (draft.content, draft["ETag"]) == (first.content, first["ETag"])
    assert released["ETag"] != first["ETag"]
    assert "Grand opening" in released.text


@pytest.mark.parametrize("feed", FEEDS)
def test_feed_before_the_first_release_is_not_there(client, feed):
    make.edition(slug="2019")

    assert client.get(reverse(f"events:{feed}", args=["2019"])).status_code == 404


def test_calendar_of_a_zone_with_summer_time_says_the_same_to_two_parsers():
    edition = make.edition(time_zone="Europe/Brussels")
    for days in [0, 3]:  # around the change of 29 March 2020
        start = datetime(2020, 3, 27, 9, tzinfo=UTC) + timedelta(days=days)
        make.session(edition=edition, starts_at=start)
    type(edition).objects.update(starts_on="2020-03-27", ends_on="2020-03-30")
    release_schedule(edition.pk)

    content = edition_calendar(programme(edition), "en")

    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    starts = [event["dtstart"].dt for event in events]
    assert [start.hour for start in starts] == [10, 11]
    other = IcsCalendarStream.calendar_from_ics(content.decode()).events
    assert sorted(e.dtstart for e in other) == sorted(starts)
    assert content.count(b"BEGIN:VTIMEZONE") == 1


def test_cancelling_raises_the_sequence_and_says_so():
    edition = conference()
    forum = Session.objects.get(code="life-forum")
    cancel_session(forum.pk, by=make.user())
    release_schedule(edition.pk)

    [event] = [
        e
        for e in icalendar.Calendar.from_ical(edition_calendar(programme(edition), "en")).walk(
            "VEVENT"
        )
        if str(e["uid"]).startswith(str(forum.guid))
    ]

    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 2)


@pytest.mark.parametrize("feed", [edition_calendar, schedule_xml, schedule_json])
def test_own_feed_read_into_where_it_came_from_changes_nothing(feed):
    edition = conference()
    make_programmes.plain_sessions(edition, make.venue(), 3)
    release_schedule(edition.pk)

    for language in ["en", "zh-hans"]:
        schedule = read_schedule(feed(programme(edition), language), fallback=edition.tz)
        plan = import_schedule(edition, schedule, Wishes())
        assert {row.outcome.value for row in plan.rows} == {"unchanged"}, plan.rows


def test_numbers_of_sources_are_kept_if_every_program_can_hold_them():
    numbers = [number_of(text) for text in ["7", "007", "x7", "", "99999999999", "٣"]]

    assert numbers == [7, None, None, None, None, None]


def test_lengths_over_a_hundred_hours_are_told_in_days():
    assert length(25) == "00:25"
    assert length(8000) == "133:20"
    assert length(8000, most_hours=99) == "5:13:20"


def test_outline_numbers_the_days_of_the_whole_conference(odd):
    [(number, day)] = Outline.of(odd, [odd.sessions["visit"]]).days

    assert (number, day.isoformat()) == (3, "2017-11-10")
