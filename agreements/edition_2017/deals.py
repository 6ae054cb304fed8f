"""Agreements before they are rows: kinds, amounts that sum to the reported volume."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from agreements.edition_2017.text import Text, texts

SIGNED = 206
VOLUME_CNY = Decimal("2930000000.00")
# Central parity of the People's Bank of China, and the ECB's reference rate.
USD, EUR = Decimal("6.6277"), Decimal("7.6838")
RATES = {"CNY": Decimal(1), "USD": USD, "EUR": EUR}
# One in eight agreements is in dollars, one in seventeen in euros.
FOREIGN = {"USD": 0.125, "EUR": 0.06}

TITLES = {
    "settlement": texts("""
    Settlement of “{project}” in {park} | “{project}”项目落户{park}合作协议
    Cooperation on “{project}” in {park} | “{project}”项目入驻{park}协议
    """),
    "investment": texts("""
    Investment in “{project}” | “{project}”项目投资协议
    Equity financing of “{project}” in {park} | “{project}”项目股权投资及落户{park}协议
    """),
    "laboratory": texts("""
    Joint research centre for “{project}” in {park} | 共建“{project}”联合研发中心协议（{park}）
    """),
    "production": texts("""
    Production base for “{project}” in {park} | “{project}”产业化基地落户{park}协议
    """),
}
KINDS = {"settlement": 48, "investment": 24, "laboratory": 12, "production": 16}

REASONS_TO_CANCEL = texts("""
The holder has accepted an offer elsewhere. | 项目方已接受其他合作方案。
The parties could not agree on the site. | 双方未能就场地达成一致。
Withdrawn by the investor after due diligence. | 投资方尽职调查后退出。
""")


@dataclass(frozen=True, slots=True)
class Price:
    """An amount and the currency it is agreed in."""

    amount: Decimal
    currency: str

    @property
    def cny(self) -> Decimal:
        converted = self.amount * RATES[self.currency]
        return converted.quantize(Decimal("0.01"), ROUND_HALF_UP)


def signed_prices(count: int, total: Decimal, rng: Random) -> list[Price]:
    """Draw amounts, a few large and many small, that sum to the total in yuan to the fen."""
    weights = [rng.lognormvariate(0, 0.95) + 0.18 for _each in range(count)]
    unit = total / Decimal(sum(weights))
    prices = [_price(unit * Decimal(weight), rng) for weight in weights]
    return _settle(prices, total)


def open_price(rng: Random) -> Price:
    """An amount that is still being negotiated."""
    return _price(Decimal(12_000_000) * Decimal(rng.lognormvariate(0, 0.8)), rng)


def _price(cny: Decimal, rng: Random) -> Price:
    currency = _currency(rng)
    if currency == "CNY":
        return Price(_rounded(cny, _step(cny, rng)), "CNY")
    return Price(_rounded(cny / RATES[currency], 50_000), currency)


def _currency(rng: Random) -> str:
    draw = rng.random()
    if draw < FOREIGN["USD"]:
        return "USD"
    return "EUR" if draw < FOREIGN["USD"] + FOREIGN["EUR"] else "CNY"


def _step(cny: Decimal, rng: Random) -> int:
    """Large sums are round; one in nine follows a costing and is not."""
    if rng.random() < 1 / 9:
        return 1_000
    return 1_000_000 if cny > 20_000_000 else 500_000


def _rounded(amount: Decimal, step: int) -> Decimal:
    steps = max(1, round(amount / step))
    return Decimal(steps * step).quantize(Decimal("0.01"))


def _settle(prices: list[Price], total: Decimal) -> list[Price]:
    """Let the largest agreement in yuan that follows a costing take up the rest."""
    rest = total - sum(price.cny for price in prices)
    taker = max(
        (n for n, price in enumerate(prices) if price.currency == "CNY"),
        key=lambda n: prices[n].amount,
    )
    prices[taker] = Price(prices[taker].amount + rest, "CNY")
    if prices[taker].amount <= 0:
        raise ValueError("The amounts drawn are far from the total; choose another seed.")
    return prices


def title_of(kind: str, project: Text, park: Text, rng: Random) -> Text:
    return rng.choice(TITLES[kind]).format(project=project, park=park)
