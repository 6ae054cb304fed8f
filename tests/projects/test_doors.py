"""What the landing page opens to everybody: the call while it is open, the winners once shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import doors
from projects.models import Round
from tests.events import make_programmes
from tests.projects import make_call
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_programmes.conference()


def landing(client, language="en") -> str:
    doors.forget()
    return client.get(f"/{language}/2017/").content.decode()


def test_open_call_stands_on_the_landing_page_with_its_deadline(client, edition):
    call = make_call.call(edition)
    make_call.kind(call)

    page = landing(client)

    assert '"/en/2017/call/"' in page
    assert "Apply with your project until" in page
    assert "欢迎申报您的项目，截止时间为" in landing(client, "zh-hans")


@pytest.mark.parametrize("days", [(-20, -10), (10, 20)])
def test_call_that_is_closed_or_ahead_does_not(client, edition, days):
    opens, closes = (timezone.now() + timedelta(days=one) for one in days)
    make_call.kind(make_call.call(edition, opens_at=opens, closes_at=closes))

    assert "/en/2017/call/" not in landing(client)


def test_competition_stands_there_once_a_winner_is_revealed(client, edition):
    round = mc.final(competition=mc.competition(edition=edition))
    Round.objects.filter(pk=round.pk).update(
        state="published", published={"standings": []}, published_at=timezone.now(), revealed=0
    )
    assert "/en/2017/competition/" not in landing(client)

    Round.objects.filter(pk=round.pk).update(revealed=1)

    assert "/en/2017/competition/" in landing(client)


def test_landing_page_looks_once_a_minute(client, edition, django_assert_num_queries):
    make_call.kind(make_call.call(edition))
    landing(client)

    with django_assert_num_queries(1):
        client.get("/en/2017/")
