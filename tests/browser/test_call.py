"""An application in a browser: kept as one types, through bad nets and two windows, by keyboard."""

from datetime import date

import pytest
from playwright.sync_api import expect

from projects.models import Application
from projects.services.applying import own_link
from tests import make
from tests.browser.conftest import DESK, PHONE
from tests.browser.watch import axe_violations, complaints, overflow
from tests.projects import make_call

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = {"starts_on": date(2117, 11, 8), "ends_on": date(2117, 11, 10)}


@pytest.fixture(autouse=True)
def own_place(settings, live_server, tmp_path):
    settings.BASE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def kind():
    edition = make.edition(slug="2117", **DAYS)
    return make_call.kind(make_call.call(edition), slug="team")


def step(row: Application, name: str, language: str = "en") -> str:
    return f"{own_link(row, language)}{name}/"


def title_of(row: Application) -> str:
    return Application.objects.get(pk=row.pk).project.title_en


def test_what_is_typed_is_kept_without_a_button(kind, page):
    row = make_call.application(kind)
    page.goto(step(row, "project"))

    page.get_by_label("Title in English").fill("Kept as typed")
    page.get_by_label("Website").fill("no site")
    expect(page.locator("[data-save-state]")).to_contain_text("Saved at")
    page.goto(step(row, "project"))

    expect(page.get_by_label("Title in English")).to_have_value("Kept as typed")
    expect(page.get_by_label("Website")).to_have_value("no site")
    assert title_of(row) == "Kept as typed"


def test_without_a_net_nothing_is_lost_and_it_is_kept_once_it_is_back(kind, page):
    row = make_call.application(kind)
    page.goto(step(row, "project"))
    state = page.locator("[data-save-state]")

    page.context.set_offline(True)
    page.get_by_label("Title in English").fill("Typed in a tunnel")
    expect(state).to_contain_text("Not saved yet")
    page.context.set_offline(False)

    expect(state).to_contain_text("Saved at", timeout=15_000)
    assert title_of(row) == "Typed in a tunnel"


def test_second_window_is_told_and_overwrites_nothing(kind, open_page):
    row = make_call.application(kind)
    first, second = open_page(), open_page()
    for one in [first, second]:
        one.goto(step(row, "project"))

    first.get_by_label("Title in English").fill("First")
    expect(first.locator("[data-save-state]")).to_contain_text("Saved at")
    second.get_by_label("Title in English").fill("Second")
    expect(second.locator("[data-save-state]")).to_contain_text("another window")
    with second.expect_navigation():
        second.get_by_role("button", name="Save", exact=True).click()

    expect(second.get_by_label("Title in English")).to_have_value("Second")
    expect(second.get_by_role("alert")).to_contain_text("Nothing of yours is lost")
    assert title_of(row) == "First"


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_application_is_filled_in_and_sent_by_keyboard(kind, open_page, script):
    row = make_call.application(kind)
    page = open_page(java_script_enabled=script, viewport=PHONE)
    page.goto(step(row, "project"))

    page.get_by_role("radio", name="Pilot").focus()
    page.keyboard.press("Space")
    page.get_by_label("Description in English").focus()
    page.keyboard.type("Keys that nobody copies.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and go on").press("Enter")
    page.goto(step(row, "send"))
    with page.expect_navigation():
        page.get_by_role("button", name="Send the application").press("Enter")

    expect(page.locator("main")).to_contain_text("P-0001")
    assert Application.objects.get().submitted_at


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_of_the_call_are_whole_for_everybody(kind, open_page, language, viewport):
    draft, sent = make_call.application(kind), make_call.sent(kind)
    page = open_page(viewport=viewport, bypass_csp=True)
    steps = [step(draft, name, language) for name in ["project", "team", "files", "send"]]

    for address in [
        f"/{language}/2117/call/",
        f"/{language}/2117/call/team/",
        *steps,
        own_link(sent, language),
    ]:
        page.goto(address)
        assert axe_violations(page) == [], address
        assert not overflow(page), address
        assert complaints(page) == [], address
