"""Courting guests: who looks after whom, and what was talked about."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import Contact, Invitation, Mark
from attendees.services.marks import mark_all
from attendees.services.previews import Preview
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError


@transaction.atomic
def set_owner(ids: Collection[int], *, by: User, owner: User) -> Preview[Invitation]:
    """Give guests to somebody of the office; who has them already is left out."""
    preview = preview_owner(ids, owner)
    moved = Invitation.objects.filter(pk__in=[row.pk for row in preview.going])
    moved.update(owner=owner)
    mark_all(preview.going, Mark.Kind.OWNER, text=str(owner), by=by)
    return preview


def preview_owner(ids: Collection[int], owner: User | None = None) -> Preview[Invitation]:
    rows = Invitation.objects.select_related("person").filter(pk__in=ids).order_by("pk")
    preview: Preview[Invitation] = Preview()
    for row in rows:
        if owner and row.owner_id == owner.pk:
            preview.left_out.append((row, "same_owner"))
        else:
            preview.going.append(row)
    preview.unmailed = list(preview.going)
    return preview


@transaction.atomic
def note_contact(
    ids: Collection[int], *, by: User, on: date, way: str, text: str
) -> Preview[Invitation]:
    """Note a conversation with each of these guests."""
    if on > timezone.localdate():
        raise DomainError(_("A conversation to come cannot be noted yet."), code="future")
    preview = preview_owner(ids)
    contacts = [Contact(invitation=row, on=on, way=way, text=text, by=by) for row in preview.going]
    Contact.objects.bulk_create(contacts)
    return preview
