"""How deeds on guests are undone: which rows they write, and what may not come back."""

from collections.abc import Collection

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from attendees.models import (
    AnswerChange,
    Category,
    FieldChoice,
    Invitation,
    Mark,
    Registration,
    Seat,
    TakenChoice,
    Wait,
    WaitStep,
)
from attendees.services.invitations import lock_editions
from attendees.services.registrations import lock_registrations
from attendees.services.seats import lock_sessions, overfull
from events.models import Bus, Session
from hrconf.lib.errors import DomainError
from hrconf.office.undoing import Undo


def lock_invitations(ids: Collection[int]) -> None:
    """Whoever gives numbers to letters holds the edition, then the invitations."""
    lock_editions(ids)
    rows = Invitation.objects.filter(pk__in=ids).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def lock_waits(ids: Collection[int]) -> None:
    """The registrations with their categories, then the limited choices that are waited for."""
    waits = Wait.objects.filter(pk__in=ids).order_by()
    lock_registrations(list(waits.values_list("registration", flat=True)))
    forms = waits.filter(choice__isnull=False).values("choice__field__form")
    limited = FieldChoice.objects.filter(places__isnull=False, field__form__in=forms)
    list(limited.order_by("pk").select_for_update().values_list("pk", flat=True))
    lock_sessions(set(waits.filter(session__isnull=False).values_list("session", flat=True)))


def refuse_overfull(ids: Collection[int]) -> None:
    """Refuse to give back places that somebody else has, or is offered, by now."""
    of_these = Category.objects.filter(registrations__in=ids, capacity__isnull=False)
    for category in of_these.distinct():
        confirmed = category.registrations.filter(status=Registration.Status.CONFIRMED).count()
        if confirmed + category.waits.holding().count() > (category.capacity or 0):
            _refuse(category.name)
    chosen = FieldChoice.objects.filter(taken__registration__in=ids, places__isnull=False)
    locked = FieldChoice.objects.filter(pk__in=chosen.values("pk")).order_by("pk")
    keys = list(locked.select_for_update(no_key=True).values_list("pk", flat=True))
    counted = FieldChoice.objects.filter(pk__in=keys).annotate(
        count=Count("taken", distinct=True),
        held=Count("waits", filter=Q(waits__in=Wait.objects.holding()), distinct=True),
    )
    for choice in counted.filter(count__gt=F("places") - F("held")):
        _refuse(choice.label)
    _refuse_overfull_sessions(Q(seats__registration__in=ids, seats__status=Seat.Status.CONFIRMED))


def _refuse_overfull_sessions(which: Q) -> None:
    """Refuse to give back seats that somebody else has, or is offered, by now."""
    of_these = Session.objects.filter(which).order_by().values_list("pk", flat=True)
    for session in overfull(lock_sessions(set(of_these))):
        _refuse(session.title)


def refuse_overfull_seats(ids: Collection[int]) -> None:
    """Refuse to give back seats, or places on a bus, that somebody else has by now."""
    _refuse_overfull_sessions(Q(seats__in=ids, seats__status=Seat.Status.CONFIRMED))
    buses = Bus.objects.filter(pk__in=Bus.objects.filter(taken__in=ids).values("pk"))
    for bus in buses.annotate(riding=Count("taken")).filter(riding__gt=F("seats")):
        _refuse(str(bus))


def refuse_given_on(ids: Collection[int]) -> None:
    """Refuse to give an offer back whose place went on to the next in line."""
    held = Wait.objects.holding().filter(pk__in=ids)
    sessions = Session.objects.filter(waits__in=held)
    if overfull(sessions.distinct()):
        _refuse_given_on()
    for wait in held.filter(session=None).select_related("category", "choice"):
        taken = (
            wait.category.registrations.confirmed() if wait.category else wait.choice.taken.all()
        )
        places = wait.category.capacity if wait.category else wait.choice.places
        if places is not None and taken.count() + wait.thing.waits.holding().count() > places:
            _refuse_given_on()


def _refuse_given_on() -> None:
    text = _("The place was offered to the next in line, and that offer stands.")
    raise DomainError(text, code="offered")


def refuse_offered(ids: Collection[int]) -> None:
    """Refuse to move somebody back who is no longer waiting: an offer stands."""
    served = Wait.objects.filter(pk__in=ids).exclude(state=Wait.State.WAITING)
    if wait := served.select_related("registration__person").first():
        text = _("%(name)s no longer waits, and what was offered stands.")
        raise DomainError(text % {"name": wait.registration.person.both_names}, code="offered")


def _changed(ids: Collection[int]) -> list[int]:
    """The registrations whose answers these changes change."""
    rows = AnswerChange.objects.filter(pk__in=ids).order_by()
    return list(rows.values_list("registration", flat=True).distinct())


def _refuse(name: str) -> None:
    text = _("A place in “%(name)s” has gone to somebody else since.")
    raise DomainError(text % {"name": name}, code="full")


OF_INVITATIONS = Undo(
    touches=[(Invitation, "pk"), (Mark, "invitation")],
    lock=lock_invitations,
    stays=frozenset({"number"}),  # in the register of letters; the next sending keeps it
)
OF_REGISTRATIONS = Undo(
    touches=[
        (Registration, "pk"),
        (Wait, "registration"),
        (WaitStep, "wait__registration"),
        (TakenChoice, "registration"),
        (Seat, "registration"),
    ],
    lock=lock_registrations,
    check=refuse_overfull,
)
OF_CHANGES = Undo(
    touches=[
        (AnswerChange, "pk"),
        (Registration, "changes"),
        (TakenChoice, "registration__changes"),
    ],
    lock=lambda ids: lock_registrations(_changed(ids)),
    check=lambda ids: refuse_overfull(_changed(ids)),
)
OF_WAITS = Undo(
    touches=[(Wait, "pk"), (WaitStep, "wait")],
    lock=lock_waits,
)
OF_PLACES_IN_LINE = Undo(
    # Who goes together is moved together.
    touches=[(Wait, "pk"), (Wait, "group__waits"), (WaitStep, "wait")],
    lock=lock_waits,
    check=refuse_offered,
)
OF_TAKING_OFF = Undo(
    touches=[(Wait, "pk"), (WaitStep, "wait"), (Registration, "waits")],
    lock=lock_waits,
    check=refuse_given_on,
)
OF_SIGNING_UP = Undo(
    touches=[(Seat, "registration"), (Wait, "registration")],
    lock=lock_registrations,
    check=refuse_overfull,
)
OF_SEATS = Undo(
    touches=[(Seat, "pk")],
    lock=lambda ids: lock_sessions(
        set(Seat.objects.filter(pk__in=ids).values_list("session", flat=True))
    ),
    check=refuse_overfull_seats,
)
# A deed that only mails.
OF_MAILS = Undo(touches=[], lock=lambda ids: None)
