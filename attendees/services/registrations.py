"""Places at an edition: submitted, approved within the category's capacity, ended.

Locking: the invitation, then the category, then the registration; whoever counts
the places of a category holds its row.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendees.models import Category, Registration, Seat, TakenChoice, Wait
from attendees.services.category_mails import Occasion, Opening, opening_of, openings
from attendees.services.letters import letter_to, registration_link
from attendees.services.previews import REASONS, Preview, mail_trouble, mail_troubles
from attendees.tasks import settle_waits
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.wake import wake_on_commit
from hrconf.mailing.compose import Letter
from hrconf.mailing.models import Batch
from hrconf.mailing.services import queue_letters

CONFIRMED = "registration_confirmed"
DECLINED = "registration_declined"
RECEIVED = "registration_received"
OCCASIONS = {CONFIRMED: Occasion.CONFIRMED, DECLINED: Occasion.DECLINED}
Status = Registration.Status
WHY_NOT_APPROVE = {
    Status.CONFIRMED: "confirmed",
    Status.INCOMPLETE: "incomplete",
    Status.DECLINED: "declined",
    Status.CANCELLED: "cancelled",
}
WHY_NOT_DECLINE = {
    Status.INCOMPLETE: "incomplete",
    Status.DECLINED: "declined",
    Status.CANCELLED: "cancelled",
}


def preview_approvals(ids: Collection[int]) -> Preview[Registration]:
    """Which of these would be approved and told so, and which would not, and why."""
    registrations = list(registrations_shown().filter(pk__in=ids).order_by("created_at", "pk"))
    return sort_approvals(registrations, free_places({r.category_id for r in registrations}))


def preview_declines(ids: Collection[int]) -> Preview[Registration]:
    """Which of these would be declined and told so."""
    return sort_declines(list(registrations_shown().filter(pk__in=ids).order_by("pk")))


@transaction.atomic
def approve_registrations(
    ids: Collection[int], *, by: User | None, reason: str = ""
) -> Preview[Registration]:
    """Confirm places, the oldest first, as far as each category's capacity goes.

    The reason, if given, is in the letter as a word to the person.
    """
    registrations, free = lock_registrations(ids)
    preview = sort_approvals(registrations, free)
    _decide(preview, Status.CONFIRMED, by)
    _end_waits(preview.going, Wait.State.TAKEN)
    _tell(CONFIRMED, preview, by, reason=reason)
    return preview


@transaction.atomic
def decline_registrations(
    ids: Collection[int], *, by: User, reason: str = ""
) -> Preview[Registration]:
    """Refuse places; the reason, if given, is in the letter."""
    preview = sort_declines(lock_registrations(ids)[0])
    _decide(preview, Status.DECLINED, by)
    _give_up_seats(preview.going)
    _end_waits(preview.going, Wait.State.LEFT)
    _tell(DECLINED, preview, by, reason=reason)
    return preview


def approve_registration(pk: int, *, by: User | None) -> Registration:
    """Confirm one place, or refuse with the reason as code, such as "full"."""
    return _only(approve_registrations([pk], by=by))


@transaction.atomic
def submit_registration(pk: int, *, tells: bool = False) -> Registration:
    """The person has filled everything in: their place waits, or is theirs at once.

    Sending it twice changes nothing. Where a category that needs no approval is
    full, or others wait for a place, the person waits in line. A receipt for what
    waits for approval goes only to who sent it themselves (`tells`): the office
    takes many as complete at once, and nobody is to be mailed for that.
    """
    registration, free = lock_registration(pk)
    if registration.status != Status.INCOMPLETE:
        return registration
    refuse_closed(registration.category)
    registration.submitted_at = timezone.now()
    registration.status = Status.PENDING
    registration.save(update_fields=["submitted_at", "status"])
    if registration.category.needs_approval:
        if tells and not mail_trouble(registration.person):
            queue_letters(RECEIVED, [receipt_for(registration)])
        return registration
    if _has_place(free, registration) and not _others_wait(registration):
        return approve_registration(pk, by=None)
    registration.status = Status.WAITLISTED
    registration.save(update_fields=["status"])
    Wait.objects.create(registration=registration, category=registration.category)
    return registration


@transaction.atomic
def cancel_registration(pk: int, *, by: User | None = None) -> Registration:
    """Give a place back, with its seats. Who has arrived can no longer cancel."""
    registration, _free = lock_registration(pk)
    if registration.status in {Status.CANCELLED, Status.DECLINED}:
        return registration
    if registration.arrived_at:
        raise DomainError(_("Who has arrived cannot cancel."), code="arrived")
    registration.status, registration.decided_at = Status.CANCELLED, timezone.now()
    registration.decided_by = by
    registration.save(update_fields=["status", "decided_at", "decided_by"])
    _give_up_seats([registration])
    _end_waits([registration], Wait.State.LEFT)
    return registration


def refuse_closed(category: Category) -> None:
    """Refuse outside the category's window, which never closes in the demo."""
    now = timezone.now()
    if category.opens_at and now < category.opens_at:
        raise DomainError(_("Registration has not opened yet."), code="not_open_yet")
    if category.closes_at and now >= category.closes_at and not settings.DEMO:
        raise DomainError(_("Registration is closed."), code="closed")


def free_places(category_ids: Collection[int]) -> dict[int, int]:
    """How many places are left in categories that have a limit; offers hold theirs."""
    confirmed = {}
    for category in Category.objects.filter(pk__in=category_ids, capacity__isnull=False):
        taken = category.registrations.filter(status=Status.CONFIRMED).count()
        held = category.waits.holding().count()
        confirmed[category.pk] = max((category.capacity or 0) - taken - held, 0)
    return confirmed


def sort_approvals(
    registrations: list[Registration], free: dict[int, int]
) -> Preview[Registration]:
    """Part those who can have a place from those who cannot; uses `free` up."""
    preview: Preview[Registration] = Preview()
    troubles = mail_troubles(registration.person for registration in registrations)
    for registration in registrations:
        reason = WHY_NOT_APPROVE.get(Status(registration.status), "")
        if not reason and not _has_place(free, registration):
            reason = "full"
        if not reason and registration.category_id in free:
            free[registration.category_id] -= 1
        _put(preview, registration, reason, troubles)
    return preview


def sort_declines(registrations: list[Registration]) -> Preview[Registration]:
    preview: Preview[Registration] = Preview()
    troubles = mail_troubles(registration.person for registration in registrations)
    for registration in registrations:
        reason = WHY_NOT_DECLINE.get(Status(registration.status), "")
        _put(preview, registration, "arrived" if registration.arrived_at else reason, troubles)
    return preview


def _put(
    preview: Preview[Registration],
    registration: Registration,
    reason: str,
    troubles: Mapping[int, str],
) -> None:
    if reason:
        preview.left_out.append((registration, reason))
        return
    preview.going.append(registration)
    if registration.person_id in troubles:
        preview.unmailed.append(registration)


def _has_place(free: dict[int, int], registration: Registration) -> bool:
    return free.get(registration.category_id, 1) > 0


def registrations_shown():
    """Registrations with whatever is said of them in a list or a letter."""
    return Registration.objects.select_related(
        "edition",
        "person",
        "category",
        "invitation__association",
        "invitation__owner",
        "delegation",
    )


def lock_registrations(ids: Collection[int]) -> tuple[list[Registration], dict[int, int]]:
    """Lock the categories, then the registrations; return these and the places left."""
    of_these = Q(registrations__pk__in=ids)
    categories = Category.objects.filter(of_these).values("pk")
    locked = Category.objects.filter(pk__in=categories).select_for_update(no_key=True)
    category_ids = set(locked.order_by("pk").values_list("pk", flat=True))
    rows = registrations_shown().filter(pk__in=ids, category_id__in=category_ids)
    rows = rows.select_for_update(of=("self",), no_key=True).order_by("created_at", "pk")
    return list(rows), free_places(category_ids)


def lock_registration(pk: int) -> tuple[Registration, dict[int, int]]:
    """Lock a registration, after its category; return it and the places left."""
    registrations, free = lock_registrations([pk])
    if not registrations:
        raise DomainError(_("This registration is no longer there."), code="gone")
    return registrations[0], free


def _only(preview: Preview[Registration]) -> Registration:
    """The one registration that was to change, or the refusal."""
    for _registration, reason in preview.left_out:
        raise DomainError(_("Not possible: %(reason)s.") % {"reason": REASONS[reason]}, code=reason)
    if not preview.going:
        raise DomainError(_("This registration is no longer there."), code="gone")
    return preview.going[0]


def _decide(preview: Preview[Registration], status: str, by: User | None) -> None:
    now = timezone.now()
    for registration in preview.going:
        registration.status, registration.decided_at = status, now
        registration.decided_by = by
    fields = ["status", "decided_at", "decided_by"]
    Registration.objects.bulk_update(preview.going, fields, batch_size=500)


def _give_up_seats(registrations: list[Registration]) -> None:
    """Give back seats in sessions, and places of limited choices."""
    TakenChoice.objects.filter(registration__in=registrations).delete()
    seats = Seat.objects.filter(registration__in=registrations)
    seats.exclude(status=Seat.Status.CANCELLED).update(status=Seat.Status.CANCELLED, bus=None)


def _others_wait(registration: Registration) -> bool:
    return registration.category.waits.open().exclude(registration=registration).exists()


def _end_waits(registrations: list[Registration], state: str) -> None:
    """A decision ends the waiting for a place; who does not come waits for nothing more.

    Places that became free are offered to whoever waits, once this is committed.
    """
    waits = Wait.objects.open().filter(registration__in=registrations)
    if state == Wait.State.TAKEN:
        waits = waits.filter(category__isnull=False)
    waits.update(state=state, ended_at=timezone.now())
    if state == Wait.State.LEFT:
        wake_on_commit(settle_waits)


def _tell(
    kind: str, preview: Preview[Registration], by: User | None, reason: str = ""
) -> list[int]:
    """Mail the decision to everyone who can be mailed."""
    silent = {registration.pk for registration in preview.unmailed}
    told = [registration for registration in preview.going if registration.pk not in silent]
    batch = _batch(kind, preview, by) if len(told) > 1 else None
    words = openings(told, OCCASIONS[kind])
    letters = [letter_for(row, reason, words.get(row.pk)) for row in told]
    return [message.pk for message in queue_letters(kind, letters, batch=batch)]


def letter_for(
    registration: Registration, reason: str = "", opening: Opening | None = None
) -> Letter:
    """The letter about a decision; each decision is an occasion of its own."""
    moment = f"{registration.decided_at:%Y%m%dT%H%M%S%f}"
    return _letter(registration, moment, reason=reason, opening=opening)


def _letter(registration: Registration, moment: str, **context: Any) -> Letter:
    language = registration.person.preferred_language
    return letter_to(
        registration.person,
        registration.edition,
        occasion=f"registration:{registration.pk}:{moment}",
        context={
            "registration": registration,
            "registration_link": registration_link(registration, language),
            **context,
        },
    )


def receipt_for(registration: Registration) -> Letter:
    """That a registration arrived and waits; each time it is sent is an occasion of its own."""
    sent = registration.submitted_at or timezone.now()
    opening = opening_of(registration, Occasion.RECEIVED)
    return _letter(registration, f"received:{sent:%Y%m%dT%H%M%S%f}", opening=opening)


def _batch(kind: str, preview: Preview[Registration], by: User | None) -> Batch:
    count = preview.mails
    if kind == CONFIRMED:
        title = ngettext(
            "Confirmation of %(count)s place", "Confirmation of %(count)s places", count
        )
    else:
        title = ngettext("Refusal of %(count)s place", "Refusal of %(count)s places", count)
    return Batch.objects.create(
        kind=kind, title=title % {"count": count}, created_by=by, report=preview.report()
    )
