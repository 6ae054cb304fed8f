"""The office's side of visa letters: a masked list, deeds, looks with a reason."""

import zipfile
from datetime import datetime

import pytest
from django.urls import reverse

from attendees import exporting
from attendees.models import VisaLetter, VisaRequest, VisaReveal
from attendees.services import visa_letters
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from tests import make
from tests.attendees import make_visas
from tests.attendees.make_visas import NUMBER

pytestmark = pytest.mark.django_db
LIST = "admin:attendees_visarequest_changelist"
REASON = "Compare with the copy of the passport"


@pytest.fixture(autouse=True)
def _setting(settings, monkeypatch):
    settings.SECOND_FACTOR_ROLES = []
    monkeypatch.setattr(visa_letters, "draw_visa_letter", lambda *args: make_visas.PDF)


@pytest.fixture
def organizer(client):
    client.user = make.organizer()
    client.force_login(client.user)
    return client


def text_of(response) -> str:
    return response.content.decode()


def reveal_url(request) -> str:
    return reverse("admin:attendees_visarequest_reveal", args=[request.pk])


def deed_url(name: str) -> str:
    return reverse(f"admin:attendees_visarequest_{name}")


def confirm(*requests, **more) -> dict:
    return {"ids": ",".join(str(one.pk) for one in requests), "confirm": "1", **more}


def test_passport_is_masked_everywhere_in_the_office(organizer):
    letter = make_visas.letter()
    place = letter.request.registration
    pages = [
        reverse(LIST),
        reverse("admin:attendees_visarequest_change", args=[letter.request_id]),
        reverse("admin:attendees_visaletter_changelist"),
        reverse("admin:attendees_visaletter_change", args=[letter.pk]),
        reverse("admin:attendees_registration_change", args=[place.pk]),
        reverse("admin:attendees_person_change", args=[place.person_id]),
        reveal_url(letter.request),
    ]

    texts = [text_of(organizer.get(page)) for page in pages]

    assert [NUMBER in text or "Polismyndigheten" in text for text in texts] == [False] * 7
    assert "••••••482" in texts[0]
    assert letter.reference in texts[0]


def test_list_can_be_narrowed_to_what_is_to_be_checked(organizer):
    asked = make_visas.visa_request()
    make_visas.letter()

    page = text_of(organizer.get(reverse(LIST), {"state__exact": "asked"}))

    assert reverse("admin:attendees_visarequest_change", args=[asked.pk]) in page
    assert page.count("••••••482") == 1


@pytest.mark.parametrize("search", ["lindqvist", "letter"])
def test_list_finds_names_and_numbers(organizer, search):
    letter = make_visas.letter()
    make_visas.visa_request(make_visas.registration(person=make.person(name_latin="Bo Ek")))
    text = letter.reference if search == "letter" else search

    page = text_of(organizer.get(reverse(LIST), {"q": text}))

    assert page.count("••••••482") == 1


def test_data_are_revealed_once_with_a_reason(organizer):
    request = make_visas.visa_request()
    url = reveal_url(request)
    assert NUMBER not in text_of(organizer.get(url))
    refused = organizer.post(url, {"reason": "because", "data": "1"})
    assert refused.status_code == 422
    assert 'value="because"' in text_of(refused)
    assert VisaReveal.objects.count() == 0

    shown = organizer.post(url, {"reason": REASON, "data": "1"})

    assert NUMBER in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    assert NUMBER not in text_of(organizer.get(url))
    assert list(VisaReveal.objects.values_list("request", "by", "reason")) == [
        (request.pk, organizer.user.pk, REASON)
    ]


def test_letter_is_handed_out_with_a_reason(organizer):
    letter = make_visas.letter()

    response = organizer.post(reveal_url(letter.request), {"reason": REASON, "letter": "1"})

    assert b"".join(response.streaming_content) == make_visas.PDF
    assert "no-store" in response["Cache-Control"]
    assert VisaReveal.objects.get().what == "letter"


def test_looks_are_listed_for_who_supervises(organizer):
    request = make_visas.visa_request()
    organizer.post(reveal_url(request), {"reason": REASON, "data": "1"})

    page = text_of(organizer.get(reverse("admin:attendees_visareveal_changelist")))

    assert REASON in page
    assert str(organizer.user) in page


@pytest.mark.parametrize("role", [Role.READ_ONLY, Role.DESK, Role.STAFF, Role.PRESS])
def test_others_of_the_office_neither_reveal_nor_issue(client, role):
    request = make_visas.visa_request()
    client.force_login(make.office(role))

    answers = [
        client.post(reveal_url(request), {"reason": REASON, "data": "1"}).status_code,
        client.post(deed_url("issue"), confirm(request)).status_code,
    ]

    assert answers == [403, 403]
    assert (VisaReveal.objects.count(), VisaLetter.objects.count()) == (0, 0)


def test_deed_shows_who_gets_a_letter_and_issues_one_at_once(organizer):
    request, other = make_visas.visa_request(), make_visas.letter().request
    shown = text_of(organizer.get(deed_url("issue"), {"ids": f"{request.pk},{other.pk}"}))
    assert "has a letter that holds" in shown

    organizer.post(deed_url("issue"), confirm(request))

    request.refresh_from_db()
    assert (request.state, request.decided_by) == ("issued", organizer.user)


def test_many_letters_are_the_work_of_a_job_that_knows_keys_only(organizer):
    days = make_visas.edition()
    requests = [make_visas.visa_request(make_visas.registration(edition=days)) for _n in range(3)]

    response = organizer.post(deed_url("issue"), confirm(*requests), follow=True)

    job = Job.objects.get()
    assert reverse("jobs:job", args=[job.pk]) in text_of(response)
    keys = sorted(request.pk for request in requests)
    assert job.options == {
        "office": "attendees.visarequest",
        "deed": "issue",
        "ids": keys,
        "filled": {},
    }
    run(job.pk)
    assert sorted(VisaLetter.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_letter_is_revoked_with_a_reason_only(organizer):
    letter = make_visas.letter()
    organizer.post(deed_url("revoke"), confirm(letter.request, reason=""))
    letter.refresh_from_db()
    assert letter.revoked_at is None

    organizer.post(deed_url("revoke"), confirm(letter.request, reason="The name is misspelt"))

    letter.refresh_from_db()
    assert (letter.revoke_reason, letter.revoked_by) == ("The name is misspelt", organizer.user)


def test_replacing_and_declining_are_deeds_too(organizer):
    letter, asked = make_visas.letter(), make_visas.visa_request()

    organizer.post(deed_url("replace"), confirm(letter.request, reason="A wrong title"))
    organizer.post(deed_url("decline"), confirm(asked, reason="Please renew the passport"))

    asked.refresh_from_db()
    assert VisaRequest.objects.get(pk=letter.request_id).valid_letter().number == 2
    assert (asked.state, asked.note) == ("declined", "Please renew the passport")


def test_export_of_registrations_has_no_passport():
    place = make_visas.visa_request().registration
    fields = exporting.registration_fields()

    rows = [[field.read(row) for field in fields] for row in exporting.registrations([place.pk])]
    words = [one for row in rows for one in row if not isinstance(one, datetime)]

    assert NUMBER not in str(words)
    assert "482" not in str(words)


def test_own_data_that_the_office_orders_are_masked(organizer, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    place = make_visas.visa_request().registration
    url = reverse("admin:attendees_person_own_data", args=[place.person_id])
    organizer.post(url)
    job = Job.objects.get()
    run(job.pk)
    job.refresh_from_db()

    with job.result.open() as file, zipfile.ZipFile(file) as package:
        data = package.read("data.json").decode()

    assert "482" in data
    assert NUMBER not in data
