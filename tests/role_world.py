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
from tests import make
from tests.attendees import make_campaigns, make_forms, make_seats, make_visas
from tests.events import make_programmes
from tests.office.rows import ROWS
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
        self.hidden_agreement = make.agreement(edition=self.hidden)
        self.favourites_token = calendar_token(list_of(self.users["owner"], self.edition))
        self.foreign_favourites_token = calendar_token(list_of(self.somebody, self.ahead))
        self.heartbeat = Heartbeat.objects.create(name="test", beat_at=timezone.now())

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
