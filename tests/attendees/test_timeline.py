"""The thread of a person: every storey contributes, in order, within rights."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from attendees.models import Contact, Invitation, Mark, Seat, VisaReveal, Wait
from attendees.services.answers import accept_invitation, hold_invitation
from attendees.services.courting import note_contact
from attendees.timeline import Entry, chapters_of, thread_of
from hrconf.accounts.roles import Role
from projects.models import Application, TeamMember
from tests import make
from tests.attendees import make_visas
from tests.projects import make_call

pytestmark = pytest.mark.django_db
START = datetime(2017, 9, 1, 1, tzinfo=UTC)


def after(days: int) -> datetime:
    return START + timedelta(days=days)


@pytest.fixture
def guest():
    """Someone who was invited, mailed, registered, came, met a host, and signed."""
    edition = make.edition()
    person = make.person(name_native="张伟", name_latin="Zhang Wei")
    invitation = make.invitation(
        edition=edition,
        person=person,
        association=make.association(),
        owner=make.user(),
        status=Invitation.Status.ACCEPTED,
        created_at=START,
        answered_at=after(5),
    )
    make.message(
        recipient=f"person:{person.pk}", state="sent", created_at=after(1), sent_at=after(2)
    )
    registration = make.registration(
        edition=edition,
        person=person,
        invitation=invitation,
        submitted_at=after(6),
        decided_at=after(7),
        decided_by=make.user(),
    )
    session = make.session(edition=edition)
    Seat.objects.create(registration=registration, session=session, created_at=after(8))
    make.checkin(registration=registration, at=after(68), by=make.user())
    project = make.project(edition=edition, holder=person, invited_on=date(2017, 9, 20))
    booking = make.booking(starts_at=after(68) + timedelta(hours=5), room=make.room())
    meeting = make.meeting(project=project, booking=booking)
    make.agreement(edition=edition, project=project, meeting=meeting)
    return person


def test_thread_tells_everything_the_newest_first(guest):
    thread = thread_of(guest, make.user(is_staff=True, is_superuser=True))

    assert [entry.icon for entry in thread] == [
        "contract",
        "handshake",
        "login",
        "rocket_launch",
        "event_seat",
        "how_to_reg",
        "app_registration",
        "reply",
        "mail",
        "person_add",
    ]
    assert all(entry.url for entry in thread)


def test_thread_is_of_this_person_alone(guest):
    other = make.person()

    assert thread_of(other, make.user(is_staff=True, is_superuser=True)) == []


@pytest.mark.parametrize(
    ("role", "icons"),
    [
        (Role.DESK, {"login", "app_registration", "how_to_reg"}),
        (Role.STAFF, {"contract", "handshake", "rocket_launch"}),
        (Role.PRESS, set()),
    ],
)
def test_thread_shows_nobody_more_than_their_role_may_see(guest, role, icons):
    thread = thread_of(guest, make.office(role))

    assert {entry.icon for entry in thread} == icons


def test_meeting_is_in_the_thread_of_both_sides():
    meeting = make.meeting()
    user = make.user(is_staff=True, is_superuser=True)

    of_holder = thread_of(meeting.project.holder, user)
    of_counterpart = thread_of(meeting.counterpart.person, user)

    assert any(str(meeting.counterpart.person) in entry.title for entry in of_holder)
    assert any(meeting.project.title in entry.title for entry in of_counterpart)


@pytest.mark.parametrize("many", [1, 20])
def test_thread_costs_the_same_however_much_happened(many, django_assert_num_queries):
    person = make.person()
    for _each in range(many):
        registration = make.registration(person=person)
        Seat.objects.create(
            registration=registration, session=make.session(edition=registration.edition)
        )
        wait = Wait.objects.create(registration=registration, category=registration.category)
        wait.steps.create(kind="put", by=make.user())
        make.checkin(registration=registration, by=make.user())
        asked = make_visas.visa_request(registration, state="issued")
        make_visas.letter(asked, issued_by=make.user())
        VisaReveal.objects.create(request=asked, what="data", reason="Compare", by=make.user())
        make.meeting(project=make.project(holder=person), booking=make.booking(room=make.room()))
        make.agreement(project=make.project(holder=person))
        begun = make_call.application()
        Application.objects.filter(pk=begun.pk).update(applicant=person)
        TeamMember.objects.create(application=begun, person=person, name_latin="Ann Lee")
        make.message(recipient=f"person:{person.pk}")
        invited = make.invitation(person=person, association=make.association(), owner=make.user())
        Mark.objects.create(invitation=invited, kind="expired", status="expired", by=make.user())
        Contact.objects.create(invitation=invited, on=date(2017, 9, 1), text="Yes", by=make.user())

    # invitations, their marks and conversations with who wrote them, registrations, changes of
    # answers, waits with their steps and who took these, seats, visa letters asked for and issued
    # with who did, looks at the data with who took them, check-ins, mails, merges, projects,
    # applications begun, teams, meetings, agreements
    with django_assert_num_queries(26):
        thread_of(person, SUPERUSER)


class Superuser:
    """May everything and asks no database."""

    def has_perm(self, name: str) -> bool:
        return True


SUPERUSER = Superuser()


def test_thread_tells_each_answer_and_each_conversation():
    invitation = make.invitation(status="sent", edition=make.edition(ends_on=date(2117, 1, 1)))
    hold_invitation(invitation.pk, decide_by=invitation.edition.ends_on, note="Perhaps")
    accept_invitation(invitation.pk, note="Yes")
    note_contact([invitation.pk], by=make.user(), on=date(2017, 9, 1), way="phone", text="Is keen")

    thread = thread_of(invitation.person, make.user(is_staff=True, is_superuser=True))

    told = {(entry.title, entry.text) for entry in thread}
    assert {
        ("Answered the invitation to 2017: Accepted", "Yes"),
        ("Answered the invitation to 2017: Tentative", "2117-01-01 · Perhaps"),
        ("Conversation: Phone", "Is keen"),
    } <= told


def test_a_day_without_a_time_stands_at_its_end():
    morning = Entry(datetime(2017, 11, 8, 1, tzinfo=UTC), "Arrived")
    signed = Entry(date(2017, 11, 8), "Signed")

    assert signed.instant > morning.instant
    assert not signed.has_time


def test_page_of_a_registration_shows_the_thread(client, guest):
    client.force_login(make.organizer())
    registration = guest.registrations.get()

    page = client.get(reverse("admin:attendees_registration_change", args=[registration.pk]))

    assert [entry.icon for entry in page.context["thread"]][:2] == ["contract", "handshake"]
    assert "张伟 · Zhang Wei" in page.content.decode()


def test_thread_is_told_edition_by_edition_the_newest_first(guest):
    later = make.edition(year=2018, starts_on=date(2018, 11, 8), ends_on=date(2018, 11, 10))
    make.registration(person=guest, edition=later, submitted_at=after(300), decided_at=after(301))
    user = make.user(is_staff=True, is_superuser=True)
    thread = thread_of(guest, user)

    chapters = chapters_of(thread)

    assert [chapter.edition.year for chapter in chapters] == [2018, 2017]
    assert [len(chapter.entries) for chapter in chapters] == [2, len(thread) - 2]
    # A mail names no edition: it stands with the edition of its year.
    assert "mail" in [entry.icon for entry in chapters[1].entries]


def test_what_belongs_to_no_edition_stands_last(guest):
    make.message(recipient=f"person:{guest.pk}", created_at=datetime(2011, 1, 1, tzinfo=UTC))
    user = make.user(is_staff=True, is_superuser=True)

    chapters = chapters_of(thread_of(guest, user))

    assert (chapters[-1].edition, len(chapters[-1].entries)) == (None, 1)


def test_a_mail_stands_with_the_edition_it_is_about_also_in_the_year_before(guest):
    invitation = guest.invitations.get()
    occasion = f"invitation:{invitation.pk}:1"
    at = datetime(2016, 12, 1, tzinfo=UTC)
    make.message(recipient=f"person:{guest.pk}", occasion=occasion, created_at=at)

    chapters = chapters_of(thread_of(guest, make.user(is_staff=True, is_superuser=True)))

    assert [chapter.edition for chapter in chapters] == [invitation.edition]
