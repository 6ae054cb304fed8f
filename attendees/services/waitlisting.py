"""What the office does on waiting lists: puts people on, offers out of turn, lengthens, moves.

Whoever is preferred to others is so for a reason, which is kept with who gave it.
Locking as in waiting.py: the category, or the registration and then the choices.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendees.models import FieldChoice, Registration, Wait, WaitStep
from attendees.services.category_mails import Occasion, openings
from attendees.services.previews import REASONS, Preview, mail_trouble
from attendees.services.registrations import (
    free_places,
    letter_for,
    lock_registration,
    lock_registrations,
    registrations_shown,
)
from attendees.services.waiting import (
    KIND as OFFER,
)
from attendees.services.waiting import (
    end_waits,
    locked_wait,
    make_offers,
    offer_letter,
    places_free,
    settle_thing,
    wait_for_choice,
    waits_for,
)
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Batch
from hrconf.mailing.services import queue_letters

KIND = "registration_waitlisted"
State = Wait.State
Status = Registration.Status
Kind = WaitStep.Kind
WHY_NOT = {
    Status.INCOMPLETE: "incomplete",
    Status.WAITLISTED: "waiting",
    Status.CONFIRMED: "confirmed",
    Status.DECLINED: "declined",
    Status.CANCELLED: "cancelled",
}


# Put on a list --------------------------------------------------------------------------


def preview_waitlisting(ids: Collection[int]) -> Preview[Registration]:
    """Which of these would stand in line for a place in their category, and which not, and why."""
    rows = list(registrations_shown().filter(pk__in=ids).order_by("created_at", "pk"))
    return _sort(rows, free_places({row.category_id for row in rows}))


def _sort(rows: list[Registration], free: dict[int, int]) -> Preview[Registration]:
    preview: Preview[Registration] = Preview()
    for row in rows:
        if reason := WHY_NOT.get(Status(row.status), "") or _no_line(row, free):
            preview.left_out.append((row, reason))
            continue
        preview.going.append(row)
        if mail_trouble(row.person):
            preview.unmailed.append(row)
    return preview


def _no_line(row: Registration, free: dict[int, int]) -> str:
    """Nobody waits where there is a place."""
    if row.category_id not in free:
        return "no_limit"
    return "has_places" if free[row.category_id] > 0 else ""


@transaction.atomic
def waitlist_registrations(
    ids: Collection[int], *, by: User, reason: str = ""
) -> Preview[Registration]:
    """Let people stand in line for a place in their category; the reason is in the letter."""
    preview = _sort(*lock_registrations(ids))
    now = timezone.now()
    for row in preview.going:
        row.status, row.decided_at, row.decided_by = Status.WAITLISTED, now, by
        row.save(update_fields=["status", "decided_at", "decided_by"])
        wait = waits_for(row.category).open().filter(registration=row).first()
        wait = wait or Wait.objects.create(registration=row, category=row.category)
        _step(wait, Kind.PUT, reason[:300], by)
    _tell(preview, by, reason)
    return preview


def _tell(preview: Preview[Registration], by: User, reason: str) -> None:
    silent = {row.pk for row in preview.unmailed}
    told = [row for row in preview.going if row.pk not in silent]
    batch = None
    if len(told) > 1:
        text = ngettext(
            "%(count)s put on waiting lists", "%(count)s put on waiting lists", len(told)
        )
        title = text % {"count": len(told)}
        report = preview.report()
        batch = Batch.objects.create(kind=KIND, title=title, created_by=by, report=report)
    words = openings(told, Occasion.WAITLISTED)
    letters = [letter_for(row, reason, words.get(row.pk)) for row in told]
    queue_letters(KIND, letters, batch=batch)


@transaction.atomic
def put_in_line(registration_id: int, *, choice: FieldChoice, by: User, reason: str = "") -> Wait:
    """Let somebody stand in line for a limited choice. Twice is once."""
    wait = wait_for_choice(registration_id, choice.pk)
    if not wait.steps.exists():
        _step(wait, Kind.PUT, reason, by)
    return wait


def _step(wait: Wait, kind: str, reason: str, by: User) -> None:
    WaitStep.objects.create(wait=wait, kind=kind, reason=reason, by=by)


# What can be done with a place in line --------------------------------------------------


def waits_shown():
    """Waits with all that is told of them, in a fixed number of queries."""
    return Wait.objects.select_related(
        "registration__person",
        "registration__edition",
        "registration__category",
        "category__edition",
        "choice__field__form__edition",
        "session__edition",
        "group",
    )


def _preview(why_not: Callable[[Wait], str], *, tells: bool) -> Callable[..., Preview[Wait]]:
    """A preview out of what forbids it to one."""

    def preview(ids: Collection[int]) -> Preview[Wait]:
        found: Preview[Wait] = Preview()
        for wait in waits_shown().filter(pk__in=ids).in_turn():
            if reason := why_not(wait):
                found.left_out.append((wait, reason))
                continue
            found.going.append(wait)
            if not tells or mail_trouble(wait.registration.person):
                found.unmailed.append(wait)
        return found

    return preview


def _why_not_moved(wait: Wait) -> str:
    return "" if wait.state == State.WAITING else "not_waiting"


def _why_not_lengthened(wait: Wait) -> str:
    is_open = wait.state == State.OFFERED and (wait.offer_until or timezone.now()) > timezone.now()
    return "" if is_open else "not_offered"


def _why_not_taken_off(wait: Wait) -> str:
    return "" if wait.state in {State.WAITING, State.OFFERED} else "not_waiting"


preview_moving = _preview(_why_not_moved, tells=False)
preview_lengthening = _preview(_why_not_lengthened, tells=True)
preview_taking_off = _preview(_why_not_taken_off, tells=False)


def preview_offers(ids: Collection[int]) -> Preview[Wait]:
    """To which of these a place would be offered now: as far as the free places go."""
    preview = _preview(_why_not_moved, tells=True)(ids)
    left: dict[tuple[str, int], int] = {}
    going, preview.going = preview.going, []
    for wait in going:
        thing = (type(wait.thing).__name__, wait.thing.pk)
        left.setdefault(thing, places_free(wait.thing))
        if left[thing] < 1:
            preview.left_out.append((wait, "full"))
            continue
        left[thing] -= 1
        preview.going.append(wait)
    return preview


# Out of turn ----------------------------------------------------------------------------


@transaction.atomic
def offer_now(wait_id: int, *, by: User, reason: str) -> Wait:
    """Offer a free place to somebody before their turn, for a reason."""
    wait = locked_wait(wait_id)
    _refuse(_why_not_moved(wait))
    if places_free(wait.thing) < 1:
        raise DomainError(_("No place is free that could be offered."), code="full")
    make_offers([wait], timezone.now())
    _step(wait, Kind.OFFERED, _reason(reason), by)
    return wait


@transaction.atomic
def lengthen_offer(wait_id: int, *, days: int, by: User, reason: str = "") -> datetime:
    """Keep an offered place so many days longer, and tell the person; return until when."""
    wait = locked_wait(wait_id)
    _refuse(_why_not_lengthened(wait))
    until = (wait.offer_until or timezone.now()) + timedelta(days=days)
    wait.offer_until = until
    wait.save(update_fields=["offer_until"])
    _step(wait, Kind.LENGTHENED, reason, by)
    if not mail_trouble(wait.registration.person):
        queue_letters(OFFER, [offer_letter(waits_shown().get(pk=wait_id))])
    return until


@transaction.atomic
def move_to_front(wait_id: int, *, by: User, reason: str) -> None:
    """Let somebody stand before all others, for a reason; who goes with them comes along."""
    wait = locked_wait(wait_id)
    _refuse(_why_not_moved(wait))
    line = waits_for(wait.thing).waiting()
    together = wait.group_id if wait.group and wait.group.goes_together else None
    moved = line.filter(group=together) if together else line.filter(pk=wait_id)
    furthest = line.aggregate(lead=Max("lead"))["lead"] or 0
    moved.update(lead=furthest + 1)
    _step(wait, Kind.MOVED, _reason(reason), by)


@transaction.atomic
def take_off(wait_id: int, *, by: User, reason: str = "") -> None:
    """Take somebody off a list; whose place in the category it was is to be decided on again.

    Once that is committed the gap is offered to the next: such an offer is no part of the
    deed, so that undoing it takes nothing away from anybody. A crash in between delays the
    offer until beat's next round.
    """
    keys = Wait.objects.filter(pk=wait_id).values_list("registration", flat=True)
    registration, _free = lock_registration(keys.get())
    wait = locked_wait(wait_id)
    _refuse(_why_not_taken_off(wait))
    end_waits([wait], State.LEFT)
    _step(wait, Kind.TAKEN_OFF, reason, by)
    if wait.category_id and registration.status == Status.WAITLISTED:
        registration.status = Status.PENDING
        registration.save(update_fields=["status"])
    transaction.on_commit(
        partial(settle_thing, wait.category_id, wait.choice_id, wait.session_id), robust=True
    )


def _refuse(reason: str) -> None:
    if reason:
        text = _("Not possible: %(reason)s.")
        raise DomainError(text % {"reason": REASONS[reason]}, code=reason)


def _reason(text: str) -> str:
    """The reason, which must be there."""
    if not text.strip():
        raise DomainError(_("Who is preferred to others is so for a reason."), code="reason")
    return text.strip()
