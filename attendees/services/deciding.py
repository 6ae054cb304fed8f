"""Deciding on registrations one after the other: whose turn it is, and what to know of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from attendees.models import Category, Duplicate, Invitation, Person, Registration
from attendees.services.registrations import free_places
from events.models import Edition

PENDING = Registration.Status.PENDING
MOST = 20  # rows of a kind that are told


def queue_of(edition: Edition, category: int | None = None) -> QuerySet[Registration]:
    """What waits for a decision, the oldest first, as places are given."""
    rows = Registration.objects.filter(edition=edition, status=PENDING)
    if category:
        rows = rows.filter(category=category)
    return rows.order_by("created_at", "pk")


def queues_of(edition: Edition) -> list[tuple[Category, int]]:
    """The categories in which somebody waits for a decision, and how many."""
    waiting = Count("registrations", filter=Q(registrations__status=PENDING))
    rows = edition.categories.annotate(waiting=waiting).filter(waiting__gt=0)
    return [(category, category.waiting) for category in rows]


@dataclass(frozen=True)
class Turn:
    """Where a registration stands among those to decide; who comes before and after."""

    place: int
    total: int
    before: int | None
    after: int | None


def turn_of(row: Registration, queue: QuerySet[Registration]) -> Turn:
    """One's place in the queue, also when it has left the queue meanwhile."""
    earlier = Q(created_at__lt=row.created_at) | Q(created_at=row.created_at, pk__lt=row.pk)
    later = Q(created_at__gt=row.created_at) | Q(created_at=row.created_at, pk__gt=row.pk)
    counts = queue.order_by().aggregate(total=Count("pk"), place=Count("pk", filter=earlier))
    before = queue.filter(earlier).reverse().values_list("pk", flat=True).first()
    after = queue.filter(later).values_list("pk", flat=True).first()
    return Turn(counts["place"] + 1, counts["total"], before, after)


def next_after(row: Registration, queue: QuerySet[Registration]) -> int | None:
    """Who is next to decide: the one after, else the first that is left."""
    turn = turn_of(row, queue)
    return turn.after or queue.exclude(pk=row.pk).values_list("pk", flat=True).first()


@dataclass(frozen=True)
class Double:
    """Somebody who may be the same person, and their registrations for this edition."""

    pair: Duplicate
    person: Person
    registrations: list[Registration]


def doubles_of(row: Registration) -> list[Double]:
    """Records that may be of the same person, the likeliest first."""
    pairs = Duplicate.objects.open().about(row.person_id).select_related("first", "second")[:MOST]
    others = [(p, p.second if p.first_id == row.person_id else p.first) for p in pairs]
    keys = [person.pk for _pair, person in others]
    found: dict[int, list[Registration]] = {}
    same = Registration.objects.filter(edition=row.edition_id, person__in=keys)
    for one in same.select_related("category", "edition", "person"):
        found.setdefault(one.person_id, []).append(one)
    return [Double(pair, person, found.get(person.pk, [])) for pair, person in others]


@dataclass(frozen=True)
class Earlier:
    """What became of somebody at another edition."""

    edition: Edition
    invitation: Invitation | None
    registration: Registration | None


def earlier_of(row: Registration) -> list[Earlier]:
    """The other editions somebody was invited to or registered for, the latest first."""
    others = {"person": row.person_id}
    invitations = _by_edition(
        Invitation.objects.filter(**others)
        .exclude(edition=row.edition_id)
        .select_related("edition", "association")[:MOST]
    )
    registrations = _by_edition(
        Registration.objects.filter(**others)
        .exclude(edition=row.edition_id)
        .select_related("edition", "category")[:MOST]
    )
    editions = {one.edition for one in [*invitations.values(), *registrations.values()]}
    return [
        Earlier(edition, invitations.get(edition.pk), registrations.get(edition.pk))
        for edition in sorted(editions, key=lambda one: one.starts_on, reverse=True)
    ]


def _by_edition(rows: Iterable) -> dict:
    return {row.edition_id: row for row in rows}


def places_free_in(category: Category) -> int | None:
    """Places left in a category; None where there is no limit."""
    return free_places([category.pk]).get(category.pk)
