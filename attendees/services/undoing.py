"""A merge undone: exactly, but for what has changed since, which it names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.importing.writing import one_at_a_time
from attendees.models import Duplicate, Merge
from attendees.personal import Belonging
from attendees.services.merging import FIELDS, label_of, lock_people, moving, values_of, write
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError


@dataclass
class UndoPlan:
    """What undoing gives back, and what has changed since and therefore stays."""

    merge: Merge
    rows: list[tuple[Belonging, list[int]]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


def plan_undo(merge: Merge) -> UndoPlan:
    """What would be given back; `changed` says what is no longer as the merge left it."""
    plan = UndoPlan(merge)
    now = values_of(merge.kept)
    for name in [one for one in merge.before if one in FIELDS]:
        if now[name] == merge.after[name]:
            plan.values[name] = merge.before[name]
        else:
            plan.changed.append(_("%(field)s was edited") % {"field": label_of(name)})
    for entry in [one for one in merge.moved if "model" in one]:
        _plan_rows(plan, entry)
    return plan


def _plan_rows(plan: UndoPlan, entry: Mapping[str, Any]) -> None:
    belonging = next(
        (o for o in moving() if (o.label, o.path) == (entry["model"], entry["path"])), None
    )
    if belonging is None:
        return
    still = belonging.rows(plan.merge.kept_id).filter(pk__in=entry["keys"])
    keys = list(still.values_list("pk", flat=True))
    plan.rows.append((belonging, keys))
    if lost := len(entry["keys"]) - len(keys):
        text = _("%(what)s: %(count)s went elsewhere")
        plan.changed.append(text % {"what": belonging.title, "count": lost})


@transaction.atomic
def undo_merge(pk: int, *, by: User | None) -> list[str]:
    """Undo a merge exactly; return what has changed since and stays as it is now."""
    one_at_a_time()
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=pk)
    people = lock_people(merge.kept_id, merge.gone_id)
    merge.kept, merge.gone = people[merge.kept_id], people[merge.gone_id]
    refuse_undo(merge)
    plan = plan_undo(merge)
    try:
        with transaction.atomic():
            give_back(plan)
    except IntegrityError:
        text = _("Something new stands where a row would go back to. Look at both records.")
        raise DomainError(text, code="changed") from None
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    return plan.changed


def refuse_undo(merge: Merge) -> None:
    if merge.undone_at:
        raise DomainError(_("This merge is undone already."), code="undone")
    if merge.kept.erased_at or merge.gone.erased_at:
        raise DomainError(_("The person is erased: there is nothing to give back."), code="erased")
    if merge.kept.merged_into_id:
        text = _("The kept record was merged into another since: undo that first.")
        raise DomainError(text, code="merged")


def give_back(plan: UndoPlan) -> None:
    merge = plan.merge
    into, away = merge.kept, merge.gone
    for belonging, keys in plan.rows:
        if belonging.path == "people":
            into.speakers.remove(*keys)
        else:
            change = {belonging.path: belonging.key_of(away.pk)}
            belonging.model._default_manager.filter(pk__in=keys).update(**change)
    is_untouched = into.updated_at.isoformat() == merge.after["updated_at"]
    now = timezone.now()
    own = {"user_id": plan.values.pop("user_id")} if "user_id" in plan.values else {}
    write(away, {"user_id": None, "merged_into_id": None})
    was = merge.before["updated_at"] if is_untouched else now
    write(into, {**plan.values, **own}, updated_at=was)
    user = None if merge.before["away_user"] == into.user_id else merge.before["away_user"]
    write(away, {"user_id": user}, updated_at=merge.before["away_updated_at"])
    for entry in [one for one in merge.moved if "pair" in one]:
        restore_pair(entry)


def restore_pair(entry: Mapping[str, Any]) -> None:
    pair = Duplicate.objects.filter(pk=entry["pair"])
    if entry["was"] is None:
        pair.delete()
        return
    was = dict(entry["was"])
    pair.update(decided_by_id=was.pop("decided_by"), **was)
