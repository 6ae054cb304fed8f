"""A checksum of the loaded edition by what its rows say, not by their keys."""

import hashlib
from collections.abc import Iterator

from django.db.models import Model, QuerySet

from agreements.edition_2017.load.city import SLUG
from agreements.models import Agreement, AgreementParty
from attendees.models import (
    CheckIn,
    Consent,
    Delegation,
    Invitation,
    Person,
    Registration,
    Seat,
    TakenChoice,
    VisaLetter,
    VisaRequest,
    Wait,
)
from events.models import Appearance, Bus, Edition, Session, Speaker
from hrconf.mailing.models import Message
from projects.models import Decision, Meeting, Project, Review


def digest(edition: Edition | None = None) -> str:
    """Two loads with one seed give one digest, whatever keys the rows have."""
    edition = edition or Edition.objects.get(slug=SLUG)
    sums = hashlib.sha256()
    for line in sorted(lines_of(edition)):
        sums.update(line.encode())
    return sums.hexdigest()


def lines_of(edition: Edition) -> Iterator[str]:
    for rows, names in tables(edition):
        label = rows.model.__name__
        for values in rows.values_list(*names).iterator(chunk_size=2000):
            yield f"{label} {values!r}\n"


Tables = Iterator[tuple[QuerySet[Model], tuple[str, ...]]]


def tables(edition: Edition) -> Tables:
    """What is compared: the words and numbers of a row, and whom it names."""
    yield from programme(edition)
    yield from people(edition)
    yield from places(edition)
    yield from business(edition)


def programme(edition: Edition) -> Tables:
    yield (
        Session.objects.filter(edition=edition),
        ("code", "title_en", "title_zh_hans", "booking__during", "booking__room__slug"),
    )
    yield Speaker.objects.filter(edition=edition), ("code", "name_native", "biography_zh_hans")
    yield (
        Appearance.objects.filter(session__edition=edition),
        ("session__code", "speaker__code", "role", "position"),
    )


def people(edition: Edition) -> Tables:
    yield (
        Person.objects.filter(registrations__edition=edition),
        ("email", "name_native", "name_latin", "sort_key", "country", "organization_en"),
    )
    yield Delegation.objects.filter(edition=edition), ("slug", "leader__email")
    yield (
        Invitation.objects.filter(edition=edition),
        ("person__email", "status", "sent_at", "answered_at", "association__slug"),
    )
    yield Message.objects.filter(recipient__startswith="person:"), ("kind", "to_address", "sent_at")


def places(edition: Edition) -> Tables:
    """Registrations, and where their holders were let in and sit."""
    badge = "registration__badge"
    yield (
        Registration.objects.filter(edition=edition),
        (
            "badge",
            "person__email",
            "category__kind",
            "status",
            "decided_at",
            "arrived_at",
            "answers",
        ),
    )
    yield (
        Consent.objects.filter(registration__edition=edition),
        (badge, "text__field__key", "text__version", "given_at"),
    )
    yield (
        VisaRequest.objects.filter(registration__edition=edition),
        (badge, "state", "hint", "asked_at"),
    )
    yield VisaLetter.objects.filter(edition=edition), ("reference", "code", "holder", "issued_at")
    yield TakenChoice.objects.filter(registration__edition=edition), (badge, "choice__key")
    yield (
        CheckIn.objects.filter(registration__edition=edition),
        (badge, "session__code", "at", "gate", "nonce"),
    )
    yield (
        Seat.objects.filter(session__edition=edition),
        (badge, "session__code", "status", "bus__name"),
    )
    yield Bus.objects.filter(session__edition=edition), ("session__code", "name", "plate", "seats")
    yield Wait.objects.filter(session__edition=edition), (badge, "session__code", "joined_at")


def business(edition: Edition) -> Tables:
    yield (
        Project.objects.filter(edition=edition),
        ("reference", "title_en", "summary_zh_hans", "holder__email", "status", "funding_sought"),
    )
    yield (
        Meeting.objects.filter(edition=edition),
        ("project__reference", "counterpart__badge", "status", "booking__during"),
    )
    yield (
        Agreement.objects.filter(edition=edition),
        ("reference", "title_zh_hans", "amount", "currency", "amount_cny", "status", "park__slug"),
    )
    yield (
        AgreementParty.objects.filter(agreement__edition=edition),
        ("agreement__reference", "party__name_en", "role", "signer_native"),
    )
    yield (
        Review.objects.filter(phase__edition=edition),
        ("project__reference", "reviewer__person__email", "state", "to_board", "answered_at"),
    )
    yield Decision.objects.filter(edition=edition), ("project__reference", "outcome", "rank")
