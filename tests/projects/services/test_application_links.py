"""Links to applications, mailed again: by the page for who lost them, and by the office."""

import pytest
from django.urls import reverse

from hrconf.mailing.models import Message
from projects.services.applications import withdraw
from tests import make
from tests.projects import make_call

pytestmark = pytest.mark.django_db


def links() -> list[str]:
    found = Message.objects.filter(kind="application_link")
    return list(found.order_by("pk").values_list("to_address", flat=True))


def page(row) -> str:
    return reverse("projects:lost_link", kwargs={"edition": row.edition.slug})


def test_who_lost_their_links_gets_all_of_them_once_a_day(client):
    kind = make_call.kind()
    first = make_call.application(kind, email="ann@guests.example")
    make_call.application(kind, email="ann@guests.example", title="Another")

    for _time in range(2):
        answer = client.post(page(first), {"email": " Ann@Guests.example "})
        assert answer.status_code == 302

    assert links() == ["ann@guests.example"] * 2


def test_page_says_the_same_of_an_unknown_address(client):
    row = make_call.application()

    answer = client.post(page(row), {"email": "nobody@guests.example"})
    sent = client.get(answer["Location"])

    assert links() == []
    assert "their links are on the way" in sent.content.decode()


def test_address_that_is_none_is_named_and_stays_typed(client):
    answer = client.post(page(make_call.application()), {"email": "ann at home"})

    assert answer.status_code == 422
    assert 'value="ann at home"' in answer.content.decode()
    assert "Enter a valid email address" in answer.content.decode()


def test_withdrawn_application_and_another_edition_are_left_out(client):
    gone = make_call.application(email="ann@guests.example")
    withdraw(gone.pk)
    make_call.application(email="ann@guests.example")

    client.post(page(gone), {"email": "ann@guests.example"})

    assert links() == []


def test_office_mails_links_again_after_a_preview(client):
    client.force_login(make.organizer())
    good, gone = make_call.application(), make_call.application()
    withdraw(gone.pk)
    url = reverse("admin:projects_application_mail_link")
    ids = f"{good.pk},{gone.pk}"

    shown = client.get(url, {"ids": ids}).content.decode()
    client.post(url, {"ids": ids, "confirm": "1"})

    assert "taken back" in shown
    assert links() == [good.applicant.email]
