"""What comes of a project after the screening: the later columns of the office's board.

Every app adds its own from a module `pipeline.py`, found at start-up; nothing here
knows what happens upstairs.

    register(Stage("signing", _("Signing"), signs, "agreements.view_agreement"))

A project stands in as many of these columns as hold of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from hrconf.accounts.models import User
from projects import thread_after, thread_entries  # noqa: F401  the threads of projects
from projects.models import Entry, Meeting


@dataclass(frozen=True)
class Stage:
    """A column: `has()` is a condition on rows of Project, for who has the permission."""

    name: str
    title: object
    has: Callable[[], Exists]
    permission: str
    explanation: object = ""


_stages: list[Stage] = []


def register(stage: Stage) -> None:
    _stages.append(stage)


def stages_for(user: User) -> list[Stage]:
    """The later columns that a person may see, in the order of the pipeline."""
    return [one for one in _stages if user.has_perm(one.permission)]


AGREED = [Meeting.Status.CONFIRMED, Meeting.Status.HELD]


def competes() -> Exists:
    return Exists(Entry.objects.filter(project=OuterRef("pk")))


def meets() -> Exists:
    return Exists(Meeting.objects.filter(project=OuterRef("pk"), status__in=AGREED))


register(
    Stage(
        "competing",
        _("In a competition"),
        competes,
        "projects.view_round",
        _("entered in a round"),
    )
)
register(
    Stage(
        "meeting",
        _("Meeting"),
        meets,
        "projects.view_meeting",
        _("with a meeting agreed or held"),
    )
)
