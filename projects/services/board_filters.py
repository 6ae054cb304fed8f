"""What the board of the pipeline is narrowed down to."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from projects.models import Application, Project

LONGEST = 200


class Origin(TextChoices):
    """How a project came in; one may have come in more than one way."""

    INVITED = "invited", _("Invited")
    APPLIED = "applied", _("Applied by itself")
    IMPORTED = "imported", _("From a list")
    AGAIN = "again", _("Was there before")
    OFFICE = "office", _("Entered by the office")


def came(origin: str) -> Q:
    """The condition on projects of an origin."""
    application = Exists(Application.objects.filter(project=OuterRef("pk")))
    invited, imported = Q(invited_on__isnull=False), ~Q(source_id="")
    return {
        Origin.INVITED: invited,
        Origin.APPLIED: Q(application, invited_on__isnull=True),
        Origin.IMPORTED: imported,
        Origin.AGAIN: Q(earlier__isnull=False),
        Origin.OFFICE: ~invited & ~imported & ~Q(application),
    }[Origin(origin)]


@dataclass(frozen=True)
class Filters:
    """What somebody asked the board for; what makes no sense is left out."""

    sector: str = ""
    country: str = ""
    origin: str = ""
    seeking: str = ""
    q: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Self:
        given = {f.name: data.get(f.name, "").replace("\x00", "").strip() for f in fields(cls)}
        if not (given["sector"].isdecimal() and len(given["sector"]) < 10):
            given["sector"] = ""
        if not (len(given["country"]) == 2 and given["country"].isalpha()):
            given["country"] = ""
        given["origin"] = given["origin"] if given["origin"] in Origin else ""
        given["seeking"] = given["seeking"] if given["seeking"] in Project.Seeking else ""
        return cls(**{**given, "q": given["q"][:LONGEST]})

    def apply(self, rows: QuerySet[Project]) -> QuerySet[Project]:
        if self.sector:
            rows = rows.filter(Q(sector=self.sector) | Q(sector__parent=self.sector))
        if self.country:
            rows = rows.filter(country=self.country)
        if self.origin:
            rows = rows.filter(came(self.origin))
        if self.seeking:
            rows = rows.filter(seeking__contains=[self.seeking])
        return rows.search(self.q) if self.q else rows

    @property
    def query(self) -> str:
        """The filters in force, as a part of an address."""
        return urlencode({f.name: value for f in fields(self) if (value := getattr(self, f.name))})
