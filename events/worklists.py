"""Work lists: rows that wait for somebody of the office, the most urgent first.

Every app registers its lists in a module `worklists.py`, found at start-up. What
is counted on the first page, shown under My work and left by the filter “work” of
a list of the office is one and the same query.

    register(WorkList(name="approve", label="attendees.registration", rows=…, …))

A list costs one query to count, however long it is; that of arrivals one more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Min, Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from events.dashboard import Work, contributes
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.office.links import office_list

PARAMETER = "work"


@dataclass(frozen=True)
class Shown:
    """A waiting row as My work shows it."""

    name: str
    note: str = ""
    facts: tuple[str, ...] = ()
    about: Model | None = None  # whose page its name leads to, if not the row's own


@dataclass(frozen=True)
class WorkList:
    """One kind of waiting rows.

    `rows(edition)` are those that wait; `since` is the column by which they have
    waited, or until which they wait if `is_until`; `owner` leads to the user whose
    rows they are. `deeds` are named as the list of the model has them.
    """

    name: str
    title: Any
    icon: str
    label: str
    permissions: tuple[str, ...]
    rows: Callable[[Edition], QuerySet]
    since: str
    shown: Callable[[Any], Shown]
    related: tuple[str, ...] = ()
    edition: str = "edition"
    owner: str = ""
    order: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    is_until: bool = False
    is_trouble: bool = False

    @property
    def urgency(self) -> list[str]:
        """The columns that put the most urgent first."""
        return [self.since, *self.order, "pk"]

    def of(self, user: User, edition: Edition, *, is_mine: bool) -> QuerySet:
        """The waiting rows of everybody, or those that the user owns."""
        rows = self.rows(edition)
        if is_mine:
            rows = rows.filter(self.owned(user))
        return rows.select_related(*self.related).order_by(*self.urgency)

    def owned(self, user: User) -> Q:
        """The condition that a row is the user's; nobody owns rows of a list without owners."""
        return Q(**{self.owner: user}) if self.owner else Q(pk__in=[])

    def url(self, edition: Edition, **filters: object) -> str:
        """The office's list of these rows; My work where the office has no such list."""
        if not has_filter(self.label):
            page = reverse("admin:events_edition_work")
            return (
                f"{page}?{urlencode({'list': self.name, 'edition': edition.slug, 'whose': 'all'})}"
            )
        chosen = {f"{self.edition}__id__exact": edition.pk, PARAMETER: self.name}
        return office_list(self.label, **chosen, **filters)

    def handy(self, user: User) -> list[dict[str, Any]]:
        """Its deeds that the user may do: title, icon and address."""
        office = office_of(self.label)
        may = office.deeds_of(user) if office and hasattr(office, "deeds_of") else []
        found = {deed.name: deed for deed in may if deed.name in self.deeds}
        prefix = f"admin:{self.label.replace('.', '_')}"
        return [
            {"title": deed.title, "icon": deed.icon, "url": reverse(f"{prefix}_{name}")}
            for name, deed in ((name, found[name]) for name in self.deeds if name in found)
        ]


@dataclass(frozen=True)
class Counted:
    """How many rows of a list wait, how many are one's own, and since when."""

    list: WorkList
    count: int
    mine: int
    oldest: date | datetime | None
    oldest_mine: date | datetime | None
    url: str

    def as_work(self) -> Work:
        """The same on the first page."""
        one = self.list
        oldest = None if one.is_until else self.oldest
        return Work(str(one.title), self.count, self.url, one.icon, one.is_trouble, oldest)


_lists: dict[str, WorkList] = {}


def register(*lists: WorkList) -> None:
    """Make work lists known, in the order in which they are shown."""
    for one in lists:
        _lists[one.name] = one


def lists_of(user: User) -> list[WorkList]:
    """The lists that a user may see."""
    return [one for one in _lists.values() if user.has_perms(one.permissions)]


def lists_on(label: str, user: User) -> list[WorkList]:
    """Those among them whose rows are of a model, such as "attendees.person"."""
    return [one for one in lists_of(user) if one.label == label]


def count_work(edition: Edition, user: User) -> list[Counted]:
    """Every list of a user with its numbers; one query for each list."""
    return [count_one(one, edition, user) for one in lists_of(user)]


def count_one(one: WorkList, edition: Edition, user: User) -> Counted:
    mine = one.owned(user)
    numbers = {"number": Count("pk"), "oldest": Min(one.since)}
    if one.owner:
        numbers |= {"mine": Count("pk", filter=mine), "own": Min(one.since, filter=mine)}
    found = one.rows(edition).order_by().aggregate(**numbers)
    return Counted(
        one,
        found["number"],
        found.get("mine", 0),
        found["oldest"],
        found.get("own"),
        one.url(edition),
    )


@contributes(order=5)
def works(edition: Edition, user: User) -> Iterable[Work]:
    """The work of the first page."""
    return [counted.as_work() for counted in count_work(edition, user)]


def office_of(label: str) -> Any:
    """The admin of a model, if the office has one."""
    found = {model._meta.label_lower: office for model, office in admin.site._registry.items()}
    return found.get(label)


def has_filter(label: str) -> bool:
    """Whether the office's list of a model can be filtered by what waits."""
    found = getattr(office_of(label), "list_filter", ())
    return any(getattr(one, "parameter_name", "") == PARAMETER for one in found)


def long_ago() -> datetime:
    """Who was asked before this instant has had time enough to answer."""
    return timezone.now() - timedelta(days=settings.UNANSWERED_DAYS)
