"""The office in a real browser: it keeps to itself, speaks Chinese, and does the work."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from attendees.models import Category, GuestList, Registration
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.mailing.models import Message
from tests import make
from tests.attendees.importing.make_lists import HEADING, LI, ZHANG, as_csv
from tests.browser.conftest import PHONE
from tests.browser.watch import axe_violations, complaints, overflow, third_party_requests

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "admin:index",
    "admin:events_edition_work",
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
    "admin:agreements_agreement_changelist",
    "admin:agreements_exchangerate_changelist",
    "admin:mailing_message_changelist",
]
LISTS = [name for name in PAGES if name.endswith("_changelist")]
# Smaller than a thumb, and the reason it may be: a link inside a line of text.
SMALL = """() => [...document.querySelectorAll('#main a, #main button, #main summary, #main select')]
  .filter(e => e.checkVisibility() && !e.closest('p, td, th, h1, [x-cloak], .hidden, .select2-hidden-accessible'))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, r]) => r.width && (r.width < 24 || r.height < 24))
  .map(([e, r]) => `${e.outerHTML.slice(0, 80)} ${r.width}x${r.height}`)"""
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

    def office(language="en", role=Role.ORGANIZER, **options):
        page = open_page(**options)
        client = Client()
        client.force_login(make.office(role, name="林越", email="1@2.cn"))
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
    *LISTS,
]


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_have_no_axe_violation(office, rows, name):
    page = office(bypass_csp=True)

    page.goto(reverse(name), wait_until="networkidle")

    assert [one for one in axe_violations(page) if "office-" in one] == []


@pytest.mark.parametrize("name", LISTS)
def test_lists_have_no_axe_violation_on_a_phone(office, rows, name):
    page = office(bypass_csp=True, viewport=PHONE)

    page.goto(reverse(name), wait_until="networkidle")

    assert [one for one in axe_violations(page) if "office-" in one] == []


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_phone(office, rows, name):
    page = office(viewport=PHONE)

    page.goto(reverse(name), wait_until="networkidle")

    assert overflow(page) <= 0
    assert page.evaluate(SMALL) == []


@pytest.fixture
def agreements():
    """An agreement to sign and one without parties; long titles, no Latin letters."""
    edition = make.edition(slug="2017", name_en="二〇一七年大会", name_zh_hans="二〇一七年大会")
    fields = {"edition": edition, "status": "ready", "sector": make.sector(name_en="生物医药")}
    title = "面向居家养老的端到端语音识别智能对话平台项目落户梦想小镇合作协议"
    sides = [make.party(name_en="尼瓦里半导体公司")]
    return [
        make.agreement(reference="1", title_en=title, title_zh_hans=title, parties=sides, **fields),
        make.agreement(reference="2", title_en=title, title_zh_hans=title, **fields),
    ]


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}])
@pytest.mark.parametrize("deed", ["sign", "register", "fund", "cancel"])
def test_deed_of_agreements_is_chinese_throughout_and_fits(office, agreements, deed, viewport):
    page = office("zh-hans", role=Role.STAFF, viewport=viewport, bypass_csp=True)
    ids = ",".join(str(agreement.pk) for agreement in agreements)

    page.goto(f"{reverse(f'admin:agreements_agreement_{deed}')}?ids={ids}")

    text = re.sub(r"[\w.]+@[\w.]+", "", page.locator("#main").inner_text())
    icons = {"menu", "dock", "to", "right", "chevron"}
    assert {word for word in WORD.findall(text) if word not in icons} - LATIN == set()
    assert overflow(page) <= 0
    assert [one for one in axe_violations(page) if "office-" in one] == []


def test_form_of_an_agreement_fits_a_phone(office, agreements):
    page = office(role=Role.STAFF, viewport=PHONE)

    page.goto(reverse("admin:agreements_agreement_change", args=[agreements[0].pk]))

    page.locator(".select2-container").first.wait_for()
    assert overflow(page) <= 0


def test_card_on_a_phone_leaves_out_what_is_empty(office, rows):
    page = office(viewport=PHONE)

    page.goto(reverse("admin:attendees_registration_changelist"))

    card = page.locator("tr.data-row").first
    assert card.locator(".field-kind").is_visible()
    assert not card.locator(".field-arrival").is_visible()
    assert card.locator(".field-kind").get_attribute("data-label") == "Category"


def test_keyboard_skips_the_menu(office, rows):
    page = office()
    page.goto(reverse("admin:attendees_registration_changelist"))

    page.keyboard.press("Tab")

    skip = page.get_by_role("link", name="Skip to content")
    assert skip.evaluate("e => e === document.activeElement")
    page.wait_for_function("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#content') !== null")


def test_keyboard_opens_filters_and_comes_back(office, rows):
    page = office()
    page.goto(reverse("admin:attendees_registration_changelist"), wait_until="networkidle")
    panel = page.locator("#changelist-filter")

    page.get_by_role("button", name="Filters").focus()
    page.keyboard.press("Enter")
    panel.wait_for(state="visible")
    page.wait_for_function("document.activeElement.id === 'changelist-filter'")
    page.keyboard.press("Tab")
    assert panel.evaluate("panel => panel.contains(document.activeElement)")
    page.keyboard.press("Escape")

    panel.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.className").startswith("office-filters")


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
