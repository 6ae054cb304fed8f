"""A small register of agreements whose totals are known by heart."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agreements.models import Agreement, Party
from events.models import Edition
from tests import make

Status = Agreement.Status
FIRST, SECOND = date(2017, 11, 8), date(2017, 11, 9)
# What is counted, in yuan and dollars.
CNY = Decimal("10000000.00") + Decimal("6627700.00") + Decimal("7683800.38")
USD = Decimal("1508819.05") + Decimal("1000000.00") + Decimal("1159346.44")


@dataclass
class Register:
    """The rows, for tests that filter them."""

    edition: Edition
    yuan: Agreement
    dollars: Agreement
    euros: Agreement
    ready: Agreement
    cancelled: Agreement


def signed(edition: Edition, currency: str, rate: str, **fields) -> Agreement:
    return make.agreement(
        edition=edition, currency=currency, rate=Decimal(rate), **{"signed_on": FIRST, **fields}
    )


def register() -> Register:
    """Three signed agreements in three currencies, one not signed, one cancelled."""
    edition = make.edition(slug="2017")
    it = make.sector(slug="it", name_en="Information", name_zh_hans="信息技术")
    chips = make.sector(slug="chips", name_en="Chips", name_zh_hans="芯片", parent=it)
    bio = make.sector(slug="bio", name_en="Biomedicine", name_zh_hans="生物医药")
    binjiang = make.district(code="bj", name_en="Binjiang", name_zh_hans="滨江区")
    park = make.park(
        slug="wuliangye", name_en="IoT Town", name_zh_hans="物联网小镇", district=binjiang
    )
    for currency, rate in [("USD", "6.6277"), ("EUR", "7.6838")]:
        make.rate(currency, FIRST, rate, source=f"Bank of {currency}")
    acme = make.party(name_en="Acme Robotics", name_zh_hans="艾克美机器人")
    host = make.party(
        kind=Party.Kind.GOVERNMENT, name_en="Binjiang Committee", name_zh_hans="滨江管委会"
    )
    places = {"district": binjiang, "park": park}
    return Register(
        edition=edition,
        yuan=signed(
            edition,
            "CNY",
            "1",
            reference="HZ-1",
            title_en="Robots for kitchens",
            title_zh_hans="厨房机器人",
            sector=it,
            country="US",
            parties=[acme, host],
            project=make.project(edition=edition, title_en="Kitchen robot"),
            **places,
        ),
        dollars=signed(
            edition,
            "USD",
            "6.6277",
            reference="HZ-2",
            title_en="Chips for cars",
            sector=chips,
            country="DE",
            amount=Decimal("1000000"),
            status=Status.FUNDED,
            signed_on=SECOND,
            parties=[make.party(), host],
            **places,
        ),
        euros=signed(
            edition,
            "EUR",
            "7.6838",
            reference="HZ-3",
            title_en="Vaccines",
            sector=bio,
            country="TW",
            amount=Decimal("1000000.05"),
            status=Status.REGISTERED,
            parties=[make.party()],
        ),
        ready=make.agreement(
            edition=edition,
            reference="HZ-4",
            title_en="Later",
            sector=bio,
            status=Status.READY,
            amount=Decimal("5000000"),
        ),
        cancelled=signed(
            edition,
            "USD",
            "6.6277",
            reference="HZ-5",
            title_en="Gone",
            sector=bio,
            status=Status.CANCELLED,
            cancelled_on=SECOND,
            cancel_reason="Withdrawn.",
        ),
    )
