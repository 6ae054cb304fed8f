"""Which guests need somebody's attention, and how far an edition's invitations have come.

Both are conditions on invitations, so that a number on a page and the list behind
it are the same question.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from attendees.models import Invitation, Registration
from attendees.services.clock import today_at
from events.models import Edition

Status = Invitation.Status
UNANSWERED = [Status.SENT, Status.OPENED, Status.TENTATIVE]
SOON = timedelta(days=7)

FOLLOW = {
    "waiting": _("No answer yet"),
    "due": _("Due within a week"),
    "undecided": _("Decision day past"),
    "silent": _("Opened, but silent"),
    "bounced": _("Bounced"),
    "asked": _("Ask to be let in"),
}


def follow(name: str, today: date) -> Q:
    """The condition of one of FOLLOW on a day."""
    silent = Q(status=Status.OPENED)
    return {
        "waiting": Q(status__in=UNANSWERED),
        "due": Q(
            status__in=[Status.SENT, Status.OPENED],
            answer_by__gte=today,
            answer_by__lte=today + SOON,
        ),
        "undecided": Q(status=Status.TENTATIVE, decide_by__lt=today),
        "silent": silent,
        "bounced": Q(status=Status.BOUNCED),
        "asked": Q(asked_again_at__isnull=False) & ~Q(status__in=UNANSWERED),
    }[name]


def count_follow(rows: QuerySet[Invitation], edition: Edition) -> Mapping[str, int]:
    """How many of the rows need each kind of attention; one query."""
    today = today_at(edition)
    return rows.aggregate(**{name: Count("pk", filter=follow(name, today)) for name in FOLLOW})


# How far -----------------------------------------------------------------------------

STAGES = {
    "invited": _("Invited"),
    "delivered": _("Delivered"),
    "opened": _("Opened"),
    "answered": _("Answered"),
    "accepted": _("Accepted"),
    "registered": _("Registered"),
    "came": _("Came"),
}
HAS_PLACE = [
    Registration.Status.PENDING,
    Registration.Status.WAITLISTED,
    Registration.Status.CONFIRMED,
]


def stage(name: str) -> Q:
    """The condition that an invitation has come so far; each stage lies within the one before."""
    invited = Q(queued_at__isnull=False) & ~Q(status=Status.DRAFT)
    answered = invited & Q(status__in=Invitation.ANSWERED)
    opened = answered | (invited & Q(opened_at__isnull=False))
    arrived = Q(sent_at__isnull=False) & ~Q(status=Status.BOUNCED)
    accepted = invited & Q(status=Status.ACCEPTED)
    registered = accepted & Q(registration__status__in=HAS_PLACE)
    return {
        "invited": invited,
        "delivered": opened | (invited & arrived),
        "opened": opened,
        "answered": answered,
        "accepted": accepted,
        "registered": registered,
        "came": registered & Q(registration__arrived_at__isnull=False),
    }[name]


# Dimension → what it groups by, and the name of a group (or nothing: it is worked out).
DIMENSIONS = {
    "association": (_("Association"), "association", ""),
    "category": (_("Category"), "category__kind", ""),
    "owner": (_("Owner"), "owner", ""),
    "country": (_("Country or region"), "person__country", ""),
    "batch": (_("Batch"), "batch", "batch__title"),
}


def funnel(edition: Edition, by: str) -> list[dict]:
    """Rows of {"key", "name", a number per stage}, the largest first; one query."""
    path, name = DIMENSIONS[by][1:]
    rows = Invitation.objects.filter(edition=edition).filter(stage("invited")).order_by()
    counts = {each: Count("pk", filter=stage(each)) for each in STAGES}
    fields = [path, *([name] if name else [])]
    found = rows.values(*fields).annotate(**counts).order_by("-invited", path)
    return [
        {"key": row[path], "name": row[name] if name else "", **{k: row[k] for k in STAGES}}
        for row in found
    ]
