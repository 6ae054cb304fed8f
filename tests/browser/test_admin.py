"""The office in a real browser: it keeps to itself, speaks Chinese, and does the work."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from attendees.models import Category, GuestList, Registration
from hrconf.jobs.models import Job
from hrconf.mailing.models import Message
from tests import make
from tests.attendees.importing.make_lists import HEADING, LI, ZHANG, as_csv
from tests.browser.watch import axe_violations, complaints, overflow, third_party_requests

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "admin:index",
    "admin:attendees_registration_changelist",
    "admin:attendees_registration_add",
    "admin:attendees_registration_approve",
    "admin:attendees_registration_export",
    "admin:attendees_invitation_changelist",
    "admin:attendees_invitation_follow_up",
    "admin:attendees_invitation_funnel",
    "admin:attendees_person_changelist",
    "admin:attendees_guestlist_changelist",
    "admin:attendees_guestlist_add",
    "admin:events_session_changelist",
    "admin:events_session_add",
    "admin:events_release_add",
    "admin:projects_project_changelist",
]
# What is Latin on a Chinese page and may be: a language's own name, formats, codes.
LATIN = {"English", "Excel", "XLSX", "CSV", "UTF-", "CNY"}
WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def rows():
    """A few guests whose data have no Latin letters."""
    edition = make.edition(slug="2017", name_en="二〇一七年大会", city_en="杭州")
    kind = make.category(edition, Category.Kind.VISITOR, name_en="观众")
    for number in range(3):
        person = make.person(name_native=f"来宾{number}", name_latin="", email="", country="CN")
        make.registration(edition=edition, category=kind, person=person, status="pending")
        make.invitation(edition=edition, category=kind, person=person, status="sent")
    make.session(edition=edition, title_en="开幕式", code="1", starts_at=make.OPENING)
    return list(Registration.objects.all())


@pytest.fixture
def office(open_page, live_server):
    """Open a window in which an organizer is signed in."""

    def office(language="en", **options):
        page = open_page(**options)
        client = Client()
        client.force_login(make.organizer(name="林越", email="1@2.cn"))
        cookies = {
            settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.LANGUAGE_COOKIE_NAME: language,
        }
        page.context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()]
        )
        return page

    return office


def text_of(page) -> str:
    """What can be read on the page: without the names that the icon font draws as icons."""
    return page.evaluate(
        "(() => { document.querySelectorAll('.material-symbols-outlined')"
        ".forEach(icon => icon.remove()); return document.body.innerText })()"
    )


@pytest.mark.parametrize("name", PAGES)
def test_page_breaks_no_policy_and_asks_nobody_else(office, rows, name):
    page = office()

    answer = page.goto(reverse(name), wait_until="networkidle")

    assert answer.status == 200
    assert complaints(page) == []
    assert third_party_requests(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_is_chinese_throughout(office, rows, name):
    page = office("zh-hans")
    ids = ",".join(str(row.pk) for row in rows)

    page.goto(f"{reverse(name)}?ids={ids}" if name.endswith("approve") else reverse(name))

    text = text_of(page)
    held = page.evaluate(
        "[...document.querySelectorAll('[placeholder],[title],[aria-label]')]"
        ".filter(e => !e.closest('[x-cloak]'))"
        ".map(e => e.placeholder || e.title || e.ariaLabel || '').join('\\n')"
    )
    assert set(WORD.findall(re.sub(r"[\w.]+@[\w.]+", "", text))) - LATIN == set()
    assert set(WORD.findall(held)) - LATIN == set()


def test_guest_page_is_chinese_throughout(office, rows):
    page = office("zh-hans")

    page.goto(reverse("admin:attendees_registration_change", args=[rows[0].pk]))

    text = text_of(page).replace(rows[0].badge, "")
    assert set(WORD.findall(re.sub(r"[\w.]+@[\w.]+", "", text))) - LATIN == set()


OWN_PAGES = [
    "admin:index",
    "admin:attendees_guestlist_add",
    "admin:attendees_invitation_follow_up",
    "admin:attendees_invitation_funnel",
]


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_have_no_axe_violation(office, rows, name):
    page = office(bypass_csp=True)

    page.goto(reverse(name), wait_until="networkidle")

    assert [one for one in axe_violations(page) if "office-" in one] == []


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_phone(office, rows, name):
    page = office(viewport={"width": 390, "height": 844})

    page.goto(reverse(name), wait_until="networkidle")

    assert overflow(page) <= 0


def test_organizer_approves_what_waits_after_seeing_who_is_mailed(office):
    edition = make.edition(slug="2017")
    for _row in range(3):
        make.registration(edition=edition, status="pending")
    page = office()

    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Registrations to approve").click()
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("approve")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("button", name="Approve and queue 3 mails").click()
    page.get_by_text("Approve: 3 done.").wait_for()

    assert Registration.objects.confirmed().count() == 3
    assert Message.objects.count() == 3


def test_organizer_uploads_a_list_and_orders_its_import(office, tmp_path):
    make.edition(slug="2017")
    file = tmp_path / "guests.csv"
    file.write_bytes(as_csv(HEADING, ZHANG, LI, encoding="gb18030"))
    page = office()

    page.goto(reverse("admin:attendees_guestlist_add"))
    page.locator("#id_upload").set_input_files(file)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("radio", name="GB 18030").check()  # Big5 is possible too: nobody guesses
    page.get_by_role("button", name="Read the file again").click()
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("You may leave this page").wait_for()

    assert Job.objects.get().options == {"guest_list": GuestList.objects.get().pk}


def test_language_is_switched_on_the_page_one_is_on(office, rows):
    page = office()
    url = reverse("admin:attendees_registration_changelist")

    page.goto(f"{url}?status__exact=pending")
    page.get_by_role("button", name="中文").click()
    page.get_by_role("button", name="English").wait_for()

    assert page.url.endswith(f"{url}?status__exact=pending")
