"""A guest asks for a letter to apply for a visa with, corrects it, takes it back.

Locking: the registration, then the request, then the edition's register of letters.
"""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from attendees.models import Registration, VisaRequest
from attendees.services.clock import is_over
from attendees.services.passports import Passport, close_passport, forget_passports
from hrconf.lib.errors import DomainError
from hrconf.office.models import DoneDeed

# Who lives in the host country needs no visa; its citizens, wherever they live,
# and residents of these regions travel on documents of their own.
HOST = "CN"
HOST_PASSPORTS = ["CN", "HK", "MO", "TW"]
State, Place = VisaRequest.State, Registration.Status
OPEN = [State.ASKED, State.DECLINED, State.REVOKED, State.WITHDRAWN]
HELD = [State.ASKED, State.DECLINED, State.REVOKED]


def is_offered(registration: Registration) -> bool:
    """Whether a guest may ask: approved, from abroad, of an edition still to come."""
    return why_not_offered(registration) == ""


def why_not_offered(registration: Registration) -> str:
    """Why a guest cannot ask for a letter, as a code; empty if they can."""
    if registration.status != Place.CONFIRMED:
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


def deeds_on(pk: int) -> models.QuerySet[DoneDeed]:
    """The deeds that changed a registration and were not undone."""
    change = {"model": Registration._meta.label, "key": pk}
    return DoneDeed.objects.filter(undone_at=None, changes__contains=[change]).order_by("pk")


def end_visas() -> int:
    """Who gave a place up, or lost it: letters are revoked, passport data go.

    What the office can still undo waits as long as it can; until then the letter does not
    hold either, since it holds for a confirmed place only. Return how many.
    """
    lost = VisaRequest.objects.exclude(state=State.WITHDRAWN).filter(
        registration__status__in=[Place.CANCELLED, Place.DECLINED]
    )
    return sum(_end(pk) for pk in lost.values_list("registration", flat=True))


@transaction.atomic
def _end(pk: int) -> bool:
    """End one, unless the place is there again, or a deed on it can still be undone."""
    # Undoing locks the deed, then the place: in this order nobody undoes behind our back.
    if any(deed.is_open for deed in deeds_on(pk).select_for_update(no_key=True)):
        return False
    registration = lock_place(pk)
    request = lock_request_of(registration)
    if request is None or registration.status not in [Place.CANCELLED, Place.DECLINED]:
        return False
    letters = request.letters.valid()
    letters.update(revoked_at=timezone.now(), revoke_reason=_("The place was given up."))
    mine = VisaRequest.objects.filter(pk=request.pk)
    forget_passports(mine)
    mine.update(state=State.WITHDRAWN)
    return True
