"""The directory before Django: handed out without SQL until an approval changes it."""

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory

from hrconf.lib.front import Front, Watch, all_tokens
from projects.services.showcase import approve_page, take_page_off
from tests import make
from tests.projects import make_showcase

pytestmark = pytest.mark.django_db
PATH = "/en/2117/projects/"


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
def front():
    watch = Watch(all_tokens)
    watch.start = lambda: None
    return Front(get_wsgi_application(), watch)


def ask(front: Front) -> str:
    environ = RequestFactory().get(PATH).environ
    return b"".join(front(environ, lambda status, headers: None)).decode()


def test_directory_is_handed_out_without_sql(front, django_assert_num_queries):
    make_showcase.page(edition=make.edition(slug="2117"), is_approved=True)
    made = ask(front)

    with django_assert_num_queries(0):
        assert ask(front) == made


def test_approval_and_taking_off_change_what_the_front_hands_out(front):
    page = make_showcase.page(edition=make.edition(slug="2117"), is_approved=True)
    ask(front)
    approve_page(page.pk, {"title_en": "A new title"})
    front.watch.refresh()
    approved = ask(front)
    take_page_off(page.pk)
    front.watch.refresh()

    assert "A new title" in approved
    assert "A new title" not in ask(front)
