"""Letters of reminder to who is coming: the conference begins, a session of theirs is near."""

from attendees.models import Registration, Seat
from attendees.services.letters import letter_to, registration_link
from attendees.services.programmes import with_local_time
from hrconf.lib.links import link
from hrconf.mailing.compose import Letter


def edition_letter(registration: Registration) -> Letter:
    """The conference begins soon: when, where, what to have at hand."""
    edition = registration.edition
    return letter_to(
        registration.person,
        edition,
        occasion=f"starts:{edition.pk}:{edition.starts_on}",
        context=_links(registration),
    )


def thanks_letter(registration: Registration) -> Letter:
    """The conference is over: thanks, what came of it, and what the reader thinks of it.

    Personal pages have ended by then, so the links lead to public ones.
    """
    language, edition = registration.person.preferred_language, registration.edition
    return letter_to(
        registration.person,
        edition,
        occasion=f"ended:{edition.pk}:{edition.ends_on}",
        context={
            "registration": registration,
            "figures_link": link("events:figures", language=language, edition=edition.slug),
        },
    )


def session_letter(seat: Seat) -> Letter:
    """A session in which the person has a seat: when and where."""
    registration, session = seat.registration, seat.session
    item = with_local_time(session, registration.edition)
    day = session.booking.during.lower.astimezone(registration.edition.tz).date()
    return letter_to(
        registration.person,
        registration.edition,
        occasion=f"session:{session.pk}:{day}",
        context={**_links(registration), "item": item, "day": day},
    )


def _links(registration: Registration) -> dict[str, object]:
    language, edition = registration.person.preferred_language, registration.edition
    return {
        "registration": registration,
        "registration_link": registration_link(registration, language),
        "schedule_link": link("events:schedule", language=language, edition=edition.slug),
    }
