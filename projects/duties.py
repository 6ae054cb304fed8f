"""Where somebody has to be for their project: at meetings that are agreed."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from attendees.duties import Duty, duties
from attendees.models import Registration
from events.programme import Programme
from projects.models import Meeting


@duties
def meetings(registration: Registration, _programme: Programme) -> Iterator[Duty]:
    """Confirmed meetings from either side of the table."""
    person = registration.person_id
    rows = Meeting.objects.filter(edition=registration.edition, status=Meeting.Status.CONFIRMED)
    mine = rows.filter(Q(project__holder=person) | Q(counterpart__person=person))
    for meeting in mine.select_related("project", "counterpart__person", "booking__room"):
        other = meeting.project.title
        if meeting.counterpart.person_id != person:
            other = str(meeting.counterpart.person)
        tz, during = registration.edition.tz, meeting.booking.during
        title = _("Meeting with %(other)s") % {"other": other}
        start, end = during.lower.astimezone(tz), during.upper.astimezone(tz)
        yield Duty(start, end, title, str(meeting.booking.room.name))
