"""Makers of lists of projects: rows to bytes, bytes to an uploaded list."""

from django.core.files.base import ContentFile

from projects.importing.writing import import_project_list, upload_project_list
from projects.models import ProjectList
from tests import make
from tests.attendees.importing.make_lists import as_csv, counts, notes

__all__ = ["HEADING", "ROBOT", "as_csv", "counts", "imported", "notes", "project_list"]
HEADING = ["Title", "Company", "Sector", "Country", "Website"]
ROBOT = ["Surgical robot", "Lakeside Robotics", "robotics", "Canada", "lakeside.example"]


def project_list(*rows: list[str], heading=HEADING, data: bytes = b"", **fields) -> ProjectList:
    """An uploaded list, not yet imported."""
    fields["edition"] = fields.get("edition") or make.edition()
    data = data or as_csv(heading, *rows)
    file = ContentFile(data, name="projects.csv")
    return upload_project_list(ProjectList(**fields), file, by=make.user())


def imported(*rows: list[str], **fields) -> ProjectList:
    """The same, and imported."""
    return import_project_list(project_list(*rows, **fields).pk)
