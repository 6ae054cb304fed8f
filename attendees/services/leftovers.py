"""Where else a person may be named: what keeps copies, and belongs to nobody alone."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import unquote_plus

from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Lower
from django.utils import timezone

from attendees.importing.writing import read_guest_list
from attendees.models import Association, ColumnMap, GuestList, Person, RegistrationRequest
from attendees.services.traces import Traces, plainly, scrubbed
from events.imports.uploads import read_upload
from events.models import Release, ScheduleImport, Speaker
from events.snapshots import checksum
from hrconf.accounts.models import User
from hrconf.jobs.models import Job
from hrconf.lib.errors import DomainError
from hrconf.lib.sheets import SheetError
from hrconf.mailing.models import Attachment, Batch, Bounce, Message, Suppression
from hrconf.office.models import DoneDeed, SavedExport, SavedView

# Work whose result names its rows by their keys; of all other work any may hold the person.
KEYED = {"people_export"}
NOWHERE = "erased@erased.invalid"


Clearing = Callable[[list[Person], Traces], int]
_upstairs: dict[str, Clearing] = {}


def clears(label: str) -> Callable[[Clearing], Clearing]:
    """Register what another storey clears: rows of a model that belong to nobody yet."""

    def register(clearing: Clearing) -> Clearing:
        _upstairs[label] = clearing
        return clearing

    return register


def clear_elsewhere(people: list[Person], traces: Traces) -> dict[str, int]:
    """Take the person out of lists, files, logs and snapshots; return how many of each."""
    return {label: clearing(people, traces) for label, clearing in _upstairs.items()} | {
        "attendees.GuestList": clear_guest_lists(traces),
        "events.ScheduleImport": clear_schedule_imports(traces),
        "attendees.ColumnMap": clear_columns(traces),
        "attendees.Association": clear_text(Association, traces),
        "jobs.Job": clear_jobs(people, traces),
        "mailing.Message (others)": clear_messages(people, traces),
        "events.Release": clear_releases(people, traces),
        "admin.LogEntry": clear_log(traces),
        "mailing.Batch": clear_text(Batch, traces),
        "office.DoneDeed": clear_deeds(traces),
        "office.SavedView": clear_kept(SavedView, traces),
        "office.SavedExport": clear_kept(SavedExport, traces),
        "accounts.User": clear_logins(traces),
        "mailing.Suppression": clear_returns(people),
        "attendees.RegistrationRequest": clear_requests(people, traces),
    }


def clear_guest_lists(traces: Traces) -> int:
    """A list that waits with the person in it loses its file; its name is scrubbed."""
    count = 0
    for guest_list in GuestList.objects.exclude(file="", name="").iterator():
        is_in_file = bool(guest_list.file) and file_names(guest_list, traces)
        if not (is_in_file or traces.are_in(guest_list.name)):
            continue
        if is_in_file:
            delete_file(guest_list.file)
            guest_list.file, guest_list.report = "", {}
        guest_list.name = traces.taken_out(guest_list.name)
        guest_list.save(update_fields=["file", "report", "name"])
        count += 1
    return count


def file_names(guest_list: GuestList, traces: Traces) -> bool:
    """Whether a waiting list names the person, or cannot be read and therefore may."""
    try:
        header, rows = read_guest_list(guest_list)
    except (DomainError, SheetError, OSError):
        return True
    return traces.are_in(header.headings) or traces.are_in(rows)


def clear_schedule_imports(traces: Traces) -> int:
    """A waiting schedule with the person on stage loses its file; reports are scrubbed."""
    count = 0
    for row in ScheduleImport.objects.select_related("edition").exclude(file="").iterator():
        if is_on_stage_of(row, traces):
            delete_file(row.file)
            ScheduleImport.objects.filter(pk=row.pk).update(file="")
            count += 1
    return count + clear_text(ScheduleImport, traces)


def is_on_stage_of(row: ScheduleImport, traces: Traces) -> bool:
    """Whether a waiting schedule names the person, or cannot be read and therefore may."""
    try:
        return traces.are_in(asdict(read_upload(row)))
    except (DomainError, OSError):
        return True


def clear_returns(people: list[Person]) -> int:
    """That an address was stopped, and what servers said of it, goes with the person."""
    addresses = [person.email.lower() for person in people if person.email]
    returns = Bounce.objects.annotate(lower=Lower("address")).filter(lower__in=addresses)
    stops = Suppression.objects.annotate(lower=Lower("address")).filter(lower__in=addresses)
    return returns.update(address="", detail="") + stops.delete()[0]


def clear_requests(people: list[Person], traces: Traces) -> int:
    """Requests whose address nobody has proven, at the person's address or in their name."""
    addresses = [person.email.lower() for person in people if person.email]
    open_ones = RegistrationRequest.objects.filter(registration=None)
    named = [one.pk for one in open_ones if traces.are_in([one.name_native, one.name_latin])]
    found = open_ones.filter(Q(email__in=addresses) | Q(pk__in=named))
    return found.delete()[0]


def clear_deeds(traces: Traces) -> int:
    """A deed that could still put the person back can no longer be undone."""
    known = DoneDeed.objects.exclude(changes=[])
    named = [one.pk for one in known if traces.are_in(one.changes)]
    return known.filter(pk__in=named).update(changes=[], undo_until=timezone.now())


def clear_kept(model: type[SavedView] | type[SavedExport], traces: Traces) -> int:
    """A view or an export that searches for the person has nothing left to find."""
    kept = model.objects.all()
    named = [one.pk for one in kept if traces.are_in([one.name, unquote_plus(one.query)])]
    kept.filter(pk__in=named).delete()
    return len(named)


def clear_columns(traces: Traces) -> int:
    """A file without headings may have had the person in its first line."""
    named = [one.pk for one in ColumnMap.objects.all() if traces.are_in(one.headings)]
    return ColumnMap.objects.filter(pk__in=named).delete()[0]


def clear_text(model: type[Model], traces: Traces) -> int:
    """Take the person out of the text columns of all rows of a model."""
    keys = model._default_manager.values_list("pk", flat=True)
    named = scrubbed(model, keys, traces)
    for key, values in named.items():
        plainly(model).filter(pk=key).update(**blank_addresses(values))
    return len(named)


def blank_addresses(values: dict) -> dict:
    """An address with a gap in it is none."""
    return {name: "" if name == "email" else value for name, value in values.items()}


def clear_jobs(people: list[Person], traces: Traces) -> int:
    """Files that work left behind; they can be ordered again."""
    keys = {person.pk for person in people}
    count = 0
    for job in Job.objects.exclude(source="", result="").iterator():
        if job.kind in KEYED and not keys & set(job.options.get("keys", [])):
            continue
        for file in filter(None, [job.source, job.result]):
            delete_file(file)
        Job.objects.filter(pk=job.pk).update(source="", result="")
        count += 1
    return count + clear_text(Job, traces)


def clear_messages(people: list[Person], traces: Traces) -> int:
    """Letters to others at the person's address or that name the person.

    What a namesake got is about the namesake.
    """
    words = Q()
    for word in traces.words:
        words |= Q(subject__icontains=word) | Q(text__icontains=word) | Q(html__icontains=word)
        words |= Q(to_address__iexact=word) | Q(to_name__icontains=word) | Q(answer__icontains=word)
        words |= Q(error__icontains=word) | Q(reply_to__icontains=word)
    named = Message.objects.filter(words) if words else Message.objects.none()
    names = [word for word in traces.words if "@" not in word]
    namesakes = Person.objects.filter(Q(name_native__in=names) | Q(name_latin__in=names))
    keys = {*namesakes.values_list("pk", flat=True), *(person.pk for person in people)}
    return clear_letters(named.exclude(recipient__in=[f"person:{pk}" for pk in keys]), traces)


def clear_letters(rows: QuerySet, traces: Traces) -> int:
    keys = list(rows.values_list("pk", flat=True))
    named = scrubbed(Message, keys, traces, without=["kind", "recipient", "occasion"])
    for key, values in named.items():
        if "to_address" in values:
            values["to_address"] = NOWHERE
        Message.objects.filter(pk=key).update(**values)
    Attachment.objects.filter(message__in=keys).delete()
    return len(keys)


def clear_releases(people: list[Person], traces: Traces) -> int:
    """A released programme that has the person on stage has a gap in their place.

    Its number and time stay; its checksum is that of what it says now.
    """
    speakers = [one for person in people for one in person.speakers.all()]
    codes = {one.code: f"erased-{one.pk}" for one in speakers}
    count = 0
    for release in Release.objects.filter(edition__in=[one.edition_id for one in speakers]):
        snapshot = without_speakers(release.snapshot, codes, traces)
        changes = renamed(traces.taken_out(release.changes), codes)
        values = {"snapshot": snapshot, "changes": changes, "sha256": checksum(snapshot)}
        Release.objects.filter(pk=release.pk).update(**values)
        count += 1
    for one in speakers:
        Speaker.objects.filter(pk=one.pk).update(code=codes[one.code])
    return count


def without_speakers(snapshot: dict, codes: dict[str, str], traces: Traces) -> dict:
    """The snapshot with gaps; a namesake on the same stage stays."""
    others = {key: one for key, one in snapshot.items() if key != "speakers"}
    speakers = [
        speaker | nameless(speaker) | {"code": codes[speaker["code"]]}
        if speaker["code"] in codes
        else speaker
        for speaker in snapshot.get("speakers", [])
    ]
    return renamed(traces.taken_out(others), codes) | {"speakers": speakers}


def renamed(value: Any, codes: dict[str, str]) -> Any:
    """The same data with the speakers' old codes, which are made of names, replaced."""
    if isinstance(value, str):
        return codes.get(value, value)
    if isinstance(value, dict):
        return {codes.get(key, key): renamed(one, codes) for key, one in value.items()}
    if isinstance(value, list):
        return [renamed(one, codes) for one in value]
    return value


def nameless(speaker: dict) -> dict:
    """A speaker of a snapshot without who it is."""
    empty = {key: dict.fromkeys(speaker[key], "") for key in ["title", "organization", "biography"]}
    gone = {"portrait": None} if "portrait" in speaker else {}
    return {"name_native": "", "name_latin": "Erased person", "sort_key": "~"} | empty | gone


def clear_logins(traces: Traces) -> int:
    """Logins of guests at the person's addresses; that of the record goes with it."""
    addresses = [word.lower() for word in traces.words if "@" in word]
    guests = User.objects.filter(email__in=addresses, is_staff=False, is_superuser=False)
    keys = [user.pk for user in guests if not user.is_office]
    Person.objects.filter(user__in=keys).update(user=None)
    return User.objects.filter(pk__in=keys).delete()[0]


def clear_log(traces: Traces) -> int:
    """What the admin wrote down about changes."""
    count = 0
    for word in traces.words:
        named = LogEntry.objects.filter(
            Q(object_repr__icontains=word) | Q(change_message__icontains=word)
        )
        count += named.update(object_repr="—", change_message="")
    return count


def delete_file(file: FieldFile) -> None:
    """Delete a stored file once the transaction stands."""
    name = file.name or ""
    transaction.on_commit(lambda: default_storage.delete(name))
