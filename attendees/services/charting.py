"""Registrations in numbers: by day against the edition before, by what people are and say."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import ceil, log10
from typing import Any

from django.db.models import Count
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from attendees.models import Association, Category, Consent, FormField, Registration
from events.figures import Row
from events.models import Edition, RecordedTotal
from hrconf.lib.magnitude import grouped as grouped_number

Kind = FormField.Kind
COUNTED = [Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.COUNTRY, Kind.CONSENT, Kind.NUMBER]
ALIGN = ("opening", "date")
BINS = 8
# One row with a day far off would leave the days that matter no room.
DAYS_BEFORE, DAYS_AFTER = 400, 30


# By day -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayRow:
    """A day of the chart: how many registered, and how many had by then, at both editions."""

    offset: int
    day: date
    now: int
    before: int
    now_sum: int
    before_sum: int

    @property
    def to_the_opening(self) -> str:
        if not self.offset:
            return _("the opening")
        number = abs(self.offset)
        early = ngettext("%(days)s day before", "%(days)s days before", number)
        late = ngettext("%(days)s day after", "%(days)s days after", number)
        return (early if self.offset < 0 else late) % {"days": number}


@dataclass(frozen=True)
class Comparison:
    """Registrations by day of an edition beside those of the one before, on one axis."""

    rows: list[DayRow]
    edition: Edition
    before: Edition | None
    far_off: int = 0

    @property
    def highest(self) -> int:
        return max((max(row.now, row.before) for row in self.rows), default=0)

    @property
    def highest_sum(self) -> int:
        return max((max(row.now_sum, row.before_sum) for row in self.rows), default=0)

    @property
    def width(self) -> float:
        return round(100 / max(len(self.rows), 1), 4)

    @property
    def columns(self) -> list[tuple[DayRow, float, float, float]]:
        """Of each day with registrations: the day, and x, y, height in per cent."""
        found = []
        for at, row in enumerate(self.rows):
            height = round(100 * row.now / (self.highest or 1), 2)
            if row.now:
                found.append((row, round(at * self.width, 3), round(100 - height, 2), height))
        return found

    @property
    def line_before(self) -> str:
        return self.line([row.before for row in self.rows], self.highest)

    @property
    def line_sum(self) -> str:
        """The edition's own days end with its last registration, not with the axis."""
        last = max((at for at, row in enumerate(self.rows) if row.now), default=-1)
        return self.line([row.now_sum for row in self.rows[: last + 1]], self.highest_sum)

    @property
    def line_before_sum(self) -> str:
        return self.line([row.before_sum for row in self.rows], self.highest_sum)

    def line(self, values: Iterable[int], highest: int) -> str:
        """The points of a line through the middle of the days."""
        points = [
            (round((at + 0.5) * self.width, 3), round(100 - 100 * value / (highest or 1), 2))
            for at, value in enumerate(values)
        ]
        return " ".join(f"{x},{y}" for x, y in points)


def edition_before(edition: Edition) -> Edition | None:
    """The edition of the same series that was held before."""
    earlier = Edition.objects.filter(series=edition.series_id, starts_on__lt=edition.starts_on)
    return earlier.order_by("-starts_on").first()


def of_far_off(number: int) -> str:
    """What a chart says of the registrations that it does not draw."""
    text = ngettext(
        "%(count)s more registered long before or after the edition and is not drawn.",
        "%(count)s more registered long before or after the edition and are not drawn.",
        number,
    )
    return text % {"count": grouped_number(number)} if number else ""


def has_only_totals(edition: Edition) -> bool:
    """Whether totals of earlier years are recorded, though no rows are."""
    return RecordedTotal.objects.filter(series=edition.series_id).exists()


def by_day(edition: Edition) -> dict[date, int]:
    """How many people registered on each day, whatever became of it; one query."""
    day = TruncDate(Coalesce("submitted_at", "created_at"), tzinfo=edition.tz)
    rows = Registration.objects.filter(edition=edition).order_by()
    return dict(rows.values_list(day).annotate(number=Count("pk")))


def drawn(edition: Edition) -> tuple[dict[date, int], int]:
    """The days of a chart, and how many registered on days too far off to be drawn."""
    first = edition.starts_on - timedelta(days=DAYS_BEFORE)
    last = edition.ends_on + timedelta(days=DAYS_AFTER)
    counts = by_day(edition)
    near = {day: number for day, number in counts.items() if first <= day <= last}
    return near, sum(counts.values()) - sum(near.values())


def compare(edition: Edition, before: Edition | None, align: str) -> Comparison:
    """Both editions by day: aligned by the days to the opening, or by the calendar."""
    near, far_off = drawn(edition)
    now = shifted(near, zero_of(edition, align))
    then = shifted(drawn(before)[0], zero_of(before, align)) if before else {}
    offsets = [*now, *then]
    if not offsets:
        return Comparison([], edition, before, far_off)
    axis = range(min(offsets), max(offsets) + 1)
    numbers = [(now.get(at, 0), then.get(at, 0)) for at in axis]
    sums = zip(accumulate(n for n, _t in numbers), accumulate(t for _n, t in numbers), strict=True)
    zero = zero_of(edition, align)
    rows = [
        DayRow(at, zero + timedelta(days=at), one[0], one[1], both[0], both[1])
        for at, one, both in zip(axis, numbers, sums, strict=True)
    ]
    return Comparison(rows, edition, before, far_off)


def zero_of(edition: Edition, align: str) -> date:
    """The day from which an edition's days are counted."""
    return edition.starts_on if align == "opening" else date(edition.starts_on.year, 1, 1)


def shifted(counts: Mapping[date, int], zero: date) -> dict[int, int]:
    return {(day - zero).days: number for day, number in counts.items()}


# By what they are -------------------------------------------------------------------------


def by_country(edition: Edition) -> list[Row]:
    found = grouped(edition, "person__country")
    return [Row(str(countries.name(code)) if code else _("Not known"), n) for code, n in found]


def by_category(edition: Edition) -> list[Row]:
    return [Row(str(Category.Kind(k).label), n) for k, n in grouped(edition, "category__kind")]


def by_association(edition: Edition) -> tuple[list[Row], int]:
    """By who sent them, with an invitation or in a delegation, and how many nobody sent."""
    sender = Coalesce("invitation__association", "delegation__association")
    found = grouped(edition, sender)
    names = {one.pk: one.name for one in Association.objects.filter(pk__in=[k for k, _n in found])}
    rows = [Row(names[key], number) for key, number in found if key in names]
    return rows, sum(number for key, number in found if key not in names)


def grouped(edition: Edition, path: Any) -> list[tuple[Any, int]]:
    rows = Registration.objects.active().filter(edition=edition).order_by()
    return list(rows.values_list(path).annotate(number=Count("pk")).order_by("-number"))


# By what they say ---------------------------------------------------------------------------


def questions_to_count(edition: Edition) -> list[FormField]:
    """The questions of an edition's forms whose answers can be counted; two queries."""
    rows = FormField.objects.filter(form__edition=edition, kind__in=COUNTED)
    rows = rows.select_related("form").prefetch_related("choices")
    return list(rows.order_by("form__position", "form", "section__position", "position", "pk"))


def by_answer(edition: Edition, question: FormField) -> list[Row]:
    """How many gave each answer, and how many none; one query more than the questions."""
    if question.kind == Kind.CONSENT:
        return by_consent(edition, question)
    rows = Registration.objects.active().filter(edition=edition).order_by()
    path = KeyTransform(question.key, KeyTransform(question.form.slug, "answers"))
    kept = list(rows.values_list(path, flat=True))
    said = [value for value in kept if value not in (None, "", [])]
    if question.kind == Kind.NUMBER:
        found = in_bins([value for value in said if isinstance(value, int | float)])
    else:
        each = [one for value in said for one in (value if isinstance(value, list) else [value])]
        found = [Row(word_for(question, key), n) for key, n in Counter(each).most_common()]
    silent = len(kept) - len(said)
    return [*found, *([Row(_("No answer"), silent)] if silent else [])]


def by_consent(edition: Edition, question: FormField) -> list[Row]:
    people = Registration.objects.active().filter(edition=edition)
    given = Consent.objects.filter(text__field=question, withdrawn_at=None)
    yes = given.filter(registration__in=people).values("registration").distinct().count()
    return [Row(_("Consented"), yes), Row(_("Did not"), people.count() - yes)]


def word_for(question: FormField, key: Any) -> str:
    if question.kind == Kind.COUNTRY:
        return str(countries.name(key)) or str(key)
    if question.kind == Kind.YES_NO:
        return {"yes": _("Yes"), "no": _("No")}.get(key, str(key))
    labels = {choice.key: choice.label for choice in question.choices.all()}
    return labels.get(key) or str(key)


def in_bins(values: list[float]) -> list[Row]:
    """Numbers in at most eight bins or so, whose bounds are round."""
    if not values:
        return []
    step = round_step((max(values) - min(values)) / BINS)
    counts = Counter(int(value // step) for value in values)
    return [
        Row(bin_name(at * step, step), counts[at]) for at in range(min(counts), max(counts) + 1)
    ]


def round_step(width: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … that is no less."""
    if width <= 1:
        return 1
    power = 10 ** int(log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= ceil(width))


def bin_name(start: int, step: int) -> str:
    return str(start) if step == 1 else f"{start}–{start + step - 1}"
