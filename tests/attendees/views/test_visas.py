"""The guest's own page of a visa letter, and the public page that checks one."""

import re
import sys
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.urls import reverse
from django.utils import timezone, translation
from django.views.debug import ExceptionReporter

from attendees.forms.visas import months_after
from attendees.models import VisaRequest
from attendees.services.letters import registration_link, registration_token, visa_link
from attendees.services.passports import open_passport
from tests import make
from tests.attendees import make_visas
from tests.attendees.make_visas import NUMBER

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans"]


@pytest.fixture(autouse=True)
def _here(settings):
    settings.BASE_URL = ""
    cache.clear()


@pytest.fixture
def place():
    return make_visas.registration()


def check_url(edition, code: str = "", language: str = "en") -> str:
    with translation.override(language):
        kwargs = {"edition": edition.slug} | ({"code": code} if code else {})
        return reverse("attendees:visa_checked" if code else "attendees:visa_check", kwargs=kwargs)


def letter_url(registration) -> str:
    return visa_link(registration, "en") + "letter.pdf"


# The guest's own page -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_guest_asks_on_the_page_and_reads_the_end_of_the_number_only(client, place, language):
    url = visa_link(place, language)
    assert client.get(url).status_code == 200

    response = client.post(url, make_visas.typed(place, number="zk 771-9482"), follow=True)

    page = response.content.decode()
    assert response.redirect_chain == [(f"{url}?saved", 302)]
    assert open_passport(VisaRequest.objects.get()).number == NUMBER
    assert "••••••482" in page
    assert NUMBER not in page
    assert "Polismyndigheten" not in page
    assert not response.cookies


def test_page_is_linked_from_the_registration_of_a_guest_from_abroad(client, place):
    at_home = make_visas.registration(person=make.person(country="CN"))
    pending = make_visas.registration(status="pending")

    pages = [client.get(registration_link(one, "en")) for one in [place, at_home, pending]]

    assert ["/visa/" in page.content.decode() for page in pages] == [True, False, False]


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"status": "pending"}, "once your place is confirmed"), ({"country": "CN"}, "needs no visa")],
)
def test_who_is_not_offered_a_letter_reads_the_rule(client, fields, words):
    person = make.person(country=fields.pop("country", "SE"))
    place = make_visas.registration(person=person, **fields)

    page = client.get(visa_link(place, "en")).content.decode()

    assert words in page
    assert 'name="number"' not in page
    response = client.post(visa_link(place, "en"), make_visas.typed(place))
    assert response.status_code == 422
    assert VisaRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("name", "王小明", "Latin letters only"),
        ("name", "Anna <b>", "Latin letters only"),
        ("name", "Anna1", "Latin letters only"),
        ("name", "", "This field is required"),
        ("number", "123", "5 to 15 letters and digits"),
        ("number", "ZK7719482;--", "5 to 15 letters and digits"),
        ("nationality", "HK", "you need no visa for China"),
        ("nationality", "XX", "Select a valid choice"),
        ("born_on", "2099-01-01", "cannot be a date of birth"),
        ("born_on", "1850-01-01", "cannot be a date of birth"),
        ("expires_on", "2001-01-01", "Please renew it first"),
        ("expires_on", "9999-12-31", "No passport is valid for so long"),
        ("arrives_on", "2001-01-01", "Choose a day from"),
        ("leaves_on", "2001-01-01", "Choose a day from"),
        ("leaves_on", "never", "Enter a valid date"),
    ],
)
def test_what_is_typed_wrong_is_said_beside_its_field_and_the_rest_stays(
    client, place, name, typed, words
):
    response = client.post(visa_link(place, "en"), make_visas.typed(place, **{name: typed}))

    page = response.content.decode()
    assert response.status_code == 422
    assert VisaRequest.objects.count() == 0
    beside = re.search(f'id="div_id_{name}".*?</div>', page, re.DOTALL)[0]
    assert words in beside
    assert 'value="Polismyndigheten, Stockholm"' in page
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2017, 11, 10), date(2018, 5, 10)),
        (date(2017, 8, 31), date(2018, 2, 28)),
        (date(2019, 8, 30), date(2020, 2, 29)),
        (date(2017, 6, 30), date(2017, 12, 30)),
    ],
)
def test_six_months_later(day, later):
    assert months_after(day, 6) == later


def test_passport_must_hold_six_months_beyond_the_conference(client):
    days = {"starts_on": date(2117, 11, 8), "ends_on": date(2117, 11, 10)}
    place = make_visas.registration(edition=make_visas.edition(year=2117, **days))
    url = visa_link(place, "en")

    answers = [
        client.post(url, make_visas.typed(place, expires_on=day)).status_code
        for day in ["2118-05-09", "2118-05-10"]
    ]

    assert answers == [422, 302]


@pytest.mark.parametrize(
    "name", ["Anna-Maria O'Neil", "José Álvarez Ñ.", "Ａｎｎａ Lee", "Đặng Thị Hà"]
)
def test_names_of_passports_are_taken(client, place, name):
    response = client.post(visa_link(place, "en"), make_visas.typed(place, name=name))

    assert response.status_code == 302


def test_guest_corrects_the_data_by_typing_them_anew(client, place):
    request = make_visas.visa_request(place)
    url = visa_link(place, "en")
    assert 'name="number"' not in client.get(url).content.decode()

    page = client.get(f"{url}?change").content.decode()
    assert 'name="number"' in page
    assert NUMBER not in page
    client.post(url, make_visas.typed(place, number="ZK0000111"))

    request.refresh_from_db()
    assert open_passport(request).number == "ZK0000111"


def test_guest_withdraws_and_the_data_are_gone(client, place):
    request = make_visas.visa_request(place)

    client.post(visa_link(place, "en"), {"withdraw": "1"})

    request.refresh_from_db()
    assert (request.state, request.sealed) == ("withdrawn", "")


def test_guest_downloads_the_letter_that_holds_and_no_other(client, place):
    request = make_visas.visa_request(place, state="issued")
    assert client.get(letter_url(place)).status_code == 404
    letter = make_visas.letter(request)

    page = client.get(visa_link(place, "en")).content.decode()
    response = client.get(letter_url(place))

    assert letter.reference in page
    assert letter.code_in_groups in page
    assert b"".join(response.streaming_content) == make_visas.PDF
    assert letter.reference in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    letter.revoked_at = timezone.now()
    letter.save()
    assert client.get(letter_url(place)).status_code == 404


def test_after_an_issued_letter_nothing_can_be_typed_over_it(client, place):
    make_visas.letter(make_visas.visa_request(place, state="issued"))

    response = client.post(visa_link(place, "en"), make_visas.typed(place))

    assert response.status_code == 422
    assert "please write to the office" in response.content.decode()


@pytest.mark.parametrize("state", ["declined", "revoked"])
def test_guest_reads_the_word_of_the_office_and_may_ask_again(client, place, state):
    make_visas.visa_request(place, state=state, note="The <b>name</b> differs")

    page = client.get(visa_link(place, "en")).content.decode()

    assert "The &lt;b&gt;name&lt;/b&gt; differs" in page
    assert 'name="number"' in page


def test_error_report_of_the_page_leaves_the_passport_out(client, place, monkeypatch, settings):
    """What would be mailed or logged of a crash has neither what was posted nor variables."""
    settings.DEBUG = False
    client.raise_request_exception = False
    reports = []

    def remember(sender, request, **kwargs):
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())

    def crash(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("attendees.services.visas.close_passport", crash)
    got_request_exception.connect(remember)
    try:
        client.post(visa_link(place, "en"), make_visas.typed(place))
    finally:
        got_request_exception.disconnect(remember)

    [report] = reports
    assert "the disk is full" in report
    assert NUMBER not in report


# Anybody checks a letter ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_anybody_checks_a_letter_and_reads_no_name(client, language):
    letter = make_visas.letter(code="ABCDEFGHJKMN")

    page = client.get(check_url(letter.edition, letter.code, language)).content.decode()

    assert letter.reference in page
    assert "A••• M••• L•••" in page
    assert "Lindqvist" not in page
    assert {"en": "This letter holds.", "zh-hans": "此函有效。"}[language] in page


def test_revoked_letter_is_said_to_be_revoked(client):
    letter = make_visas.letter(revoked_at=timezone.now(), revoke_reason="Secret reason")

    page = client.get(check_url(letter.edition, letter.code)).content.decode()

    assert "It does not hold" in page
    assert "Secret reason" not in page


def test_letter_of_a_conference_that_is_over_is_said_to_be_so(client):
    letter = make_visas.letter()
    past = timezone.localdate() - timedelta(days=400)
    type(letter.edition).objects.filter(pk=letter.edition_id).update(starts_on=past, ends_on=past)

    page = client.get(check_url(letter.edition, letter.code)).content.decode()

    assert "is over" in page


@pytest.mark.parametrize("typed", ["abcd-efgh-jkmn", "ABCD EFGH JKMN"])
def test_typed_code_leads_to_the_letter(client, typed):
    letter = make_visas.letter(code="ABCDEFGHJKMN")

    response = client.get(check_url(letter.edition), {"code": typed}, follow=True)

    assert letter.reference in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("typed", ["", "-", "HZ2017-V-0001", "AAAABBBBCCCC", "x" * 500, "王\x00"])
def test_unknown_code_says_so_and_nothing_else(client, typed):
    edition = make_visas.letter().edition

    response = client.get(check_url(edition), {"code": typed}, follow=True)

    assert response.status_code == 200
    assert ("No letter of this conference" in response.content.decode()) is bool(typed)


def test_guessing_codes_is_slowed_down(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "visa_check": "3/m/ip"}
    url = check_url(make_visas.edition(), "AAAABBBBCCCC")

    answers = [client.get(url).status_code for _n in range(4)]

    assert answers == [200, 200, 200, 429]


def test_link_of_another_edition_shows_no_letter(client, place):
    token = registration_token(place)
    other = make_visas.edition()

    for path in ["visa/", "visa/letter.pdf"]:
        assert client.get(f"/en/{other.slug}/registration/{token}/{path}").status_code == 404
