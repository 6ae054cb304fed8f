"""Edits of what a session is: title, kind, seats, state, people; each raises the revision.

Whoever has the session on the screen sees it, and a stale form is refused.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from events.models import Edition, Session, Speaker, Step
from events.services.placing import Place, check_length, json_of, locked_session, put
from events.services.steps import Change, change, lock_edition, record
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

TEXTS = ["title", "subtitle", "abstract", "description"]
PLAIN = ["kind", "track_id", "language", "capacity", "needs_seat", "status"]
PLAIN += ["code", "interpretation", "format_name", "recording_licence", "is_off_record"]
TITLES = [build_localized_fieldname("title", language) for language, _name in settings.LANGUAGES]
QUICK = [*TITLES, "kind", "capacity"]  # what the grid's panel edits


def told_of(session: Session) -> dict[str, Any]:
    """What is said of a session beside its time and room; two queries at most."""
    names = [build_localized_fieldname(t, code) for t in TEXTS for code, _n in settings.LANGUAGES]
    told = {name: getattr(session, name) or "" for name in names}
    told |= {name: getattr(session, name) for name in PLAIN}
    rows = session.appearances.order_by("position", "pk") if session.pk else []
    told["people"] = [[row.speaker_id, row.role] for row in rows]
    told["stops"] = [str(row.during) for row in session.stops.all()] if session.pk else []
    return told


def difference(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict, dict]:
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def record_edit(session: Session, before: dict[str, Any], *, by: User | None) -> Step | None:
    """Keep what an office form changed of a session; nothing if it changed nothing."""
    old, new = difference(before, told_of(session))
    if not new:
        return None
    edition = lock_edition(session.edition_id)
    return record(edition, Step.Kind.EDIT, [change("text", session.pk, old, new)], by=by)


def record_many(
    edition: Edition, kind: Step.Kind, keys: Iterable[int], *, by: User | None = None
) -> Step | None:
    """One step for all sessions that an import, a release put back or a list touched."""
    changes: list[Change] = [change("text", pk, None, None) for pk in sorted(set(keys))]
    return record(edition, kind, changes, by=by) if changes else None


def record_speaker(speaker: Speaker, touched: Iterable[int], *, by: User | None) -> Step | None:
    """A speaker was changed: so are the sessions this speaker is or was in."""
    edition = lock_edition(speaker.edition_id)
    return record_many(edition, Step.Kind.EDIT, touched, by=by)


@transaction.atomic
def edit_session(
    pk: int, *, texts: dict[str, Any], minutes: int, seen: int | None = None, by: User | None = None
) -> Session:
    """Change title, kind, seats and length from the grid: one step that can be taken back."""
    edition, session = locked_session(pk, seen, by)
    before = {name: getattr(session, name) for name in QUICK}
    write_texts(session, texts)
    old, new = difference(before, {name: getattr(session, name) for name in QUICK})
    changes = [change("text", pk, old, new)] if new else []
    changes += _other_length(session, minutes)
    if changes:
        record(edition, Step.Kind.TEXT, changes, by=by)
    return session


def write_texts(session: Session, texts: dict[str, Any]) -> None:
    for name in [*QUICK, "minutes"]:
        if name in texts:
            setattr(session, name, texts[name])
    if not any(getattr(session, name) for name in TITLES):
        raise DomainError(_("A session has a title."), code="no_title")
    session.full_clean()
    session.save(update_fields=[*QUICK, "minutes"])


def _other_length(session: Session, minutes: int) -> list[Change]:
    check_length(minutes)
    before = Place.of_booking(session.booking)
    if before is None:
        return _other_default(session, minutes)
    to = Place(before.starts_at, minutes, before.room)
    if before == to:
        return []
    put(session, to)
    return [change("session", session.pk, json_of(before), json_of(to))]


def _other_default(session: Session, minutes: int) -> list[Change]:
    """How long a session without a time will be: `minutes` is a field like the others."""
    old, session.minutes = session.minutes, minutes
    session.save(update_fields=["minutes"])
    same = old == minutes
    return [] if same else [change("text", session.pk, {"minutes": old}, {"minutes": minutes})]
