"""The people we have, as an import looks them up: by e-mail, else by names and organization."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from attendees.importing.columns import folded
from attendees.importing.parsing import FIELDS
from attendees.models import Person


@dataclass
class Known:
    """A person as stored (or as an earlier line makes them), and the line that last said so."""

    key: int | None
    values: dict[str, str]
    line: int = 0

    @property
    def name_keys(self) -> set[str]:
        return name_keys(self.values)

    @property
    def organizations(self) -> set[str]:
        return organizations(self.values)


@dataclass
class Register:
    """All people by address and by name."""

    by_email: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, known: Known) -> None:
        if email := known.values.get("email", "").lower():
            self.by_email[email].append(known)
        for key in known.name_keys:
            self.by_name[key].append(known)

    def of_address(self, email: str) -> list[Known]:
        return self.by_email.get(email, []) if email else []

    def namesakes(self, values: Mapping[str, str]) -> list[Known]:
        """People who share a name and an organization, and have no other address."""
        email, places = values.get("email", ""), organizations(values)
        found = {id(one): one for key in name_keys(values) for one in self.by_name.get(key, [])}
        return [
            one
            for one in found.values()
            if is_same_place(places, one.organizations)
            and (not email or not one.values.get("email"))
        ]


def load_register() -> Register:
    """Everyone, in one query. Who was merged into another answers as that other."""
    rows = {row["pk"]: row for row in Person.objects.values("pk", "merged_into", *FIELDS)}
    register = Register()
    known = {
        pk: Known(pk, {name: str(row[name] or "") for name in FIELDS})
        for pk, row in rows.items()
        if row["merged_into"] is None
    }
    for pk, row in rows.items():
        final = pk
        while rows[final]["merged_into"]:
            final = rows[final]["merged_into"]
        _enter(register, known[final], row)
    return register


def _enter(register: Register, known: Known, row: Mapping[str, object]) -> None:
    """Find a person under the address and names of a row of theirs."""
    values = {name: str(row[name] or "") for name in FIELDS}
    if values["email"]:
        register.by_email[values["email"].lower()].append(known)
    for key in name_keys(values):
        register.by_name[key].append(known)


def name_keys(values: Mapping[str, str]) -> set[str]:
    """What makes two names the same: no case, width or spaces; Latin words in any order."""
    native, latin = values.get("name_native", ""), values.get("name_latin", "")
    words = "".join(sorted(folded(word) for word in latin.replace(",", " ").split()))
    return {key for key in [folded(native), words] if key}


def organizations(values: Mapping[str, str]) -> set[str]:
    names = [values.get("organization_en", ""), values.get("organization_zh_hans", "")]
    return {folded(name) for name in names if name}


def is_same_place(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two share an organization, or neither has any."""
    some, others = set(some), set(others)
    return bool(some & others) or not (some or others)
