"""A guest follows the link of a letter on a phone; the office looks at the letter."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from attendees.services.invitations import queue_invitations
from attendees.services.letters import registration_link
from hrconf.jobs.models import Job
from hrconf.mailing.models import Message
from tests import make
from tests.browser.conftest import PHONE
from tests.browser.watch import axe_violations, complaints, cookies, overflow, third_party_requests

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_second_factor(settings, live_server):
    settings.SECOND_FACTOR_ROLES = []
    settings.BASE_URL = live_server.url


@pytest.fixture
def edition():
    """A conference of next month."""
    first = timezone.localdate() + timedelta(days=30)
    return make.edition(starts_on=first, ends_on=first + timedelta(days=2))


@pytest.fixture
def invitation(edition):
    person = make.person(name_native="李华", name_latin="Li Hua")
    made = make.invitation(edition=edition, person=person, answer_by=edition.starts_on)
    queue_invitations([made.pk], by=make.organizer())
    return made


def link_in(message: Message) -> str:
    """The personal link of a letter, as its reader finds it."""
    return re.search(r"http\S+/invitation/\S+/(?=\s)", message.text)[0]


def sign_in(page, live_server, user) -> None:
    client = Client()
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([cookie | {"url": live_server.url}])


def test_guest_accepts_and_registers_on_a_phone_without_javascript(open_page, invitation):
    page = open_page(viewport=PHONE, java_script_enabled=False)

    page.goto(link_in(Message.objects.get()))
    page.get_by_label("A word to the office").fill("With pleasure")
    page.get_by_role("button", name="I accept the invitation").click()
    page.get_by_label("Organization").fill("Delta Lab")
    page.get_by_label("Title or position").fill("Director")
    page.get_by_role("button", name="Send the registration").click()

    assert page.get_by_text("will write to you once it is decided").is_visible()
    invitation.refresh_from_db()
    assert (invitation.status, invitation.registration.status) == ("accepted", "pending")
    assert cookies(page) == []


def test_page_is_opened_by_a_touch_and_not_by_being_drawn(open_page, invitation):
    page = open_page(viewport=PHONE)
    page.goto(link_in(Message.objects.get()))
    page.wait_for_load_state("networkidle")
    page.evaluate("dispatchEvent(new Event('pointerdown'))")  # a script is no person
    invitation.refresh_from_db()
    assert invitation.status == "queued"

    with page.expect_response("**/opened/"):
        page.mouse.click(100, 400)

    invitation.refresh_from_db()
    assert (invitation.status, invitation.opened_at is not None) == ("opened", True)
    assert (complaints(page), cookies(page)) == ([], [])


def test_guest_sends_a_deputy_on_a_phone_without_javascript(open_page, invitation):
    type(invitation).objects.update(may_send_deputy=True)
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto(link_in(Message.objects.get()))

    page.get_by_text("Somebody comes in my place").click()
    page.get_by_label("Name in Latin letters").fill("Wang Fang")
    page.get_by_label("E-mail").fill("wang@")
    page.get_by_label("Organization").fill("Delta Lab")
    page.get_by_label("Title or position").fill("Director")
    page.get_by_role("button", name="Invite them in my place").click()
    assert page.get_by_text("Enter a valid email address").is_visible()
    assert page.get_by_label("Name in Latin letters").input_value() == "Wang Fang"
    page.get_by_label("E-mail").fill("wang.fang@guests.example")
    page.get_by_role("button", name="Invite them in my place").click()

    assert page.get_by_text("Wang Fang is to come in your place").is_visible()
    page.get_by_role("button", name="Take it back").click()
    assert page.get_by_role("button", name="I accept the invitation").is_visible()
    assert cookies(page) == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_personal_pages_fit_a_phone_and_keep_to_themselves(
    open_page, invitation, language, color_scheme
):
    page = open_page(viewport=PHONE, color_scheme=color_scheme, bypass_csp=True)
    registration = make.registration(edition=invitation.edition, status="incomplete")
    address = link_in(Message.objects.get()).replace("/en/", f"/{language}/")

    pages = [address, address + "address/", registration_link(registration, language)]
    for url in [*pages, address[:-3] + "x/"]:
        page.goto(url)
        assert overflow(page) == 0
        assert axe_violations(page) == []

    assert third_party_requests(page) == []
    assert cookies(page) == []


def test_office_sees_the_letter_in_a_frame_that_runs_nothing(page, live_server, invitation):
    message = Message.objects.get()
    hostile = (
        '<script>parent.document.title = "taken"</script><img src="https://elsewhere.example/">'
    )
    Message.objects.update(html=message.html.replace("</body>", f"{hostile}</body>"))
    sign_in(page, live_server, make.user(is_staff=True, is_superuser=True))
    blocked = {}
    page.on("requestfailed", lambda request: blocked.update({request.url: request.failure}))

    page.goto(f"/admin/mailing/message/{message.pk}/change/")
    letter = page.frame_locator("iframe.outbox-html")

    assert letter.get_by_text("Dear Li Hua,").is_visible()
    assert "taken" not in page.title()
    assert blocked == {"https://elsewhere.example/": "csp"}  # stopped before it left


def test_progress_of_a_job_moves_by_itself(page, live_server):
    user = make.user(is_superuser=True)
    sign_in(page, live_server, user)
    job = Job.objects.create(
        kind="export", title="Guests", created_by=user, state="running", done=3, total=9
    )
    page.goto(f"/en/jobs/{job.pk}/")
    page.locator('progress[value="3"]').wait_for()

    Job.objects.update(done=7)
    page.locator('progress[value="7"]').wait_for()
    Job.objects.update(state="done", finished_at=timezone.now())
    page.get_by_text("Finished at").wait_for()

    assert complaints(page) == []


def test_progress_of_a_job_is_seen_without_javascript(open_page, live_server):
    user = make.user(is_superuser=True)
    page = open_page(java_script_enabled=False)
    sign_in(page, live_server, user)
    job = Job.objects.create(
        kind="export", title="Guests", created_by=user, state="running", done=3, total=9
    )
    page.goto(f"/en/jobs/{job.pk}/")

    Job.objects.update(done=7)

    page.locator('progress[value="7"]').wait_for()
