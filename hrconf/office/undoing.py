"""Undo: a deed's mails wait a while, and so long what it did can be put back.

Before and after a deed its rows are read; what differs is kept. Undoing checks
under lock that the rows are still as the deed left them and that no mail has
gone, puts every column back, and frees the occasions of the mails, so that the
deed can be done again.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.wake import wake_on_commit
from hrconf.mailing import tasks
from hrconf.mailing.models import Message
from hrconf.office.models import DoneDeed, Exact

# {"model", "key", "was": columns or None if it was not there, "is": the same, after}
Change = dict[str, Any]
Rows = dict[tuple[str, int], dict[str, Any]]


@dataclass(frozen=True)
class Undo:
    """How a deed is undone.

    `touches` are the models whose rows it writes, each with the path from such a
    row to the chosen ones; `lock` takes the locks of the deed in the deed's own
    order; `check` refuses with a DomainError what may not be put back, such as a
    place that is somebody else's by now. Columns in `stays` are left as they are.
    """

    touches: Sequence[tuple[type[models.Model], str]]
    lock: Callable[[Collection[int]], object]
    check: Callable[[Collection[int]], None] = lambda ids: None
    stays: frozenset[str] = frozenset()


def window() -> timedelta:
    """How long mails of a deed wait."""
    return timedelta(seconds=settings.UNDO_SECONDS)


# Doing ----------------------------------------------------------------------------------


def read_rows(undo: Undo, ids: Collection[int]) -> Rows:
    """The columns of every row that a deed may write."""
    found: Rows = {}
    for model, path in undo.touches:
        columns = [f.attname for f in columns_of(model) if f.attname not in undo.stays]
        rows = plain(model).filter(**{f"{path}__in": ids}).values(*columns)
        found |= {(model._meta.label, row[model._meta.pk.attname]): as_json(row) for row in rows}
    return found


def changes_between(before: Rows, after: Rows) -> list[Change]:
    """What a deed did, row by row: of changed rows only the columns that changed."""
    changes = []
    for place in sorted({*before, *after}):
        was, now = before.get(place), after.get(place)
        if was == now:
            continue
        if was is not None and now is not None:
            differ = [name for name in was if was[name] != now[name]]
            was, now = ({name: row[name] for name in differ} for row in (was, now))
        changes.append({"model": place[0], "key": place[1], "was": was, "is": now})
    return changes


def keep(
    *,
    office: str,
    name: str,
    title: str,
    count: int,
    changes: list[Change],
    mails: list[int],
    by: User,
    job_key: int | None,
) -> DoneDeed:
    """Write down what was done, in its transaction, and make its mails wait."""
    until = timezone.now() + window()
    hold_back(mails, until)
    return DoneDeed.objects.create(
        office=office,
        name=name,
        title=title,
        count=count,
        mails=mails,
        changes=changes,
        job_key=job_key,
        done_by=by,
        undo_until=until,
    )


def hold_back(mails: Collection[int], until: datetime) -> None:
    messages = Message.objects.filter(pk__in=mails)
    messages.update(send_after=Greatest(F("send_after"), Value(until)))


# Undoing --------------------------------------------------------------------------------


@transaction.atomic
def undo_deed(pk: int, undo: Undo, *, by: User) -> DoneDeed:
    """Put everything back as it was before a deed, or refuse and change nothing."""
    deed = DoneDeed.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if not deed.is_open:
        raise DomainError(_("It is too late to undo this."), code="too_late")
    take_back(deed, by)
    undo.lock(list({change["key"] for change in deed.changes if is_chosen(deed, change)}))
    refuse_changed(deed.changes)
    try:
        with transaction.atomic():
            put_back(deed.changes)
    except IntegrityError:  # such as somebody who stands in line again
        text = _("Something new stands where a row would go back to. Look at both records.")
        raise DomainError(text, code="changed") from None
    undo.check([change["key"] for change in deed.changes if is_chosen(deed, change)])
    deed.undone_at, deed.undone_by, deed.changes = timezone.now(), by, []
    deed.save(update_fields=["undone_at", "undone_by", "changes"])
    return deed


@transaction.atomic
def let_go(pk: int, *, by: User) -> DoneDeed:
    """Send the mails of a deed now; from here on it cannot be undone."""
    deed = DoneDeed.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if not deed.is_open:
        raise DomainError(_("Its mails are on their way already."), code="too_late")
    now = timezone.now()
    waiting = Message.objects.waiting().filter(pk__in=deed.mails, send_after=deed.undo_until)
    waiting.update(send_after=now)
    deed.undo_until, deed.changes = now, []
    deed.save(update_fields=["undo_until", "changes"])
    wake_on_commit(tasks.empty_outbox)
    return deed


def forget_changes() -> int:
    """Forget how to undo what no longer can be: the rows' own columns say the rest."""
    return DoneDeed.objects.over().update(changes=[])


def is_chosen(deed: DoneDeed, change: Change) -> bool:
    """Whether a change is to one of the rows that were chosen, not to what hangs on them."""
    return change["model"].lower() == deed.office


def take_back(deed: DoneDeed, by: User) -> None:
    """Cancel the mails; their occasions are free again for the same deed."""
    messages = Message.objects.filter(pk__in=deed.mails)
    states = set(messages.select_for_update().values_list("state", flat=True))
    if states - {Message.State.HELD, Message.State.QUEUED, Message.State.CANCELLED}:
        raise DomainError(_("One of its mails has gone out already."), code="sent")
    messages.waiting().cancel(by=str(by.pk))
    messages.update(occasion=Concat(F("occasion"), Value(f":undone:{deed.pk}")))


def refuse_changed(changes: list[Change]) -> None:
    """Refuse if a row is no longer as the deed left it; locks them all."""
    found = sum(not is_as_left(change, row) for change, row in with_rows(changes))
    if found:
        text = ngettext(
            "%(count)s row has changed since: look at it, and cancel its mail in the outbox.",
            "%(count)s rows have changed since: look at them, and cancel mails in the outbox.",
            found,
        )
        raise DomainError(text % {"count": found}, code="changed")


def is_as_left(change: Change, row: dict[str, Any] | None) -> bool:
    if change["is"] is None or row is None:
        return change["is"] is None and row is None
    return all(row[name] == value for name, value in change["is"].items())


def with_rows(changes: list[Change]) -> Iterable[tuple[Change, dict[str, Any] | None]]:
    """Each change with the row as it is now, locked; one query for each model."""
    for model, those in by_model(changes):
        columns = [field.attname for field in columns_of(model)]
        rows = plain(model).filter(pk__in=[change["key"] for change in those])
        locked = rows.select_for_update(of=("self",), no_key=True).order_by("pk").values(*columns)
        now = {row[model._meta.pk.attname]: as_json(row) for row in locked}
        yield from ((change, now.get(change["key"])) for change in those)


def put_back(changes: list[Change]) -> None:
    """Give changed rows their columns back, add deleted ones, delete added ones."""
    for model, those in by_model(changes):
        added = [change["key"] for change in those if change["was"] is None]
        plain(model).filter(pk__in=added).delete()
        gone = [change["was"] for change in those if change["is"] is None]
        model._base_manager.bulk_create(model(**as_values(model, row)) for row in gone)
        for was, keys in alike(those).items():
            columns = as_values(model, json.loads(was))
            plain(model).filter(pk__in=keys).update(**columns)


def alike(changes: list[Change]) -> dict[str, list[int]]:
    """Keys of changed rows by what they were before: most are alike."""
    groups = defaultdict(list)
    for change in changes:
        if change["was"] is not None and change["is"] is not None:
            groups[json.dumps(change["was"], sort_keys=True)].append(change["key"])
    return groups


def by_model(changes: list[Change]) -> list[tuple[type[models.Model], list[Change]]]:
    groups: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        groups[change["model"]].append(change)
    return [(apps.get_model(label), those) for label, those in groups.items()]


# Columns --------------------------------------------------------------------------------


def columns_of(model: type[models.Model]) -> list[models.Field]:
    """What a row is written from: not what PostgreSQL works out itself, nor files."""
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.BinaryField) and not getattr(field, "generated", False)
    ]


def plain(model: type[models.Model]) -> models.QuerySet:
    """All rows, every column by its own name: not a language's in place of another's."""
    rows = model._base_manager.all()
    return rows.rewrite(False) if hasattr(rows, "rewrite") else rows


def as_json(row: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(row, cls=Exact))


def as_values(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row as Python values again."""
    fields = {field.attname: field for field in columns_of(model)}
    return {name: fields[name].to_python(value) for name, value in row.items()}
