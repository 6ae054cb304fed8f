"""One guest's way, as guest and office walk it in two browsers, in either language.

From a row of a guest list to the mail on the eve: imported, invited, accepted,
registered, approved, given a visa letter, reminded. What a worker would do is done between the steps.
"""

import os
import re
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from attendees.models import (
    Category,
    Invitation,
    Person,
    Registration,
    ReminderRule,
    VisaLetter,
    VisaRequest,
)
from attendees.services.letters import visa_check_link
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from hrconf.mailing.delivery import deliver_due
from tests import make
from tests.attendees import make_visas
from tests.attendees.importing.make_lists import HEADING, as_csv
from tests.browser.conftest import DESK, PHONE
from tests.browser.watch import complaints, cookies, overflow, third_party_requests

pytestmark = pytest.mark.django_db(transaction=True)
CHANGELIST = "admin:attendees_{}_changelist"
ROWS = {
    "zh-hans": ["郑袁", "Zheng Yuan", "zheng@guests.example", "法国", "钱塘实验室"],
    "en": ["Amélie Roux", "Amelie Roux", "roux@guests.example", "FR", "Delta Lab"],
}
DAYS = ["born_on", "expires_on", "arrives_on", "leaves_on"]
ENCODINGS = {"zh-hans": ("gb18030", "GB 18030"), "en": ("utf-8-sig", "")}
# A folder that takes a picture of every step, for whoever wants to look.
PICTURES = os.environ.get("WALK_PICTURES", "")


@pytest.fixture(autouse=True)
def _house(settings, live_server, tmp_path):
    settings.SECOND_FACTOR_ROLES = []
    settings.BASE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path
    settings.MAIL_TRANSPORT = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    settings.MAIL_PER_SECOND = 0


class Walk:
    """Two browsers, one language, and the mail between them."""

    def __init__(self, language: str, office, guest, mailbox: list) -> None:
        self.language, self.office, self.guest, self.mailbox = language, office, guest, mailbox
        self.steps = 0

    def words(self, text: str) -> str:
        """Our words in the language of the walk."""
        with translation.override(self.language):
            return gettext(text)

    def press(self, page, text: str) -> None:
        page.get_by_role("button", name=self.words(text), exact=True).click()

    def says(self, page, text: str) -> None:
        page.get_by_text(self.words(text)).first.wait_for()

    def look(self, page, name: str) -> None:
        """Nothing sticks out of the page, once it is there in its own style."""
        page.wait_for_load_state("load")
        self.steps += 1
        if PICTURES:
            file = f"{self.language}-{self.steps:02}-{name}.png"
            page.screenshot(path=Path(PICTURES, file), full_page=True)
        assert overflow(page) <= 0, name

    def deed(self, model: str, deed: str, ids: list[int]) -> None:
        """The office presses a deed's button, and does not wait for the mails to leave."""
        address = reverse(f"admin:attendees_{model}_{deed}")
        self.office.goto(f"{address}?ids={','.join(map(str, ids))}")
        self.look(self.office, f"{deed}-asked")
        self.office.locator("button[name=confirm]").click()
        self.office.locator("a.office-told[href*=undo]").click()
        self.look(self.office, f"{deed}-can-be-undone")
        self.press(self.office, "Send now")
        self.says(self.office, "The mails are on their way.")
        deliver_due()

    def newest_link(self, part: str) -> str:
        """The personal link in the newest mail."""
        language = rf"http\S+/{self.language}/\S+/{part}/\S+/(?=\s|$)"
        return re.search(language, self.mailbox[-1].body)[0]


@pytest.fixture(params=["en", "zh-hans"])
def walk(request, open_page, live_server, mailoutbox) -> Walk:
    user = make.organizer(language=request.param)
    office = open_page(viewport=DESK, bypass_csp=True)
    client = Client()
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    named = {"name": "django_language", "value": request.param}
    office.context.add_cookies([one | {"url": live_server.url} for one in [cookie, named]])
    guest = open_page(viewport=PHONE, java_script_enabled=False)
    return Walk(request.param, office, guest, mailoutbox)


@pytest.fixture
def edition():
    """A conference that opens tomorrow."""
    first = timezone.localdate() + timedelta(days=1)
    made = make.edition(starts_on=first, ends_on=first + timedelta(days=2))
    make.category(made, Category.Kind.PROFESSIONAL)
    kind = ReminderRule.Kind.PROGRAMME_TOMORROW
    ReminderRule.objects.create(edition=made, kind=kind, days=1)
    return made


@pytest.fixture
def at_noon():
    """Nobody is reminded at night."""
    noon = timezone.localtime().replace(hour=12)
    with time_machine.travel(noon, tick=True):
        yield


def test_one_guest_from_the_list_to_the_eve(walk, edition, tmp_path, at_noon):
    import_list(walk, tmp_path)
    invite(walk)
    accept_and_register(walk)
    approve(walk)
    ask_visa_letter(walk)
    remind(walk)

    assert third_party_requests(walk.guest) == cookies(walk.guest) == []
    assert complaints(walk.office) == []


def import_list(walk: Walk, folder: Path) -> None:
    encoding, choice = ENCODINGS[walk.language]
    file = folder / "guests.csv"
    file.write_bytes(as_csv(HEADING, ROWS[walk.language], encoding=encoding))
    page = walk.office
    page.goto(reverse("admin:attendees_guestlist_add"))
    page.locator("#id_upload").set_input_files(file)
    page.locator("[name=_save]").click()
    if choice:
        page.get_by_role("radio", name=choice).check()
        walk.press(page, "Read the file again")
    walk.look(page, "list-read")
    walk.press(page, "Import")
    walk.says(page, "You may leave this page; the work goes on.")
    run(Job.objects.get(kind="guest_list").pk)
    page.get_by_text(walk.words("Imported"), exact=True).first.wait_for()  # it loads itself again
    assert Person.objects.get().name_native == ROWS[walk.language][0]


def invite(walk: Walk) -> None:
    person = Person.objects.get()
    Person.objects.update(preferred_language=walk.language)
    page = walk.office
    page.goto(reverse(CHANGELIST.format("person")))
    walk.look(page, "people")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("draw_up")
    page.locator("button[name=index]").click()
    page.locator("#id_category").select_option(index=1)
    walk.press(page, "Draw up invitations")
    walk.look(page, "drawn-up")
    walk.deed("invitation", "invite", [Invitation.objects.get(person=person).pk])
    assert Invitation.objects.get().status == Invitation.Status.SENT


def accept_and_register(walk: Walk) -> None:
    page = walk.guest
    page.goto(walk.newest_link("invitation"))
    walk.look(page, "invitation")
    walk.press(page, "I accept the invitation")
    page.locator("[name=title]").fill("")
    walk.look(page, "registration")
    walk.press(page, "Send the registration")
    walk.look(page, "registration-refused")
    page.locator("[name=title]").fill("Director")
    walk.press(page, "Send the registration")
    walk.says(page, "We have your registration and will write to you once it is decided.")
    walk.look(page, "registered")
    assert Registration.objects.get().status == Registration.Status.PENDING


def approve(walk: Walk) -> None:
    walk.deed("registration", "approve", [Registration.objects.get().pk])
    page = walk.guest
    page.goto(walk.newest_link("registration"))
    walk.says(page, "Your place is confirmed. Please show the badge code at the registration desk.")
    walk.look(page, "confirmed")


def ask_visa_letter(walk: Walk) -> None:
    place = Registration.objects.get()
    page = walk.guest
    page.get_by_role("link", name=walk.words("Visa letter")).click()
    walk.look(page, "visa")
    typed = make_visas.typed(place)
    for name in ["name", "number", "issued_in", "consulate", *DAYS]:
        page.locator(f"#id_{name}").fill(typed[name])
    page.locator("#id_nationality").select_option("FR")
    page.locator("#id_number").fill("1")
    walk.press(page, "Ask for the letter")
    walk.look(page, "visa-refused")
    page.locator("#id_number").fill(typed["number"])
    walk.press(page, "Ask for the letter")
    walk.look(page, "visa-asked")
    issue(walk)
    page.goto(walk.newest_link("registration"))
    walk.look(page, "visa-issued")
    drawn = page.request.get(page.url + "letter.pdf")
    assert drawn.headers["content-type"] == "application/pdf"
    text = text_of(drawn.body())
    assert VisaLetter.objects.get().reference in text
    page.goto(visa_check_link(VisaLetter.objects.get(), walk.language))
    walk.look(page, "visa-checked")


def issue(walk: Walk) -> None:
    """The office looks at the request and issues the letter."""
    request = VisaRequest.objects.get()
    walk.office.goto(reverse("admin:attendees_visarequest_change", args=[request.pk]))
    walk.look(walk.office, "visa-request")
    walk.office.goto(f"{reverse('admin:attendees_visarequest_issue')}?ids={request.pk}")
    with walk.office.expect_navigation():
        walk.office.locator("button[name=confirm]").click()
    deliver_due()
    assert VisaRequest.objects.get().state == VisaRequest.State.ISSUED


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def remind(walk: Walk) -> None:
    before = len(walk.mailbox)
    call_command("send_due_reminders")
    call_command("send_due_reminders")  # once is once
    deliver_due()
    assert len(walk.mailbox) == before + 1
    walk.guest.goto(walk.newest_link("registration"))
    walk.office.goto(reverse("admin:attendees_person_change", args=[Person.objects.get().pk]))
    walk.look(walk.office, "thread")
