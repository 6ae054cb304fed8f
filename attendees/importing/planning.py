"""What an import would do with each row: created, matched, changed or refused, and why."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from attendees.importing.columns import heading
from attendees.importing.lookups import Lookups
from attendees.importing.parsing import FIELDS, Guest
from attendees.importing.people import Known, Register, name_keys
from attendees.models import GuestList


class Outcome(models.TextChoices):
    """What becomes of a row."""

    CREATED = "created", gettext_lazy("Created")
    CHANGED = "changed", gettext_lazy("Changed")
    MATCHED = "matched", gettext_lazy("Matched")
    REFUSED = "refused", pgettext_lazy("a row", "Refused")


@dataclass
class Planned:
    """A row and what becomes of it. `known.key` is set once the person has a row."""

    guest: Guest
    outcome: Outcome
    notes: list[str] = field(default_factory=list)
    known: Known | None = None
    changes: list[str] = field(default_factory=list)
    was: dict[str, str] = field(default_factory=dict)  # what a change replaces; for the screen
    category: int | None = None
    association: int | None = None
    adds_guest: bool = False


@dataclass
class Plan:
    """All rows of a list, planned."""

    rows: list[Planned]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}

    @property
    def refused(self) -> list[Planned]:
        return [row for row in self.rows if row.outcome == Outcome.REFUSED]

    @property
    def going(self) -> list[Planned]:
        return [row for row in self.rows if row.outcome != Outcome.REFUSED]

    @property
    def writes(self) -> int:
        """How many rows would write anything."""
        return self.counts[Outcome.CREATED] + self.counts[Outcome.CHANGED]


def plan_import(
    guest_list: GuestList, guests: list[Guest], register: Register, lookups: Lookups
) -> Plan:
    """Match every guest with the people there are; nothing is written."""
    return Plan([_plan_row(guest_list, guest, register, lookups) for guest in guests])


def _plan_row(guest_list: GuestList, guest: Guest, register: Register, lookups: Lookups) -> Planned:
    category, association = lookups.resolve(guest, guest_list)
    if guest.troubles:
        return Planned(guest, Outcome.REFUSED, guest.troubles)
    known, trouble = match(guest, register)
    if trouble:
        return Planned(guest, Outcome.REFUSED, [trouble])
    planned = _created(guest, register) if known is None else _found(guest, known)
    planned.category, planned.association = category, association
    if planned.outcome != Outcome.REFUSED:
        _plan_guest(guest_list, planned, lookups)
    return planned


def match(guest: Guest, register: Register) -> tuple[Known | None, str]:
    """The person a row is about, or none; or why nobody can tell."""
    keys = name_keys(guest.values)
    addressed = _once(register.of_address(guest.values.get("email", "")))
    found = [known for known in addressed if known.name_keys & keys]
    if addressed and not found:
        return None, _("the e-mail address belongs to someone of another name")
    found = found or _once(register.namesakes(guest.values))
    if len(found) > 1:
        return None, _("several people of this name: give the e-mail address")
    return (found[0], "") if found else (None, "")


def _once(found: list[Known]) -> list[Known]:
    return list({id(known): known for known in found}.values())


def _created(guest: Guest, register: Register) -> Planned:
    known = Known(None, {name: guest.values.get(name, "") for name in FIELDS}, guest.line)
    register.add(known)
    return Planned(guest, Outcome.CREATED, known=known)


def _found(guest: Guest, known: Known) -> Planned:
    """A person we have: their empty cells stay as they are, others are taken over."""
    changes = [name for name, value in guest.values.items() if known.values.get(name) != value]
    if known.line and changes:
        text = _("the same person as in line %(line)s, with other data")
        return Planned(guest, Outcome.REFUSED, [text % {"line": known.line}])
    if known.line:
        text = _("the same person as in line %(line)s") % {"line": known.line}
        return Planned(guest, Outcome.MATCHED, [text], known)
    was = {name: known.values.get(name, "") for name in changes}
    known.line = guest.line
    known.values.update(guest.values)
    if not changes:
        return Planned(guest, Outcome.MATCHED, known=known)
    names = ", ".join(heading(name) for name in changes)
    notes = [_("new: %(columns)s") % {"columns": names}]
    return Planned(guest, Outcome.CHANGED, notes, known, changes, was)


def _plan_guest(guest_list: GuestList, planned: Planned, lookups: Lookups) -> None:
    """Whether the row makes the person a guest of the edition."""
    if guest_list.purpose == GuestList.Purpose.PEOPLE:
        return
    if not lookups.make_guest(planned.known):
        planned.notes.append(lookups.is_guest_already)
        return
    planned.adds_guest = True
    if planned.outcome == Outcome.MATCHED:
        planned.outcome = Outcome.CHANGED
    planned.notes.append(lookups.becomes_guest)
