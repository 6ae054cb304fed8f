"""The components in a real browser, in both languages, by day and by night."""

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.watch import (
    axe_violations,
    complaints,
    cookies,
    overflow,
    third_party_requests,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.styleguide_urls"),
]
LANGUAGES = ["en", "zh-hans"]
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
PAPER, NIGHT = "rgb(250, 248, 243)", "rgb(15, 25, 26)"
SMALL_TARGETS = """
[...document.querySelectorAll("header a, nav a, .btn, button, summary, .chip, input, select")]
  .map(found => [found.outerHTML.slice(0, 90), found.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 20 || box.width < 20))
  .map(([text]) => text)
"""


@pytest.mark.parametrize(
    ("language", "color_scheme", "viewport"),
    [
        ("en", "light", PHONE),
        ("en", "dark", DESK),
        ("zh-hans", "light", DESK),
        ("zh-hans", "dark", PHONE),
    ],
)
def test_styleguide_has_no_axe_violation(open_page, language, color_scheme, viewport):
    page = open_page(viewport=viewport, color_scheme=color_scheme, bypass_csp=True)

    page.goto(f"/{language}/styleguide/?q=laser&sector=1")

    assert axe_violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_styleguide_fits_a_phone_and_keeps_to_itself(phone_page, language):
    phone_page.goto(f"/{language}/styleguide/")

    assert overflow(phone_page) == 0
    assert third_party_requests(phone_page) == []
    assert complaints(phone_page) == []
    assert cookies(phone_page) == []


def test_styleguide_has_no_target_too_small_to_hit(phone_page):
    phone_page.goto("/en/styleguide/?q=laser")

    assert phone_page.evaluate(SMALL_TARGETS) == []


def test_theme_toggle_is_remembered_and_given_back(open_page):
    page = open_page(color_scheme="light")
    page.goto("/en/styleguide/")
    assert page.evaluate(BACKGROUND) == PAPER
    toggle = page.get_by_role("button", name="Dark appearance")

    toggle.click()
    page.reload()

    assert page.evaluate(BACKGROUND) == NIGHT
    assert toggle.get_attribute("aria-pressed") == "true"
    toggle.click()
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate(BACKGROUND) == PAPER


@pytest.mark.parametrize(("color_scheme", "colour"), [("light", PAPER), ("dark", NIGHT)])
def test_theme_follows_the_system_without_scripts(open_page, color_scheme, colour):
    page = open_page(color_scheme=color_scheme, java_script_enabled=False)

    page.goto("/en/styleguide/")

    assert page.evaluate(BACKGROUND) == colour
    assert not page.get_by_role("button", name="Dark appearance").is_visible()


def test_language_switch_leads_to_the_same_page_with_its_filters(page):
    page.goto("/en/styleguide/?q=laser&sector=1")

    page.get_by_role("link", name="中文", exact=True).click()

    assert page.url.endswith("/zh-hans/styleguide/?q=laser&sector=1")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_filters_unfold_on_a_phone_and_stand_open_on_a_desk(page, phone_page):
    for each in (page, phone_page):
        each.goto("/en/styleguide/")
    sector = "#table select[name=sector]"

    assert page.locator(sector).is_visible()
    assert not phone_page.locator(sector).is_visible()
    phone_page.locator("#table summary").click()
    assert phone_page.locator(sector).is_visible()


def test_removing_a_chip_keeps_the_other_filters(page):
    page.goto("/en/styleguide/?q=laser&sector=1&page=3")

    page.get_by_role("link", name="Remove filter Sector").click()

    assert page.url.endswith("/en/styleguide/?q=laser")
