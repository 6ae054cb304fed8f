"""The pages around the schedule: front door, landing page, session, speakers."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from events import teaser
from events.models import Session
from events.services.releases import release_schedule
from tests import make
from tests.events import make_programmes

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_programmes.conference()


def linked_data(response):
    pattern = r'<script type="application/ld\+json">(.*?)</script>'
    [block] = re.findall(pattern, response.content.decode(), re.S)
    return json.loads(block)


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("", "/en/"),
        ("fr-FR,fr;q=0.9", "/en/"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "/zh-hans/"),
        ("zh-TW", "/zh-hans/"),
        ("en-GB,zh-CN;q=0.5", "/en/"),
        ("en;q=0.2,zh;q=0.7", "/zh-hans/"),
        ("*", "/en/"),
        ("x" * 3000, "/en/"),
    ],
)
def test_front_door_sends_readers_to_their_language(client, accepted, home):
    response = client.get("/", headers={"Accept-Language": accepted})

    assert (response.status_code, response["Location"]) == (302, home)
    assert response["Vary"] == "Accept-Language"
    assert not response.cookies


def test_home_lists_public_editions_newest_first(client):
    old = make.edition(name_en="Old", starts_on=datetime(2016, 11, 1).date())
    new = make.edition(name_en="New")
    make.edition(name_en="Hidden", is_public=False)

    assert client.get("/en/").context["editions"] == [new, old]


@pytest.mark.parametrize("editions", [1, 20])
def test_home_costs_one_query_however_many_editions(client, django_assert_num_queries, editions):
    for _each in range(editions):
        make.edition()

    with django_assert_num_queries(1):
        client.get("/en/")


def test_landing_page_tells_days_people_places_in_both_languages(client, edition):
    english = client.get("/en/2017/").content.decode()
    chinese = client.get("/zh-hans/2017/").content.decode()

    told = ["Hangzhou Conference", "8–10 November 2017", "Talent meets opportunity", "Hangzhou"]
    told += ["Opening ceremony", "Biomedicine forum", "Life science", "Wang Jianguo", "王建国"]
    told += ["Convention Centre", "1 River Road", "/en/accounts/login/", "/en/2017/schedule/"]
    assert [part for part in told if part not in english] == []
    told = ["杭州大会", "2017年11月8日至10日", "聚天下英才", "开幕式", "生命健康", "江边路1号"]
    assert [part for part in told if part not in chinese] == []


def test_landing_page_leads_with_guests_of_honour(client, edition):
    featured = client.get("/en/2017/").context["featured"]

    assert [speaker.code for speaker in featured] == ["wang-jianguo", "mueller"]


def test_landing_page_shows_figures_once_there_are_some(client, edition):
    assert "In figures" not in client.get("/en/2017/").content.decode()

    make.project(edition=edition)
    teaser.forget()

    page = client.get("/en/2017/").content.decode()
    assert "In figures" in page
    assert "/en/2017/figures/" in page


def test_landing_page_counts_its_figures_once_a_minute(client, edition, django_assert_num_queries):
    client.get("/en/2017/")

    with django_assert_num_queries(1):
        client.get("/en/2017/")


def test_landing_page_tells_a_day_by_one_session_of_each_kind_first(client, edition):
    kinds = [*[Session.Kind.SIGNING] * 9, Session.Kind.FORUM]
    for number, kind in enumerate(kinds):
        starts_at = make.OPENING + timedelta(hours=1, minutes=number)
        make.session(edition=edition, kind=kind, starts_at=starts_at)
    release_schedule(edition.pk)

    first_day = client.get("/en/2017/").context["days"][0]

    told = [session.kind for session in first_day.highlights]
    assert told == ["opening", "signing", "signing", "signing", "signing", "forum"]
    assert first_day.count == 11


def test_landing_page_is_described_for_search_engines(client, edition):
    data = linked_data(client.get("/en/2017/"))

    assert data["@type"] == "Event"
    assert (data["startDate"], data["endDate"]) == ("2017-11-08", "2017-11-10")
    assert data["url"] == "http://localhost:8000/en/2017/"


def test_session_page_tells_everything_in_order_of_precedence(client, edition):
    page = client.get("/en/2017/sessions/life-forum/").content.decode()

    told = ["Biomedicine forum", "09:00", "12:00", "China Standard Time, UTC+8", "Main Hall"]
    told += ["Convention Centre", "New drugs &amp; old &lt;hopes&gt;", "Life science"]
    told += ["/en/2017/sessions/life-forum.ics", "Thursday, 9 November 2017"]
    assert [part for part in told if part not in page] == []
    assert page.index("王建国") < page.index("Jürgen Müller")


def test_session_page_shows_its_seats_stops_and_state(client, edition):
    visit = client.get("/zh-hans/2017/sessions/visit/").content.decode()
    cancelled = client.get("/en/2017/sessions/called-off/").content.decode()

    assert "梦想小镇" in visit
    assert "Ms Chen" in visit
    assert "This session is cancelled." in cancelled


def test_session_page_says_when_a_release_moved_it(client, edition):
    forum = Session.objects.get(code="life-forum")
    forum.booking.room = make.room()
    forum.booking.save()
    release_schedule(edition.pk)

    assert "New room" in client.get("/en/2017/sessions/life-forum/").content.decode()
    assert "New room" not in client.get("/en/2017/sessions/visit/").content.decode()


def test_session_page_offers_related_sessions_nearest_first(client, edition):
    life = edition.tracks.get(slug="life")
    for code, day in [("same-day", 9), ("last-day", 10)]:
        starts_at = datetime(2017, 11, day, 6, tzinfo=UTC)
        make.session(edition=edition, code=code, track=life, starts_at=starts_at)
    release_schedule(edition.pk)

    related = client.get("/en/2017/sessions/life-forum/").context["related"]

    assert [s.code for s in related] == ["opening", "same-day", "last-day"]


def test_session_is_described_for_search_engines(client, edition):
    forum = linked_data(client.get("/en/2017/sessions/life-forum/"))
    cancelled = linked_data(client.get("/en/2017/sessions/called-off/"))

    assert forum["startDate"] == "2017-11-09T09:00:00+08:00"
    assert forum["description"] == "New drugs & old <hopes>"
    assert [p["name"] for p in forum["performer"]] == ["Wang Jianguo", "Jürgen Müller"]
    assert forum["location"]["name"] == "Main Hall, Convention Centre"
    assert cancelled["eventStatus"] == "https://schema.org/EventCancelled"


def test_session_file_is_a_calendar(client, edition):
    response = client.get("/en/2017/sessions/life-forum.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="2017-life-forum.ics"'
    assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_speakers_are_listed_by_letter_and_found_in_any_script(client, edition):
    page = client.get("/en/2017/speakers/")

    assert [(letter, [s.code for s in found]) for letter, found in page.context["letters"]] == [
        ("J", ["mueller"]),
        ("W", ["wang-jianguo"]),
    ]
    for query in ["王", "wangjianguo", "west lake", "西湖", "professor"]:
        [(_letter, found)] = client.get("/en/2017/speakers/", {"q": query}).context["letters"]
        assert [s.code for s in found] == ["wang-jianguo"]
    assert "Nobody matches" in client.get("/en/2017/speakers/?q=%00zz").content.decode()


def test_speaker_page_tells_both_names_and_the_sessions(client, edition):
    page = client.get("/zh-hans/2017/speakers/wang-jianguo/").content.decode()

    told = ["王建国", "Wang Jianguo", "教授", "西湖研究所", "开幕式", "生物医药论坛"]
    assert [part for part in told if part not in page] == []
    assert page.index("王建国") < page.index("Wang Jianguo")
    assert "Chemist" in client.get("/zh-hans/2017/speakers/mueller/").content.decode()


@pytest.mark.parametrize("path", ["sessions/opening/", "speakers/", "speakers/mueller/"])
def test_pages_of_a_release_cost_one_query(client, edition, django_assert_num_queries, path):
    client.get(f"/en/2017/{path}")

    with django_assert_num_queries(1):
        client.get(f"/en/2017/{path}")


def test_landing_page_tells_what_is_on(client, edition):
    with time_machine.travel(datetime(2017, 11, 8, 1, 30, tzinfo=UTC)):
        page = client.get("/en/2017/").content.decode()

    assert "On now" in page


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_public_pages_only_answer_to_reading(client, edition, method):
    for path in ["schedule/", "sessions/opening/", "schedule.ics", ""]:
        assert getattr(client, method)(f"/en/2017/{path}").status_code == 405
