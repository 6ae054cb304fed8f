"""A guest asks for a visa letter on a phone; the office looks at the data; anybody checks it."""

import pytest

from attendees.models import VisaRequest, VisaReveal
from attendees.services import visa_letters
from attendees.services.letters import registration_link, visa_check_link, visa_link
from attendees.services.passports import open_passport
from tests import make
from tests.attendees import make_visas
from tests.browser.conftest import PHONE
from tests.browser.test_letters import sign_in
from tests.browser.watch import axe_violations, complaints, cookies, overflow, third_party_requests

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _setting(settings, live_server, monkeypatch):
    settings.SECOND_FACTOR_ROLES = []
    settings.BASE_URL = live_server.url
    monkeypatch.setattr(visa_letters, "draw_visa_letter", lambda *args: make_visas.PDF)


def test_guest_asks_for_a_letter_on_a_phone_without_javascript(open_page):
    place = make_visas.registration()
    typed = make_visas.typed(place)
    page = open_page(viewport=PHONE, java_script_enabled=False)

    page.goto(registration_link(place, "en"))
    page.get_by_role("link", name="Visa letter").click()
    for name in [
        "name",
        "issued_in",
        "consulate",
        "born_on",
        "expires_on",
        "arrives_on",
        "leaves_on",
    ]:
        page.locator(f"#id_{name}").fill(typed[name])
    page.get_by_label("Nationality").select_option("SE")
    page.get_by_label("Passport number").fill("ZK 1")
    page.get_by_role("button", name="Ask for the letter").click()
    assert page.locator("#div_id_number").get_by_text("5 to 15 letters and digits").is_visible()
    assert page.get_by_label("Name as in the passport").input_value() == typed["name"]
    page.get_by_label("Passport number").fill(typed["number"])
    page.get_by_role("button", name="Ask for the letter").click()

    assert page.get_by_text("••••••482").is_visible()
    assert open_passport(VisaRequest.objects.get()) == make_visas.passport(place)
    assert cookies(page) == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_pages_of_a_visa_letter_fit_a_phone_and_everybody(open_page, language, color_scheme):
    page = open_page(viewport=PHONE, color_scheme=color_scheme, bypass_csp=True)
    new, asked = make_visas.registration(), make_visas.visa_request().registration
    letter = make_visas.letter()
    links = [visa_link(one, language) for one in [new, asked, letter.request.registration]]
    check = visa_check_link(letter, language)

    for url in [
        *links,
        check,
        check.replace(letter.code, ""),
        check.replace(letter.code, "A" * 12),
    ]:
        page.goto(url)
        assert overflow(page) == 0
        assert axe_violations(page) == []
    page.goto(links[0])
    page.locator("form.asking button").click()  # nothing is filled in
    assert axe_violations(page) == []

    assert third_party_requests(page) == []
    assert cookies(page) == []


def test_organizer_reveals_passport_data_by_keyboard(page, live_server):
    request = make_visas.visa_request()
    sign_in(page, live_server, make.organizer())
    page.goto(f"/admin/attendees/visarequest/{request.pk}/change/")

    page.get_by_role("link", name="Reveal the passport data").press("Enter")
    page.get_by_label("Why do you need to see them?").fill("no")
    page.keyboard.press("Enter")
    page.get_by_text("at least 10 letters").wait_for()
    page.get_by_label("Why do you need to see them?").fill("compare with the copy")
    page.keyboard.press("Enter")
    page.get_by_role("cell", name=make_visas.NUMBER).wait_for()

    assert VisaReveal.objects.get().reason == "compare with the copy"
    assert complaints(page)[1:] == []  # the browser notes the answer 422
    page.get_by_role("link", name="Done, hide it").click()
    page.get_by_text("••••••482").first.wait_for()


def test_reveal_page_has_no_axe_violation(open_page, live_server):
    page = open_page(viewport=PHONE, bypass_csp=True)
    request = make_visas.visa_request()
    sign_in(page, live_server, make.organizer())

    page.goto(f"/admin/attendees/visarequest/{request.pk}/reveal/")
    assert [one for one in axe_violations(page) if "office-" in one] == []
    page.locator("#reason").fill("compare with the copy")
    page.locator("button[name=data]").click()
    page.get_by_text(make_visas.NUMBER).wait_for()
    assert [one for one in axe_violations(page) if "office-" in one] == []
