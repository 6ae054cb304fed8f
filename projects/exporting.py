"""Lists of the projects' storey as files: invitation codes, to be printed or mailed."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from hrconf.lib.links import absolute
from hrconf.lib.sheets import Kind
from hrconf.office.columns import Field, exportable
from projects.models import ProjectCode
from projects.services.codes import code_text, with_uses

ROWS_AT_A_TIME = 500


def code_fields() -> list[Field]:
    """The columns of the codes; the code is made from its row as it is written."""
    return [
        Field(_("Given to"), lambda code: code.label, key="label"),
        Field(_("Code"), code_text, key="code"),
        Field(_("Page to apply"), page_of, key="page"),
        Field(_("Association"), lambda code: str(code.association or ""), key="association"),
        Field(_("Project"), lambda code: str(code.project or ""), key="project"),
        Field(_("Projects, at most"), lambda code: code.most_uses, Kind.INTEGER, "most"),
        Field(_("Begun"), lambda code: code.begun, Kind.INTEGER, "begun"),
        Field(_("Sent"), lambda code: code.sent, Kind.INTEGER, "sent"),
    ]


def page_of(code: ProjectCode) -> str:
    return absolute(reverse("projects:call", kwargs={"edition": code.call.edition.slug}))


def codes(keys: Sequence[int], columns: Sequence[str]) -> Iterator[ProjectCode]:
    """Codes by their keys in the order given, some hundreds at a time."""
    rows = with_uses(ProjectCode.objects.select_related("call__edition", "association", "project"))
    for start in range(0, len(keys), ROWS_AT_A_TIME):
        chunk = keys[start : start + ROWS_AT_A_TIME]
        found = rows.in_bulk(chunk)
        yield from (found[key] for key in chunk if key in found)


exportable("projects.projectcode", fields=code_fields, load=codes)
