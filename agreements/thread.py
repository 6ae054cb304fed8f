"""The thread of an agreement: invitation, registration, project, meeting, signature."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from agreements.models import Agreement
from agreements.services.history import marks_of
from attendees.timeline import Entry, invitation_entries
from attendees.timeline_registrations import registration_entries
from hrconf.accounts.models import User
from hrconf.accounts.templatetags.look import tone
from hrconf.office.links import office_link


def thread_of(agreement: Agreement, user: User) -> list[Entry]:
    """What led to the agreement and what became of it, oldest first, as the user may see it."""
    entries = [*_before(agreement, user), *_agreement(agreement), *_marks(agreement)]
    return sorted(entries, key=lambda entry: entry.instant)


def _before(agreement: Agreement, user: User) -> Iterator[Entry]:
    """The way of the project's holder up to the table."""
    project, meeting = agreement.project, agreement.meeting
    registration = project.registration if project else None
    invitation = registration.invitation if registration else None
    if invitation and user.has_perm("attendees.view_invitation"):
        yield from invitation_entries(invitation, office_link(invitation, user))
    if registration and user.has_perm("attendees.view_registration"):
        yield from registration_entries(registration, office_link(registration, user))
    if project and user.has_perm("projects.view_project"):
        yield _project(project, user)
    if meeting and user.has_perm("projects.view_meeting"):
        yield _meeting(meeting, user)


def _project(project, user: User) -> Entry:
    return Entry(
        project.invited_on or project.created_at,
        _("Project “%(title)s” invited") % {"title": project.title}
        if project.invited_on
        else _("Project “%(title)s” entered") % {"title": project.title},
        text=f"{project.reference} · {project.holder or project.organization} · {project.get_status_display()}",
        url=office_link(project, user),
        tone="note",
    )


def _meeting(meeting, user: User) -> Entry:
    booking = meeting.booking
    return Entry(
        booking.during.lower if booking else meeting.created_at,
        _("Meeting with %(other)s: %(status)s")
        % {"other": meeting.counterpart.person, "status": meeting.get_status_display()},
        text=str(booking.room or "") if booking else "",
        url=office_link(meeting, user),
        tone=tone(meeting.status),
    )


def _agreement(agreement: Agreement) -> Iterator[Entry]:
    by = str(agreement.created_by or "")
    yield Entry(agreement.created_at, _("Agreement drawn up"), by=by, tone="note")
    if agreement.signed_on:
        session = agreement.signed_at_session
        place = session.title if session else ""
        yield Entry(agreement.signed_on, _("Signed"), text=place, tone="good")
    if agreement.cancelled_on:
        yield Entry(
            agreement.cancelled_on, _("Cancelled"), text=agreement.cancel_reason, tone="bad"
        )


def _marks(agreement: Agreement) -> Iterator[Entry]:
    """What people of the office did to it in the system."""
    for mark in marks_of(agreement):
        text = _(mark.change_message) if mark.change_message else ""
        if text and not text.startswith("["):
            yield Entry(
                mark.action_time, _("Recorded: %(what)s") % {"what": text}, by=str(mark.user)
            )
