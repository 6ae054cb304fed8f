"""The reveal: the chair's key, the big screen in the hall."""

import pytest
from django.urls import reverse

from projects.models import Round
from tests import make
from tests.browser.watch import axe_violations, complaints, overflow
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round():
    made = mc.published()
    mc.prize(round=made)
    return made


def test_chair_steps_by_key_and_the_screen_follows(open_page, live_server, client, settings, round):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.organizer())
    chair, screen = open_page(), open_page(viewport={"width": 1920, "height": 1080})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    chair.context.add_cookies([cookie | {"url": live_server.url}])
    screen.goto(reverse("projects:reveal", args=[round.edition.slug, round.number]))
    screen.get_by_text("And the winners are").wait_for()
    chair.goto(reverse("admin:projects_round_chair", args=[round.pk]))

    for step in (1, 2, 3):
        with chair.expect_navigation():
            chair.keyboard.press("PageDown")
        screen.locator(f'main[data-places="{step}"]').wait_for()
        assert screen.locator(".place").count() == step

    assert Round.objects.get(pk=round.pk).revealed == 3
    assert screen.locator(".place-number").first.text_content() == "1"
    assert overflow(screen) <= 0
    assert complaints(screen) == []


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", ["winners", "reveal"])
def test_pages_have_no_axe_violation(open_page, round, name, width):
    Round.objects.filter(pk=round.pk).update(revealed=3)
    page = open_page(
        bypass_csp=True, reduced_motion="reduce", viewport={"width": width, "height": 900}
    )
    more = [] if name == "winners" else [round.number]
    page.goto(reverse(f"projects:{name}", args=[round.edition.slug, *more]))

    assert axe_violations(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_vote_fits_a_phone_and_is_cast_by_keyboard(open_page, language):
    vote = mc.audience(entries=3)
    guest = make.registration(edition=vote.edition, status="confirmed")
    page = open_page(bypass_csp=True, viewport={"width": 390, "height": 844})
    address = reverse("projects:vote", args=[vote.edition.slug, vote.number])
    page.goto(address.replace("/en/", f"/{language}/"))
    assert axe_violations(page) == []
    assert overflow(page) <= 0

    page.locator('input[name="entry"]').first.focus()
    page.keyboard.press("Space")
    page.locator('input[name="badge"]').fill(guest.badge)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("?done=voted")
    assert vote.votes.count() == 1
