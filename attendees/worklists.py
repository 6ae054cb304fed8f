"""What waits for the office among guests: the lists of My work."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendees.models import AnswerChange, FormField, Invitation, Registration, VisaRequest, Wait
from attendees.services.clock import today_at
from events.models import Edition
from events.worklists import Shown, WorkList, long_ago, register

Asked = Invitation.Status
Place = Registration.Status
INVITATIONS = ("attendees.view_invitation",)
REGISTRATIONS = ("attendees.view_registration", "attendees.view_invitation")
ARRIVALS = ("attendees.view_registration", "attendees.view_checkin")
OF_REGISTRATION = ("person", "category", "edition", "invitation__owner")
OF_INVITATION = ("person", "category", "edition", "association", "owner")


# Which rows wait --------------------------------------------------------------------------


def registrations_in(status: str):
    return lambda edition: Registration.objects.filter(edition=edition, status=status)


def invitations_in(status: str):
    return lambda edition: Invitation.objects.filter(edition=edition, status=status)


def unanswered(edition: Edition) -> QuerySet[Invitation]:
    """Went out long ago, or were to be decided by a day that is past."""
    silent = Q(status__in=[Asked.SENT, Asked.OPENED], sent_at__lt=long_ago())
    undecided = Q(status=Asked.TENTATIVE, decide_by__lt=today_at(edition))
    return Invitation.objects.filter(silent | undecided, edition=edition)


def changes(edition: Edition) -> QuerySet[AnswerChange]:
    waiting = AnswerChange.State.WAITING
    return AnswerChange.objects.filter(registration__edition=edition, state=waiting)


def visas(edition: Edition) -> QuerySet[VisaRequest]:
    return VisaRequest.objects.of_edition(edition).to_check()


def offers(edition: Edition) -> QuerySet[Wait]:
    """Places that are held for somebody, until the offer runs out."""
    return Wait.objects.holding().filter(registration__edition=edition)


def arriving(edition: Edition) -> QuerySet[Registration]:
    """Confirmed guests who said that they come today, and are not here yet."""
    return saying_today(edition, FormField.Meaning.ARRIVAL).filter(arrived_at__isnull=True)


def leaving(edition: Edition) -> QuerySet[Registration]:
    """Guests who are here and said that they leave today."""
    return saying_today(edition, FormField.Meaning.DEPARTURE).filter(arrived_at__isnull=False)


def saying_today(edition: Edition, meaning: str) -> QuerySet[Registration]:
    """Confirmed guests whose answer to the question of a meaning is today."""
    today = today_at(edition).isoformat()
    asked = FormField.objects.filter(form__edition=edition, meaning=meaning)
    says_today = Q(pk__in=[])
    for form, key in asked.values_list("form__slug", "key"):
        says_today |= Q(answers__contains={form: {key: today}})
    return Registration.objects.confirmed().filter(says_today, edition=edition)


# How a row is shown -----------------------------------------------------------------------


def show_registration(row: Registration) -> Shown:
    owner = row.invitation and row.invitation.owner
    return Shown(row.person.both_names, of_person(row.person), facts(row.category, owner))


def show_invitation(row: Invitation) -> Shown:
    by = row.answer_by and _("answer by %(day)s") % {"day": date_format(row.answer_by)}
    told = facts(row.get_status_display(), row.category, by, row.association, row.owner)
    return Shown(row.person.both_names, of_person(row.person), told)


def show_change(row: AnswerChange) -> Shown:
    place = row.registration
    return Shown(
        place.person.both_names, of_person(place.person), facts(row.form, place.category), place
    )


def show_visa(row: VisaRequest) -> Shown:
    place = row.registration
    return Shown(
        place.person.both_names,
        of_person(place.person),
        facts(place.person.country.name, place.category),
    )


def show_offer(row: Wait) -> Shown:
    place = row.registration
    until = date_format(timezone.localtime(row.offer_until), "DATETIME_FORMAT")
    told = facts(row.thing, _("holds until %(time)s") % {"time": until})
    return Shown(place.person.both_names, of_person(place.person), told, place)


def of_person(person: Any) -> str:
    return " · ".join(filter(None, [person.title, person.organization]))


def facts(*told: object) -> tuple[str, ...]:
    return tuple(str(one) for one in told if one)


def guests_today(name: str, title: Any, icon: str, rows: Any) -> WorkList:
    """Guests whom the conference meets or sees off today, by name."""
    return WorkList(
        name=name,
        title=title,
        icon=icon,
        label="attendees.registration",
        permissions=ARRIVALS,
        rows=rows,
        since="decided_at",
        shown=show_registration,
        related=OF_REGISTRATION,
        owner="invitation__owner",
        order=("person__sort_key",),
        is_until=True,
    )


register(
    WorkList(
        name="approve",
        title=gettext_lazy("Registrations to approve"),
        icon="how_to_reg",
        label="attendees.registration",
        permissions=REGISTRATIONS,
        rows=registrations_in(Place.PENDING),
        since="submitted_at",
        shown=show_registration,
        related=OF_REGISTRATION,
        owner="invitation__owner",
        deeds=("approve", "decline"),
    ),
    WorkList(
        name="changes",
        title=gettext_lazy("Changes to approve"),
        icon="rule",
        label="attendees.answerchange",
        permissions=("attendees.view_answerchange", "attendees.view_answers"),
        rows=changes,
        since="made_at",
        shown=show_change,
        related=("form", "registration__person", "registration__category"),
        edition="registration__edition",
        owner="registration__invitation__owner",
        deeds=("accept", "refuse"),
    ),
    WorkList(
        name="visas",
        title=gettext_lazy("Visa letters to issue"),
        icon="travel",
        label="attendees.visarequest",
        permissions=("attendees.decide_visarequest",),
        rows=visas,
        since="asked_at",
        shown=show_visa,
        related=("registration__person", "registration__category"),
        edition="registration__edition",
        owner="registration__invitation__owner",
        deeds=("issue", "decline"),
    ),
    WorkList(
        name="unanswered",
        title=gettext_lazy("Invitations long unanswered"),
        icon="hourglass_empty",
        label="attendees.invitation",
        permissions=INVITATIONS,
        rows=unanswered,
        since="sent_at",
        shown=show_invitation,
        related=OF_INVITATION,
        owner="owner",
        deeds=("remind", "note", "deadline", "withdraw"),
    ),
    WorkList(
        name="bounced",
        title=gettext_lazy("Invitations that bounced"),
        icon="unsubscribe",
        label="attendees.invitation",
        permissions=INVITATIONS,
        rows=invitations_in(Asked.BOUNCED),
        since="queued_at",
        shown=show_invitation,
        related=OF_INVITATION,
        owner="owner",
        deeds=("invite", "note", "withdraw"),
        is_trouble=True,
    ),
    WorkList(
        name="offers",
        title=gettext_lazy("Offers that run out"),
        icon="timer",
        label="attendees.wait",
        permissions=REGISTRATIONS,
        rows=offers,
        since="offer_until",
        shown=show_offer,
        related=("registration__person", "category", "choice__field", "session"),
        edition="registration__edition",
        owner="registration__invitation__owner",
        deeds=("lengthen",),
        is_until=True,
    ),
    WorkList(
        name="incomplete",
        title=gettext_lazy("Incomplete registrations"),
        icon="edit_note",
        label="attendees.registration",
        permissions=REGISTRATIONS,
        rows=registrations_in(Place.INCOMPLETE),
        since="created_at",
        shown=show_registration,
        related=OF_REGISTRATION,
        owner="invitation__owner",
        deeds=("remind", "complete", "cancel"),
    ),
    WorkList(
        name="waiting",
        title=gettext_lazy("On the waiting list"),
        icon="queue",
        label="attendees.registration",
        permissions=REGISTRATIONS,
        rows=registrations_in(Place.WAITLISTED),
        since="submitted_at",
        shown=show_registration,
        related=OF_REGISTRATION,
        owner="invitation__owner",
        deeds=("approve", "decline"),
    ),
    WorkList(
        name="drafts",
        title=gettext_lazy("Invitations not sent yet"),
        icon="drafts",
        label="attendees.invitation",
        permissions=INVITATIONS,
        rows=invitations_in(Asked.DRAFT),
        since="created_at",
        shown=show_invitation,
        related=OF_INVITATION,
        owner="owner",
        deeds=("invite", "owner", "withdraw"),
    ),
    guests_today("arriving", gettext_lazy("Arriving today"), "flight_land", arriving),
    guests_today("leaving", gettext_lazy("Leaving today"), "flight_takeoff", leaving),
)
