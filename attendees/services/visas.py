"""A guest asks for a letter to apply for a visa with, corrects it, takes it back.

Locking: the registration, then the request, then the edition's register of letters.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from attendees.models import Registration, VisaLetter, VisaRequest
from attendees.services.clock import is_over
from attendees.services.passports import Passport, close_passport, forget_passports
from hrconf.lib.errors import DomainError

# Who lives in the host country needs no visa; its citizens, wherever they live,
# and residents of these regions travel on documents of their own.
HOST = "CN"
HOST_PASSPORTS = ["CN", "HK", "MO", "TW"]
State = VisaRequest.State
OPEN = [State.ASKED, State.DECLINED, State.REVOKED, State.WITHDRAWN]
HELD = [State.ASKED, State.DECLINED, State.REVOKED]


def is_offered(registration: Registration) -> bool:
    """Whether a guest may ask: approved, from abroad, of an edition still to come."""
    return why_not_offered(registration) == ""


def why_not_offered(registration: Registration) -> str:
    """Why a guest cannot ask for a letter, as a code; empty if they can."""
    if registration.status != Registration.Status.CONFIRMED:
        return "not_confirmed"
    if is_over(registration.edition):
        return "over"
    return "host" if registration.person.country == HOST else ""


def request_of(registration: Registration) -> VisaRequest | None:
    rows = VisaRequest.objects.select_related("registration__edition")
    return rows.filter(registration=registration).first()


@transaction.atomic
@sensitive_variables("passport")
def ask_visa_letter(pk: int, passport: Passport) -> VisaRequest:
    """Ask, or correct what was asked, until a letter is issued. Data are already validated."""
    registration = lock_place(pk)
    if reason := why_not_offered(registration):
        raise DomainError(_("A visa letter cannot be asked for here."), code=reason)
    request = lock_request_of(registration) or VisaRequest(registration=registration)
    if request.state == State.ISSUED:
        text = _("Your letter is issued. To correct it, please write to the office.")
        raise DomainError(text, code="visa_issued")
    request.state, request.asked_at = State.ASKED, timezone.now()
    request.decided_at = request.decided_by = None
    close_passport(request, passport)
    request.save()
    return request


@transaction.atomic
def withdraw_visa_request(pk: int) -> None:
    """The guest needs no letter after all: their passport data go at once."""
    request = lock_request_of(lock_place(pk))
    if request is None or request.state == State.WITHDRAWN:
        return
    if request.state == State.ISSUED:
        text = _("Your letter is issued. To correct it, please write to the office.")
        raise DomainError(text, code="visa_issued")
    forget_passports(VisaRequest.objects.filter(pk=request.pk))
    VisaRequest.objects.filter(pk=request.pk).update(state=State.WITHDRAWN)


def lock_place(pk: int) -> Registration:
    rows = Registration.objects.select_related("edition", "person", "category")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pk)


def lock_request_of(registration: Registration) -> VisaRequest | None:
    rows = VisaRequest.objects.select_for_update(no_key=True)
    return rows.filter(registration=registration).first()


def end_visas(registrations: Sequence[Registration], *, reason: str) -> None:
    """Who gives a place up, or loses it: letters are revoked, passport data go at once.

    Called with the registrations locked; costs the same for many.
    """
    now = timezone.now()
    requests = VisaRequest.objects.filter(registration__in=registrations)
    keys = list(requests.exclude(state=State.WITHDRAWN).values_list("pk", flat=True))
    if not keys:
        return
    letters = VisaLetter.objects.valid().filter(request__in=keys)
    letters.update(revoked_at=now, revoke_reason=reason)
    gone = VisaRequest.objects.filter(pk__in=keys)
    forget_passports(gone)
    gone.update(state=State.WITHDRAWN)
