"""Steps of editing: numbered one after the other, so that nobody overwrites anybody."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Edition, Room, RoomBlock, Session, Step
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

Change = dict[str, Any]


class Overtaken(DomainError):
    """Somebody else changed it meanwhile."""


def lock_edition(pk: int) -> Edition:
    """The edition's row, held until the end: steps are taken one at a time."""
    return Edition.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def revision(edition_id: int) -> int:
    """The number of the last step; one look into an index."""
    return Step.objects.filter(edition=edition_id).aggregate(n=Max("number"))["n"] or 0


def change(what: str, pk: int, before: Any, after: Any) -> Change:
    return {"what": what, "pk": pk, "before": before, "after": after}


def record(
    edition: Edition,
    kind: Step.Kind,
    changes: list[Change],
    *,
    by: User | None,
    undoes: Step | None = None,
) -> Step:
    """Number and keep a step; call it while the edition's row is held."""
    return Step.objects.create(
        edition=edition,
        number=revision(edition.pk) + 1,
        kind=kind,
        changes=changes,
        undoes=undoes,
        by=by,
    )


def refuse_stale(edition: Edition, seen: int | None, touched: Iterable[tuple[str, int]]) -> None:
    """Refuse who has not seen the last step that touched these things."""
    if seen is None:
        return
    condition = Q()
    for what, pk in touched:
        condition |= Q(changes__contains=[{"what": what, "pk": pk}])
    later = Step.objects.filter(condition, edition=edition, number__gt=seen)
    last = later.select_related("by").order_by("-number").first()
    if last:
        raise Overtaken(
            _("Nothing was changed, for somebody was faster: %(step)s. Look, and do it again."),
            code="overtaken",
            params={"step": told(last, edition)},
        )


def told(step: Step, edition: Edition) -> str:
    """A step in words: who did what to which session, and where it is now."""
    return _("%(who)s: %(what)s – %(things)s") % {
        "who": step.by or _("somebody"),
        "what": step.get_kind_display(),
        "things": "; ".join(_told(one, edition) for one in step.changes[:3]),
    }


def _told(one: Change, edition: Edition) -> str:
    if one["what"] == "text":
        return f"“{_name(one)}”"
    return f"“{_name(one)}” ({place_in_words(one['after'], edition)})"


def _name(one: Change) -> str:
    model = RoomBlock if one["what"] == "block" else Session
    found = model._default_manager.filter(pk=one["pk"]).first()
    return str(found) if found else (one["before"] or {}).get("reason") or _("removed")


def place_in_words(place: dict[str, Any] | None, edition: Edition) -> str:
    """“8 Nov 09:30, Hall”, or that there is none."""
    if not place:
        return _("without a time")
    local = timezone.localtime(datetime.fromisoformat(place["starts_at"]), edition.tz)
    room = Room.objects.filter(pk=place["room"]).first() if place["room"] else None
    return ", ".join(filter(None, [f"{local:%Y-%m-%d %H:%M}", str(room or "")]))
