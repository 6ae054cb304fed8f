"""The people we have, as an import looks them up: by e-mail, else by names and organization."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import CharField
from django.db.models.functions import Cast

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
        _enter(self, known, known.values)

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
    rows = {pk: (merged, values) for pk, merged, values in _everyone()}
    known = {pk: Known(pk, values) for pk, (merged, values) in rows.items() if merged is None}
    register = Register()
    for pk, (merged, values) in rows.items():
        final = pk
        while merged is not None:
            final, merged = merged, rows[merged][0]
        _enter(register, known[final], values)
    return register


def _everyone() -> Iterator[tuple[int, int | None, dict[str, str]]]:
    """Key, who they were merged into, and the values as stored.

    Phones stay text: making thousands of them into numbers takes seconds.
    """
    people = Person.objects.annotate(phone_text=Cast("phone", CharField()))
    columns = ["phone_text" if name == "phone" else name for name in FIELDS]
    for pk, merged, *values in people.values_list("pk", "merged_into", *columns):
        texts = [value or "" for value in values]
        yield pk, merged, dict(zip(FIELDS, texts, strict=True))


def _enter(register: Register, known: Known, values: Mapping[str, str]) -> None:
    """Find a person under an address and names of theirs, also of before a merge."""
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
