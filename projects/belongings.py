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

# The competition.
belongs(
    "projects.Juror",
    "person",
    title=_("Juries"),
    way_out=_("Both are on the same jury: take one of them off it first."),
)
belongs(
    "projects.Score",
    "juror__person",
    title=_("Scores given"),
    keeps=["reason"],
    hidden=["previous", "sha256", "key", "client"],
)
# Screening.
belongs(
    "projects.Reviewer",
    "person",
    title=_("Reviewing"),
    way_out=_("Both review for this edition: take one of them off the list first."),
)
belongs(
    "projects.Review",
    "reviewer__person",
    title=_("Reviews written"),
    keeps=["to_applicant", "to_board", "reason"],
)
belongs(
    "projects.DeclaredConflict",
    "reviewer__person",
    title=_("Conflicts of interest declared"),
    keeps=["reason"],
)
belongs(
    "projects.ShowcasePage",
    "project__holder",
    title=_("Public pages of their projects"),
    keeps=["approved"],
)
belongs(
    "projects.ProjectFile",
    "project__holder",
    title=_("Papers of their projects"),
    erases={"file": "", "name": ""},
    hidden=["sent_sha256"],
)

# The call.
NOBODY = {"name_native": "", "name_latin": "Erased person", "email": "erased@erased.invalid"}
belongs(
    "projects.Application",
    "applicant",
    title=_("Applications"),
    erases={"answers": {}, "typed": {}},
    keeps=["consents"],
)
belongs(
    "projects.ApplicationVersion",
    "application__applicant",
    title=_("Applications as they were sent"),
    erases={"content": {}},
    keeps=["sha256"],
)
belongs(
    "projects.TeamMember", "person", title=_("Teams"), erases={**NOBODY, "role": "", "part": ""}
)
belongs("projects.Takeover", "person", title=_("Applications taken over"), erases={**NOBODY})
belongs(
    "projects.ApplicationRequest",
    "application__applicant",
    title=_("Requests to apply"),
    erases={**NOBODY, "organization": "", "title": "—"},
)
