"""The board of the pipeline by keyboard alone, with and without JavaScript, on phone and desk."""

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from projects.models import Project
from tests import make
from tests.browser.conftest import DESK, PHONE
from tests.browser.watch import axe_violations, complaints, overflow
from tests.projects import make_screening

pytestmark = pytest.mark.django_db(transaction=True)
BOARD = "admin:projects_project_pipeline"


@pytest.fixture(autouse=True)
def _settings(settings, live_server):
    settings.SECOND_FACTOR_ROLES = []
    settings.BASE_URL = live_server.url


@pytest.fixture
def board(open_page, live_server):
    """Open the board as an organizer."""

    def board(language: str = "en", **options):
        page = open_page(**options)
        client = Client()
        client.force_login(make.organizer(language=language))
        cookies = {
            "sessionid": client.cookies["sessionid"].value,
            django_settings.LANGUAGE_COOKIE_NAME: language,
        }
        page.context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()]
        )
        page.goto(reverse(BOARD))
        return page

    return board


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_step_is_taken_with_many_projects_by_keyboard_alone(board, script):
    edition = make.edition()
    going, staying, gone = (
        make.project(edition=edition, status=status)
        for status in ["applied", "applied", "withdrawn"]
    )
    page = board(java_script_enabled=script)

    for project in [going, gone]:
        page.locator(f'input[name="project"][value="{project.pk}"]').focus()
        page.keyboard.press("Space")
    page.locator("#pipeline-step").focus()
    page.keyboard.type("Short")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the button after the list of steps
    assert "Withdrawn" in page.locator(".office-table").inner_text()
    page.locator('button[name="confirm"]').focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    states = dict(Project.objects.values_list("pk", "status"))
    assert states == {going.pk: "shortlisted", staying.pk: "applied", gone.pk: "withdrawn"}
    assert page.get_by_role("link", name="Undo").first.is_visible()
    assert complaints(page) == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_board_fits_and_everybody_can_use_it(board, size, language):
    edition = make.edition()
    for status in ["applied", "accepted", "declined"]:
        make.project(edition=edition, status=status, country="DE")

    page = board(language, viewport=size, bypass_csp=True)

    assert overflow(page) <= 0
    assert axe_violations(page) == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_beside_the_board_fit_and_everybody_can_use_them(board, size):
    phase = make_screening.phase()
    project = make.project(edition=phase.edition, status="in_review", country="DE")
    make_screening.review(phase, project, points=4)
    make_screening.review(phase, project)
    page = board("zh-hans", viewport=size, bypass_csp=True)

    for name, args in [("balance", []), ("progress", []), ("thread", [project.pk])]:
        page.goto(reverse(f"admin:projects_project_{name}", args=args))
        assert overflow(page) <= 0
        assert axe_violations(page) == []
