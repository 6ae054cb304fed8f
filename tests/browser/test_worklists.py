"""The organizer's desk in a real browser: no axe violation, no overflow, columns dragged."""

import pytest
from django.urls import reverse

from attendees.models import Category
from tests import make
from tests.browser.conftest import PHONE
from tests.browser.test_admin import office  # noqa: F401  a window with an organizer in it
from tests.browser.watch import axe_violations, complaints, overflow

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    reverse("admin:events_edition_work"),
    reverse("admin:office_views", args=["attendees.registration"]),
    reverse("admin:attendees_registration_export"),
    reverse("admin:attendees_registration_charts"),
]


@pytest.fixture(autouse=True)
def rows():
    """A few guests who wait to be approved."""
    edition = make.edition(slug="2017")
    for _number in range(3):
        make.registration(edition=edition, status="pending", kind=Category.Kind.VISITOR)


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_page_of_the_desk_fits_a_phone_and_has_no_axe_violation(office, url, language):  # noqa: F811
    page = office(language, viewport=PHONE, bypass_csp=True)

    page.goto(url, wait_until="networkidle")

    assert axe_violations(page) == []
    assert overflow(page) == 0
    assert complaints(page) == []


def test_columns_of_an_export_are_ordered_by_arrow_and_keyboard(office):  # noqa: F811
    page = office()
    page.goto(PAGES[2], wait_until="networkidle")
    first = page.locator("[data-arranged] li").first.inner_text()

    page.locator("[data-arranged] li").first.locator("button[name=down]").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")

    assert page.locator("[data-arranged] li").nth(1).inner_text() == first
