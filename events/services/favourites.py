"""Favourites of a login: what its devices know, brought together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Edition, Favourite, Session, StarList
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.tokens import make_token, read_token

MOST = 2000  # stars of one list, on or off
PURPOSE = "favourites"


@dataclass(frozen=True)
class Star:
    """Whether a session is starred, and since when (aware)."""

    is_on: bool
    changed_at: datetime


Known = Mapping[UUID, Star]


def list_of(user: User, edition: Edition) -> StarList:
    """The list of a login at an edition, made when it is first asked for."""
    return StarList.objects.get_or_create(user=user, edition=edition)[0]


@transaction.atomic
def bring_together(stars: StarList, known: Known) -> tuple[dict[UUID, Star], list[UUID]]:
    """Join what a device knows with what the list knows: of each session the later word.

    Returns the whole list, and the GUIDs that no session of the edition has. A device
    whose clock runs ahead says nothing later than now.
    """
    StarList.objects.select_for_update(of=("self",)).get(pk=stars.pk)
    rows = {row.guid: row for row in stars.favourites.all()}
    if len({*rows, *known}) > MOST:
        raise DomainError(
            _("A list has at most %(most)s favourites."), code="too_many", params={"most": MOST}
        )
    unknown = _unknown(stars, known.keys() - rows.keys())
    now = timezone.now()
    for guid, star in known.items():
        if guid not in unknown:
            _keep(stars, rows, guid, Star(star.is_on, min(star.changed_at, now)))
    return {guid: Star(row.is_on, row.changed_at) for guid, row in rows.items()}, sorted(unknown)


def _unknown(stars: StarList, guids: set[UUID]) -> set[UUID]:
    found = Session.objects.filter(edition=stars.edition_id, guid__in=guids)
    return guids - set(found.values_list("guid", flat=True))


def _keep(stars: StarList, rows: dict[UUID, Favourite], guid: UUID, star: Star) -> None:
    row = rows.get(guid)
    if row is None:
        rows[guid] = stars.favourites.create(guid=guid, **vars(star))
    elif row.changed_at < star.changed_at:
        row.is_on, row.changed_at = star.is_on, star.changed_at
        row.save(update_fields=["is_on", "changed_at"])


def starred(stars: StarList) -> set[str]:
    """GUIDs of what is in the list now, as a programme writes them."""
    return set(map(str, stars.favourites.starred().values_list("guid", flat=True)))


# The private calendar ------------------------------------------------------------------


def calendar_token(stars: StarList) -> str:
    """What its address ends in; nobody guesses it, and it ends with the next version."""
    return make_token(PURPOSE, stars.pk, stars.key_version)


def list_of_token(token: str, slug: str) -> StarList | None:
    """The list whose calendar an address opens, if the address still holds."""
    numbers = read_token(PURPOSE, token, 2)
    if numbers is None:
        return None
    pk, version = numbers
    rows = StarList.objects.filter(edition__slug=slug, user__is_active=True)
    return rows.filter(pk=pk, key_version=version).first()


def renew_address(stars: StarList) -> None:
    """Give the calendar another address; the old one opens nothing any more."""
    StarList.objects.filter(pk=stars.pk).update(key_version=F("key_version") + 1)
    stars.refresh_from_db(fields=["key_version"])


def set_mail(stars: StarList, *, wants: bool) -> None:
    """Whether the owner is told by mail what a release changes in their list."""
    StarList.objects.filter(pk=stars.pk).update(wants_mail=wants)
    stars.wants_mail = wants


def from_milliseconds(moment: int) -> datetime:
    """An instant as browsers count it, in milliseconds since 1970."""
    return datetime.fromtimestamp(moment / 1000, tz=UTC)


def to_milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
