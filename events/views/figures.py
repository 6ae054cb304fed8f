"""The figures of an edition: as a page, and as JSON for other systems."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events.figures import Figure, Figures, Number, figures_of, past_years
from events.models import Edition


@require_safe
@cache_control(public=True, max_age=30)
def figures_page(request: HttpRequest, edition: str) -> HttpResponse:
    """Each headline number with its definition, its instant and its breakdowns."""
    shown = get_object_or_404(Edition.objects.public().select_related("series"), slug=edition)
    figures = figures_of(shown)
    context = {
        "edition": shown,
        "figures": figures,
        "computed_local": timezone.localtime(figures.computed_at, shown.tz),
        "present": [f for f in figures.all if not f.key.startswith("past_")],
        "past": [f for f in figures.all if f.key.startswith("past_")],
        "past_years": past_years(shown),
    }
    return render(request, "events/figures.html", context)


@require_safe
@cache_control(public=True, max_age=30)
def figures_json(request: HttpRequest, edition: str) -> JsonResponse:
    """The headline numbers by key, and under `figures` all that explains them."""
    shown = get_object_or_404(Edition.objects.public().select_related("series"), slug=edition)
    return JsonResponse(as_json(figures_of(shown)), json_dumps_params={"ensure_ascii": False})


def as_json(figures: Figures) -> dict:
    """Counts as integers, amounts of money as numbers with two decimals."""
    return {
        "edition": figures.edition.slug,
        "computed_at": figures.computed_at.isoformat(),
        **{figure.key: plain(figure.value) for figure in figures.all},
        "figures": [figure_as_json(figure) for figure in figures.all],
    }


def figure_as_json(figure: Figure) -> dict:
    return {
        "key": figure.key,
        "label": figure.label,
        "value": plain(figure.value),
        "currency": figure.currency,
        "definition": figure.definition,
        "is_recorded": figure.is_recorded,
        "is_lower_bound": figure.is_lower_bound,
        "source": figure.source,
        "breakdowns": [
            {
                "key": breakdown.key,
                "title": breakdown.title,
                "rows": [{"label": r.label, "value": plain(r.value)} for r in breakdown.rows],
            }
            for breakdown in figure.breakdowns
        ],
    }


def plain(value: Number) -> int | float:
    """JSON knows one kind of number: below 2^53 fen a float is exact to the fen."""
    return float(value) if isinstance(value, Decimal) else value
