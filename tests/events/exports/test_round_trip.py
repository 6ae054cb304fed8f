"""Files of other programs go in whole and come out the same, in both formats and languages."""

import pytest

from events.exports.schedule_json import schedule_json
from events.exports.schedule_xml import schedule_xml
from events.imports.creating import create_edition
from events.imports.reading import read_schedule
from events.imports.writing import import_schedule
from events.models import Edition
from events.services.releases import release_schedule
from tests.events.exports.reading_back import READERS, boiled
from tests.events.imports.make_files import bilingual, event, tag, xml
from tests.events.make_programmes import programme
from tests.events.shared import SCHEDULES, needs_schedules

pytestmark = pytest.mark.django_db
FORMATS = {"xml": schedule_xml, "json": schedule_json}


def released(data: bytes, slug: str):
    """A fresh edition made of the file, released."""
    schedule = read_schedule(data)
    edition = create_edition(schedule, slug)
    plan = import_schedule(edition, schedule)
    assert plan.counts["created"] == len(schedule.sessions)
    release_schedule(edition.pk)
    return schedule, programme(edition)


def compare(data: bytes, slug: str) -> int:
    """Fail where anything differs; return how many sessions came out."""
    schedule, read = released(data, slug)
    for name, writer in FORMATS.items():
        for language in READERS:
            with_ids = name == "json" or schedule.format == "xml"
            back = read_schedule(writer(read, language))
            expected = boiled(schedule, language, with_ids=with_ids)
            found = boiled(back, language, with_ids=with_ids)
            if schedule.format == "bilingual":
                forget(expected, found, "type")  # it has none: ours is “Talk”
            if name == "xml":
                forget_biographies(expected, found)
            assert found == expected
            assert back.zone == schedule.zone
            assert [s.guid for s in back.sessions].count(None) == 0
    return len(back.sessions)


def forget(*sides_and_key) -> None:
    *sides, key = sides_and_key
    for side in sides:
        for session in side.values():
            del session[key]


def forget_biographies(*sides) -> None:
    """schedule.xml has no place for them."""
    for side in sides:
        for session in side.values():
            session["people"] = [one[:2] for one in session["people"]]


@needs_schedules
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("fosdem-2020.schedule.xml", 872),
        ("fosdem-2016.schedule.xml", 617),
        ("coscup-2020-bilingual.json", 247),
    ],
)
def test_real_file_goes_in_whole_and_comes_out_the_same(name, count):
    assert compare((SCHEDULES / name).read_bytes(), name.partition(".")[0]) == count


def test_odd_file_goes_in_whole_and_comes_out_the_same():
    people = [({"id": 1}, "Ana Ng"), ({"id": 2}, "李 伟")]
    day = {
        "Hall": [
            event(1, people=people, abstract="<p>a &lt;br&gt; b</p>", subtitle="S", slug="x_y"),
            event(2, start="01:30", duration="02:10", title="夜 <i>"),
            event(3, start="01:45", track=None, language="", type="devroom"),
        ],
        "Foyer": [event(4, links=["https://a.example/?a=1&b=2"], duration="30:00")],
        "Park": [event(5, date="2019-05-01T12:00:00Z", abstract="x" * 60_000)],
    }

    assert compare(xml(day, {}), "odd") == 5


def test_bilingual_file_comes_out_in_each_language():
    entry = {
        "id": "ABC123",
        "type": "t1",
        "room": "R1",
        "start": "2019-05-01T10:00:00+08:00",
        "end": "2019-05-01T10:30:00+08:00",
        "language": "漢語",
        "zh": {"title": "开放", "description": "同"},
        "en": {"title": "Open", "description": "同"},
        "speakers": ["P1", "P2"],
    }

    assert compare(bilingual(entry), "both") == 1


@pytest.mark.parametrize("name", FORMATS)
def test_our_own_file_changes_nothing_where_it_came_from(name):
    top = tag("generator", name="frab")
    data = xml({"Hall": [event(1, abstract="Why", people=[({"id": 1}, "Ana Ng")])]}, top=top)
    _schedule, read = released(data, "lake")
    edition = Edition.objects.get(slug="lake")

    plan = import_schedule(edition, read_schedule(FORMATS[name](read, "en")))

    assert plan.counts["unchanged"] == 1
    assert plan.changed_speakers == {}
