"""Seats on a guest's phone, boarding on a guide's: by keyboard, in both languages."""

import pytest

from attendees.models import Boarding
from attendees.services.letters import registration_link
from attendees.services.signing_up import sign_up
from hrconf.accounts.roles import Role
from tests import make
from tests.attendees import make_seats
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_admin import office  # noqa: F401  a fixture
from tests.browser.watch import axe_violations, complaints, cookies, overflow, third_party_requests

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = pytest.mark.parametrize(
    ("language", "viewport"), [("en", DESK), ("zh-hans", PHONE)], ids=["desk", "phone"]
)


@pytest.fixture(autouse=True)
def _settings(settings, live_server):
    settings.SECOND_FACTOR_ROLES = []
    settings.BASE_URL = live_server.url


@pytest.fixture
def edition():
    return make.edition(slug="2017")


def no_trouble(page, *, is_public: bool) -> None:
    assert overflow(page) <= 0
    assert axe_violations(page) == []
    assert complaints(page) == []
    assert third_party_requests(page) == []
    assert not is_public or cookies(page) == []


@WAYS
def test_guest_swaps_a_seat_and_gives_it_back_by_keyboard(
    open_page, edition, settings, language, viewport
):
    settings.DEMO = True  # sign-ups of the past stay open
    first, second = (make_seats.bookable(edition, capacity=3) for _n in range(2))
    make_seats.release(edition)
    guest = make_seats.guest(first)
    sign_up(guest.pk, first.code)
    page = open_page(viewport=viewport, bypass_csp=True)

    page.goto(f"{registration_link(guest, language)}seats/")
    no_trouble(page, is_public=True)
    page.locator(f'a[href$="/seats/{second.code}/"]').press("Enter")
    page.wait_for_url(f"**/seats/{second.code}/")
    no_trouble(page, is_public=True)
    page.locator('button[value="swap"]').press("Enter")
    page.wait_for_url("**done=asked")
    assert guest.seats.confirmed().get().session == second

    page.locator(".seat-panel summary").press("Enter")
    page.locator('button[name="give_back"]').press("Enter")
    page.wait_for_url("**done=back")
    assert not guest.seats.confirmed().exists()


@WAYS
def test_guide_ticks_who_boards(office, edition, language, viewport):  # noqa: F811
    visit = make_seats.visit(edition)
    bus = make_seats.bus(visit, guide_name="沈佳怡", guide_phone="+86 571 5550 1100")
    seats = [make_seats.seat(visit, bus=bus) for _n in range(3)]
    page = office(language, Role.STAFF, viewport=viewport, bypass_csp=True)

    page.goto(f"/{language}/{edition.slug}/boarding/")
    no_trouble(page, is_public=False)
    page.locator("a.bus-link").press("Enter")
    page.wait_for_url(f"**/boarding/{bus.pk}/")
    for seat in seats[:2]:
        button = page.locator(f'button.rider[value="{seat.pk}"]')
        assert button.bounding_box()["height"] >= 56
        button.press("Enter")
        page.wait_for_url(f"**#r{seat.pk}")
        page.locator(f'button.rider[value="{seat.pk}"][aria-pressed="true"]').wait_for()
    no_trouble(page, is_public=False)

    assert Boarding.objects.count() == 2
    page.locator(f'button.rider[value="{seats[0].pk}"]').press("Enter")
    page.locator(f'button.rider[value="{seats[0].pk}"][aria-pressed="false"]').wait_for()
    assert Boarding.objects.get().seat == seats[1]
