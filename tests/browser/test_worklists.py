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
    columns = page.locator("[data-arranged] li")
    first = columns.first.inner_text()

    columns.first.locator("button[name=down]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert columns.nth(1).inner_text() == first


def test_columns_of_an_export_are_dragged_into_their_order(office):  # noqa: F811
    page = office()
    page.goto(PAGES[2], wait_until="networkidle")
    columns = page.locator("[data-arranged] li")
    first = columns.first.inner_text()
    handle, last = columns.first.locator("[data-handle]"), columns.nth(2).bounding_box()
    from_box = handle.bounding_box()

    page.mouse.move(from_box["x"] + 4, from_box["y"] + 6)
    page.mouse.down()
    page.mouse.move(last["x"] + 10, last["y"] + last["height"] - 4, steps=12)
    page.mouse.up()

    page.wait_for_function(
        "text => document.querySelector('[data-arranged] li').innerText !== text", arg=first
    )
    assert first in columns.all_inner_texts()
    assert complaints(page) == []
