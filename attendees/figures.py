"""What the guests contribute to the figures of an edition."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django_countries import countries

from attendees.models import Category, CheckIn, Registration
from events.figures import Breakdown, Figure, Row, counts, figure, year_before
from events.models import Edition, RecordedTotal, Session

Metric = RecordedTotal.Metric


def checkins_at_opening(edition: Edition) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(
        session__edition=edition,
        session__kind=Session.Kind.OPENING,
        session__status=Session.Status.CONFIRMED,
    )


def invited_professionals_of(edition: Edition) -> QuerySet[Registration]:
    """Confirmed places of professionals who came by an invitation."""
    return Registration.objects.confirmed().filter(
        edition=edition,
        category__kind=Category.Kind.PROFESSIONAL,
        invitation__isnull=False,
    )


def by_country(rows: QuerySet, path: str) -> list[Row]:
    """How many rows per country or region, the most first; one query."""
    found = rows.values_list(path).annotate(number=Count("pk")).order_by("-number", path)
    return [Row(country_name(code), number) for code, number in found]


def country_name(code: str) -> str:
    return str(countries.name(code)) if code else _("Not given")


@counts(Metric.ATTENDEES)
def count_attendees(edition: Edition) -> int:
    return checkins_at_opening(edition).count()


@counts(Metric.PROFESSIONALS)
def count_professionals(edition: Edition) -> int:
    return invited_professionals_of(edition).count()


@counts(Metric.ASSOCIATIONS)
def count_associations(edition: Edition) -> int:
    return edition.delegations.values("association").distinct().count()


@figure(order=10)
def attendees(edition: Edition) -> Figure:
    checkins = checkins_at_opening(edition)
    by_category = _by_category(checkins)
    return Figure(
        key="attendees",
        label=_("Attendees"),
        value=sum(row.value for row in by_category),
        definition=_("People checked in at the opening ceremony, each counted once."),
        before=year_before(edition, Metric.ATTENDEES),
        breakdowns=[
            Breakdown("category", _("By category"), by_category),
            Breakdown(
                "country",
                _("By country or region"),
                by_country(checkins, "registration__person__country"),
            ),
        ],
    )


def _by_category(checkins: QuerySet[CheckIn]) -> list[Row]:
    found = (
        checkins.values_list("registration__category__kind")
        .annotate(number=Count("pk"))
        .order_by("-number")
    )
    return [Row(str(Category.Kind(kind).label), number) for kind, number in found]


@figure(order=20)
def invited_professionals(edition: Edition) -> Figure:
    rows = by_country(invited_professionals_of(edition), "person__country")
    return Figure(
        key="invited_professionals",
        label=_("Invited professionals"),
        value=sum(row.value for row in rows),
        definition=_(
            "People invited as professionals who accepted and whose registration is confirmed."
        ),
        before=year_before(edition, Metric.PROFESSIONALS),
        breakdowns=[Breakdown("country", _("By country or region"), rows)],
    )


@figure(order=30)
def countries_and_regions(edition: Edition) -> Figure:
    codes = invited_professionals_of(edition).exclude(person__country="")
    return Figure(
        key="countries",
        label=_("Countries and regions"),
        value=codes.values("person__country").distinct().count(),
        definition=_("Different countries and regions that the invited professionals come from."),
    )
