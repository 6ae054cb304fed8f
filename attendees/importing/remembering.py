"""Columns remembered: what somebody said about a set of headings holds for the next file."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.importing.columns import BY_KEY, NAMES, folded, heading, signature
from attendees.models import ColumnMap, GuestList
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError


def remembered(headings: Sequence[str]) -> list[str] | None:
    """The fields that somebody chose for these headings, if anybody did."""
    found = ColumnMap.objects.filter(signature=signature(headings)).first()
    if found is None or len(found.fields) != len(headings):
        return None
    ColumnMap.objects.filter(pk=found.pk).update(used_at=timezone.now())
    return list(found.fields)


def choose_columns(
    guest_list: GuestList, headings: Sequence[str], fields: Sequence[str], *, by: User | None
) -> None:
    """Read the list by these fields from now on, and the next one with its headings.

    Refuses fields that we do not have, one field for two columns, and no names.
    """
    check_columns(fields)
    fields = [*fields, *[""] * len(headings)][: len(headings)]
    guest_list.columns = fields
    guest_list.save(update_fields=["columns"])
    ColumnMap.objects.update_or_create(
        signature=signature(headings),
        defaults={
            "headings": [one[:200] for one in headings],
            "fields": fields,
            "saved_at": timezone.now(),
            "saved_by": by,
        },
    )


def check_columns(fields: Sequence[str]) -> None:
    """Raise DomainError with a sentence if the fields make no guest list."""
    chosen = [field for field in fields if field]
    if unknown := [field for field in chosen if field not in BY_KEY]:
        names = ", ".join(unknown)
        text = _("There is no field called %(names)s.") % {"names": names}
        raise DomainError(text, code="unknown_field")
    twice = [heading(field) for field, count in Counter(chosen).items() if count > 1]
    if twice:
        text = _("Several columns are to be %(names)s: choose one of them.")
        raise DomainError(text % {"names": ", ".join(twice)}, code="twice")
    if not NAMES & set(chosen):
        raise DomainError(_("No column holds names."), code="no_names")


def fields_by_heading(headings: Sequence[str], choices: Mapping[str, str]) -> list[str]:
    """The field of each column out of {heading: field}; what is not named is left out.

    Refuses a heading that the file does not have.
    """
    by_name = {folded(name): field for name, field in choices.items()}
    if missing := [name for name in choices if folded(name) not in map(folded, headings)]:
        text = _("The file has no column called %(names)s.")
        raise DomainError(text % {"names": ", ".join(missing)}, code="no_column")
    return [by_name.get(folded(name), "") for name in headings]
