"""Schedule files of other programs, tidy and odd, read into plain data."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from events.imports.files import NotASchedule, Reference
from events.imports.moments import minutes_of, zone_of_city
from events.imports.reading import read_schedule
from events.imports.texts import html_to_text, prose
from tests.events.imports.make_files import CONFERENCE, bilingual, event, frab_json, ics, tag, xml

HANGZHOU = ZoneInfo("Asia/Shanghai")


def only(data: bytes, **options):
    [session] = read_schedule(data, **options).sessions
    return session


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2019, 5, day, hour, minute, tzinfo=HANGZHOU)


def test_xml_is_read_with_all_its_parts():
    data = xml(
        {
            "Big Hall": [
                event(
                    7,
                    people=[({"id": 3}, "Ana Ng"), ({}, "王建国")],
                    links=["https://a.example/x"],
                    subtitle="Or not",
                    slug="lake2019-7-talk",
                    abstract="<p>One</p><p>Two</p>",
                )
            ]
        }
    )

    schedule = read_schedule(data)
    [talk] = schedule.sessions

    assert (schedule.title, schedule.venue, schedule.zone) == (
        "Lake Conference 2019",
        "Lake Hall",
        HANGZHOU,
    )
    assert (talk.source_id, talk.title, talk.subtitle) == (
        "7",
        {"en": "Talk 7"},
        {"en": "Or not"},
    )
    assert (talk.start, talk.minutes, talk.room.label) == (at(1, 10), 30, "Big Hall")
    assert talk.abstract == {"en": "One\n\nTwo"}
    people = [(p.source_id, p.name) for p in talk.people]
    assert people == [("3", {"en": "Ana Ng"}), ("", {"zh-hans": "王建国"})]
    assert talk.links == [Reference("https://a.example/x")]
    assert (talk.notes, talk.trouble) == ([], "")


@pytest.mark.parametrize(
    ("start", "change", "expected"),
    [
        ("00:30", "", at(2, 0, 30)),  # nobody begins a day at half past midnight
        ("03:00", "04:00", at(2, 3)),
        ("08:30", "09:00", at(1, 8, 30)),  # morning, whatever the file says
        ("23:30", "04:00", at(1, 23, 30)),
    ],
)
def test_clock_past_midnight_is_of_the_next_day_of_the_calendar(start, change, expected):
    talk = only(xml({"Hall": [event(start=start)]}, change=change))

    assert talk.start == expected
    assert talk.day.isoformat() == "2019-05-01"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2019-05-01T16:30:00Z", at(2, 0, 30)),
        ("2019-05-01T10:30:00+02:00", at(1, 16, 30)),
        ("2019-05-01T09:15:00", at(1, 9, 15)),
        ("2019-05-02", at(2, 10)),
        ("nonsense", at(1, 10)),
    ],
)
def test_date_of_an_event_goes_before_its_clock(date, expected):
    assert only(xml({"Hall": [event(date=date)]})).start == expected


def test_zone_comes_from_the_name_the_city_the_offsets_or_whoever_asks():
    unnamed = {key: text for key, text in CONFERENCE.items() if key != "time_zone_name"}
    nowhere = {**unnamed, "city": "Lakeville"}
    offset = xml({"Hall": [event(date="2019-05-01T10:00:00+09:00")]}, conference=nowhere)

    def zone(data, **options):
        return read_schedule(data, **options).zone.key

    brussels = {**unnamed, "city": "Brussels"}
    assert zone(xml({"Hall": [event()]}, conference=brussels)) == "Europe/Brussels"
    assert zone(offset) == "Etc/GMT-9"
    paris = ZoneInfo("Europe/Paris")
    assert zone(xml({"Hall": [event()]}, conference=nowhere), fallback=paris) == "Europe/Paris"
    assert zone(xml({"Hall": [event()]}), zone=paris) == "Europe/Paris"
    lost = read_schedule(xml({"Hall": [event()]}, conference=nowhere))
    assert lost.notes == ["The file names no time zone: its times are taken for UTC."]
    assert lost.sessions[0].start == datetime(2019, 5, 1, 10, tzinfo=UTC)
    assert zone_of_city("") is None


def test_xml_in_any_order_with_a_namespace_and_a_bom_is_read():
    day = tag("day", tag("room", event(), name="Hall"), date="2019-05-01")
    head = tag("conference", "".join(tag(*pair) for pair in CONFERENCE.items()))
    data = f'\ufeff<schedule xmlns="http://x.example">{day}{head}</schedule>'

    talk = only(data.encode())

    assert (talk.title, talk.start) == ({"en": "Talk 1"}, at(1, 10))
    assert only(data.replace("\ufeff", "").encode("utf-16")).title == {"en": "Talk 1"}


def test_event_without_room_element_or_length_or_time_is_kept_and_told():
    data = xml(
        {
            "Hall": [
                event(1, duration=None, room=None),
                event(2, duration="00:00"),
                event(3, start=None),
            ]
        }
    )

    first, second, third = read_schedule(data).sessions

    told = "has no length: 30 minutes are assumed"
    assert (first.minutes, first.notes) == (second.minutes, second.notes) == (30, [told])
    assert (first.room.label, third.start) == ("Hall", None)
    assert third.notes == ["has no time, and waits to be scheduled"]


def test_same_id_twice_is_kept_and_the_same_event_twice_is_refused():
    data = xml({"Hall": [event(1), event(1, start="11:00"), event(1)]})

    first, later, again = read_schedule(data).sessions

    assert [first.source_id, later.source_id] == ["1", "1#2"]
    assert later.notes == ["another session has the same id: both are kept"]
    assert again.trouble == "the same as row 1 once more"


def test_event_without_a_title_is_refused():
    assert only(xml({"Hall": [event(title=" ")]})).trouble == "has no title"


def test_event_years_away_is_refused():
    away = only(xml({"Hall": [event(date="2029-05-01T10:00:00Z")]}))

    assert away.trouble == "is more than a year away from the conference"


def test_links_that_are_no_web_pages_are_left_out():
    talk = only(xml({"Hall": [event(links=["javascript:alert(1)", "http://", "https://a.b/c"])]}))

    assert [link.url for link in talk.links] == ["https://a.b/c"]
    assert talk.notes == ["a link that leads to no web page is left out"] * 2


def test_endless_and_hidden_texts_are_cut_and_told():
    talk = only(xml({"Hall": [event(title="x" * 400, abstract="y" * 90_000 + "\u202e")]}))

    assert len(talk.title["en"]) == 300
    assert len(talk.abstract["en"]) == 50_000
    assert "\u202e" not in talk.abstract["en"]
    assert talk.notes[0] == "a text is cut at 300 characters"
    assert "hidden characters are left out" in talk.notes


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p>\n<p>Two<br/>lines</p>", "One\n\nTwo\nlines"),
        ("<ul><li>a</li><li>b &amp; c</li></ul>", "• a\n• b & c"),
        ('See <a href="https://x.example/">this</a>', "See this (https://x.example/)"),
        ('<a href="https://x.example/">https://x.example</a>', "https://x.example"),
        ("<p>now</p><script>alert(1)</script>", "now"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("Tom &amp; Ana", "Tom & Ana"),
        ("<T> is a type", "<T> is a type"),
    ],
)
def test_html_becomes_text(html, text):
    assert prose(html) == text


def test_text_of_ours_is_plain_whatever_it_looks_like():
    top = tag("generator", name="hrconf")
    data = xml({"Hall": [event(abstract="Why <p> is not <br>")]}, top=top)

    assert only(data).abstract == {"en": "Why <p> is not <br>"}
    assert "<" not in html_to_text("Why <p> is not <br>")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("0:25", 25),
        ("01:30:00", 90),
        ("45", 45),
        ("PT1H5M", 65),
        ("", None),
        ("00:00", None),
        ("soon", None),
        ("99999:00", None),
    ],
)
def test_lengths_in_many_ways(text, minutes):
    assert minutes_of(text) == minutes


def test_length_of_three_numbers_is_in_days_where_pretalx_wrote_it():
    assert minutes_of("1:02:30", has_days=True) == 26 * 60 + 30


def test_json_of_frab_and_of_pretalx_is_read():
    frab = {
        "id": 5,
        "guid": "2f8e6a54-0d3a-4c53-9a4e-0a8a3d6f6b11",
        "date": "2019-05-01T10:00:00+08:00",
        "duration": "00:45",
        "title": "Talk",
        "persons": [{"id": 9, "public_name": "Ana Ng"}, {"name": "Bo", "code": "XYZ"}, "Cy"],
        "links": [{"url": "https://a.example", "title": "A"}],
        "do_not_record": True,
        "recording_license": "CC BY",
        "track": None,
    }
    ends = {"title": "Other", "start": "2019-05-01T11:00:00+08:00", "end": "2019-05-01T13:00:00Z"}

    talk, other = read_schedule(frab_json(frab, ends)).sessions

    assert (str(talk.guid), talk.source_id, talk.minutes) == (frab["guid"], "5", 45)
    assert [(p.source_id, p.label) for p in talk.people] == [
        ("9", "Ana Ng"),
        ("XYZ", "Bo"),
        ("", "Cy"),
    ]
    assert (talk.licence, talk.is_off_record, talk.track) == ("CC BY", True, None)
    assert talk.links == [Reference("https://a.example", "A")]
    assert other.minutes == 600


def test_bilingual_texts_that_are_the_same_stand_once():
    entry = {
        "id": "ABC123",
        "type": "t1",
        "room": "R1",
        "start": "2019-05-01T10:00:00+08:00",
        "end": "2019-05-01T10:30:00+08:00",
        "language": "漢語",
        "zh": {"title": "开放", "description": "Same"},
        "en": {"title": "Open", "description": "Same"},
        "speakers": ["P1", "P2", "P9"],
    }

    talk = only(bilingual(entry))

    assert talk.title == {"zh-hans": "开放", "en": "Open"}
    assert talk.abstract == {"en": "Same"}
    assert talk.room.name == {"zh-hans": "西湖厅", "en": "West Lake Room"}
    assert (talk.track.name, talk.language) == ({"en": "Open Data"}, "zh")
    wang, kimi, unknown = talk.people
    assert wang.name == {"zh-hans": "王建国", "en": "Wang Jianguo"}
    assert wang.biography == {"zh-hans": "教授"}
    assert (kimi.name, unknown.name) == ({"en": "Kimi"}, {"en": "P9"})


def test_calendar_of_mixed_zones_is_read():
    data = ics(
        "UID:a@x\nSUMMARY:Utc\nDTSTART:20190501T020000Z\nDTEND:20190501T030000Z\nLOCATION:Hall",
        "UID:b@x\nSUMMARY:Local\nDTSTART;TZID=Europe/Berlin:20190501T040000\nDURATION:PT30M",
        "UID:c@x\nSUMMARY:Floating\nDTSTART:20190501T100000\nSTATUS:CANCELLED",
        "UID:d@x\nSUMMARY:All day\nDTSTART;VALUE=DATE:20190501",
        head="X-WR-TIMEZONE:Asia/Shanghai",
    )

    schedule = read_schedule(data)
    utc, berlin, floating, whole_day = schedule.sessions

    assert utc.start == berlin.start == floating.start == at(1, 10)
    assert (utc.minutes, berlin.minutes, floating.minutes) == (60, 30, 30)
    assert (utc.source_id, utc.room.label, floating.is_cancelled) == ("a@x", "Hall", True)
    assert whole_day.start is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This is no schedule that can be read: give schedule.xml, JSON or iCalendar."),
        (b"PK\x03\x04", "This is no schedule that can be read"),
        (xml({"Hall": [event()]})[:-20], "This XML is broken in line 1: nothing of it is read."),
        (b"<html></html>", "This XML is no schedule: its first element is <html>."),
        (xml({}), "There are no sessions in this file."),
        (b'{"a": 1}', "This JSON is no schedule."),
        (b'{"a": \n', "This JSON is broken in line 2: nothing of it is read."),
        (b"[" * 100_000, "This JSON is "),
        (b"<a/>" + b" " * (20 * 1024 * 1024), "The file is larger than 20 MB."),
    ],
)
def test_file_that_is_no_schedule_is_refused_in_one_sentence(data, sentence):
    with pytest.raises(NotASchedule, match=sentence.replace("(", r"\(")) as refused:
        read_schedule(data)

    assert len(refused.value.messages) == 1


BOMB = """<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY f SYSTEM "file:///etc/passwd">]><schedule><conference><title>{}</title></conference>
<day date="2019-05-01"><room name="H"><event id="1"><title>T</title><start>10:00</start></event>
</room></day></schedule>"""


@pytest.mark.parametrize("entity", ["&b;", "&f;", "T"])
def test_xml_with_entities_of_its_own_is_refused(entity):
    with pytest.raises(NotASchedule, match="document type"):
        read_schedule(BOMB.format(entity).encode())


def test_day_in_utc_is_the_day_of_the_conference():
    room = tag("room", event(start="09:00"), name="Hall")
    day = tag("day", room, start="2019-04-30T22:00:00Z")
    head = tag("conference", tag("time_zone_name", "Asia/Shanghai"))

    assert only(tag("schedule", head + day).encode()).start == at(1, 9)
