"""The thread of a project: all that happened to it, and the next step that waits.

Every app adds from its module `pipeline.py`; nothing here knows what happens upstairs.

    @contributes
    def agreements(project: Project, user: User) -> Iterable[Entry]: ...

    @waits
    def signature(project: Project, user: User) -> Iterable[Waiting]: ...

Either asks a number of queries that does not grow with its rows, and gives nothing
that the user may not see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from attendees.timeline import Entry
from hrconf.accounts.models import User
from projects.models import Project


@dataclass(frozen=True)
class Waiting:
    """A step that is to be taken next, and where."""

    title: str
    url: str = ""
    text: str = ""


Contributor = Callable[[Project, User], Iterable[Entry]]
Waiter = Callable[[Project, User], Iterable[Waiting]]
_contributors: list[Contributor] = []
_waiters: list[Waiter] = []


def contributes(function: Contributor) -> Contributor:
    """Register a function that gives entries of a project's thread."""
    _contributors.append(function)
    return function


def waits(function: Waiter) -> Waiter:
    """Register a function that says what waits to be done with a project."""
    _waiters.append(function)
    return function


def thread_of(project: Project, user: User) -> list[Entry]:
    """All that happened to a project and that the user may see, the oldest first."""
    entries = [entry for function in _contributors for entry in function(project, user)]
    return sorted(entries, key=lambda entry: entry.instant)


def next_steps(project: Project, user: User) -> list[Waiting]:
    """What waits, the nearest first."""
    return [one for function in _waiters for one in function(project, user)]
