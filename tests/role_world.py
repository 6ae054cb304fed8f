"""The world in which the role matrix is tried: everybody of WHO, and rows for each address."""

import time
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from attendees.models import AnswerFile, GuestList, RegistrationRequest
from attendees.services.delegations import delegation_token
from attendees.services.letters import invitation_token, registration_token
from attendees.services.registering import proof_token
from events.models import Room
from events.services.favourites import calendar_token, list_of
from events.services.releases import release_schedule
from hrconf.accounts.models import User
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Heartbeat, Job
from hrconf.lib.tokens import make_token
from hrconf.mailing.models import Attachment
from projects.services.applying import own_token
from projects.services.applying import proof_token as application_proof
from projects.services.reviewers import reviewer_token
from projects.services.scoring import juror_token
from projects.services.showcase import page_token
from projects.services.takeovers import ask_takeover, takeover_token
from projects.services.teams import ask_member, member_token
from tests import make
from tests.attendees import make_campaigns, make_forms, make_seats, make_visas
from tests.events import make_programmes
from tests.office.rows import ROWS
from tests.projects import make_call, make_competition, make_screening, make_showcase
from tests.role_matrix import WHO

AHEAD_DAYS = {"starts_on": date(2117, 11, 8), "ends_on": date(2117, 11, 10)}
PASSWORD = "west-lake-in-november"


class World:
    """Made once for all tests of the matrix; each request is rolled back."""

    def __init__(self) -> None:
        self.edition = make_programmes.conference(slug="2017")
        self.plan = self.make_plan()
        self.portrait_name = self.show_portrait()
        self.programmed = self.edition.sessions.get(code="opening")
        self.hidden = make.edition(slug="2018", is_public=False)
        self.ahead = make.edition(slug="2117", year=2117, **AHEAD_DAYS)
        self.somebody = make.user(email="somebody@else.example", is_staff=True)
        self.users = {who: self.make_user(who) for who in WHO if who != "anonymous"}
        self.cookies = {who: self.sign_in(user) for who, user in self.users.items()}
        person = make.person(email="owner@guests.example", user=self.users["owner"])
        self.invitation = make.invitation(edition=self.ahead, person=person, status="sent")
        self.registration = make.registration(
            edition=self.ahead, person=person, invitation=self.invitation
        )
        self.make_forms(person)
        asked = make_visas.visa_request(self.registration, state="issued")
        self.visa_letter = make_visas.letter(asked)
        self.foreign_visa_letter = ROWS["attendees.visaletter"]()
        self.talk = make_seats.bookable(self.ahead, datetime(2117, 11, 8, 1, tzinfo=UTC))
        make_seats.release(self.ahead)
        self.bus = make_seats.bus(make_seats.visit(self.ahead))
        self.foreign_bus = make_seats.bus(make_seats.visit())
        self.message = make.message(html="<p>Text</p>")
        self.stop = ROWS["mailing.suppression"]()
        self.done = make.done_deed()
        self.rule = ROWS["attendees.reminderrule"]()
        self.campaign = make_campaigns.campaign(edition=self.ahead)
        self.file, self.foreign_file = self.make_file(), self.make_file()
        Attachment.objects.filter(pk=self.file.pk).update(message=self.message)
        self.agreement = make.agreement(edition=self.edition)
        self.final = make_competition.final(
            competition=make_competition.competition(edition=self.ahead)
        )
        for edition in [self.edition, self.hidden]:
            contest = make_competition.competition(edition=edition)
            make_competition.published(competition=contest)
            self.audience = make_competition.audience(competition=contest, number=2)
        self.phase = make_screening.phase(edition=self.ahead)
        self.review = make_screening.review(self.phase)
        self.reviewed = self.review.project
        self.unreviewed = make_screening.project(self.ahead)
        self.applied = make_screening.project(self.ahead, status="applied")
        self.hidden_agreement = make.agreement(edition=self.hidden)
        self.favourites_token = calendar_token(list_of(self.users["owner"], self.edition))
        self.foreign_favourites_token = calendar_token(list_of(self.somebody, self.ahead))
        self.paper = make_call.file(edition=self.edition)
        self.judged_paper = make_call.file(project=self.final.entries.first().project)
        open_phase = make_screening.phase(edition=self.ahead)
        self.open_review = make_screening.review(open_phase)
        self.reviewed_paper = make_call.file(project=self.open_review.project)
        self.make_calls()
        self.showcase_page = make_showcase.page(edition=self.edition, is_approved=True)
        self.heartbeat = Heartbeat.objects.create(name="test", beat_at=timezone.now())

    def make_calls(self) -> None:
        """Applications to a call ahead, of each state that a link leads to; and elsewhere."""
        kind = make_call.kind(make_call.call(self.ahead), slug="team")
        elsewhere = make_call.kind(make_call.call(self.hidden), slug="team")
        self.proof, self.foreign_proof = make_call.request(kind), make_call.request(elsewhere)
        self.application, self.foreign_application = make_call.sent(kind), make_call.sent(elsewhere)
        self.application_paper = make_call.file(project=self.application.project)
        names = {"name_native": "", "name_latin": "Ann Lee", "email": "ann.lee@guests.example"}
        self.members, self.takeovers = [
            [
                ask(one.pk, names, language="en")
                for one in [self.application, self.foreign_application]
            ]
            for ask in [ask_member, ask_takeover]
        ]

    @property
    def call_tokens(self) -> dict[str, tuple[str, str]]:
        """For each link of the call, one that opens and one of an edition that is not public."""
        ours, theirs = self.application, self.foreign_application
        return {
            "prove": (application_proof(self.proof), application_proof(self.foreign_proof)),
            "application": (own_token(ours), own_token(theirs)),
            "member": (member_token(self.members[0]), member_token(self.members[1])),
            "takeover": (takeover_token(self.takeovers[0]), takeover_token(self.takeovers[1])),
        }

    def show_portrait(self) -> str:
        """A speaker is released with a picture; its name is part of its address."""
        speaker = self.edition.speakers.get(code="wang-jianguo")
        speaker.portrait.save("portrait.jpg", ContentFile(make_forms.png()))
        make_seats.release(self.edition)
        return PurePosixPath(speaker.portrait.name).stem

    def make_user(self, who: str) -> User:
        email = f"{who.replace('_', '-')}@matrix.example"
        if who in Role.values:
            return make.office(Role(who), email=email, password=PASSWORD)
        is_superuser = who == "superuser"
        password = PASSWORD if is_superuser else None
        rights = {"is_superuser": is_superuser, "is_staff": is_superuser}
        return make.user(email=email, password=password, **rights)

    def sign_in(self, user: User) -> str:
        """The session key of somebody who has just entered their password."""
        client = Client()
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time() + 3600}
        ]
        session["account_authentication_methods_user"] = str(user.pk)
        session["_account_authentication_methods_user"] = str(user.pk)
        session.save()
        return session.session_key

    def client(self, who: str) -> Client:
        client = Client()
        if who in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[who]
        return client

    # What addresses need --------------------------------------------------------------

    @property
    def invitation_token(self) -> str:
        return invitation_token(self.invitation)

    @property
    def registration_token(self) -> str:
        return registration_token(self.registration)

    @property
    def juror_token(self) -> str:
        return juror_token(self.final.jurors.first())

    @property
    def foreign_juror_token(self) -> str:
        return juror_token(make_competition.final().jurors.first())

    @property
    def vote_token(self) -> str:
        contest = self.final.competition
        vote = make_competition.audience(competition=contest, number=contest.rounds.count() + 1)
        return make_token("vote", vote.pk, vote.entries.first().pk, 1)

    @property
    def foreign_vote_token(self) -> str:
        vote = make_competition.audience()
        return make_token("vote", vote.pk, vote.entries.first().pk, 1)

    @property
    def reviewer_token(self) -> str:
        return reviewer_token(self.review.reviewer)

    @property
    def open_reviewer_token(self) -> str:
        return reviewer_token(self.open_review.reviewer)

    @property
    def foreign_reviewer_token(self) -> str:
        return reviewer_token(make_screening.reviewer(self.hidden))

    @property
    def showcase_token(self) -> str:
        return page_token(make_showcase.page(edition=self.ahead))

    @property
    def foreign_showcase_token(self) -> str:
        return page_token(make_showcase.page(edition=self.hidden))

    @property
    def unsubscribe_token(self) -> str:
        return make_token("unsubscribe", self.message.message_id.int)

    @property
    def foreign_invitation_token(self) -> str:
        return invitation_token(make.invitation(edition=self.hidden, status="sent"))

    @property
    def foreign_registration_token(self) -> str:
        return registration_token(make.registration(edition=self.hidden))

    def make_plan(self) -> str:
        """The plan of a room, released; the name of its picture."""
        hall = Room.objects.get(slug="hall")
        hall.plan_alt_en = "Left of the doors"
        hall.plan.save("plan.webp", ContentFile(b"a picture"))
        release_schedule(self.edition.pk)
        return Path(hall.plan.name).name

    def make_forms(self, person: Any) -> None:
        """A follow-up form, files that answer a question, requests to register."""
        self.form = form = make_forms.form(edition=self.ahead, slug="travel")
        form.asked_after.add(self.registration.category)
        question = make_forms.question(form, "ticket", "file")
        elsewhere = make.registration(edition=self.ahead)
        self.answer_file, self.foreign_answer_file = (
            self.make_answer_file(one, question) for one in [self.registration, elsewhere]
        )
        picture = make_forms.question(form, "portrait", "picture")
        self.answer_picture, self.foreign_answer_picture = (
            self.make_answer_file(one, picture, "a.png", "image/png")
            for one in [self.registration, elsewhere]
        )
        visitors = make.category(self.ahead, "visitor", is_open_to_all=True)
        hidden = make.category(self.hidden, "visitor", is_open_to_all=True)
        fields = {"name_latin": "Guest", "email": person.email}
        self.request, self.foreign_request = (
            RegistrationRequest.objects.create(category=one, **fields) for one in [visitors, hidden]
        )

    def make_answer_file(
        self, registration: Any, question: Any, name: str = "a.pdf", kind: str = "application/pdf"
    ) -> AnswerFile:
        fields = {"name": name, "content_type": kind, "size": 1}
        made = AnswerFile(registration=registration, field=question, **fields)
        made.file.save("a", ContentFile(make_forms.png() if kind == "image/png" else b"-"))
        return made

    @property
    def delegation_token(self) -> str:
        return delegation_token(make.delegation(edition=self.ahead, leader=make.person()))

    @property
    def foreign_delegation_token(self) -> str:
        return delegation_token(make.delegation(edition=self.hidden, leader=make.person()))

    @property
    def proof_token(self) -> str:
        return proof_token(self.request)

    @property
    def foreign_proof_token(self) -> str:
        return proof_token(self.foreign_request)

    def make_job(self, user: User | None) -> Job:
        job = Job(
            kind="people_export",
            title="People",
            state=Job.State.DONE,
            finished_at=timezone.now(),
            result_name="people.xlsx",
            created_by=user or self.somebody,
        )
        job.result.save("people.xlsx", ContentFile(b"-"), save=True)
        return job

    def make_file(self) -> Attachment:
        fields = {"filename": "a.txt", "mimetype": "text/plain", "content": b"-"}
        return Attachment.objects.create(message=make.message(), **fields)

    def make_passkey(self, user: User | None) -> Any:
        data = {"name": "Key", "credential": {}}
        return (user or self.somebody).authenticator_set.create(type="webauthn", data=data)

    # One row of each list of the office ---------------------------------------------------

    def row(self, name: str) -> Any:
        """A row of a model, as its list shows it."""
        label, _stroke, kind = name.partition("/")
        if label == "jobs.heartbeat":
            return self.heartbeat
        if label == "jobs.job":
            return self.make_job(None)
        if label == "auth.group":
            return Group.objects.first()
        if label == "attendees.campaign":
            return make_campaigns.campaign()  # one that goes out is changed by nobody
        if label == "attendees.guestlist":
            return GuestList.objects.create(edition=self.edition, name="guests.xlsx")
        return make.agreement(status=kind) if kind else ROWS[label]()
