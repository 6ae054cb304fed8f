"""A juror with a tablet in the back row: touches, no net, net again."""

from datetime import date

import pytest
from django.urls import reverse

from projects.models import Score
from projects.services.rounds import close_round
from projects.services.scoring import juror_token, scores_now
from tests import make
from tests.browser.watch import axe_violations, complaints, overflow
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db(transaction=True)
TABLET = {"width": 768, "height": 1024}


@pytest.fixture
def round():
    days = {"starts_on": date(2117, 11, 8), "ends_on": date(2117, 11, 10)}
    competition = mc.competition(edition=make.edition(slug="2117", **days))
    return mc.final(entries=10, jurors=2, criteria=2, competition=competition)


@pytest.fixture
def juror(round):
    return round.jurors.order_by("pk").first()


def page_of(juror) -> str:
    return reverse("projects:juror", args=[juror.edition.slug, juror_token(juror)])


def field_of(page, entry, criterion):
    return page.locator(f'[data-entry="{entry.pk}"] [data-criterion="{criterion.pk}"]')


def touch(field, points: int) -> None:
    field.locator(f'input[value="{points}"]').check(force=True)


def wait_for(field, text: str) -> None:
    field.locator("[data-state]", has_text=text).wait_for()


def values(round) -> list[int | None]:
    return sorted(score.value for score in scores_now(round))


def test_touches_without_a_net_wait_and_are_in_the_database_once(open_page, round, juror):
    page = open_page(viewport=TABLET, has_touch=True)
    page.goto(page_of(juror))
    entry, (first, second) = round.entries.first(), round.criteria.order_by("position")
    touch(field_of(page, entry, first), 7)
    wait_for(field_of(page, entry, first), "Kept")

    page.context.set_offline(True)
    touch(field_of(page, entry, first), 9)
    touch(field_of(page, entry, first), 8)
    touch(field_of(page, entry, second), 4)
    wait_for(field_of(page, entry, second), "Waiting to be sent")
    page.locator("[data-net]", has_text="No connection").wait_for()
    assert values(round) == [7]
    page.context.set_offline(False)

    wait_for(field_of(page, entry, second), "Kept")
    page.locator("[data-net]", has_text="Everything is kept").wait_for()
    assert values(round) == [4, 8]
    assert Score.objects.filter(kind="score").count() == 4
    assert page.locator("[data-done]").text_content() == "1"


def test_answer_that_was_lost_is_asked_for_again_and_counts_once(open_page, round, juror):
    page = open_page(viewport=TABLET)
    page.goto(page_of(juror))
    lost = []

    def lose(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch())  # the server has it, the browser never hears
        return route.abort()

    page.route("**/jury/**", lose)
    entry, criterion = round.entries.first(), round.criteria.first()
    touch(field_of(page, entry, criterion), 6)

    wait_for(field_of(page, entry, criterion), "Kept")
    assert lost[0].status == 200
    assert Score.objects.filter(kind="score").count() == 1


def test_what_waits_outlives_the_page(open_page, round, juror):
    page = open_page(viewport=TABLET)
    page.goto(page_of(juror))
    entry, criterion = round.entries.first(), round.criteria.first()
    page.route("**/jury/**", lambda route: route.abort())
    touch(field_of(page, entry, criterion), 6)
    wait_for(field_of(page, entry, criterion), "Waiting to be sent")
    page.unroute("**/jury/**")

    page.goto("about:blank")
    page.goto(page_of(juror))

    wait_for(field_of(page, entry, criterion), "Kept")
    assert values(round) == [6]


def test_second_tab_with_an_older_queue_overwrites_nothing(open_page, round, juror):
    tablet, phone = open_page(viewport=TABLET), open_page(viewport=TABLET)
    entry, criterion = round.entries.first(), round.criteria.first()
    for page in (tablet, phone):
        page.goto(page_of(juror))
    tablet.context.set_offline(True)
    touch(field_of(tablet, entry, criterion), 2)
    touch(field_of(phone, entry, criterion), 9)
    wait_for(field_of(phone, entry, criterion), "Kept")

    tablet.context.set_offline(False)

    wait_for(field_of(tablet, entry, criterion), "You gave other points since")
    assert field_of(tablet, entry, criterion).locator("input:checked").get_attribute("value") == "9"
    assert values(round) == [9]


def test_round_that_closed_meanwhile_says_so_and_keeps_what_waits(open_page, round, juror):
    page = open_page(viewport=TABLET)
    page.goto(page_of(juror))
    entry, criterion = round.entries.first(), round.criteria.first()
    close_round(round.pk, by=make.organizer())

    touch(field_of(page, entry, criterion), 6)

    wait_for(field_of(page, entry, criterion), "Not counted: the round is closed")
    assert values(round) == []


def test_card_is_kept_without_javascript_by_keyboard(open_page, round, juror):
    page = open_page(viewport=TABLET, java_script_enabled=False)
    page.goto(page_of(juror))
    entry, criterion = round.entries.first(), round.criteria.first()

    field_of(page, entry, criterion).locator('input[value="5"]').focus()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.locator(f'[data-entry="{entry.pk}"] button').press("Enter")

    assert values(round) == [5]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_page_fits_a_phone_and_has_no_axe_violation(open_page, round, juror, language):
    page = open_page(viewport={"width": 390, "height": 844}, bypass_csp=True)
    page.goto(page_of(juror).replace("/en/", f"/{language}/"))

    assert overflow(page) <= 0
    assert axe_violations(page) == []
    assert complaints(page) == []
    sizes = page.locator(".point").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
