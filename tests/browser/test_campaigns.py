"""A campaign from its audience to the last letter, by keyboard, in both languages."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from attendees.models import Audience, Campaign
from attendees.services.campaigns import settle_campaigns
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from hrconf.mailing.delivery import deliver_due
from hrconf.mailing.models import Message
from tests import make
from tests.browser.conftest import DESK, PHONE
from tests.browser.watch import axe_violations, complaints, overflow, third_party_requests

pytestmark = pytest.mark.django_db(transaction=True)
MOST_KEYS = 200  # tabs to the far end of a page with its menu


class Keys:
    """Somebody of the office who has no mouse."""

    def __init__(self, page, language: str) -> None:
        self.page, self.language = page, language

    def words(self, text: str) -> str:
        with translation.override(self.language):
            return translation.gettext(text)

    def to(self, selector: str) -> None:
        """Tab until the element has the focus."""
        is_there = "(wanted) => document.activeElement?.matches(wanted)"
        for _key in range(MOST_KEYS):
            if self.page.evaluate(is_there, selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"No key leads to {selector}")

    def write(self, name: str, text: str) -> None:
        self.to(f"[name={name}]")
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def press(self, selector: str, key: str = "Enter") -> None:
        """Press what leads to another page."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def tick(self, selector: str) -> None:
        self.to(selector)
        self.page.keyboard.press("Space")

    def look(self) -> None:
        """Nothing sticks out, complains, or keeps a blind reader out."""
        assert overflow(self.page) <= 0, self.page.url
        # What lies outside of landmarks is unfold's: its messages.
        found = [one for one in axe_violations(self.page) if not one.startswith("region:")]
        assert found == [], self.page.url

    def says(self, text: str) -> None:
        assert self.page.get_by_text(text).first.is_visible(), text


@pytest.fixture(params=[("en", DESK), ("zh-hans", PHONE)], ids=["en", "zh-hans"])
def keys(request, open_page, live_server, settings) -> Keys:
    settings.SECOND_FACTOR_ROLES = []
    settings.MAIL_TRANSPORT = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    language, size = request.param
    page = open_page(viewport=size, bypass_csp=True)
    client = Client()
    client.force_login(make.organizer(language=language))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    named = {"name": "django_language", "value": language}
    page.context.add_cookies([one | {"url": live_server.url} for one in [cookie, named]])
    return Keys(page, language)


@pytest.fixture
def edition():
    """A conference of next month with two guests who accepted and one who did not."""
    first = timezone.localdate() + timedelta(days=30)
    made = make.edition(starts_on=first, ends_on=first + timedelta(days=2))
    for status in ["accepted", "accepted", "sent"]:
        make.invitation(edition=made, status=status)
    return made


def choose_audience(keys: Keys) -> None:
    keys.page.goto(reverse("admin:attendees_audience_add"))
    keys.write("name", "Those who come")
    keys.press("[name=_save]")
    keys.tick("[name=filter_status][value=accepted]")
    keys.look()
    keys.press("[name=_save]")
    keys.look()
    assert Audience.objects.get().filters == {"status": ["accepted"]}


def write_letter(keys: Keys) -> None:
    keys.press("a[href*='campaign/add']")
    for name, text in [("name_en", "Welcome"), ("name_zh_hans", "欢迎")]:
        keys.write(name, text)
    keys.write("subject_en", "See you in {town}")
    keys.write("subject_zh_hans", "{city}见")
    keys.write("text_en", "Dear {name}, the doors open at nine.\n\n{answer_link}")
    keys.write("text_zh_hans", "{name}您好，会场九时开放。")
    keys.press("[name=_save]")
    assert "{town}" in keys.page.locator("#id_subject_en").input_value()
    keys.look()
    keys.write("subject_en", "See you in ")
    keys.page.keyboard.press("End")
    keys.page.keyboard.press("Shift+Tab")  # back from the texts to the buttons above them
    back_to(keys, "{city}")
    keys.page.keyboard.press("Enter")
    assert keys.page.locator("#id_subject_en").input_value() == "See you in {city}"
    keys.press("[name=_save]")


def back_to(keys: Keys, placeholder: str) -> None:
    """Go backwards to the button that types a placeholder."""
    for _key in range(MOST_KEYS):
        if keys.page.evaluate("document.activeElement?.textContent") == placeholder:
            return
        keys.page.keyboard.press("Shift+Tab")
    raise AssertionError(f"No key leads to {placeholder}")


def look_at_letters(keys: Keys) -> None:
    assert keys.page.locator("mark").count() >= 2
    keys.look()
    keys.press("a[rel=next]")
    keys.press("nav a[href*='language=zh-hans']")
    keys.says("会场九时开放")
    keys.press("button[name=test]")
    keys.look()
    assert Message.objects.get().kind == "campaign_test"


def send(keys: Keys) -> None:
    keys.press(".office-button-main[href$='/send/']")
    keys.look()
    keys.press("button[name=confirm]")
    keys.look()
    assert run(Job.objects.get(kind="campaign").pk)
    deliver_due()
    settle_campaigns()
    keys.page.reload()
    keys.says(keys.words("Sent"))


def test_campaign_goes_from_audience_to_sent_by_keyboard(keys, edition):
    choose_audience(keys)
    write_letter(keys)
    look_at_letters(keys)
    send(keys)

    assert Campaign.objects.get().state == Campaign.State.SENT
    letters = Message.objects.filter(kind="campaign", state=Message.State.SENT)
    assert len(letters) == 2
    assert re.search(r"Dear Guest \d+, the doors open", letters[0].text)
    assert complaints(keys.page) == third_party_requests(keys.page) == []
