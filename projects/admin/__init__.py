"""Projects in the office: sectors, projects, meetings."""

from projects.admin import meetings, projects

__all__ = ["meetings", "projects"]
