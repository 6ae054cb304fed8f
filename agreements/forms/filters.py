"""The filters of the agreement list and its report. They live in the address."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Case, F, IntegerField, OrderBy, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_countries import countries

from agreements.models import Agreement
from agreements.services.signings import OPEN
from events.models import District, Edition, Park
from hrconf.lib.money import currency_label, format_amount, parse_amount
from projects.models import Sector

COUNTED, NOT_SIGNED = "counted", "open"
STATUSES = {COUNTED: Agreement.SIGNED, NOT_SIGNED: OPEN}
# What the list may be sorted by: ?sort=key, or ?sort=-key for the other way round.
SORTS = ["reference", "title", "sector", "district", "country", "signed", "cny", "status"]


class MoneyField(forms.Field):
    """An amount as people type it: 1,000,000 or 100万 or 2.5 million."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 40})

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        return parse_amount(text) if text else None


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar."""

    def __init__(self, **kwargs):
        kwargs["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day; a browser's calendar does not show what it cannot read, so the error does."""
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            message = _("“%(text)s” is no day.")
            raise forms.ValidationError(message, params={"text": str(value)[:40]}) from error


class AgreementFilter(forms.Form):
    """Which agreements of an edition one wants to see."""

    q = forms.CharField(
        label=gettext_lazy("Reference, title or party"), max_length=100, required=False
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    park = forms.ChoiceField(label=gettext_lazy("Industrial park"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country or region of origin"), required=False)
    party = forms.CharField(label=gettext_lazy("Party"), max_length=100, required=False)
    signed_from = DayField(label=gettext_lazy("Signed from"), required=False)
    signed_to = DayField(label=gettext_lazy("Signed until"), required=False)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    amount_min = MoneyField(label=gettext_lazy("Amount in CNY from"), required=False)
    amount_max = MoneyField(label=gettext_lazy("Amount in CNY up to"), required=False)

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.edition = edition
        self.sort = (self.data.get("sort") or "").strip() or "reference"
        for name, choices in self._choices().items():
            self.fields[name].choices = [("", _("All")), *choices]

    def _choices(self) -> dict[str, list]:
        """The choices of each list, in the active language: four queries."""
        rows = Agreement.objects.filter(edition=self.edition).order_by()
        codes, currencies = set(), set()
        for code, currency in rows.values_list("country", "currency").distinct():
            codes.add(str(code or ""))
            currencies.add(currency)
        return {
            "status": _status_choices(),
            "sector": _sector_choices(),
            "district": [(d.code, d.name) for d in District.objects.all()],
            "park": _park_choices(),
            "country": _country_choices(codes - {""}),
            "currency": [
                (c, currency_label(c, get_language() or "en")) for c in sorted(currencies)
            ],
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.sort.removeprefix("-") not in SORTS:
            self.add_error(None, _("The list cannot be sorted by that."))
        self._check_order("signed_from", "signed_to", _("The last day is before the first."))
        self._check_order("amount_min", "amount_max", _("The upper amount is below the lower."))
        return given

    def _check_order(self, low: str, high: str, message: str) -> None:
        lowest, highest = self.cleaned_data.get(low), self.cleaned_data.get(high)
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error(high, message)

    def apply(self, agreements) -> QuerySet[Agreement]:
        """The agreements that match all filters, sorted. The form is valid."""
        given = self.cleaned_data
        for name, narrow in _NARROWERS.items():
            if given[name] not in ("", None):
                agreements = narrow(agreements, given[name])
        return sorted_by(agreements, self.sort)

    def in_words(self) -> list[tuple[str, str]]:
        """Each filter in force as label and value, in the active language."""
        return [
            (str(field.label), self._value_in_words(name))
            for name, field in self.fields.items()
            if self.cleaned_data.get(name) not in ("", None)
        ]

    def _value_in_words(self, name: str) -> str:
        value, field = self.cleaned_data[name], self.fields[name]
        if isinstance(field, MoneyField):
            return format_amount(value, "CNY", get_language() or "en")
        if isinstance(field, DayField):
            return date_format(value)
        if isinstance(field, forms.ChoiceField):
            return str(dict(flat(field.choices))[value]).strip()
        return f"“{value}”"

    def in_address(self) -> dict[str, str]:
        """The filters as the parameters of an address, without empty ones."""
        given = {name: self.data.get(name, "").strip() for name in [*self.fields, "sort"]}
        return {name: value for name, value in given.items() if value}


_NARROWERS: dict[str, Any] = {
    "q": lambda rows, text: rows.search(text),
    "status": lambda rows, name: rows.filter(status__in=STATUSES.get(name, [name])),
    "sector": lambda rows, slug: rows.in_sector(slug),
    "district": lambda rows, code: rows.filter(district__code=code),
    "park": lambda rows, slug: rows.filter(park__slug=slug),
    "country": lambda rows, code: rows.filter(country=code),
    "party": lambda rows, text: rows.with_party(text),
    "signed_from": lambda rows, day: rows.filter(signed_on__gte=day),
    "signed_to": lambda rows, day: rows.filter(signed_on__lte=day),
    "currency": lambda rows, code: rows.filter(currency=code),
    "amount_min": lambda rows, amount: rows.in_yuan().filter(yuan__gte=amount),
    "amount_max": lambda rows, amount: rows.in_yuan().filter(yuan__lte=amount),
}


def sorted_by(agreements, sort: str) -> QuerySet[Agreement]:
    """Agreements in the order of a key of SORTS; what has no value comes last."""
    key = sort.removeprefix("-")
    language = (get_language() or "en").replace("-", "_")
    column = {
        "title": f"title_{language}",
        "sector": "sector__position",
        "district": "district__position",
        "signed": "signed_on",
        "cny": "yuan",
        "status": _life,
    }.get(key, key)
    expression = column() if callable(column) else F(column)
    order = OrderBy(expression, descending=sort.startswith("-"), nulls_last=True)
    return agreements.in_yuan().order_by(order, "reference", "pk")


def _life() -> Case:
    """The place of a status in an agreement's life."""
    steps = enumerate(Agreement.Status.values)
    whens = [When(status=status, then=Value(place)) for place, status in steps]
    return Case(*whens, output_field=IntegerField())


def flat(choices: Iterable[Any]) -> list[tuple[str, str]]:
    """Choices without their groups."""
    found: list[tuple[str, str]] = []
    for value, label in choices:
        found += flat(label) if isinstance(label, list | tuple) else [(value, label)]
    return found


def _status_choices() -> list:
    return [
        (COUNTED, _("Signed, counted in the figures")),
        (NOT_SIGNED, _("Not signed yet")),
        (_("In this state"), list(Agreement.Status.choices)),
    ]


def _sector_choices() -> list[tuple[str, str]]:
    """Sectors, each followed by its sub-sectors."""
    rows = list(Sector.objects.all())
    tops = [row for row in rows if row.parent_id is None]
    return [
        (row.slug, row.name if row is top else f"\u2003{row.name}")
        for top in tops
        for row in [top, *(row for row in rows if row.parent_id == top.pk)]
    ]


def _park_choices() -> list:
    """Parks under their districts."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for park in Park.objects.select_related("district").order_by("district__position", "slug"):
        groups.setdefault(park.district.name, []).append((park.slug, park.name))
    return list(groups.items())


def _country_choices(codes: set[str]) -> list[tuple[str, str]]:
    named = [(code, str(countries.name(code)) or code) for code in codes]
    return sorted(named, key=lambda pair: pair[1])
