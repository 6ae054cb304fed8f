"""One competition in one piece, in a browser: from the call on the landing page to the reveal.

With `WALK_PICTURES` set to a folder, every stop leaves a picture there.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from attendees.models import Person
from events import doors
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from hrconf.mailing.models import Message
from projects.models import Decision, DecisionLetter, Project, Round, Score
from projects.services.applications import Given, save_step, submit
from projects.services.reviewers import reviewer_link
from projects.services.trail import verify_trail
from tests import make
from tests.browser.conftest import PHONE
from tests.browser.watch import complaints, overflow
from tests.projects import make_call, make_screening
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = {"starts_on": date(2117, 11, 8), "ends_on": date(2117, 11, 10)}
TABLET = {"width": 820, "height": 1180}
HALL = {"width": 1920, "height": 1080}
REFUSED = "status of 422"  # how a browser words that wrong input was refused
PICTURES = os.environ.get("WALK_PICTURES", "")
TITLES = ["A quantum link over West Lake", "Keys from noise", "Slow light"]
POINTS = {TITLES[0]: [9, 9], TITLES[1]: [6, 7], TITLES[2]: [4, 3]}


@pytest.fixture(autouse=True)
def own_place(settings, live_server, tmp_path):
    settings.BASE_URL = live_server.url
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_ROLES = []


class Walk:
    """The windows of those who take part, and what each of them does."""

    def __init__(self, open_page, live_server, folder) -> None:
        self.open_page, self.url, self.folder = open_page, live_server.url, folder
        names = {"name_en": "Hangzhou Conference", "name_zh_hans": "杭州大会"}
        self.edition = make.edition(slug="2117", **names, **DAYS)
        self.sector = make.sector(name_en="Quantum technology", name_zh_hans="量子科技")
        self.kind = make_call.kind(make_call.call(self.edition), slug="team", needs_deck=True)
        self.stops = 0
        self.desk = self.office()

    def office(self):
        page, client = self.open_page(), Client()
        client.force_login(make.organizer(name="林越"))
        cookies = {
            "sessionid": client.cookies["sessionid"].value,
            django_settings.LANGUAGE_COOKIE_NAME: "en",
        }
        page.context.add_cookies(
            [{"name": n, "value": v, "url": self.url} for n, v in cookies.items()]
        )
        return page

    def stop(self, page, name: str) -> None:
        """Nothing is broken here; leave a picture if asked."""
        self.stops += 1
        assert [line for line in complaints(page) if REFUSED not in line] == [], name
        assert overflow(page) <= 0, name
        if PICTURES:
            folder = Path(PICTURES)
            folder.mkdir(exist_ok=True)
            page.screenshot(path=folder / f"{self.stops:02}-{name}.png", full_page=True)

    def mailed(self, kind: str, to: str) -> str:
        """The link in the last mail of a kind."""
        text = Message.objects.filter(kind=kind, to_address=to).latest("pk").text
        return re.search(r"https?://\S+", text).group()

    def press(self, page, name: str, **which) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name, **which).first.click()

    # Who applies ------------------------------------------------------------------------

    def apply(self) -> None:
        """On a phone: from the landing page to the receipt."""
        phone = self.open_page(viewport=PHONE, has_touch=True, is_mobile=True)
        doors.forget()
        phone.goto("/en/2117/")
        self.stop(phone, "landing")
        phone.get_by_role("link", name="To the call").click()
        self.stop(phone, "call")
        phone.get_by_role("link", name="Apply: Startup team").click()
        self.begin(phone)
        self.fill(phone)
        self.name_member(phone)
        self.send(phone)

    def begin(self, phone) -> None:
        phone.get_by_label("Title of the project").fill(TITLES[0])
        phone.get_by_label("Sector").select_option(label="Quantum technology")
        phone.get_by_label("Name in your own script").fill("陈静")
        phone.get_by_label("E-mail").fill("not an address")
        self.press(phone, "Send me the link")
        expect(phone.get_by_label("Title of the project")).to_have_value(TITLES[0])
        expect(phone.locator("main")).to_contain_text("Enter a valid email address")
        self.stop(phone, "wrong-address")
        phone.get_by_label("E-mail").fill("chen.jing@guests.example")
        phone.get_by_label("Country or region").select_option("CN")
        self.press(phone, "Send me the link")
        phone.goto(self.mailed("apply", "chen.jing@guests.example"))
        self.press(phone, "Open the application")

    def fill(self, phone) -> None:
        phone.get_by_label("Description in English").fill("Keys that nobody copies.")
        phone.get_by_label("Country or region").select_option("CN")
        phone.get_by_text("Pilot", exact=True).click()
        expect(phone.locator("[data-save-state]")).to_contain_text("Saved at")
        self.stop(phone, "step-project")
        self.press(phone, "Save and go on")

    def name_member(self, phone) -> None:
        if not phone.url.endswith("/team/"):
            phone.goto(re.sub(r"/[a-z]+/$", "/team/", phone.url))
        phone.get_by_label("Name in Latin letters").fill("Ann Lee")
        phone.get_by_label("E-mail").fill("ann@guests.example")
        self.press(phone, "Send the link")
        self.stop(phone, "step-team")
        member = self.open_page(viewport=PHONE)
        member.goto(self.mailed("team_member", "ann@guests.example"))
        member.get_by_label("Your role in the project").fill("Chief engineer")
        member.get_by_label("About you").fill("Built two of these.")
        self.press(member, "I am in the team")
        self.stop(member, "member")

    def send(self, phone) -> None:
        phone.goto(re.sub(r"/[a-z]+/(\?.*)?$", "/files/", phone.url))
        deck = {"name": "deck.txt", "mimeType": "text/plain", "buffer": b"no deck"}
        phone.locator('input[type="file"]').first.set_input_files(deck)
        self.press(phone, "Upload the deck")
        assert phone.locator("[role=alert], .invalid-feedback").first.is_visible()
        phone.locator('input[type="file"]').first.set_input_files(
            {"name": "deck.pdf", "mimeType": "application/pdf", "buffer": make_call.pdf()}
        )
        self.press(phone, "Upload the deck")
        self.stop(phone, "step-files")
        phone.get_by_role("link", name="Go on").click()
        self.stop(phone, "step-send")
        self.press(phone, "Send the application")
        expect(phone.locator("main")).to_contain_text("P-0001")
        self.stop(phone, "sent")

    # The office and its reviewers -----------------------------------------------------------

    def screen(self) -> None:
        """A panel reads, the office decides quietly and releases."""
        for title in TITLES[1:]:
            row = make_call.application(self.kind, sector=self.sector, title=title)
            make_call.file(project=row.project)
            told = Given("project", valid=make_call.FACTS | {"title_en": title})
            save_step(row.pk, told, edits=None)
            submit(row.pk)
        projects = Project.objects.filter(edition=self.edition)
        projects.update(status="eligible")
        phase = make_screening.phase(edition=self.edition, name_en="Panel")
        reviewer = make_screening.reviewer(self.edition, person=make.person(name_latin="Eva Rossi"))
        for one in projects:
            make_screening.review(phase, one, reviewer)
        self.review(reviewer)
        self.decide(phase)

    def review(self, reviewer) -> None:
        page = self.open_page(viewport=TABLET)
        page.goto(reviewer_link(reviewer, "en"))
        self.stop(page, "reviewer")

    def decide(self, phase) -> None:
        board = reverse("admin:projects_reviewphase_board", args=[phase.pk])
        self.desk.goto(board)
        for box in self.desk.locator('input[name="project"]').all():
            box.check()
        self.desk.locator("#board-note").fill("All three are to be heard.")
        self.desk.locator("#board-outcome").select_option("accept")
        self.press(self.desk, "Decide quietly")
        assert DecisionLetter.objects.count() == 0
        self.stop(self.desk, "board-pending")
        self.press(self.desk, "Release them: letters go out")
        run(Job.objects.latest("pk").pk)
        self.desk.goto(board)
        self.stop(self.desk, "board-released")

    # The competition ----------------------------------------------------------------------------

    def compete(self) -> Round:
        made = mc.round_of(
            competition=mc.competition(edition=self.edition), cards_per_entry=2, winners=3
        )
        mc.criterion(round=made, name_en="Idea", name_zh_hans="创意")
        mc.prize(round=made)
        jurors = [mc.juror(round=made) for _n in range(2)]
        self.enter(made)
        chair = reverse("admin:projects_round_chair", args=[made.pk])
        self.desk.goto(chair)
        self.press(self.desk, "Give out the cards")
        self.press(self.desk, "Open the round")
        self.press(self.desk, "Mail the jury their links")
        for number, juror in enumerate(jurors):
            self.judge(juror.person, number)
        self.desk.goto(chair)
        self.stop(self.desk, "chair-open")
        self.press(self.desk, "Close the round")
        self.press(self.desk, "Freeze and publish the ranking")
        self.stop(self.desk, "chair-published")
        return made

    def enter(self, made: Round) -> None:
        """All accepted projects, from the board of the pipeline."""
        self.desk.goto(reverse("admin:projects_project_pipeline"))
        for box in self.desk.locator('input[name="project"]').all():
            box.check()
        self.desk.locator("#pipeline-step").select_option("enter")
        with self.desk.expect_navigation():
            self.desk.get_by_role("button", name="Show who would move").click()
        self.desk.get_by_label("Round").select_option(str(made.pk))
        self.stop(self.desk, "enter")
        with self.desk.expect_navigation():
            self.desk.locator('button[name="confirm"]').click()
        assert made.entries.count() == 3

    def judge(self, person: Person, number: int) -> None:
        tablet = self.open_page(viewport=TABLET, has_touch=True)
        tablet.goto(self.mailed("jury_link", person.email))
        for title, points in POINTS.items():
            card = tablet.locator(".entry-card", has_text=title)
            card.locator(f'[type="radio"][value="{points[number]}"]').check(force=True)
            card.locator("[data-state]", has_text="Kept").first.wait_for()
        self.stop(tablet, f"juror-{number + 1}")

    def reveal(self, made: Round) -> None:
        """Third, second, first: the chair's key, the screen in the hall, the public page."""
        hall = self.open_page(viewport=HALL)
        hall.goto(reverse("projects:reveal", args=["2117", made.number]))
        hall.get_by_text("And the winners are").wait_for()
        for step in (1, 2, 3):
            with self.desk.expect_navigation():
                self.desk.keyboard.press("PageDown")
            hall.locator(f'main[data-places="{step}"]').wait_for()
            self.stop(hall, f"reveal-{step}")
        for language in ("en", "zh-hans"):
            public = self.open_page(viewport=PHONE)
            public.goto(f"/{language}/2117/competition/")
            assert TITLES[0] in public.locator(".winner.is-first").text_content()
            self.stop(public, f"winners-{language}")


def test_competition_runs_from_the_call_to_the_reveal(open_page, live_server, tmp_path):
    walk = Walk(open_page, live_server, tmp_path)

    walk.apply()
    walk.screen()
    made = walk.compete()
    walk.reveal(made)

    made.refresh_from_db()
    assert Decision.objects.exclude(released_at=None).count() == DecisionLetter.objects.count() == 3
    assert Score.objects.filter(round=made, kind="score").count() == 6
    assert verify_trail(made) is None
    assert [row["place"] for row in made.published["standings"]] == [1, 2, 3]
