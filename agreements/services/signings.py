"""The life of an agreement: signed, its company registered, its capital arrived, cancelled."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import Agreement
from agreements.services import history
from agreements.services.rates import rates_for
from events.models import Edition, Session
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

Status = Agreement.Status
LARGEST = Decimal(10) ** 16
OPEN = [Status.INTENTION, Status.NEGOTIATING, Status.READY]


class NotPossible(DomainError):
    """The agreement is not in a state for this."""


class NoParties(DomainError):
    """Nobody enters the agreement."""


class WrongDay(DomainError):
    """The day does not fit the agreement or the calendar."""


class AmountTooLarge(DomainError):
    """Converted, the amount has more digits than we keep."""


class WrongSession(DomainError):
    """The session is of another edition."""


class ReasonMissing(DomainError):
    """A cancellation without a reason."""


@transaction.atomic
def sign_agreement(
    agreement_id: int,
    *,
    signed_on: date,
    session: Session | None = None,
    by: User | None = None,
) -> Agreement:
    """Sign an agreement at the recorded rates of the day. Signing twice is signing once.

    The rates are stored with it: what is recorded later changes no signed amount.
    Raises NotPossible, NoParties, WrongDay, WrongSession, RateMissing, AmountTooLarge.
    """
    agreement = _locked(agreement_id)
    if agreement.is_counted and agreement.signed_on == signed_on:
        return agreement
    _check_signable(agreement, signed_on, session)

    rates = rates_for(agreement.currency, signed_on)
    if agreement.amount * rates.rate >= LARGEST:
        raise AmountTooLarge(_("The amount is too large to be converted."), code="amount")
    agreement.status = Status.SIGNED
    agreement.signed_on = signed_on
    agreement.rate, agreement.usd_rate = rates.rate, rates.usd_rate
    agreement.rate_on = rates.on
    agreement.signed_at_session = session or agreement.signed_at_session
    fields = ["status", "signed_on", "rate", "usd_rate", "rate_on", "signed_at_session"]
    return _saved(agreement, fields, history.SIGNED, by)


@transaction.atomic
def register_company(agreement_id: int, *, by: User | None = None) -> Agreement:
    """The company that the agreement brings is registered in the city."""
    agreement = _locked(agreement_id)
    if agreement.status in {Status.REGISTERED, Status.FUNDED}:
        return agreement
    _check_is(agreement, Status.SIGNED)
    agreement.status = Status.REGISTERED
    return _saved(agreement, ["status"], history.REGISTERED, by)


@transaction.atomic
def record_capital_arrival(agreement_id: int, *, by: User | None = None) -> Agreement:
    """The money has arrived at the registered company."""
    agreement = _locked(agreement_id)
    if agreement.status == Status.FUNDED:
        return agreement
    _check_is(agreement, Status.REGISTERED)
    agreement.status = Status.FUNDED
    return _saved(agreement, ["status"], history.FUNDED, by)


@transaction.atomic
def cancel_agreement(
    agreement_id: int, *, reason: str, on: date, by: User | None = None
) -> Agreement:
    """Cancel an agreement, signed or not; no figure counts it from then on.

    What was signed stays written: its day and its rates. Cancelling twice is
    cancelling once.
    """
    agreement = _locked(agreement_id)
    if agreement.status == Status.CANCELLED:
        return agreement
    if not reason.strip():
        raise ReasonMissing(_("Give the reason for cancelling."), code="reason")
    _check_day(agreement, on)
    if agreement.signed_on and on < agreement.signed_on:
        raise WrongDay(_("It cannot be cancelled before the day it was signed."), code="day")

    agreement.status, agreement.cancelled_on = Status.CANCELLED, on
    agreement.cancel_reason = reason.strip()
    fields = ["status", "cancelled_on", "cancel_reason"]
    return _saved(agreement, fields, history.CANCELLED, by)


def today_at(edition: Edition) -> date:
    """The day it is where the conference is held."""
    return timezone.localdate(timezone=edition.tz)


def _locked(agreement_id: int) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("edition").get(pk=agreement_id)


def _check_signable(agreement: Agreement, day: date, session: Session | None) -> None:
    if agreement.is_counted and agreement.signed_on:
        params = {"name": agreement.reference, "day": date_format(agreement.signed_on)}
        message = _("%(name)s was signed on %(day)s already.")
        raise NotPossible(message, code="signed", params=params)
    if agreement.status not in OPEN:
        _check_is(agreement, Status.READY)
    _check_day(agreement, day)
    if session and session.edition_id != agreement.edition_id:
        raise WrongSession(_("The session is of another edition."), code="session")
    if not agreement.sides.exists():
        params = {"name": agreement.reference}
        message = _("%(name)s has no parties yet.")
        raise NoParties(message, code="parties", params=params)


def _check_day(agreement: Agreement, day: date) -> None:
    if day > today_at(agreement.edition):
        params = {"day": date_format(day)}
        raise WrongDay(_("%(day)s has not come yet."), code="day", params=params)


def _check_is(agreement: Agreement, status: str) -> None:
    if agreement.status != status:
        params = {
            "name": agreement.reference,
            "status": agreement.get_status_display(),
            "needed": Status(status).label,
        }
        message = _("%(name)s is in the state “%(status)s”; this needs “%(needed)s”.")
        raise NotPossible(message, code="status", params=params)


def _saved(agreement: Agreement, fields: list[str], mark: str, by: User | None) -> Agreement:
    agreement.save(update_fields=[*fields, "updated_at"])
    history.leave_mark(agreement, mark, by)
    agreement.refresh_from_db(fields=["amount_cny", "amount_usd"])
    return agreement
