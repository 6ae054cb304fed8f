from projects.models.applications import (
    Application,
    ApplicationRequest,
    ApplicationVersion,
    Takeover,
    TeamMember,
)
from projects.models.calls import Call, CallKind, CallSector, ProjectCode
from projects.models.competition import (
    Assignment,
    Competition,
    Criterion,
    Entry,
    Juror,
    Prize,
    Round,
)
from projects.models.decisions import Decision, SelectionQuota
from projects.models.files import ProjectFile
from projects.models.imports import ProjectList
from projects.models.letters import DecisionLetter, DecisionRegister
from projects.models.links import ProjectLink
from projects.models.meetings import Meeting
from projects.models.projects import Project, Sector
from projects.models.reviews import (
    BlindText,
    DeclaredConflict,
    EligibilityCheck,
    EligibilityItem,
    Review,
    ReviewCriterion,
    Reviewer,
    ReviewPhase,
    ReviewScore,
)
from projects.models.scores import Score
from projects.models.showcase import ShowcasePage
from projects.models.votes import Vote

__all__ = [
    "Application",
    "ApplicationRequest",
    "ApplicationVersion",
    "Assignment",
    "BlindText",
    "Call",
    "CallKind",
    "CallSector",
    "Competition",
    "Criterion",
    "Decision",
    "DecisionLetter",
    "DecisionRegister",
    "DeclaredConflict",
    "EligibilityCheck",
    "EligibilityItem",
    "Entry",
    "Juror",
    "Meeting",
    "Prize",
    "Project",
    "ProjectCode",
    "ProjectFile",
    "ProjectLink",
    "ProjectList",
    "Review",
    "ReviewCriterion",
    "ReviewPhase",
    "ReviewScore",
    "Reviewer",
    "Round",
    "Score",
    "Sector",
    "SelectionQuota",
    "ShowcasePage",
    "Takeover",
    "TeamMember",
    "Vote",
]
