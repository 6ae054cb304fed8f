"""The office decides by keyboard: registrations one after the other, and changes of answers."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attendees.models import Companion, Duplicate, FormField, Registration
from tests import make
from tests.attendees import make_forms
from tests.attendees.make_forms import question
from tests.browser.conftest import DESK, PHONE
from tests.browser.watch import axe_violations, complaints, overflow, third_party_requests

pytestmark = pytest.mark.django_db(transaction=True)
CHANGES = "admin:attendees_answerchange_changelist"
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


@pytest.fixture(autouse=True)
def _settings(settings, live_server, tmp_path):
    settings.SECOND_FACTOR_ROLES = []
    settings.BASE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office(open_page, live_server):
    """Open a page of the office as an organizer."""

    def office(address: str, language: str = "en", **options):
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
        page.goto(address)
        return page

    return office


@pytest.fixture
def rows():
    """Three registrations that wait, with answers, a companion and a possible double."""
    form = make_forms.form()
    question(form, "hotel", FormField.Kind.CHOICE, choices=["lake", "hill"])
    question(form, "rules", FormField.Kind.CONSENT, text="I keep the rules.")
    answers = {form.slug: {"hotel": "lake"}}
    now = timezone.now()
    made = [
        make_forms.registration(
            form, status="pending", answers=answers, created_at=now + timedelta(minutes=n)
        )
        for n in range(3)
    ]
    Companion.objects.create(registration=made[0], name="Li Na")
    pair = {"first": made[0].person, "second": make.person(), "score": 70, "reasons": ["name"]}
    Duplicate.objects.create(**pair)
    return made


def url(row) -> str:
    return reverse("admin:attendees_registration_decide", args=[row.pk])


def test_rows_are_decided_by_keyboard_alone(office, rows):
    page = office(url(rows[0]))
    page.locator("[data-decide]:focus").wait_for()

    page.keyboard.press("j")  # past the first
    page.wait_for_url(f"**{url(rows[1])}")
    page.locator("[data-decide]:focus").wait_for()
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{url(rows[2])}")
    page.locator("[data-decide]:focus").wait_for()
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{url(rows[0])}")

    states = Registration.objects.order_by("created_at").values_list("status", flat=True)
    assert list(states) == ["pending", "confirmed", "declined"]
    assert complaints(page) == []
    assert third_party_requests(page) == []


def test_letters_of_a_word_decide_nothing(office, rows):
    page = office(url(rows[0]))

    page.get_by_label("A word to them").fill("")
    page.get_by_label("A word to them").press_sequentially("jadw")

    assert page.get_by_label("A word to them").input_value() == "jadw"
    assert page.url.endswith(url(rows[0]))


def test_decisions_need_no_javascript(office, rows):
    page = office(url(rows[0]), java_script_enabled=False)

    page.get_by_role("button", name="Approve").click()

    page.wait_for_url(f"**{url(rows[1])}")
    assert Registration.objects.get(pk=rows[0].pk).status == "confirmed"


@LANGUAGES
@SIZES
def test_page_that_decides_has_no_axe_violation(office, rows, size, language):
    page = office(url(rows[0]), language, viewport=size, bypass_csp=True)

    assert axe_violations(page) == []
    assert overflow(page) <= 0


@LANGUAGES
@SIZES
def test_changes_to_approve_have_no_axe_violation(office, rows, size, language):
    row = rows[0]
    Registration.objects.filter(pk=row.pk).update(status="confirmed", decided_at=timezone.now())
    change = row.changes.create(
        form=row.category.form,
        state="waiting",
        before={"hotel": "lake"},
        after={"hotel": "hill"},
    )

    page = office(reverse(CHANGES), language, viewport=size, bypass_csp=True)
    assert axe_violations(page) == []
    assert overflow(page) <= 0
    page.goto(reverse("admin:attendees_answerchange_change", args=[change.pk]))
    # The row of buttons that unfold leaves outside of all landmarks is not ours.
    assert [one for one in axe_violations(page) if "#submit-row" not in one] == []
    page.goto(f"{reverse('admin:attendees_answerchange_accept')}?ids={change.pk}")
    assert axe_violations(page) == []
    assert overflow(page) <= 0
