"""What of the projects' storey belongs to a person."""

from django.utils.translation import gettext_lazy as _

from attendees.personal import belongs

belongs(
    "projects.Project",
    "holder",
    title=_("Projects"),
    keeps=["summary_en", "summary_zh_hans", "summary"],
)
belongs(
    "projects.Meeting", "project__holder", title=_("Meetings about their projects"), keeps=["note"]
)
belongs(
    "projects.Meeting",
    "counterpart__person",
    title=_("Meetings as counterpart"),
    keeps=["note"],
)
