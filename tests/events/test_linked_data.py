"""schema.org data: what search engines ask of an Event and a Person is there."""

import json
import re
from datetime import datetime, timedelta

import pytest

from events import linked_data
from events.models import Session
from events.services.releases import release_schedule
from tests.events import make_programmes

pytestmark = pytest.mark.django_db
STATES = {"EventScheduled", "EventCancelled", "EventRescheduled"}
# https://developers.google.com/search/docs/appearance/structured-data/event
REQUIRED = {"name", "startDate", "location"}
PAGES = [
    "",
    "schedule/",
    "schedule/all/",
    "sessions/life-forum/",
    "sessions/visit/",
    "sessions/called-off/",
]
SPEAKER = "speakers/wang-jianguo/"


@pytest.fixture(autouse=True)
def edition():
    return make_programmes.conference()


def data_of(client, path):
    page = client.get(path).content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return data


def events_in(data):
    """Every Event in a description, however deep."""
    if isinstance(data, dict):
        if data.get("@type") == "Event":
            yield data
        for value in data.values():
            yield from events_in(value)
    elif isinstance(data, list):
        for one in data:
            yield from events_in(one)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("path", [*PAGES, SPEAKER])
def test_every_event_has_what_search_engines_ask_for(client, language, path):
    found = list(events_in(data_of(client, f"/{language}/2017/{path}")))

    assert found
    for event in found:
        assert set(event) >= REQUIRED
        assert event["name"]
        for moment in [event["startDate"], event.get("endDate", event["startDate"])]:
            datetime.fromisoformat(moment)
        places = event["location"] if isinstance(event["location"], list) else [event["location"]]
        assert all(place["@type"] == "Place" and place["address"] for place in places)
        state = event.get("eventStatus", "https://schema.org/EventScheduled")
        assert state.removeprefix("https://schema.org/") in STATES
        assert "offers" not in event
        assert event["url"].startswith("http://localhost:8000/")
        for who in event.get("performer", []):
            assert who["@type"] == "Person"
            assert who["url"]


def test_schedule_lists_the_sessions_of_its_day(client):
    parts = data_of(client, "/en/2017/schedule/2017-11-09/")["subEvent"]

    assert [(part["name"], part["eventStatus"]) for part in parts] == [
        ("Biomedicine forum", linked_data.SCHEDULED),
        ("Called-off talk", linked_data.CANCELLED),
    ]


def test_moved_session_is_rescheduled_until_the_next_release(client, edition):
    booking = Session.objects.get(code="life-forum").booking
    hours = timedelta(hours=4)
    booking.during = type(booking.during)(
        booking.during.lower + hours, booking.during.upper + hours
    )
    booking.save()
    release_schedule(edition.pk)

    url = "/en/2017/sessions/life-forum/"
    assert data_of(client, url)["eventStatus"] == linked_data.RESCHEDULED
    Session.objects.filter(code="opening").update(title_en="Grand opening")
    release_schedule(edition.pk)
    assert data_of(client, url)["eventStatus"] == linked_data.SCHEDULED


def test_speaker_is_a_person_who_performs(client):
    data = data_of(client, f"/en/2017/{SPEAKER}")

    assert (data["@type"], data["name"], data["alternateName"]) == (
        "Person", "Wang Jianguo", "王建国",
    )  # fmt: skip
    assert [event["name"] for event in data["performerIn"]] == [
        "Opening ceremony",
        "Biomedicine forum",
    ]


def test_long_page_leaves_its_sessions_to_their_own_pages(client, monkeypatch):
    monkeypatch.setattr(linked_data, "MOST_PARTS", 1)

    assert "subEvent" not in data_of(client, "/en/2017/schedule/all/")
