"""Taking back one's own last steps, and doing them again, unless somebody changed the same thing since."""

from typing import NoReturn

from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Edition, RoomBlock, Session, Step
from events.services.blocks import block_json, make_block, remove_block
from events.services.edits import write_texts
from events.services.placing import Place, json_of, locked_session, put
from events.services.steps import Change, Overtaken, change, lock_edition, record, told
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

Kind = Step.Kind
NOT_OF_THE_GRID = [Kind.EDIT, Kind.IMPORT, Kind.RESTORE]  # forms have a way back of their own


@transaction.atomic
def undo(edition_id: int, *, by: User) -> Step:
    """Take back the last step of one's own that still stands."""
    edition = lock_edition(edition_id)
    mine = Step.objects.filter(edition=edition, by=by, undone_by=None)
    step = mine.exclude(kind__in=[Kind.UNDO, *NOT_OF_THE_GRID]).order_by("-number").first()
    if step is None:
        raise DomainError(_("There is nothing of yours to take back."), code="nothing")
    return _reverse(edition, step, Kind.UNDO, by)


@transaction.atomic
def redo(edition_id: int, *, by: User) -> Step:
    """Do again what one took back last, if one has done nothing else since."""
    edition = lock_edition(edition_id)
    mine = Step.objects.filter(edition=edition, by=by).exclude(kind__in=NOT_OF_THE_GRID)
    taken = mine.filter(kind=Kind.UNDO, undone_by=None).order_by("-number").first()
    fresh = mine.exclude(kind__in=[Kind.UNDO, Kind.REDO]).order_by("-number").first()
    if taken is None or (fresh and fresh.number > taken.number):
        raise DomainError(_("There is nothing of yours to do again."), code="nothing")
    return _reverse(edition, taken, Kind.REDO, by)


def _reverse(edition: Edition, step: Step, kind: Step.Kind, by: User) -> Step:
    changes = [_reversed(edition, one, by) for one in reversed(step.changes)]
    return record(edition, kind, changes, by=by, undoes=step)


def _reversed(edition: Edition, one: Change, by: User) -> Change:
    if one["what"] == "block":
        return _reversed_block(edition, one)
    if not Session.objects.filter(pk=one["pk"]).exists():
        _refuse(edition, one)
    _edition, session = locked_session(one["pk"], None, by)
    if one["what"] == "text":
        return _reversed_text(edition, session, one)
    if json_of(Place.of_booking(session.booking)) != one["after"]:
        _refuse(edition, one)
    if one["before"] and one["before"].get("made"):
        return _unmade(session, one)
    put(session, Place.of_json(one["before"]))
    return change("session", session.pk, one["after"], one["before"])


def _reversed_text(edition: Edition, session: Session, one: Change) -> Change:
    if any(getattr(session, name) != value for name, value in one["after"].items()):
        _refuse(edition, one)
    write_texts(session, one["before"])
    return change("text", session.pk, one["after"], one["before"])


def _unmade(session: Session, one: Change) -> Change:
    booking = session.booking
    if session.held or (booking and booking.is_firm):
        raise DomainError(_("It was released since: cancel it instead."), code="released")
    session.delete()
    if booking:
        booking.delete()
    return change("session", one["pk"], one["after"], None)


def _reversed_block(edition: Edition, one: Change) -> Change:
    block = RoomBlock.objects.select_related("booking").filter(pk=one["pk"]).first()
    if one["after"] is None:
        at = Place.of_json(one["before"])
        made = make_block(edition, at, one["before"]["reason"]) if at else None
        return change("block", made.pk if made else one["pk"], None, one["before"])
    if block is None or block_json(block) != one["after"]:
        _refuse(edition, one)
    remove_block(block)
    return change("block", one["pk"], one["after"], None)


def _refuse(edition: Edition, one: Change) -> NoReturn:
    touching = [{"what": one["what"], "pk": one["pk"]}]
    later = Step.objects.filter(edition=edition, changes__contains=touching)
    last = later.select_related("by").order_by("-number").first()
    raise Overtaken(
        _("This cannot be taken back, it was changed since: %(step)s."),
        code="overtaken",
        params={"step": told(last, edition) if last else "—"},
    )
