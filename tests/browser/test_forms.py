"""Designed forms in a real browser: conditions with and without JavaScript, dragging, axe."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attendees.models import Category, FormField
from attendees.services.letters import registration_link
from attendees.services.questions import questions_of
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import outlined, question
from tests.browser.conftest import PHONE
from tests.browser.watch import axe_violations, complaints, cookies, overflow, third_party_requests

pytestmark = pytest.mark.django_db(transaction=True)
Kind = FormField.Kind


@pytest.fixture(autouse=True)
def _settings(settings, live_server, tmp_path):
    settings.SECOND_FACTOR_ROLES = []
    settings.BASE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def form():
    """A form with one question of each kind; the city is asked of who needs a visa."""
    first = timezone.localdate() + timedelta(days=30)
    edition = make.edition(slug="2030", starts_on=first, ends_on=first + timedelta(days=2))
    made = make_forms.form(edition=edition)
    visa = question(made, "visa", Kind.YES_NO, is_required=True)
    question(made, "city", is_required=True, shown_if_field=visa, shown_if=["yes"])
    question(made, "hotel", Kind.CHOICE, choices=[("lake", 2), "none"])
    question(made, "days", Kind.CHOICES, choices=["one", "two"])
    question(made, "rules", Kind.CONSENT, text="I keep the rules.", is_required=True)
    question(made, "read", Kind.NOTE, help_en="Read this.")
    plain = [Kind.LONG_TEXT, Kind.NUMBER, Kind.COUNTRY, Kind.EMAIL, Kind.PHONE, Kind.URL]
    for kind in [*plain, Kind.DATE, Kind.TIME, Kind.FILE, Kind.PICTURE]:
        question(made, kind.value.replace("_", "-"), kind)
    return made


def link_to(registration, language="en") -> str:
    return registration_link(registration, language)


def fill_in(page) -> None:
    page.get_by_label("Organization").fill("Delta Lab")
    page.get_by_label("Title or position").fill("Engineer")
    page.locator("#id_q-rules").check()


def test_condition_is_told_in_words_without_javascript(open_page, form):
    registration = make_forms.registration(form)
    page = open_page(viewport=PHONE, java_script_enabled=False)

    page.goto(link_to(registration))
    page.get_by_text("Only if “Question visa” is answered: Yes").wait_for()
    fill_in(page)
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Send the registration").click()
    page.get_by_text("will write to you once it is decided").wait_for()

    assert cookies(page) == []


def test_question_comes_up_when_it_is_asked_for(open_page, form):
    page = open_page(viewport=PHONE)
    page.goto(link_to(make_forms.registration(form)))
    city = page.get_by_label("Question city")

    assert not city.is_visible()
    page.get_by_label("Yes", exact=True).check()
    assert city.is_visible()
    page.get_by_label("No", exact=True).check()
    assert not city.is_visible()
    assert complaints(page) == []
    assert third_party_requests(page) == []


def test_refusal_leads_to_what_is_wrong_and_keeps_what_was_typed(open_page, form):
    page = open_page(viewport=PHONE)
    page.goto(link_to(make_forms.registration(form)))

    page.get_by_label("Question number").fill("many")
    page.get_by_role("button", name="Send the registration").click()
    page.get_by_text("Nothing is lost").wait_for()

    assert page.evaluate("document.activeElement.id") == "errors"
    assert page.get_by_label("Question number").input_value() == "many"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_form_has_no_axe_violation_and_fits_a_phone(open_page, form, language):
    page = open_page(viewport=PHONE, bypass_csp=True)

    page.goto(link_to(make_forms.registration(form), language))
    page.locator("button[name=complete]").click()
    page.locator("#errors").wait_for()

    assert axe_violations(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("path", ["register/", "register/visitor/"])
def test_registering_has_no_axe_violation_and_fits_a_phone(open_page, form, path):
    make.category(form.edition, Category.Kind.VISITOR, is_open_to_all=True)
    page = open_page(viewport=PHONE, bypass_csp=True)

    page.goto(f"/en/2030/{path}")

    assert axe_violations(page) == []
    assert overflow(page) <= 0
    assert cookies(page) == []


# The designer ---------------------------------------------------------------------------


@pytest.fixture
def designer(open_page, live_server):
    """Open the questions of a form as an organizer."""

    def designer(form):
        page = open_page()
        client = Client()
        client.force_login(make.organizer())
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([cookie | {"url": live_server.url}])
        page.goto(reverse("admin:attendees_form_design", args=[form.pk]))
        return page

    return designer


@pytest.fixture
def short():
    made = make_forms.form()
    for key in "abc":
        question(made, key)
    return made


def keys(form) -> str:
    return "".join(asked.key for asked in questions_of(outlined(form)))


def test_question_is_dragged_into_its_place(designer, short):
    page = designer(short)
    page.wait_for_load_state("networkidle")
    handles = page.locator("[data-handle]")
    first, last = handles.nth(0).bounding_box(), handles.nth(2).bounding_box()

    with page.expect_response(lambda response: response.request.method == "GET"):
        page.mouse.move(first["x"] + 5, first["y"] + 8)
        page.mouse.down()
        page.mouse.move(last["x"] + 5, last["y"] + 20, steps=12)
        page.mouse.up()

    assert keys(short) in {"bac", "bca"}
    assert complaints(page) == []


def test_question_is_moved_by_keyboard(designer, short):
    page = designer(short)

    page.get_by_role("button", name="Move “Question c” up").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#question-*")

    assert keys(short) == "acb"
