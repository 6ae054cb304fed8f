"""Whom of this storey a release is told: who has a seat in a session."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from attendees.models import Registration, Seat
from attendees.services.letters import recipient_of, registration_link
from events.models import Edition
from events.news import WEIGHTY, SessionNews
from events.notices import NoticeGroup, Reader, register


def seat_holders(edition: Edition, news: Sequence[SessionNews]) -> Iterator[Reader]:
    """Who has a seat in a session in the news, or waits for one; one query."""
    seats = Seat.objects.filter(
        session__edition=edition,
        session__code__in=[one.session.code for one in news],
        registration__status=Registration.Status.CONFIRMED,
    )
    rows = seats.exclude(status=Seat.Status.CANCELLED).exclude(registration__person__email="")
    held: dict[Registration, set[str]] = {}
    for seat in rows.select_related("registration__person", "session").order_by("pk"):
        held.setdefault(seat.registration, set()).add(seat.session.code)
    for registration, codes in held.items():
        registration.edition = edition
        yield _reader(registration, codes)


def _reader(registration: Registration, codes: set[str]) -> Reader:
    person = registration.person
    language = person.preferred_language
    return Reader(
        recipient=recipient_of(person.pk),
        address=person.email,
        name=person.name_in(language),
        language=language,
        codes=frozenset(codes),
        link=registration_link(registration, language),
    )


register(
    NoticeGroup(
        name="seat_holders",
        title=_("Holders of seats"),
        kinds=WEIGHTY - {"new"},
        readers=seat_holders,
    )
)
