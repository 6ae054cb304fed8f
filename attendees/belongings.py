"""What of the attendees' storey belongs to a person."""

from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from attendees.models import Invitation
from attendees.personal import belongs, stays
from attendees.services.passports import own_passport

ENDED = [Invitation.Status.WITHDRAWN, Invitation.Status.EXPIRED, Invitation.Status.DECLINED]

belongs(
    "attendees.Invitation",
    "person",
    title=_("Invitations"),
    erases={"answer_note": ""},
    hidden=["key_version"],
    stays_behind=Q(status__in=ENDED, registration__isnull=True),
    way_out=_(
        "Both are invited to the same edition: withdraw one of the invitations, or keep the "
        "record whose invitation goes on."
    ),
)
belongs(
    "attendees.Invitation",
    "deputy",
    title=_("Invitations as deputy"),
    keeps=["answer_note"],
    hidden=["key_version", "person", "answer_note"],  # another guest's
)
belongs(
    "attendees.Registration",
    "person",
    title=_("Registrations"),
    erases={"answers": {}, "note": ""},
    hidden=["key_version"],
    way_out=_("Both have a place at the same edition: cancel one of the registrations first."),
)
belongs("attendees.Delegation", "leader", title=_("Delegations led"))
belongs(
    "attendees.Mark", "invitation__person", title=_("Steps of invitations"), erases={"text": ""}
)
belongs(
    "attendees.Contact",
    "invitation__person",
    title=_("Conversations"),
    erases={"text": "—"},
)
belongs(
    "attendees.AddressChange",
    "person",
    title=_("Changes of address"),
    erases={"email": "erased@erased.invalid"},
    hidden=["code_hash"],
)
belongs(
    "attendees.AnswerFile",
    "registration__person",
    title=_("Files sent"),
    erases={"file": "", "name": ""},
)
belongs(
    "attendees.AnswerChange",
    "registration__person",
    title=_("Changes of answers"),
    erases={"before": {}, "after": {}, "word": ""},
)
belongs(
    "attendees.Companion",
    "registration__person",
    title=_("Companions"),
    erases={"name": "—"},
)
belongs(
    "attendees.RegistrationRequest",
    "registration__person",
    title=_("Requests to register"),
    erases={
        "name_native": "",
        "name_latin": "Erased person",
        "email": "erased@erased.invalid",
        "organization": "",
    },
)
belongs(
    "attendees.VisaRequest",
    "registration__person",
    title=_("Visa letter requests"),
    hidden=["sealed"],
    opens=("passport", _("Passport data"), own_passport),
    erases={
        "sealed": "",
        "hint": "",
        "note": "",
        "deleted_at": Coalesce("deleted_at", Now()),
    },
)
belongs(
    "attendees.VisaLetter",
    "request__registration__person",
    title=_("Visa letters"),
    keeps=["reference", "code"],
    erases={"sealed_pdf": b"", "holder": "", "revoke_reason": ""},
)
belongs(
    "attendees.VisaReveal",
    "request__registration__person",
    title=_("Looks at passport data"),
    erases={"reason": "—"},
)
belongs("attendees.Consent", "registration__person", title=_("Consents"))
belongs("attendees.TakenChoice", "registration__person", title=_("Places of choices"))
belongs("attendees.Wait", "registration__person", title=_("Waiting lists"))
belongs(
    "attendees.WaitStep",
    "wait__registration__person",
    title=_("Steps on waiting lists"),
    erases={"reason": "—"},
)
belongs("attendees.Seat", "registration__person", title=_("Seats"))
belongs("attendees.Boarding", "seat__registration__person", title=_("Boardings"))
belongs("attendees.CheckIn", "registration__person", title=_("Check-ins"))
belongs("attendees.Reminder", "person", title=_("Reminders"))
belongs(
    "events.Speaker",
    "people",
    title=_("On stage"),
    erases={
        "name_native": "",
        "name_latin": "Erased person",
        "sort_key": "~",
        "email": "",
        "portrait": "",
        "portrait_alt": "",
        "portrait_alt_en": "",
        "portrait_alt_zh_hans": "",
        "source_id": "",
        "imported": None,
        "biography": "",
        "organization": "",
        "title": "",
        "biography_en": "",
        "biography_zh_hans": "",
        "organization_en": "",
        "organization_zh_hans": "",
        "title_en": "",
        "title_zh_hans": "",
    },
)
belongs(
    "mailing.Message",
    "recipient",
    title=_("Mails"),
    text_as_key=lambda pk: f"person:{pk}",
    hidden=["headers", "message_id"],
    erases={
        "to_address": "erased@erased.invalid",
        "to_name": "",
        "subject": "—",
        "text": "",
        "html": "",
        "headers": {},
        "history": [],
        "error": "",
        "answer": "",
    },
)

stays("attendees.Person", "merged_into", "A chain of merges keeps its links.")
stays("attendees.Duplicate", "first", "A question about two records.")
stays("attendees.Duplicate", "second", "A question about two records.")
stays("attendees.Merge", "kept", "The record of a merge.")
stays("attendees.Merge", "gone", "The record of a merge.")
stays("attendees.Erasure", "person", "The record of an erasure.")
belongs(
    "events.StarList",
    "user__person",
    title=_("Lists of favourites"),
    hidden=["key_version"],
    is_deleted=True,
)
belongs("events.Favourite", "stars__user__person", title=_("Favourites"), is_deleted=True)
