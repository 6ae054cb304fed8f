"""Pitches: the entries of a round as sessions of the programme, one after the other."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from events.models import Room, Session, Track
from events.services.placing import Place, place
from hrconf.accounts.models import User
from projects.models import Entry
from projects.services.trail import lock_round


@transaction.atomic
def make_pitches(
    round_id: int, *, starts_at: datetime, minutes: int, room: Room | None, by: User
) -> int:
    """Give each entry without a session a draft of one, in pitching order; returns how many.

    Entries that have a session keep it, and their slot of the order stays theirs.
    """
    round = lock_round(round_id)
    edition = round.edition
    track = Track.objects.filter(edition=edition, slug="competition").first()
    entries = Entry.objects.filter(round=round).select_related("project__holder")
    made = 0
    for slot, entry in enumerate(entries.order_by("position")):
        if entry.session_id:
            continue
        entry.session = pitch(entry, round.number, track, minutes)
        entry.save(update_fields=["session"])
        begin = starts_at + timedelta(minutes=minutes * slot)
        place(entry.session.pk, to=Place(begin, minutes, room.pk if room else None), by=by)
        made += 1
    return made


def pitch(entry: Entry, round_number: int, track: Track | None, minutes: int) -> Session:
    project = entry.project
    return Session.objects.create(
        edition=project.edition,
        code=f"round-{round_number}-pitch-{entry.pk}",
        kind=Session.Kind.PITCH,
        track=track,
        title_en=f"Pitch: {project.title_en or project.title_zh_hans}",
        title_zh_hans=f"路演：{project.title_zh_hans or project.title_en}",
        abstract_en=project.summary_en or "",
        abstract_zh_hans=project.summary_zh_hans or "",
        language=project.holder.preferred_language if project.holder else settings.LANGUAGE_CODE,
        minutes=minutes,
    )
