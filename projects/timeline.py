"""What projects add to the thread of a person: their projects and their meetings."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from attendees.models import Person
from attendees.timeline import MOST, Entry, contributes
from hrconf.accounts.models import User
from hrconf.accounts.templatetags.look import tone
from hrconf.office.links import office_link
from projects.models import Meeting


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
