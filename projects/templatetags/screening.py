"""Looking things up in a template."""

from collections.abc import Mapping
from typing import Any

from django import template

from projects.models import Project

register = template.Library()


@register.filter
def of_key(values: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping has at a key; nothing if it has none."""
    return values.get(key, "")


@register.filter
def seeking_words(project: Project) -> str:
    """What a project seeks, in words."""
    return ", ".join(str(Project.Seeking(one).label) for one in project.seeking)
