from projects.models.meetings import Meeting
from projects.models.projects import Project, Sector

__all__ = ["Meeting", "Project", "Sector"]
