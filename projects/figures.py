"""What the projects contribute to the figures of an edition."""

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from attendees.figures import by_country
from events.figures import Breakdown, Figure, Row, figure
from events.models import Edition
from projects.models import Project, Sector


def by_top_sector(rows: QuerySet, path: str = "sector") -> list[Row]:
    """How many rows per sector, sub-sectors counted with the sector they are part of."""
    found = (
        rows.annotate(top=Coalesce(F(f"{path}__parent"), F(path)))
        .values_list("top")
        .annotate(number=Count("pk"))
        .order_by("-number", "top")
    )
    names = {sector.pk: sector.name for sector in Sector.objects.filter(parent=None)}
    return [Row(names[top], number) for top, number in found]


@figure(order=40)
def projects(edition: Edition) -> Figure:
    invited = Project.objects.invited().filter(edition=edition)
    rows = by_top_sector(invited)
    return Figure(
        key="projects",
        label=_("Startup projects"),
        value=sum(row.value for row in rows),
        definition=_("Startup projects invited to the conference and not withdrawn."),
        breakdowns=[
            Breakdown("sector", _("By sector"), rows),
            Breakdown("stage", _("By stage"), _by_stage(invited)),
            Breakdown("country", _("By country or region"), by_country(invited, "country")),
        ],
    )


def _by_stage(invited: QuerySet[Project]) -> list[Row]:
    # Without order_by() the default order of projects would split the groups.
    found = dict(invited.values_list("stage").annotate(number=Count("pk")).order_by())
    rows = [Row(str(stage.label), found.get(stage.value, 0)) for stage in Project.Stage]
    if found.get(""):
        rows.append(Row(_("Not given"), found[""]))
    return rows
