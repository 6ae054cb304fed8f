"""The account menu of signed-in pages, on the list of jobs."""

import pytest
from django.conf import settings
from django.test import Client

from tests import make
from tests.browser.watch import complaints, overflow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_in(phone_page, live_server):
    """A phone on which the office is signed in."""
    client = Client()
    client.force_login(make.user(email="a.rather.long.address@conference.example", is_staff=True))
    cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
    cookie["value"] = client.cookies[settings.SESSION_COOKIE_NAME].value
    phone_page.context.add_cookies([cookie])
    return phone_page


def test_menu_opens_and_closes_on_escape_and_beside(signed_in):
    signed_in.goto("/en/jobs/")
    sheet, summary = signed_in.locator(".menu-sheet"), signed_in.locator(".menu > summary")

    summary.click()
    assert sheet.is_visible()
    signed_in.keyboard.press("Escape")
    assert not sheet.is_visible()
    summary.click()
    signed_in.locator(".site-footer").click()
    assert not sheet.is_visible()
    assert complaints(signed_in) == []


def test_menu_leaves_the_brand_its_room_on_a_phone(signed_in):
    signed_in.goto("/en/jobs/")

    brand = signed_in.locator("header .brand strong").bounding_box()
    tools = signed_in.locator(".site-tools").bounding_box()

    assert overflow(signed_in) == 0
    assert brand["x"] + brand["width"] <= tools["x"]
