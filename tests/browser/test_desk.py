"""The pages of who courts, imports and waits: by keyboard, in both languages, on desk and phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from attendees.models import Category, Contact, Duplicate, Erasure, GuestList, Invitation, Person
from attendees.services.delegations import delegation_link
from attendees.services.duplicates import find_duplicates
from attendees.services.letters import registration_link
from attendees.services.registrations import submit_registration
from attendees.services.waiting import settle_waits
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from tests import make
from tests.attendees.importing.make_lists import HEADING, LI, ZHANG, as_csv, guest_list, imported
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_admin import office  # noqa: F401  a fixture
from tests.browser.watch import axe_violations, complaints, cookies, overflow, third_party_requests

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = [("en", DESK), ("zh-hans", PHONE)]
IDS = ["desk", "phone"]


@pytest.fixture(autouse=True)
def _settings(settings, live_server, tmp_path):
    settings.SECOND_FACTOR_ROLES = []
    settings.BASE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def edition():
    """A conference of next month."""
    first = timezone.localdate() + timedelta(days=30)
    return make.edition(slug="2030", starts_on=first, ends_on=first + timedelta(days=2))


# What there is to look at -------------------------------------------------------------------


def doubles(edition) -> Duplicate:
    """One human twice, with an invitation each way of writing."""
    one = make.person(name_native="王建国", name_latin="", organization_zh_hans="湖滨生物")
    two = make.person(name_native="", name_latin="Wang Jianguo", organization_en="Lakeside Biotech")
    make.invitation(edition=edition, person=one, status="sent")
    make.project(edition=edition, holder=two)
    find_duplicates()
    return Duplicate.objects.get()


def courted(edition) -> None:
    """Guests at each step, some of them ours."""
    for number, status in enumerate(
        ["draft", "sent", "opened", "tentative", "bounced", "declined"]
    ):
        row = make.invitation(
            edition=edition,
            status=status,
            answer_by=edition.starts_on - timedelta(days=number * 6),
            association=make.association(),
        )
        Contact.objects.create(
            invitation=row, text="Called: will ask the dean", on=timezone.localdate()
        )


def unread(edition) -> GuestList:
    """A list that reads well in more than one encoding."""
    return guest_list(ZHANG, LI, encoding="gb18030", edition=edition)


def unmapped(edition) -> GuestList:
    """A list with a column nobody knows, a row that is refused and one that changes somebody."""
    make.person(name_native="张伟", name_latin="", email="zhang@guests.example")
    wrong = ["赵敏", "Zhao Min", "no address", "CN", ""]
    return guest_list(ZHANG, LI, wrong, heading=[*HEADING[:-1], "桌号"], edition=edition)


def reported(edition) -> GuestList:
    return imported(
        ZHANG, LI, ["赵敏", "", "no address", "CN", ""], edition=edition, skips_refused=True
    )


def led(edition):
    """A delegation with members at several steps."""
    sent = make.delegation(edition=edition, leader=make.person(), quota=5)
    category = make.category(edition)
    for status in ["draft", "sent", "accepted", "declined"]:
        row = make.invitation(edition=edition, delegation=sent, category=category, status=status)
        if status == "accepted":
            make.registration(edition=edition, person=row.person, invitation=row, delegation=sent)
    return sent


def offered(edition):
    """Somebody to whom a place is offered, and one who waits behind."""
    category = make.category(edition, Category.Kind.VISITOR, needs_approval=False, capacity=0)
    rows = [
        make.registration(edition=edition, category=category, status="incomplete")
        for _n in range(2)
    ]
    for row in rows:
        submit_registration(row.pk)
    Category.objects.filter(pk=category.pk).update(capacity=1)
    settle_waits()
    return rows


def erased(edition) -> Person:
    person = make.person(name_native="李华", name_latin="Li Hua")
    make.registration(edition=edition, person=person, status="pending")
    return person


def change(name: str, row) -> str:
    return reverse(f"admin:attendees_{name}_change", args=[row.pk])


def listed(make_rows, name: str):
    """The address of a page that shows rows of its own."""

    def address(edition) -> str:
        make_rows(edition)
        return reverse(f"admin:attendees_{name}") + ("?owner=all" if "follow" in name else "")

    return address


OFFICE = {
    "doubles": listed(doubles, "duplicate_changelist"),
    "merge": lambda edition: change("duplicate", doubles(edition)),
    "erase": lambda edition: reverse("admin:attendees_person_erase", args=[erased(edition).pk]),
    "new list": lambda edition: reverse("admin:attendees_guestlist_add"),
    "encoding": lambda edition: change("guestlist", unread(edition)),
    "mapping": lambda edition: change("guestlist", unmapped(edition)),
    "report": lambda edition: change("guestlist", reported(edition)),
    "my guests": listed(courted, "invitation_follow_up"),
    "my past guests": lambda edition: (
        listed(courted, "invitation_follow_up")(edition) + "&tab=past"
    ),
    "funnel": listed(courted, "invitation_funnel"),
}
PERSONAL = {
    "delegation": lambda edition, language: delegation_link(led(edition), language),
    "replacing": lambda edition, language: replacing(led(edition), language),
    "offer": lambda edition, language: (
        registration_link(offered(edition)[0], language) + "waiting/"
    ),
    "in line": lambda edition, language: (
        registration_link(offered(edition)[1], language) + "waiting/"
    ),
}


def replacing(delegation, language: str) -> str:
    row = Invitation.objects.get(delegation=delegation, status="sent")
    return f"{delegation_link(delegation, language)}?replace={row.pk}"


def faults_of(page) -> list[str]:
    """What is wrong with a page at first sight."""
    wide = overflow(page)
    found = [*axe_violations(page), *third_party_requests(page)]
    return found + ([f"{wide} pixels too wide"] if wide > 0 else [])


@pytest.mark.parametrize(("language", "viewport"), WAYS, ids=IDS)
@pytest.mark.parametrize("name", OFFICE)
def test_page_of_the_office_is_for_all(office, edition, name, language, viewport):  # noqa: F811
    address = OFFICE[name](edition)
    page = office(language, viewport=viewport, bypass_csp=True)

    page.goto(address, wait_until="networkidle")

    assert faults_of(page) == []


@pytest.mark.parametrize(("language", "viewport"), WAYS, ids=IDS)
@pytest.mark.parametrize("name", PERSONAL)
def test_personal_page_is_for_all(open_page, edition, name, language, viewport):
    address = PERSONAL[name](edition, language)
    page = open_page(viewport=viewport, bypass_csp=True)

    page.goto(address, wait_until="networkidle")

    assert faults_of(page) == []
    assert cookies(page) == []


# Walks -----------------------------------------------------------------------------------------


def press(page, locator, key: str = "Enter") -> None:
    """Reach something with the tabulator alone and press a key on it."""
    locator.wait_for()
    for _step in range(120):
        if locator.evaluate("e => e === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError("The tabulator never comes there.")


def test_doubles_are_merged_by_keyboard(office, edition):  # noqa: F811
    pair = doubles(edition)
    page = office()
    page.goto(reverse("admin:attendees_duplicate_changelist"), wait_until="networkidle")

    press(page, page.get_by_role("link", name="王建国"))
    press(page, page.get_by_role("button", name="Merge the records"))
    page.get_by_text("The records are one.").wait_for()

    pair.refresh_from_db()
    kept = Person.objects.current().get(pk=pair.first_id)
    assert (pair.state, kept.name_native, kept.name_latin) == ("merged", "王建国", "Wang Jianguo")
    assert complaints(page) == []


def test_person_is_erased_by_keyboard_after_a_reason_is_asked_for(office, edition):  # noqa: F811
    person = erased(edition)
    page = office()
    page.goto(reverse("admin:attendees_person_erase", args=[person.pk]))

    press(page, page.get_by_role("button", name="Erase the person"))
    page.locator("[role=alert]").wait_for()
    press(page, page.get_by_label("Reason"), "A")
    page.keyboard.type("sked by letter")
    press(page, page.get_by_label("I am sure"), "Space")
    press(page, page.get_by_role("button", name="Erase the person"))
    page.wait_for_url(lambda url: "erase" not in url)

    person.refresh_from_db()
    assert person.erased_at is not None
    assert Erasure.objects.get().reason == "Asked by letter"


def test_list_goes_from_upload_to_report_by_keyboard(office, edition, tmp_path):  # noqa: F811
    """Encoding chosen, a column mapped, a refused row left out, imported, reported."""
    file = tmp_path / "guests.csv"
    wrong = ["赵敏", "Zhao Min", "no address", "CN", ""]
    heading = [*HEADING[:-1], "桌号"]
    file.write_bytes(as_csv(heading, ZHANG, LI, wrong, encoding="gb18030"))
    page = office()

    page.goto(reverse("admin:attendees_guestlist_add"))
    page.locator("#id_upload").set_input_files(file)  # the window of files is the system's
    press(page, page.get_by_role("button", name="Save", exact=True))
    press(page, page.get_by_role("radio", name="GB 18030"), "Space")
    press(page, page.get_by_role("button", name="Read the file again"))
    table = page.get_by_role("row", name="桌号").get_by_role("combobox")
    press(page, table, "N")  # by its first letter, as lists are
    table.select_option("organization_zh_hans")
    press(page, page.get_by_label("Import without the refused rows"), "Space")
    press(page, page.get_by_role("button", name="Read the file again"))
    press(page, page.get_by_role("button", name="Import", exact=True))
    page.get_by_text("You may leave this page").wait_for()
    run(Job.objects.get().pk)
    page.goto(page.url)

    assert page.get_by_text("is no e-mail address").is_visible()
    assert Person.objects.get(name_native="张伟").organization_zh_hans == "湖滨生物"
    assert not Person.objects.filter(name_native="赵敏").exists()
    assert complaints(page) == []


def test_conversation_is_noted_by_keyboard(office, edition):  # noqa: F811
    courted(edition)
    page = office()
    page.goto(reverse("admin:attendees_invitation_follow_up") + "?owner=all")

    press(page, page.get_by_role("checkbox").first, "Space")
    press(page, page.get_by_role("button", name="Note a conversation").first)
    press(page, page.locator("textarea"), "H")
    page.keyboard.type("as to ask the dean")
    press(page, page.locator("button[name=confirm]"))
    page.get_by_text("Has to ask the dean").first.wait_for()

    assert Contact.objects.filter(text="Has to ask the dean").count() == 1


def test_cell_of_the_funnel_leads_to_its_guests_by_keyboard(office, edition):  # noqa: F811
    courted(edition)
    page = office()
    page.goto(reverse("admin:attendees_invitation_funnel"))

    invited = page.locator("tfoot a").first
    number = int(invited.inner_text())
    press(page, invited)
    page.locator("#result_list").wait_for()

    assert page.locator("#result_list tbody tr").count() == number == 5


@pytest.mark.parametrize("javascript", [True, False])
def test_leader_replaces_and_names_by_keyboard_and_is_told_what_is_wrong(
    open_page, edition, javascript
):
    delegation = led(edition)
    page = open_page(viewport=PHONE, java_script_enabled=javascript)
    page.goto(delegation_link(delegation, "zh-hans"))

    page.get_by_role("link", name="替换").nth(1).click()
    page.locator("#id_name_native").fill("李华")
    page.locator("#id_email").fill("li@")
    page.locator("button[name=nominate]").press("Enter")
    page.locator("#errors").wait_for()
    assert page.locator("#id_name_native").input_value() == "李华"
    page.locator("#id_email").fill("li.hua@guests.example")
    page.locator("button[name=nominate]").press("Enter")
    page.get_by_text("已完成").wait_for()

    members = Invitation.objects.filter(delegation=delegation)
    assert members.filter(person__name_native="李华").exists()
    assert members.filter(status="withdrawn").count() == 1
    assert cookies(page) == []


def test_offered_place_is_taken_by_keyboard_on_a_phone(open_page, edition):
    registration = offered(edition)[0]
    page = open_page(viewport=PHONE)
    page.goto(registration_link(registration, "zh-hans") + "waiting/")
    assert page.get_by_text("中国标准时间").is_visible()

    press(page, page.get_by_role("button", name="接受名额"))
    page.get_by_text("您的名额已确认").wait_for()

    registration.refresh_from_db()
    assert registration.status == "confirmed"
    assert (complaints(page), cookies(page)) == ([], [])
