"""What guests and their mail add to the office's first page."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import Category, Invitation, Registration
from attendees.services import charting
from events.dashboard import Bars, Days, Number, Part, Work, contributes
from events.figures import Row
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.magnitude import grouped
from hrconf.mailing.models import Message
from hrconf.office.links import office_list

INVITATIONS = "attendees.invitation"
REGISTRATIONS = "attendees.registration"
Asked = Invitation.Status
Place = Registration.Status
NOT_OUT = [Asked.DRAFT, Asked.QUEUED, Asked.WITHDRAWN]
TROUBLE = [Message.State.REFUSED, Message.State.FAILED, Message.State.UNCERTAIN]


@contributes(order=10)
def invitations(edition: Edition, user: User) -> Iterator[Part]:
    if not user.has_perm("attendees.view_invitation"):
        return
    count = by_status(Invitation.objects.filter(edition=edition))
    out = sum(number for status, number in count.items() if status not in NOT_OUT)
    said_yes = count.get(Asked.ACCEPTED, 0) + count.get(Asked.DEPUTY, 0)
    answered = said_yes + count.get(Asked.DECLINED, 0) + count.get(Asked.TENTATIVE, 0)
    drafts = count.get(Asked.DRAFT, 0)
    yield Number(
        _("Invited"),
        grouped(out),
        _("%(count)s not sent yet") % {"count": grouped(drafts)} if drafts else "",
        office_list(INVITATIONS, edition__id__exact=edition.pk),
    )
    yield Number(
        _("Answered"),
        grouped(answered),
        _("%(count)s come") % {"count": grouped(said_yes)},
        listed(edition, INVITATIONS, Invitation.ANSWERED),
    )


@contributes(order=20)
def registrations(edition: Edition, user: User) -> Iterator[Part]:
    """For who follows the campaign; the desk has the arrivals."""
    if not user.has_perms(["attendees.view_registration", "attendees.view_invitation"]):
        return
    rows = Registration.objects.filter(edition=edition)
    count = by_status(rows)
    active = sum(count.values()) - count.get(Place.DECLINED, 0) - count.get(Place.CANCELLED, 0)
    yield Number(
        _("Registered"),
        grouped(active),
        _("%(count)s confirmed") % {"count": grouped(count.get(Place.CONFIRMED, 0))},
        office_list(REGISTRATIONS, edition__id__exact=edition.pk),
    )
    yield Number(
        _("To approve"),
        grouped(count.get(Place.PENDING, 0)),
        url=listed(edition, REGISTRATIONS, [Place.PENDING]),
    )
    by_day, far_off = charting.drawn(edition)
    if by_day:
        yield Days(_("Registrations by day"), by_day, charting.of_far_off(far_off))
    if by_kind := registrations_by_kind(edition):
        yield Bars(_("Registrations by category"), by_kind)


def registrations_by_kind(edition: Edition) -> list[Row]:
    rows = Registration.objects.active().filter(edition=edition).order_by()
    found = rows.values_list("category__kind").annotate(number=Count("pk")).order_by("-number")
    return [Row(str(Category.Kind(kind).label), number) for kind, number in found]


@contributes(order=30)
def arrivals(edition: Edition, user: User) -> Iterator[Part]:
    if not user.has_perm("attendees.view_checkin"):
        return
    count = Registration.objects.filter(edition=edition, status=Place.CONFIRMED).aggregate(
        expected=Count("pk"),
        arrived=Count("arrived_at"),
        today=Count("pk", filter=Q(arrived_at__gte=midnight(edition))),
    )
    yield Number(
        _("Arrived"),
        grouped(count["arrived"]),
        _("of %(expected)s expected; today %(today)s")
        % {"expected": grouped(count["expected"]), "today": grouped(count["today"])},
        office_list(REGISTRATIONS, edition__id__exact=edition.pk, arrived="yes"),
    )


@contributes(order=60)
def mails(edition: Edition, user: User) -> Iterator[Part]:
    """The whole outbox: a mail that does not go out is trouble, whatever it is about."""
    if not user.has_perm("mailing.view_message"):
        return
    found = Message.objects.order_by().values_list("state").annotate(number=Count("pk"))
    count = dict(found)
    rows = [Row(str(state.label), count[state]) for state in Message.State if count.get(state)]
    if rows:
        yield Bars(_("Mails by state"), rows, office_list("mailing.message"))
    for state in TROUBLE:
        yield Work(
            _("Mails: %(state)s") % {"state": state.label},
            count.get(state, 0),
            office_list("mailing.message", state__exact=state.value),
            "mark_email_unread",
            is_trouble=True,
        )


def by_status(rows) -> dict[str, int]:
    """How many rows are in each status; one query."""
    return dict(rows.order_by().values_list("status").annotate(number=Count("pk")))


def listed(edition: Edition, label: str, statuses: list[str]) -> str:
    """The office's list of an edition's rows in some of the states."""
    values = [str(status) for status in statuses]
    return office_list(label, edition__id__exact=edition.pk, status__exact=values)


def midnight(edition: Edition):
    """When today began, where the edition is held."""
    now = timezone.now().astimezone(edition.tz)
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
