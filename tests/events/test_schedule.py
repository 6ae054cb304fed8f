"""The schedule: days, filters, search, and what a cache may keep."""

from datetime import UTC, datetime

import pytest
import time_machine

from events.models import Release, Session
from events.services.releases import release_schedule
from events.shelf import Shelf
from tests import make
from tests.events import make_programmes

pytestmark = pytest.mark.django_db
URL = "/en/2017/schedule/"
DURING_OPENING = datetime(2017, 11, 8, 1, 30, tzinfo=UTC)  # 09:30 in Hangzhou


@pytest.fixture
def edition():
    return make_programmes.conference()


def codes(response):
    """The sessions on the page."""
    return {s.code for day in response.context["days"] for p in day.slots for s in p.sessions}


def test_schedule_shows_the_first_day_before_the_conference(client, edition):
    with time_machine.travel(datetime(2017, 10, 1, tzinfo=UTC)):
        response = client.get(URL)

    assert codes(response) == {"opening"}
    assert "All times in China Standard Time, UTC+8" in response.content.decode()
    assert "09:00" in response.content.decode()


def test_schedule_shows_today_during_the_conference(client, edition):
    # 00:30 on 10 November in Hangzhou is still the ninth in Greenwich.
    with time_machine.travel(datetime(2017, 11, 9, 16, 30, tzinfo=UTC)):
        assert codes(client.get(URL)) == {"visit"}


def test_schedule_tells_what_is_on_and_what_is_next(client, edition):
    make.session(
        edition=edition,
        code="second",
        title_en="Second ceremony",
        starts_at=datetime(2017, 11, 8, 3, tzinfo=UTC),
    )
    release_schedule(edition.pk)

    with time_machine.travel(DURING_OPENING):
        response = client.get(URL)

    now = response.context["now"]
    assert [s.code for s in now.now] == ["opening"]
    assert [s.code for s in now.next] == ["second"]
    assert "Next, at 11:00" in response.content.decode()
    assert 'href="#t1108-0900"' in response.content.decode()  # jump to now


def test_schedule_of_a_day_shows_cancelled_and_interpreted_at_a_glance(client, edition):
    page = client.get("/en/2017/schedule/2017-11-09/")

    assert codes(page) == {"life-forum", "called-off"}
    assert "Cancelled" in page.content.decode()
    first = client.get("/en/2017/schedule/2017-11-08/").content.decode()
    assert "→ English" in first
    assert "Cancelled" not in first


def test_schedule_of_all_days_has_everything_in_chinese(client, edition):
    page = client.get("/zh-hans/2017/schedule/all/")

    assert codes(page) == {"opening", "life-forum", "called-off", "visit"}
    assert "生物医药论坛" in page.content.decode()
    assert "2017年11月9日" in page.content.decode()
    assert "梦想小镇" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("track=life", {"life-forum"}),
        ("kind=visit", {"visit"}),
        ("place=centre-2017", {"opening", "life-forum", "called-off"}),
        ("place=centre-2017/b", {"called-off"}),
        ("language=en", {"opening", "life-forum"}),  # spoken, or interpreted
        ("q=biomed", {"life-forum"}),
        ("q=omed", set()),  # not the start of a word
        ("q=医药", {"life-forum"}),
        ("q=王建", {"opening", "life-forum"}),
        ("q=wang jianguo", {"opening", "life-forum"}),
        ("q=jianguo wang", {"opening", "life-forum"}),
        ("q=wangjianguo", {"opening", "life-forum"}),
        ("q=muller", {"life-forum"}),
        ("q=Müller", {"life-forum"}),
        ("q=dream town", {"visit"}),
        ("q=ceremony&kind=forum", set()),
        ("q=wang&track=life", {"life-forum"}),
    ],
)
def test_schedule_finds(client, edition, query, found):
    assert codes(client.get(f"{URL}?{query}")) == found


@pytest.mark.parametrize(
    "query",
    [
        "track=%00",
        "q=%00",
        "kind=99999999999999999999999999",
        "place=centre-2017/b/../..",
        "language=%F0%9F%92%A9",
        "track=life%27%20OR%201=1--&nonsense=1",
        "q=" + "x" * 5000,
        "q=%5C%28%5B",
        "q=%ED%A0%80",
        "track=&q=&kind=",
    ],
)
def test_schedule_survives_nonsense(client, edition, query):
    assert client.get(f"{URL}?{query}").status_code == 200


def test_schedule_keeps_the_filters_in_the_tabs(client, edition):
    page = client.get("/en/2017/schedule/2017-11-08/?q=wang&track=nonsense")

    tabs = page.context["tabs"]
    assert [(t.count, t.is_current) for t in tabs] == [
        (1, True), (1, False), (0, False), (2, False),
    ]  # fmt: skip
    assert tabs[1].url == "/en/2017/schedule/2017-11-09/?q=wang"
    assert "1 more on other days" in page.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/en/2017/schedule/2017-11-11/",
        "/en/2017/schedule/20171108/",
        "/en/2017/schedule/2017-W45-3/",
        "/en/2017/schedule/99999999999-01-01/",
        "/en/1999/schedule/",
        "/en/2017/sessions/nothing/",
        "/en/2017/sessions/nothing.ics",
        "/en/2017/speakers/nobody/",
        "/en/1999/schedule.ics",
    ],
)
def test_unknown_addresses_answer_404_in_english_and_chinese(client, edition, path):
    page = client.get(path)
    chinese = client.get(path.replace("/en/", "/zh-hans/"))

    assert page.status_code == chinese.status_code == 404
    assert '<html lang="en"' in page.content.decode()
    assert '<html lang="zh-Hans"' in chinese.content.decode()


def test_schedule_of_a_hidden_edition_is_not_found(client):
    edition = make_programmes.conference()
    edition.is_public = False
    edition.save()

    assert client.get(URL).status_code == 404


def test_schedule_before_the_first_release_says_so(client):
    edition = make.edition(slug="2018")
    make.session(edition=edition, starts_at=make.OPENING, title_en="Secret plan")

    page = client.get("/en/2018/schedule/").content.decode()

    assert "The programme is being prepared" in page
    assert "Secret plan" not in page
    assert client.get("/en/2018/schedule.ics").status_code == 404


def test_editing_a_session_changes_nothing_public_until_the_next_release(client, edition):
    paths = ["schedule/all/", "sessions/life-forum/", "schedule.ics", "speakers/mueller/"]
    paths = [f"/en/2017/{path}" for path in paths]
    before = [client.get(path).content for path in paths]

    Session.objects.filter(code="life-forum").update(title_en="Renamed forum")
    assert [client.get(path).content for path in paths] == before
    release_schedule(edition.pk)

    for path in paths:
        assert b"Renamed forum" in client.get(path).content


@pytest.mark.parametrize("sessions", [1, 500])
def test_schedule_costs_one_query_however_many_sessions(
    client, django_assert_num_queries, sessions
):
    make_programmes.conference(sessions=sessions)
    with django_assert_num_queries(2):  # the release, and once its snapshot
        client.get(URL)

    for path in [URL, "/en/2017/schedule/all/?q=wang", "/en/2017/schedule.ics"]:
        with django_assert_num_queries(1):  # which release is current
            assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en/2017/",
        URL,
        "/en/2017/schedule/2017-11-09/?q=wang",
        "/en/2017/sessions/opening/",
        "/en/2017/speakers/",
        "/en/2017/speakers/mueller/",
        "/en/2017/schedule.ics",
        "/en/2017/sessions/opening.ics",
    ],
)
def test_public_pages_set_no_cookie_and_may_be_kept_a_minute(client, edition, path):
    client.cookies["sessionid"] = "x" * 32
    response = client.get(path)

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=60"}
    again = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == response["ETag"]
    assert "max-age=60" in again["Cache-Control"]


def test_etag_changes_with_language_query_release_and_what_is_on(client, edition):
    def etag(path=URL):
        return client.get(path)["ETag"]

    with time_machine.travel(datetime(2017, 11, 1, tzinfo=UTC), tick=False):
        seen = {etag(), etag("/zh-hans/2017/schedule/"), etag(f"{URL}?q=wang")}
        assert etag() in seen
    with time_machine.travel(DURING_OPENING, tick=False):
        seen.add(etag())
    make.session(edition=edition, starts_at=make.OPENING)
    release_schedule(edition.pk)
    seen.add(etag())

    assert len(seen) == 5


def test_calendar_is_not_modified_since_its_release(client, edition):
    first = client.get("/en/2017/schedule.ics")
    since = {"If-Modified-Since": first["Last-Modified"]}

    assert client.get("/en/2017/schedule.ics", headers=since).status_code == 304
    Release.objects.update(released_at=datetime(2037, 1, 1, tzinfo=UTC), sha256="another")
    assert client.get("/en/2017/schedule.ics", headers=since).status_code == 200


def test_schedule_escapes_what_people_write(client):
    edition = make.edition(slug="2017")
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    session = make.session(
        edition=edition, code="evil", starts_at=make.OPENING, title_en=evil, abstract_en=evil
    )
    speaker = make.speaker(edition=edition, code="evil", name_latin=evil, name_native="")
    make.appearance(session=session, speaker=speaker)
    release_schedule(edition.pk)

    for path in ["schedule/", "sessions/evil/", "speakers/", "speakers/evil/", ""]:
        page = client.get(f"/en/2017/{path}").content
        assert b"alert(1)" in page or not path
        assert b"<script>alert" not in page
        assert b"<img src=x" not in page


def test_page_is_made_once_and_the_same_for_the_next_reader(client, edition):
    first, second = client.get(URL), client.get(URL)

    assert first.templates
    assert not second.templates
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)


def test_shelf_forgets_what_was_asked_for_longest_ago():
    shelf = Shelf(size=2)
    for number in (1, 2):
        shelf.put(number, str(number))
    shelf.get(1)

    shelf.put(3, "3")

    assert [shelf.get(number) for number in (1, 2, 3)] == ["1", None, "3"]
