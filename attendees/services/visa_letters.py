"""The register of visa letters: issued with the next number, revoked, checked by anybody.

Locking: the registration, then the request, then the edition's register. Whoever takes
a number holds the register until the letter is written, so that no number is given
twice and none is left out.
"""

import hashlib
from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from attendees.models import Registration, VisaLetter, VisaRegister, VisaRequest
from attendees.services.clock import is_over
from attendees.services.letters import letter_to, registration_link, visa_link
from attendees.services.passports import bare, close_pdf, masked_name, open_passport, refuse_number
from attendees.services.previews import REASONS, Preview, mail_trouble, mail_troubles
from attendees.services.visa_paper import draw_visa_letter, reference_of
from attendees.services.visas import State
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters

ISSUED, DECLINED, REVOKED = "visa_letter", "visa_declined", "visa_revoked"
WHY_NOT: dict[str, str] = {
    State.ISSUED: "visa_issued",
    State.DECLINED: "visa_declined",
    State.REVOKED: "visa_revoked",
    State.WITHDRAWN: "visa_withdrawn",
}
WHY_NOT_DECLINE = {key: why for key, why in WHY_NOT.items() if key != State.REVOKED}
Judge = Callable[[VisaRequest], str]


# What would happen ---------------------------------------------------------------------


def preview_issuing(ids: Collection[int]) -> Preview[VisaRequest]:
    return sort_requests(_with_all().filter(pk__in=ids), why_not_issue)


def preview_declining(ids: Collection[int]) -> Preview[VisaRequest]:
    return sort_requests(_with_all().filter(pk__in=ids), why_not_decline)


def preview_revoking(ids: Collection[int]) -> Preview[VisaRequest]:
    return sort_requests(_with_all().filter(pk__in=ids), why_not_revoke)


def preview_replacing(ids: Collection[int]) -> Preview[VisaRequest]:
    return sort_requests(_with_all().filter(pk__in=ids), why_not_replace)


def why_not_issue(request: VisaRequest) -> str:
    """Why no letter can be issued now, a key of REASONS; empty if one can."""
    return WHY_NOT.get(request.state, "") or _hindrance(request)


def why_not_decline(request: VisaRequest) -> str:
    return WHY_NOT_DECLINE.get(request.state, "")


def why_not_revoke(request: VisaRequest) -> str:
    return "" if request.state == State.ISSUED else "visa_no_letter"


def why_not_replace(request: VisaRequest) -> str:
    return why_not_revoke(request) or _hindrance(request)


def _hindrance(request: VisaRequest) -> str:
    if request.registration.status != Registration.Status.CONFIRMED:
        return "not_confirmed"
    if is_over(request.registration.edition):
        return "over"
    return "" if request.sealed else "visa_no_data"


def sort_requests(requests: Any, judge: Judge) -> Preview[VisaRequest]:
    """Part those with whom it can be done from those with whom it cannot."""
    preview: Preview[VisaRequest] = Preview()
    troubles = mail_troubles(request.registration.person for request in requests)
    for request in requests:
        if reason := judge(request):
            preview.left_out.append((request, reason))
            continue
        preview.going.append(request)
        if request.registration.person_id in troubles:
            preview.unmailed.append(request)
    return preview


# What the office does ------------------------------------------------------------------


@transaction.atomic
def issue_letter(pk: int, *, by: User | None) -> VisaLetter:
    """Give a guest the letter with the next number, and tell them."""
    request = lock_request(pk)
    _refuse(why_not_issue(request))
    return _issue(request, by)


@transaction.atomic
def replace_letter(pk: int, *, reason: str, by: User) -> VisaLetter:
    """A letter with a fault: revoke it and issue another with the next number."""
    request = lock_request(pk)
    _refuse(why_not_replace(request))
    _revoke(request, reason, by)
    return _issue(request, by)


@transaction.atomic
def revoke_letter(pk: int, *, reason: str, by: User) -> VisaLetter:
    """The letter holds no more; the guest is told why, and may ask again."""
    request = lock_request(pk)
    _refuse(why_not_revoke(request))
    letter = _revoke(request, reason, by)
    _decide(request, State.REVOKED, by, note=reason)
    _tell(REVOKED, request, f"visa_letter:{letter.pk}:revoked", letter=letter)
    return letter


@transaction.atomic
def decline_request(pk: int, *, reason: str = "", by: User) -> None:
    """No letter; the guest is told, may correct the data and ask again."""
    request = lock_request(pk)
    _refuse(why_not_decline(request))
    refuse_number(request, reason)
    _decide(request, State.DECLINED, by, note=reason)
    _tell(DECLINED, request, f"visa:{pk}:{request.decided_at:%Y%m%dT%H%M%S%f}")


def lock_request(pk: int) -> VisaRequest:
    """Lock a request, after its registration."""
    place = VisaRequest.objects.values_list("registration", flat=True).get(pk=pk)
    Registration.objects.select_for_update(no_key=True).get(pk=place)
    return _with_all().select_for_update(of=("self",), no_key=True).get(pk=pk)


def _with_all():
    return VisaRequest.objects.select_related(
        "registration__edition", "registration__person", "registration__category"
    ).order_by("asked_at", "pk")


def _refuse(reason: str) -> None:
    if reason:
        raise DomainError(_("Not possible: %(reason)s.") % {"reason": REASONS[reason]}, code=reason)


@sensitive_variables("passport", "pdf")
def _issue(request: VisaRequest, by: User | None) -> VisaLetter:
    registration = request.registration
    passport = open_passport(request)
    number = take_number(registration.edition)
    letter = VisaLetter(
        request=request,
        edition=registration.edition,
        number=number,
        reference=reference_of(registration.edition, number),
        holder=masked_name(passport.name),
        issued_by=by,
    )
    pdf = draw_visa_letter(letter, registration, passport)
    letter.sha256, letter.sealed_pdf = hashlib.sha256(pdf).hexdigest(), close_pdf(pdf)
    letter.save()
    _decide(request, State.ISSUED, by)
    _tell(ISSUED, request, f"visa_letter:{letter.pk}", letter=letter)
    return letter


def take_number(edition: Edition) -> int:
    """The next number of the register, whose row stays locked until the letter is there."""
    VisaRegister.objects.get_or_create(edition=edition)
    register = VisaRegister.objects.select_for_update().get(edition=edition)
    register.last_number += 1
    register.save(update_fields=["last_number"])
    return register.last_number


def _revoke(request: VisaRequest, reason: str, by: User) -> VisaLetter:
    refuse_number(request, reason)
    letter = request.letters.valid().defer("sealed_pdf").get()
    letter.revoked_at, letter.revoked_by, letter.revoke_reason = timezone.now(), by, reason
    letter.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    return letter


def _decide(request: VisaRequest, state: str, by: User | None, note: str = "") -> None:
    request.state, request.note = state, note
    request.decided_at, request.decided_by = timezone.now(), by
    request.save(update_fields=["state", "note", "decided_at", "decided_by"])


# What the guest is told ----------------------------------------------------------------


def _tell(kind: str, request: VisaRequest, occasion: str, **context: Any) -> None:
    if not mail_trouble(request.registration.person):
        queue_letters(kind, [_letter(request, occasion, context)])


def _letter(request: VisaRequest, occasion: str, context: dict[str, Any]) -> Letter:
    registration = request.registration
    language = registration.person.preferred_language
    links = {
        "registration_link": registration_link(registration, language),
        "visa_link": visa_link(registration, language),
    }
    return letter_to(
        registration.person,
        registration.edition,
        occasion=occasion,
        context={"registration": registration, "reason": request.note, **links, **context},
    )


# What anybody may ask ------------------------------------------------------------------


def letter_by_code(edition: Edition, code: str) -> VisaLetter | None:
    """The letter of an edition that a code names, however it is typed; no number does."""
    return (
        VisaLetter.objects.defer("sealed_pdf")
        .select_related("edition", "request__registration")
        .filter(edition=edition, code=bare(code))
        .first()
    )
