"""A plan carried out: all of it or nothing, in a number of queries that does not grow."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from events.imports.files import ScheduleIn
from events.imports.planning import TEXTS, plan_import
from events.imports.plans import Outcome, Plan, Planned, Wishes
from events.imports.register import translated
from events.models import Appearance, Booking, Edition, Room, Session, Speaker, Step, Track
from events.services.edits import record_many
from events.services.steps import lock_edition
from hrconf.accounts.models import User

BATCH = 1000
Progress = Callable[[int, int], None]
SESSION_FIELDS = [
    *(column for text in TEXTS for column in translated(text, {})),
    "kind",
    "format_name",
    "language",
    "recording_licence",
    "is_off_record",
    "links",
    "attachments",
    "track",
    "minutes",
    "status",
    "booking",
    "imported",
]
SPEAKER_FIELDS = ["name_native", "name_latin", "sort_key", "source_id", "imported"]
SPEAKER_FIELDS += translated("biography", {})


def silent(done: int, total: int) -> None:
    return None


@transaction.atomic
def import_schedule(
    edition: Edition,
    schedule: ScheduleIn,
    wishes: Wishes | None = None,
    *,
    progress: Progress = silent,
    by: User | None = None,
) -> Plan:
    """Write what the file changes in the drafts of an edition; the public sees it when released.

    The edition is locked, so that imports and releases take turns. The same file
    again writes nothing.
    """
    edition = lock_edition(edition.pk)
    plan = plan_import(edition, schedule, wishes or Wishes())
    write(plan, progress)
    touched = [*plan.of(Outcome.CREATED), *plan.of(Outcome.CHANGED)]
    keys = [row.session.pk for row in touched if row.session]
    record_many(edition, Step.Kind.IMPORT, keys, by=by)
    return plan


def write(plan: Plan, progress: Progress) -> None:
    """Rows that others point at first."""
    created, changed = plan.of(Outcome.CREATED), changed_rows(plan)
    total = max(len(created) + len(changed), 1)
    progress(0, total)
    write_places(plan)
    write_speakers(plan)
    write_bookings([row for row in [*created, *changed] if row.moves])
    point_at_rows([*created, *changed])
    progress(len(created) // 2, total)
    sessions = [row.session for row in created if row.session]
    Session.objects.bulk_create(sessions, batch_size=BATCH)
    progress(len(created), total)
    update(Session, [row.session for row in changed if row.session], SESSION_FIELDS)
    write_appearances(plan, [*created, *changed])
    progress(total, total)


def changed_rows(plan: Plan) -> list[Planned]:
    """Sessions of which anything is written, if only what is remembered of the import."""
    return [
        row
        for row in plan.rows
        if row.outcome == Outcome.CHANGED or (row.outcome == Outcome.UNCHANGED and row.stamps)
    ]


def write_places(plan: Plan) -> None:
    register = plan.register
    if register.new_rooms and register.venue.pk is None:
        register.venue.save()
    for room in register.new_rooms:
        room.venue = register.venue
    Room.objects.bulk_create(register.new_rooms)
    Track.objects.bulk_create(register.new_tracks)


def write_speakers(plan: Plan) -> None:
    Speaker.objects.bulk_create(plan.register.new_speakers, batch_size=BATCH)
    update(Speaker, list(plan.changed_speakers.values()), SPEAKER_FIELDS)


def write_bookings(rows: list[Planned]) -> None:
    """Rooms got their keys just now, bookings get theirs here: each is assigned once more."""
    bookings = [row.session.booking for row in rows if row.session and row.session.booking]
    for booking in bookings:
        booking.room = booking.room
    new = [booking for booking in bookings if booking._state.adding]
    old = [booking for booking in bookings if not booking._state.adding]
    Booking.objects.bulk_create(new, batch_size=BATCH)
    update(Booking, old, ["room", "during", "is_firm", "is_shared"])


def point_at_rows(rows: list[Planned]) -> None:
    """Tracks and bookings have keys by now: tell the sessions."""
    for row in rows:
        if row.session:
            row.session.track, row.session.booking = row.session.track, row.session.booking


def write_appearances(plan: Plan, rows: list[Planned]) -> None:
    """Who is on stage as the file says, in its order; the roles that we gave stay."""
    gone, new, moved = [], [], []
    for row in rows:
        if row.people is None or row.session is None:
            continue
        present = {a.speaker_id: a for a in plan.register.appearances.get(row.session.pk, [])}
        wanted = [speaker.pk for speaker in row.people]
        gone += [a.pk for pk, a in present.items() if pk not in wanted]
        for place, speaker in enumerate(wanted, 1):
            known = present.get(speaker)
            if known is None:
                new.append(Appearance(session=row.session, speaker_id=speaker, position=place))
            elif known.position != place:
                known.position = place
                moved.append(known)
    if gone:
        Appearance.objects.filter(pk__in=gone).delete()
    Appearance.objects.bulk_create(new, batch_size=BATCH)
    update(Appearance, moved, ["position"])


def update(model: Any, rows: list, fields: list[str]) -> None:
    if rows:
        model.objects.bulk_update(rows, fields, batch_size=BATCH)
