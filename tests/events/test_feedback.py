"""Feedback of a session: without an account, once for each form, afterwards only."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from events.models import Feedback, Session
from events.services.feedback import TICKET_SECONDS, make_ticket, read_ticket, summaries
from tests import make
from tests.events import make_programmes

pytestmark = pytest.mark.django_db
URL = "/en/2017/sessions/opening/feedback/"
AFTER = make.OPENING + timedelta(hours=2)


@pytest.fixture(autouse=True)
def edition():
    return make_programmes.conference()


@pytest.fixture
def afterwards():
    with time_machine.travel(AFTER):
        yield


def filled(client, **more):
    ticket = client.get(URL).context["form"]["ticket"].value()
    return {"stars": "4", "text": "Clear and short.", "ticket": ticket, "website": "", **more}


def test_reader_says_what_they_think_without_an_account_or_a_cookie(client, afterwards):
    response = client.post(URL, filled(client), follow=True)

    assert "Thank you." in response.content.decode()
    said = Feedback.objects.get()
    assert (said.session.code, said.stars, said.text) == ("opening", 4, "Clear and short.")
    assert not response.cookies
    assert "no-store" in client.get(URL)["Cache-Control"]


def test_form_sent_again_corrects_what_was_said(client, afterwards):
    form = filled(client)
    client.post(URL, form)

    client.post(URL, form | {"stars": "2", "text": ""})

    said = Feedback.objects.get()
    assert (said.stars, said.text) == (2, "")


def test_other_forms_count_for_themselves(client, afterwards):
    client.post(URL, filled(client))
    client.post(URL, filled(client, stars="1"))

    assert sorted(Feedback.objects.values_list("stars", flat=True)) == [1, 4]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"stars": ""}, "Choose one to five stars."),
        ({"stars": "6"}, "Choose one to five stars."),
        ({"stars": "-1"}, "Choose one to five stars."),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"ticket": "made-up"}, "This form is too old. Please send it once more."),
        ({"ticket": ""}, "This form is too old. Please send it once more."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, afterwards, wrong, told):
    response = client.post(URL, filled(client, **wrong))

    assert response.status_code == 422
    assert told in response.content.decode()
    if "text" not in wrong:
        assert "Clear and short." in response.content.decode()
    assert not Feedback.objects.exists()


def test_form_that_was_too_old_is_taken_at_the_second_try(client, afterwards):
    first = client.post(URL, filled(client, ticket="made-up"))

    ticket = first.context["form"]["ticket"].value()
    client.post(URL, filled(client, ticket=ticket))

    assert Feedback.objects.count() == 1


def test_robots_are_thanked_and_not_believed(client, afterwards):
    response = client.post(URL, filled(client, website="https://buy.example"))

    assert response.status_code == 302
    assert not Feedback.objects.exists()


def test_nobody_judges_what_is_not_over_or_not_held(client):
    with time_machine.travel(make.OPENING):
        assert "from Wednesday, 8 November 2017, 10:00" in client.get(URL).content.decode()
        assert client.post(URL, {"stars": "5"}).status_code == 409
    cancelled = URL.replace("opening", "called-off")
    assert client.post(cancelled, {"stars": "5"}).status_code == 409
    assert not Feedback.objects.exists()


def test_ticket_counts_for_one_session_and_a_while():
    with time_machine.travel(AFTER, tick=False) as clock:
        ticket = make_ticket("guid")
        assert read_ticket(ticket, "guid")
        assert read_ticket(ticket, "another") is None
        clock.shift(TICKET_SECONDS + 1)
        assert read_ticket(ticket, "guid") is None


def test_senders_without_end_are_slowed_down(client, afterwards, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "feedback": "2/m/ip"}
    form = filled(client)

    answers = [client.post(URL, form).status_code for _ in range(4)]

    assert answers == [302, 302, 429, 429]


def test_session_page_asks_for_it_once_it_is_over(client):
    page = "/en/2017/sessions/opening/"
    with time_machine.travel(make.OPENING):
        assert "Give feedback" not in client.get(page).content.decode()
    with time_machine.travel(AFTER):
        assert "Give feedback" in client.get(page).content.decode()


def test_speaker_has_a_summary_of_each_session(client, django_assert_num_queries, edition):
    opening = Session.objects.get(code="opening")
    for stars in [5, 4]:
        ticket = f"00000000-0000-0000-0000-00000000000{stars}"
        Feedback.objects.create(session=opening, stars=stars, ticket=ticket, language="en")
    wang = edition.speakers.get(code="wang-jianguo")

    with django_assert_num_queries(1):
        [summary] = summaries(wang)

    assert (summary.session.code, summary.count, summary.mean) == ("opening", 2, 4.5)
    client.force_login(make.user(is_staff=True, is_superuser=True))
    page = client.get(f"/admin/events/speaker/{wang.pk}/change/").content.decode()
    assert "★ 4.5 (2)" in page


@pytest.mark.parametrize("stars", [0, 6])
def test_database_knows_how_many_stars_there_are(stars):
    session = Session.objects.get(code="opening")
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(session=session, stars=stars, ticket="0" * 32, language="en")
