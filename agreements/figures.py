"""What the agreements contribute to the figures of an edition."""

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import formats
from django.utils.translation import gettext as _

from agreements.models import Agreement
from attendees.figures import by_country
from events.figures import Breakdown, Figure, Row, counts, figure, total_value, year_before
from events.models import District, Edition, RecordedTotal
from projects.figures import by_top_sector
from projects.models import Sector

Metric = RecordedTotal.Metric


def signed_at(edition: Edition) -> QuerySet[Agreement]:
    return Agreement.objects.signed().filter(edition=edition)


@counts(Metric.PROJECTS_SIGNED)
def count_signed(edition: Edition) -> int:
    return signed_at(edition).count()


@counts(Metric.VOLUME_CNY)
def count_volume(edition: Edition):
    return total_value(signed_at(edition), "amount_cny")


@figure(order=50)
def agreements_signed(edition: Edition) -> Figure:
    signed = signed_at(edition)
    by_sector = by_top_sector(signed)
    return Figure(
        key="agreements_signed",
        label=_("Agreements signed"),
        value=sum(row.value for row in by_sector),
        definition=_(
            "Agreements signed at the conference and not cancelled since, "
            "one for each signed project."
        ),
        before=year_before(edition, Metric.PROJECTS_SIGNED),
        breakdowns=[
            Breakdown("sector", _("By sector"), by_sector),
            Breakdown("district", _("By district"), _by_district(signed, Count("pk"))),
            Breakdown("country", _("By country or region"), by_country(signed, "country")),
            Breakdown("day", _("By day of signing"), _by_day(signed)),
        ],
    )


@figure(order=60)
def contract_volume_cny(edition: Edition) -> Figure:
    signed = signed_at(edition)
    return Figure(
        key="contract_volume_cny",
        label=_("Contract volume in CNY"),
        value=total_value(signed, "amount_cny"),
        currency="CNY",
        definition=_(
            "Amounts of the signed agreements, each converted to yuan at the rate recorded "
            "for the day of its signing and rounded to the fen."
        ),
        before=year_before(edition, Metric.VOLUME_CNY),
        breakdowns=_volume_breakdowns(signed, "amount_cny"),
    )


@figure(order=70)
def contract_volume_usd(edition: Edition) -> Figure:
    signed = signed_at(edition)
    return Figure(
        key="contract_volume_usd",
        label=_("Contract volume in USD"),
        value=total_value(signed, "amount_usd"),
        currency="USD",
        definition=_(
            "The same amounts in US dollars at the rates recorded for the day of signing, "
            "each rounded to the cent."
        ),
        breakdowns=_volume_breakdowns(signed, "amount_usd"),
    )


def _volume_breakdowns(signed: QuerySet[Agreement], column: str) -> list[Breakdown]:
    return [
        Breakdown("sector", _("By sector"), _volume_by_sector(signed, column)),
        Breakdown("district", _("By district"), _by_district(signed, Sum(column))),
    ]


def _volume_by_sector(signed: QuerySet[Agreement], column: str) -> list[Row]:
    found = (
        signed.annotate(top=Coalesce(F("sector__parent"), F("sector")))
        .values_list("top")
        .annotate(total=Sum(column))
        .order_by("-total", "top")
    )
    names = {sector.pk: sector.name for sector in Sector.objects.filter(parent=None)}
    return [Row(names[top], total) for top, total in found]


def _by_district(signed: QuerySet[Agreement], what) -> list[Row]:
    found = signed.values_list("district").annotate(measure=what).order_by("-measure", "district")
    names = {district.pk: district.name for district in District.objects.all()}
    return [Row(names.get(pk, _("Not given")), measure) for pk, measure in found]


def _by_day(signed: QuerySet[Agreement]) -> list[Row]:
    found = signed.values_list("signed_on").annotate(number=Count("pk")).order_by("signed_on")
    return [Row(formats.date_format(day, "DATE_FORMAT"), number) for day, number in found]
