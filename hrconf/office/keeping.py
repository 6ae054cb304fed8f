"""Writes of what people of the office keep: views and exports of lists."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.office.models import DefaultView, Kept, SavedView

K = TypeVar("K", bound=Kept)
MOST = 100  # of one's own, on one list


@transaction.atomic
def keep(model: type[K], *, label: str, name: str, by: User, what: Mapping[str, Any]) -> K:
    """Keep a view or an export under a new name, or refuse with a ValidationError."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if model.objects.filter(owner=by, label=label).count() >= MOST:
        raise DomainError(_("You keep very many here: delete some first."), code="too_many")
    kept = model(owner=by, label=label, name=name, **what)
    kept.full_clean()
    kept.save()
    return kept


@transaction.atomic
def change(kept: Kept, *, by: User, **what: Any) -> None:
    """Rename it, share it, or keep other filters under its name; only who made it may."""
    refuse_others(kept, by)
    for name, value in what.items():
        setattr(kept, name, value)
    kept.full_clean()
    kept.save()


def forget(kept: Kept, *, by: User) -> None:
    refuse_others(kept, by)
    kept.delete()


def begin_with(view: SavedView, *, by: User) -> None:
    """The list opens with this view for who says so."""
    DefaultView.objects.update_or_create(user=by, label=view.label, defaults={"view": view})


def begin_with_all(label: str, *, by: User) -> None:
    DefaultView.objects.filter(user=by, label=label).delete()


def refuse_others(kept: Kept, by: User) -> None:
    """A shared one is for others to use, not to change."""
    if kept.owner_id != by.pk and not by.is_superuser:
        raise DomainError(_("This belongs to %(owner)s.") % {"owner": kept.owner}, code="not_yours")
