"""Our own public pages behind the front: no SQL, no template, no mixture of releases."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory

from events import shelf
from events.generations import generations
from events.models import Session
from events.services.releases import release_schedule
from events.views import pages
from hrconf.lib.front import Front, Watch
from tests import make
from tests.events.make_programmes import conference, programme

pytestmark = pytest.mark.django_db
SCHEDULE = "/en/2017/schedule/all/"
PUBLIC = [
    "/en/2017/",
    "/zh-hans/2017/schedule/",
    SCHEDULE,
    "/en/2017/schedule.ics",
    "/en/2017/sessions/opening/",
    "/en/2017/sessions/opening.ics",
    "/en/2017/speakers/",
    "/zh-hans/2017/speakers/wang-jianguo/",
    "/en/2017/schedule/changes/",
    "/en/2017/schedule/changes.atom",
    "/en/2017/schedule/changes/1/",
    "/en/2017/releases/1/",
    "/en/2017/schedule/words.json",
    "/en/2017/schedule/2017-11-09/?track=life",
    "/zh-hans/2017/schedule/embed/?track=life",
]


class Process:
    """A web process: a front over the whole of Django, which looks when told."""

    def __init__(self):
        self.watch = Watch(generations)
        self.watch.start = lambda: None
        self.front = Front(get_wsgi_application(), self.watch)

    def ask(self, path, **headers):
        told = []
        environ = RequestFactory(headers=headers).get(path).environ
        body = b"".join(self.front(environ, lambda status, had: told.extend([status, dict(had)])))
        return told[0], told[1], body


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """A test's transaction outlives its requests, as with Django's own test client."""
    signals = [request_started, request_finished]
    for signal in signals:
        signal.disconnect(close_old_connections)
    monkeypatch.setattr("events.generations.close_old_connections", lambda: None)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def edition():
    return conference()


@pytest.fixture
def process(edition):
    return Process()


@pytest.mark.parametrize("path", PUBLIC)
def test_second_reader_costs_neither_sql_nor_template(
    process, path, monkeypatch, django_assert_num_queries
):
    first = process.ask(path)
    monkeypatch.setattr(pages, "render", None)
    process.front.application = None  # not even Django's middleware

    with django_assert_num_queries(0):
        second = process.ask(path)

    assert first == second
    assert first[0] == "200 OK"
    assert {"Content-Security-Policy", "Referrer-Policy", "ETag"} <= set(second[1])
    assert "Set-Cookie" not in second[1]


def test_page_is_the_same_as_without_a_front(process, client):
    assert process.ask(SCHEDULE)[2] == client.get(SCHEDULE).content


def test_all_processes_hand_out_the_same_and_follow_a_release(edition):
    first, second = Process(), Process()
    assert first.ask(SCHEDULE) == second.ask(SCHEDULE)
    Session.objects.filter(code="opening").update(title_en="Grand opening")
    release_schedule(edition.pk)
    assert b"Grand opening" not in first.ask(SCHEDULE)[2]  # nobody has looked yet

    for process in (first, second):
        process.watch.refresh()

    assert b"Grand opening" in first.ask(SCHEDULE)[2]
    assert first.ask(SCHEDULE) == second.ask(SCHEDULE)


def test_page_is_rendered_once_for_all_processes(edition, monkeypatch):
    cache.clear()
    rendered = []
    render = pages.render
    monkeypatch.setattr(pages, "render", lambda *args: rendered.append(1) or render(*args))

    for _process in range(3):
        monkeypatch.setattr(pages, "_pages", shelf.Shelf(size=100))
        Process().ask(SCHEDULE)

    assert len(rendered) == 1


def test_searches_of_strangers_fill_no_shared_memory(process):
    cache.clear()
    etag = process.ask(f"{SCHEDULE}?q=laser")[1]["ETag"].removeprefix("W/")
    assert cache.get(f"page:{etag}") is None
    plain = process.ask(SCHEDULE)[1]["ETag"].removeprefix("W/")
    assert cache.get(f"page:{plain}") is not None


def test_drafts_and_hidden_editions_never_pass(edition, process):
    Session.objects.filter(code="opening").update(title_en="Secret")
    process.ask(SCHEDULE)
    process.watch.refresh()
    assert b"Secret" not in process.ask(SCHEDULE)[2]

    type(edition).objects.update(is_public=False)
    process.watch.refresh()

    assert process.ask(SCHEDULE)[0] == "404 Not Found"


def test_words_of_the_edition_are_new_without_a_release(edition, process):
    process.ask("/en/2017/")
    type(edition).objects.update(tagline_en="Another tagline")
    process.watch.refresh()

    assert b"Another tagline" in process.ask("/en/2017/")[2]


def test_what_is_on_now_turns_when_a_session_begins(edition):
    with time_machine.travel(make.OPENING - timedelta(minutes=1), tick=False) as clock:
        process = Process()
        before = process.ask("/en/2017/schedule/")[2]
        clock.shift(timedelta(seconds=59))
        assert process.ask("/en/2017/schedule/")[2] == before
        clock.shift(timedelta(seconds=2))
        process.watch.refresh()
        assert b"On now" in process.ask("/en/2017/schedule/")[2]


def test_next_turn_is_the_next_begin_end_or_midnight(edition):
    found = programme(edition)

    assert found.next_turn(make.OPENING - timedelta(hours=1)) == make.OPENING
    assert found.next_turn(make.OPENING) == make.OPENING + timedelta(hours=1)
    evening = make.OPENING + timedelta(hours=12)
    assert found.next_turn(evening) == datetime(2017, 11, 8, 16, tzinfo=UTC)  # midnight there


def test_personal_pages_and_the_office_are_never_kept(process):
    for path in ["/admin/login/", "/en/accounts/login/", "/healthz"]:
        process.ask(path)

    assert not process.front.pages


def test_tokens_cost_one_query(edition, django_assert_num_queries):
    make.edition(slug="2018")
    with django_assert_num_queries(1):
        assert set(generations()) == {"2017", "2018"}
