"""Places at a glance: every limited thing of an edition, taken, offered, waited for, free.

A fixed number of queries, however many things there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from attendees.models import Category, FieldChoice, Registration, Wait
from attendees.services.seats import capacity_of, programme_for, with_seats
from events.models import Edition, Session
from hrconf.lib.wording import labelled


@dataclass(frozen=True)
class Places:
    """A limited thing: `key` names it in the filter of the waiting lists, where it has one."""

    name: str
    part: str
    places: int
    taken: int
    offered: int
    waiting: int
    key: str = ""

    @property
    def free(self) -> int:
        """What is neither taken nor offered; more than there are is told as less than none."""
        return self.places - self.taken - self.offered

    @property
    def over(self) -> int:
        """How many too many have one."""
        return max(-self.free, 0)

    @property
    def share(self) -> int:
        """How full it is, in percent, 100 at most."""
        if not self.places:
            return 100
        return min(100, round(100 * (self.taken + self.offered) / self.places))


def places_of(edition: Edition) -> list[Places]:
    """Categories first, then choices by form and question, then sessions."""
    return [*_categories(edition), *_choices(edition), *_sessions(edition)]


def _waits() -> dict[str, Count]:
    """Offers that hold a place, and who waits."""
    return {
        "offered": Count("waits", filter=Q(waits__in=Wait.objects.holding()), distinct=True),
        "waiting": Count("waits", filter=Q(waits__state=Wait.State.WAITING), distinct=True),
    }


def _categories(edition: Edition) -> Iterator[Places]:
    confirmed = Q(registrations__status=Registration.Status.CONFIRMED)
    rows = Category.objects.filter(edition=edition, capacity__isnull=False)
    counted = rows.annotate(
        taken=Count("registrations", filter=confirmed, distinct=True), **_waits()
    )
    for row in counted:
        key = f"category-{row.pk}"
        yield Places(
            row.name, _("Categories"), row.capacity or 0, row.taken, row.offered, row.waiting, key
        )


def _choices(edition: Edition) -> Iterator[Places]:
    rows = FieldChoice.objects.filter(
        field__form__edition=edition, places__isnull=False, retired_at=None, field__retired_at=None
    )
    counted = rows.annotate(count=Count("taken", distinct=True), **_waits())
    in_order = counted.select_related("field__form").order_by(
        "field__form__position", "field__form", "field__position", "field", "position", "pk"
    )
    for row in in_order:
        part = labelled(row.field.form.name, row.field.label)
        key = f"choice-{row.pk}"
        yield Places(row.label, part, row.places or 0, row.count, row.offered, row.waiting, key)


def _sessions(edition: Edition) -> Iterator[Places]:
    """What people sign up for, whether or not anybody has yet."""
    items = programme_for(edition).sessions
    rows = with_seats(Session.objects.filter(edition=edition)).order_by("booking__during", "pk")
    for row in rows.filter(Q(needs_seat=True) | Q(taken__gt=0) | Q(waiting__gt=0)):
        if places := capacity_of(row, items.get(row.code)):
            key = f"session-{row.pk}"
            yield Places(str(row), _("Sessions"), places, row.taken, row.offered, row.waiting, key)
