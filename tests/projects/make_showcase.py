"""Makers of the showcase."""

from typing import Any

from django.utils import timezone

from projects.models import ShowcasePage
from projects.services.showcase import proposed, snapshot_of
from tests import make


def page(*, is_approved: bool = False, **fields: Any) -> ShowcasePage:
    """The public page of an accepted project; `fields` are the project's."""
    project = make.project(**{"status": "accepted", **fields})
    made = ShowcasePage(project=project, asked_at=timezone.now())
    if is_approved:
        made.approved = snapshot_of(project, proposed(made))
        made.state, made.version, made.approved_at = "approved", 1, timezone.now()
    made.save()
    return made
