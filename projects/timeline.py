"""What projects add to the thread of a person: their projects and their meetings."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from attendees.models import Person
from attendees.timeline import MOST, Entry, contributes
from hrconf.accounts.models import User
from hrconf.accounts.templatetags.look import tone
from hrconf.office.links import office_link
from projects.models import Application, Meeting


@contributes
def projects(person: Person, user: User) -> Iterator[Entry]:
    if not user.has_perm("projects.view_project"):
        return
    for project in person.projects.select_related("edition", "sector")[:MOST]:
        yield Entry(
            project.invited_on or project.created_at,
            _("Brings the project “%(title)s”: %(status)s")
            % {"title": project.title, "status": project.get_status_display()},
            text=f"{project.reference} · {project.sector}",
            url=office_link(project, user),
            tone=tone(project.status),
            icon="rocket_launch",
            edition=project.edition,
        )


@contributes
def applications(person: Person, user: User) -> Iterator[Entry]:
    """Applications that they began, and teams that they are in."""
    if not user.has_perm("projects.view_application"):
        return
    related = ["application__project__edition", "application__kind"]
    for one in person.applications.select_related("project__edition", "kind")[:MOST]:
        yield application_entry(one, user, _("Began the application “%(title)s”"), one.created_at)
    for part in person.teams.select_related(*related)[:MOST]:
        title = _("Asked into the team of “%(title)s”")
        at = part.answered_at or part.asked_at
        state = part.get_state_display()
        yield application_entry(part.application, user, title, at, state)


def application_entry(
    one: Application, user: User, title: str, at: datetime, state: str = ""
) -> Entry:
    state = state or (_("Sent") if one.submitted_at else _("Begun"))
    return Entry(
        at,
        title % {"title": one.project.title},
        text=f"{one.kind} · {state}",
        url=office_link(one, user),
        icon="edit_note",
        edition=one.edition,
    )


@contributes
def meetings(person: Person, user: User) -> Iterator[Entry]:
    """Meetings from either side: with their project, or as the counterpart of one."""
    if not user.has_perm("projects.view_meeting"):
        return
    found = Meeting.objects.filter(Q(project__holder=person) | Q(counterpart__person=person))
    related = ["project", "counterpart__person", "booking__room", "edition"]
    for meeting in found.select_related(*related)[:MOST]:
        yield meeting_entry(meeting, person, office_link(meeting, user))


def meeting_entry(meeting: Meeting, person: Person, url: str) -> Entry:
    is_holder = meeting.counterpart.person_id != person.pk
    other = meeting.counterpart.person if is_holder else meeting.project.title
    room = meeting.booking.room if meeting.booking else None
    return Entry(
        meeting.booking.during.lower if meeting.booking else meeting.created_at,
        _("Meeting with %(other)s: %(status)s")
        % {"other": other, "status": meeting.get_status_display()},
        text=str(room or ""),
        url=url,
        tone=tone(meeting.status),
        icon="handshake",
        edition=meeting.edition,
    )
