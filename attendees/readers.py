"""Whom of this storey a release is told: who has a seat, waits for one, or starred it."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from attendees.models import Registration, Seat, Wait
from attendees.services.letters import recipient_of, registration_link
from events.models import Edition, Favourite
from events.news import WEIGHTY, SessionNews
from events.notices import NoticeGroup, Reader, register
from hrconf.accounts.models import User
from hrconf.lib.links import link

CANCELLED = Seat.Status.CANCELLED


def seat_holders(edition: Edition, news: Sequence[SessionNews]) -> Iterator[Reader]:
    """Who has a seat in a session in the news, or had until it ended, or waits; two queries."""
    codes = {one.session.code for one in news}
    held: dict[Registration, set[str]] = {}
    for registration, code in _places(Seat.objects.exclude(status=CANCELLED), edition):
        held.setdefault(registration, set()).add(code)
    concerned: dict[Registration, set[str]] = {
        registration: mine & codes for registration, mine in held.items() if mine & codes
    }
    for registration, code in _places(Wait.objects.open(), edition):
        if code in codes:
            concerned.setdefault(registration, set()).add(code)
    for registration, mine in concerned.items():
        registration.edition = edition
        yield _reader(registration, mine, held.get(registration, set()))


def _places(rows: QuerySet, edition: Edition) -> Iterator[tuple[Registration, str]]:
    """Who can be mailed about seats or waits of an edition's sessions, and of which."""
    confirmed = rows.filter(
        session__edition=edition, registration__status=Registration.Status.CONFIRMED
    ).exclude(registration__person__email="")
    for row in confirmed.select_related("registration__person", "session").order_by("pk"):
        yield row.registration, row.session.code


def _reader(registration: Registration, codes: set[str], held: set[str]) -> Reader:
    person = registration.person
    language = person.preferred_language
    return Reader(
        recipient=recipient_of(person.pk),
        address=person.email,
        name=person.name_in(language),
        language=language,
        codes=frozenset(codes),
        holds=frozenset(held),
        link=registration_link(registration, language),
    )


def who_starred(edition: Edition, news: Sequence[SessionNews]) -> Iterator[Reader]:
    """Whose login has a session in the news among its favourites, and wants mail; one query."""
    codes = {one.session.guid: one.session.code for one in news if one.session.guid}
    rows = Favourite.objects.starred().filter(
        guid__in=codes,
        stars__edition=edition,
        stars__wants_mail=True,
        stars__user__is_active=True,
    )
    starred: dict[User, set[str]] = {}
    for row in rows.select_related("stars__user__person").order_by("stars__user", "pk"):
        starred.setdefault(row.stars.user, set()).add(codes[str(row.guid)])
    for user, found in starred.items():
        yield _by_login(edition, user, found)


def _by_login(edition: Edition, user: User, codes: set[str]) -> Reader:
    person = getattr(user, "person", None)
    language = person.preferred_language if person else user.language
    return Reader(
        recipient=recipient_of(person.pk) if person else f"user:{user.pk}",
        address=(person.email if person else "") or user.email,
        name=person.name_in(language) if person else str(user),
        language=language,
        codes=frozenset(codes),
        link=link("events:my_schedule", language=language, edition=edition.slug),
    )


register(
    NoticeGroup(
        name="seat_holders",
        title=_("Holders of seats"),
        kinds=WEIGHTY - {"new"},
        readers=seat_holders,
    ),
    NoticeGroup(
        name="starred",
        title=_("Readers who starred it"),
        kinds=WEIGHTY - {"new"},
        readers=who_starred,
    ),
)
