from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection

from agreements.models import Agreement
from agreements.services.history import marks_of
from agreements.services.rates import MAX_AGE, RateMissing, rates_for
from agreements.services.signings import (
    AmountTooLarge,
    NoParties,
    NotPossible,
    ReasonMissing,
    WrongDay,
    WrongSession,
    cancel_agreement,
    record_capital_arrival,
    register_company,
    sign_agreement,
)
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2017, 11, 8)
Status = Agreement.Status


def ready(**fields):
    return make.agreement(parties=[make.party()], status=Status.READY, **fields)


def as_stored(agreement):
    return Agreement.objects.values().get(pk=agreement.pk)


def test_signing_records_the_rates_of_the_day():
    make.rate("USD", DAY, "6.6277")
    make.rate("EUR", DAY, "7.6838")
    agreement = ready(amount=Decimal("1000000.05"), currency="EUR")

    signed = sign_agreement(agreement.pk, signed_on=DAY)

    assert (signed.status, signed.signed_on, signed.rate_on) == (Status.SIGNED, DAY, DAY)
    assert (signed.rate, signed.usd_rate) == (Decimal("7.6838"), Decimal("6.6277"))
    assert signed.amount_cny == Decimal("7683800.38")  # 7,683,800.38419 to the fen
    assert signed.amount_usd == Decimal("1159346.44")


def test_signing_yuan_needs_the_dollar_alone():
    make.rate("USD", DAY, "6.6277")

    signed = sign_agreement(ready(amount=Decimal("10000000")).pk, signed_on=DAY)

    assert (signed.rate, signed.amount_cny) == (Decimal(1), Decimal("10000000.00"))
    assert signed.amount_usd == Decimal("1508819.05")


def test_signing_takes_the_last_day_on_which_all_rates_were_published():
    make.rate("EUR", DAY, "7.7")
    make.rate("EUR", DAY - timedelta(1), "7.6")
    make.rate("USD", DAY - timedelta(1), "6.6")
    make.rate("USD", DAY + timedelta(1), "9.9")
    make.rate("EUR", DAY + timedelta(1), "9.9")

    signed = sign_agreement(ready(currency="EUR").pk, signed_on=DAY)

    assert signed.rate_on == DAY - timedelta(1)
    assert (signed.rate, signed.usd_rate) == (Decimal("7.6"), Decimal("6.6"))


def test_rates_may_be_as_old_as_the_longest_holiday_and_no_older():
    make.rate("USD", DAY - MAX_AGE, "6.5")

    assert rates_for("USD", DAY).on == DAY - MAX_AGE
    with pytest.raises(RateMissing, match="USD"):
        rates_for("USD", DAY + timedelta(1))


def test_signing_without_a_rate_names_the_currency_and_changes_nothing():
    make.rate("USD", DAY)
    agreement = ready(currency="GBP")
    before = as_stored(agreement)

    with pytest.raises(RateMissing) as refusal:
        sign_agreement(agreement.pk, signed_on=DAY)

    assert "GBP" in refusal.value.messages[0]
    assert "USD" not in refusal.value.messages[0]
    assert as_stored(agreement) == before


def test_signing_twice_is_signing_once():
    make.rate()
    agreement = ready()
    sign_agreement(agreement.pk, signed_on=DAY, by=make.staff())
    before = as_stored(agreement)
    make.rate("USD", DAY + timedelta(1), "7.0")

    sign_agreement(agreement.pk, signed_on=DAY, by=make.staff())

    assert as_stored(agreement) == before
    assert LogEntry.objects.count() == 1


def test_signing_again_on_another_day_is_refused():
    make.rate()
    agreement = ready()
    sign_agreement(agreement.pk, signed_on=DAY)

    with pytest.raises(NotPossible, match="was signed on"):
        sign_agreement(agreement.pk, signed_on=DAY + timedelta(1))


def test_a_later_rate_changes_no_signed_amount():
    rate = make.rate()
    signed = sign_agreement(ready().pk, signed_on=DAY)

    rate.rate = Decimal("8")
    rate.save()

    signed.refresh_from_db()
    assert signed.usd_rate == Decimal("6.6277")


def test_signing_needs_parties():
    make.rate()

    with pytest.raises(NoParties):
        sign_agreement(make.agreement(status=Status.READY).pk, signed_on=DAY)


def test_signing_keeps_to_the_calendar_and_the_edition():
    make.rate()
    agreement = ready()

    with pytest.raises(WrongDay):
        sign_agreement(agreement.pk, signed_on=date.today() + timedelta(3))
    with pytest.raises(WrongSession):
        sign_agreement(agreement.pk, signed_on=DAY, session=make.session())


def test_signing_stores_the_session():
    make.rate()
    agreement = ready()
    session = make.session(edition=agreement.edition)

    assert sign_agreement(agreement.pk, signed_on=DAY, session=session).signed_at_session == session


def test_signing_refuses_amounts_that_cannot_be_kept():
    make.rate()
    agreement = ready(amount=Decimal("9999999999999999.99"), currency="USD")

    with pytest.raises(AmountTooLarge):
        sign_agreement(agreement.pk, signed_on=DAY)


def test_a_cancelled_agreement_is_not_signed():
    make.rate()
    agreement = ready()
    cancel_agreement(agreement.pk, reason="No site.", on=DAY)

    with pytest.raises(NotPossible, match="Cancelled"):
        sign_agreement(agreement.pk, signed_on=DAY)


def test_the_company_is_registered_before_its_capital_arrives():
    agreement = make.agreement()

    with pytest.raises(NotPossible):
        record_capital_arrival(agreement.pk)
    for _twice in range(2):
        assert register_company(agreement.pk).status == Status.REGISTERED
    for _twice in range(2):
        assert record_capital_arrival(agreement.pk).status == Status.FUNDED
    with pytest.raises(NotPossible):
        register_company(ready().pk)


def test_cancelling_takes_it_out_of_the_figures_and_keeps_what_was_signed():
    agreement = make.agreement()
    staff = make.staff()

    for _twice in range(2):
        cancelled = cancel_agreement(agreement.pk, reason=" Withdrawn. ", on=DAY, by=staff)

    assert (cancelled.status, cancelled.cancel_reason) == (Status.CANCELLED, "Withdrawn.")
    assert (cancelled.signed_on, cancelled.rate) == (DAY, Decimal(1))
    assert not Agreement.objects.signed().exists()
    assert [mark.user for mark in marks_of(agreement)] == [staff]


def test_cancelling_needs_a_reason_and_a_day_that_fits():
    agreement = make.agreement()

    with pytest.raises(ReasonMissing):
        cancel_agreement(agreement.pk, reason=" ", on=DAY)
    with pytest.raises(WrongDay):
        cancel_agreement(agreement.pk, reason="x", on=DAY - timedelta(1))
    with pytest.raises(WrongDay):
        cancel_agreement(agreement.pk, reason="x", on=date.today() + timedelta(3))
    agreement.refresh_from_db()
    assert agreement.status == Status.SIGNED


def test_signing_locks_the_agreement_and_nothing_else(django_assert_num_queries):
    make.rate()
    agreement = ready()

    # savepoint, row, sides, rates, update, amounts, savepoint
    with django_assert_num_queries(7):
        sign_agreement(agreement.pk, signed_on=DAY)
    statements = [query["sql"] for query in connection.queries_log if "FOR " in query["sql"]]
    assert statements[-1].endswith('FOR NO KEY UPDATE OF "agreements_agreement"')
