"""Projects in the office: lists, the directory, screening, the competition, meetings."""

from projects.admin import (
    applications,
    calls,
    competition,
    imports,
    links,
    meetings,
    projects,
    screening,
    showcase,
)

__all__ = [
    "applications",
    "calls",
    "competition",
    "imports",
    "links",
    "meetings",
    "projects",
    "screening",
    "showcase",
]
