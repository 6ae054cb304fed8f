"""Which colour a state of a guest has, wherever it is shown."""

from attendees.models import Category, Invitation, Registration, Seat
from hrconf.office.badges import BAD, BUSY, GOOD, PLAIN, QUIET, WARN

INVITATION = {
    Invitation.Status.DRAFT: QUIET,
    Invitation.Status.QUEUED: BUSY,
    Invitation.Status.SENT: BUSY,
    Invitation.Status.OPENED: BUSY,
    Invitation.Status.TENTATIVE: WARN,
    Invitation.Status.ACCEPTED: GOOD,
    Invitation.Status.DEPUTY: GOOD,
    Invitation.Status.DECLINED: QUIET,
    Invitation.Status.EXPIRED: QUIET,
    Invitation.Status.WITHDRAWN: QUIET,
    Invitation.Status.BOUNCED: BAD,
}
REGISTRATION = {
    Registration.Status.INCOMPLETE: WARN,
    Registration.Status.PENDING: WARN,
    Registration.Status.WAITLISTED: BUSY,
    Registration.Status.CONFIRMED: GOOD,
    Registration.Status.DECLINED: QUIET,
    Registration.Status.CANCELLED: QUIET,
}
SEAT = {
    Seat.Status.CONFIRMED: GOOD,
    Seat.Status.WAITLISTED: BUSY,
    Seat.Status.CANCELLED: QUIET,
}
CATEGORY = dict.fromkeys(Category.Kind, PLAIN)
