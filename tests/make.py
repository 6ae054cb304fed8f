"""Makers of rows for tests: small, with defaults, and no surprises.

Each returns a saved row; what it needs and was not given it makes itself.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.contrib.auth.models import Group
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from agreements.models import Agreement, AgreementParty, ExchangeRate, Party
from attendees.models import (
    Association,
    Category,
    CheckIn,
    Delegation,
    Invitation,
    Person,
    Registration,
)
from events.models import (
    Appearance,
    Booking,
    District,
    Edition,
    Park,
    Room,
    Series,
    Session,
    Speaker,
    Track,
    Venue,
)
from hrconf.accounts.models import User
from hrconf.accounts.roles import Role
from hrconf.mailing.models import Message
from hrconf.office.models import DoneDeed
from projects.models import Meeting, Project, Sector

_numbers = count(1)
OPENING = datetime(2017, 11, 8, 1, tzinfo=UTC)  # 09:00 in Hangzhou


def number() -> int:
    return next(_numbers)


# The ground floor -------------------------------------------------------------


def user(**fields) -> User:
    fields.setdefault("email", f"user{number()}@office.example")
    return User.objects.create_user(**fields)


def office(*roles: Role, **fields) -> User:
    """A login of the conference office that holds the roles."""
    made = user(is_staff=True, **fields)
    made.groups.set([Group.objects.get_or_create(name=role.value)[0] for role in roles])
    return made


def organizer(**fields) -> User:
    return office(Role.ORGANIZER, **fields)


def staff(**fields) -> User:
    return office(Role.STAFF, **fields)


def done_deed(**fields) -> DoneDeed:
    """A deed that can still be undone."""
    defaults = {
        "office": "attendees.invitation",
        "name": "invite",
        "title": "Invite by mail",
        "done_by": user(),
        "undo_until": datetime.now(UTC) + timedelta(hours=1),
    }
    return DoneDeed.objects.create(**{**defaults, **fields})


def message(**fields) -> Message:
    n = number()
    defaults = {
        "kind": "invitation",
        "recipient": f"person:{n}",
        "occasion": f"invitation:{n}",
        "to_address": f"guest{n}@guests.example",
        "from_address": "office@conference.example",
        "subject": f"Subject {n}",
        "text": "Text",
    }
    return Message.objects.create(**{**defaults, **fields})


# Events -----------------------------------------------------------------------


def series(**fields) -> Series:
    n = number()
    fields.setdefault("slug", f"series-{n}")
    fields.setdefault("name_en", f"Series {n}")
    fields.setdefault("name_zh_hans", f"系列{n}")
    fields.setdefault("first_year", 2009)
    return Series.objects.create(**fields)


def edition(**fields) -> Edition:
    n = number()
    defaults = {
        "slug": f"edition-{n}",
        "year": 2017,
        "name_en": f"Conference {n}",
        "name_zh_hans": f"大会{n}",
        "city_en": "Hangzhou",
        "city_zh_hans": "杭州",
        "starts_on": date(2017, 11, 8),
        "ends_on": date(2017, 11, 10),
        "is_public": True,
    }
    fields.setdefault("series", None)
    fields["series"] = fields["series"] or series()
    return Edition.objects.create(**{**defaults, **fields})


def district(**fields) -> District:
    n = number()
    fields.setdefault("code", f"d{n}")
    fields.setdefault("name_en", f"District {n}")
    fields.setdefault("name_zh_hans", f"第{n}区")
    return District.objects.create(**fields)


def park(**fields) -> Park:
    n = number()
    fields.setdefault("slug", f"park-{n}")
    fields.setdefault("name_en", f"Park {n}")
    fields.setdefault("name_zh_hans", f"园区{n}")
    fields["district"] = fields.get("district") or district()
    return Park.objects.create(**fields)


def venue(**fields) -> Venue:
    n = number()
    fields.setdefault("slug", f"venue-{n}")
    fields.setdefault("name_en", f"Venue {n}")
    fields.setdefault("name_zh_hans", f"会场{n}")
    return Venue.objects.create(**fields)


def room(**fields) -> Room:
    n = number()
    fields.setdefault("slug", f"room-{n}")
    fields.setdefault("name_en", f"Room {n}")
    fields.setdefault("name_zh_hans", f"{n}号厅")
    fields["venue"] = fields.get("venue") or venue()
    return Room.objects.create(**fields)


def track(**fields) -> Track:
    n = number()
    fields.setdefault("slug", f"track-{n}")
    fields.setdefault("name_en", f"Track {n}")
    fields.setdefault("name_zh_hans", f"专题{n}")
    fields["edition"] = fields.get("edition") or edition()
    return Track.objects.create(**fields)


def booking(starts_at=OPENING, minutes=60, **fields) -> Booking:
    during = DateTimeTZRange(starts_at, starts_at + timedelta(minutes=minutes))
    return Booking.objects.create(during=during, **fields)


def session(starts_at=None, room=None, **fields) -> Session:
    """A confirmed session; with `starts_at` it also has a tentative booking."""
    n = number()
    defaults = {
        "code": f"session-{n}",
        "title_en": f"Session {n}",
        "title_zh_hans": f"会议{n}",
        "status": Session.Status.CONFIRMED,
    }
    fields["edition"] = fields.get("edition") or edition()
    if starts_at:
        minutes = fields.get("minutes", 60)
        fields["booking"] = booking(starts_at=starts_at, minutes=minutes, room=room)
    return Session.objects.create(**{**defaults, **fields})


def opening(**fields) -> Session:
    fields.setdefault("starts_at", OPENING)
    return session(kind=Session.Kind.OPENING, **fields)


def speaker(**fields) -> Speaker:
    n = number()
    fields.setdefault("code", f"speaker-{n}")
    fields.setdefault("name_native", f"讲者{n}")
    fields.setdefault("name_latin", f"Speaker {n}")
    fields["edition"] = fields.get("edition") or edition()
    return Speaker.objects.create(**fields)


def appearance(**fields) -> Appearance:
    fields["session"] = fields.get("session") or session()
    fields["speaker"] = fields.get("speaker") or speaker(edition=fields["session"].edition)
    return Appearance.objects.create(**fields)


# Attendees --------------------------------------------------------------------


def person(**fields) -> Person:
    n = number()
    defaults = {
        "name_native": f"来宾{n}",
        "name_latin": f"Guest {n}",
        "email": f"guest{n}@guests.example",
        "country": "CA",
    }
    return Person.objects.create(**{**defaults, **fields})


def association(**fields) -> Association:
    n = number()
    fields.setdefault("slug", f"association-{n}")
    fields.setdefault("name_en", f"Association {n}")
    fields.setdefault("name_zh_hans", f"协会{n}")
    return Association.objects.create(**fields)


def delegation(**fields) -> Delegation:
    n = number()
    fields.setdefault("slug", f"delegation-{n}")
    fields.setdefault("name_en", f"Delegation {n}")
    fields.setdefault("name_zh_hans", f"代表团{n}")
    fields["edition"] = fields.get("edition") or edition()
    fields["association"] = fields.get("association") or association()
    return Delegation.objects.create(**fields)


def category(edition, kind=Category.Kind.PROFESSIONAL, **fields) -> Category:
    """The edition's category of the kind, made when it is not there."""
    names = {"name_en": Category.Kind(kind).label, "name_zh_hans": f"类别{number()}"}
    made, _created = Category.objects.get_or_create(
        edition=edition, kind=kind, defaults={**names, **fields}
    )
    return made


def invitation(kind=Category.Kind.PROFESSIONAL, **fields) -> Invitation:
    fields["edition"] = fields.get("edition") or edition()
    fields["person"] = fields.get("person") or person()
    fields["category"] = fields.get("category") or category(fields["edition"], kind)
    status = fields.get("status", Invitation.Status.DRAFT)
    if status != Invitation.Status.DRAFT:
        fields.setdefault("queued_at", timezone.now())
    if status in Invitation.ANSWERED:
        fields.setdefault("answered_at", timezone.now())
    if status == Invitation.Status.TENTATIVE:
        fields.setdefault("decide_by", fields["edition"].starts_on - timedelta(days=7))
    if status == Invitation.Status.EXPIRED:
        fields.setdefault("expired_at", timezone.now())
    return Invitation.objects.create(**fields)


def registration(kind=Category.Kind.PROFESSIONAL, **fields) -> Registration:
    """A confirmed registration, unless another status is given."""
    fields["edition"] = fields.get("edition") or edition()
    fields["person"] = fields.get("person") or person()
    fields["category"] = fields.get("category") or category(fields["edition"], kind)
    status = fields.setdefault("status", Registration.Status.CONFIRMED)
    if status not in {Registration.Status.INCOMPLETE, Registration.Status.CANCELLED}:
        fields.setdefault("submitted_at", timezone.now())
    if status == Registration.Status.CONFIRMED:
        fields.setdefault("decided_at", timezone.now())
    return Registration.objects.create(**fields)


def checkin(**fields) -> CheckIn:
    fields["registration"] = fields.get("registration") or registration()
    return CheckIn.objects.create(**fields)


# Projects ---------------------------------------------------------------------


def sector(**fields) -> Sector:
    n = number()
    fields.setdefault("slug", f"sector-{n}")
    fields.setdefault("name_en", f"Sector {n}")
    fields.setdefault("name_zh_hans", f"领域{n}")
    return Sector.objects.create(**fields)


def project(**fields) -> Project:
    n = number()
    defaults = {
        "reference": f"P-{n:04}",
        "title_en": f"Project {n}",
        "title_zh_hans": f"项目{n}",
        "status": Project.Status.ACCEPTED,
        "invited_on": date(2017, 9, 1),
    }
    fields["edition"] = fields.get("edition") or edition()
    fields["sector"] = fields.get("sector") or sector()
    fields["holder"] = fields.get("holder") or person()
    return Project.objects.create(**{**defaults, **fields})


def meeting(**fields) -> Meeting:
    fields["project"] = fields.get("project") or project()
    fields.setdefault("edition", fields["project"].edition)
    fields["counterpart"] = fields.get("counterpart") or registration(edition=fields["edition"])
    return Meeting.objects.create(**fields)


# Agreements -------------------------------------------------------------------


def rate(currency="USD", on=date(2017, 11, 8), rate="6.6277", source="test") -> ExchangeRate:
    made, _created = ExchangeRate.objects.get_or_create(
        currency=currency, on=on, defaults={"rate": Decimal(rate), "source": source}
    )
    return made


def party(**fields) -> Party:
    n = number()
    fields.setdefault("kind", Party.Kind.COMPANY)
    fields.setdefault("name_en", f"Party {n}")
    fields.setdefault("name_zh_hans", f"公司{n}")
    return Party.objects.create(**fields)


def agreement(parties=(), **fields) -> Agreement:
    """A signed agreement of 10 million yuan, unless told otherwise."""
    n = number()
    status = fields.setdefault("status", Agreement.Status.SIGNED)
    defaults = {
        "reference": f"A-{n:04}",
        "title_en": f"Agreement {n}",
        "title_zh_hans": f"协议{n}",
        "amount": Decimal("10000000.00"),
    }
    fields["edition"] = fields.get("edition") or edition()
    fields["sector"] = fields.get("sector") or sector()
    if status in Agreement.SIGNED:
        fields.setdefault("signed_on", date(2017, 11, 8))
        fields.setdefault("rate_on", date(2017, 11, 8))
        fields.setdefault("rate", Decimal(1))
        fields.setdefault("usd_rate", Decimal("6.6277"))
    made = Agreement.objects.create(**{**defaults, **fields})
    made.refresh_from_db()
    for position, side in enumerate(parties):
        role = AgreementParty.Role.PROJECT if position == 0 else AgreementParty.Role.HOST
        AgreementParty.objects.create(agreement=made, party=side, role=role, position=position)
    return made
