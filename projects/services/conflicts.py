"""Conflicts of interest between a person who judges and a project, each with its reason.

Found here: one's own project or team, the same organization, the same mail domain. What
else there is (declared, reviewed each other) is added by who keeps it:

    @finds_conflicts
    def declared(people, projects) -> Iterable[Conflict]: ...

Who brings a project besides its holder is told by `@tells_teams`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from attendees.models import Person
from projects.models import Project
from projects.services.organizations import mail_domain, organization_keys


class Why(models.TextChoices):
    """What stands between a person and a project, the plainest first."""

    OWN = "own", _("own project or team")
    DECLARED = "declared", _("declared by the reviewer")
    ORGANIZATION = "organization", _("same organization")
    MAIL_DOMAIN = "mail_domain", _("same mail domain")
    EACH_OTHER = "each_other", _("reviewed each other")


@dataclass(frozen=True, order=True)
class Conflict:
    """Why a person does not judge a project; `detail` is the name or word that says it."""

    project: int
    person: int
    why: str
    detail: str = ""


@dataclass(frozen=True)
class Mate:
    """Somebody who brings a project: as a person, or only by address and organization."""

    project: int
    person: int | None = None
    email: str = ""
    organizations: tuple[str, ...] = ()


Finder = Callable[[Sequence[Person], Sequence[Project]], Iterable[Conflict]]
Team = Callable[[Sequence[Project]], Iterable[Mate]]
_finders: list[Finder] = []
_teams: list[Team] = []


def finds_conflicts(find: Finder) -> Finder:
    """Register where more conflicts are known."""
    _finders.append(find)
    return find


def tells_teams(team: Team) -> Team:
    """Register who else brings a project besides its holder."""
    _teams.append(team)
    return team


def find_conflicts(people: Iterable[Person], projects: Iterable[Project]) -> list[Conflict]:
    """Every conflict between these people and these projects, once per reason; sorted.

    The same queries however many there are; `projects` come with their holder.
    """
    people, projects = list(people), list(projects)
    found = set(_by_what_we_know(people, projects))
    for find in _finders:
        found.update(find(people, projects))
    rank = {why: at for at, why in enumerate(Why.values)}
    return sorted(found, key=lambda one: (one.project, one.person, rank[one.why], one.detail))


def conflicts_between(person: Person, project: Project) -> list[Conflict]:
    """Why a person should not judge a project; empty if nothing is known."""
    return find_conflicts([person], [project])


def conflict_pairs(conflicts: Collection[Conflict]) -> set[tuple[int, int]]:
    """The pairs (project, person) as the solver of assignments takes them."""
    return {(one.project, one.person) for one in conflicts}


def team_of(projects: Sequence[Project]) -> Iterator[Mate]:
    """Everybody who brings the projects."""
    for project in projects:
        holder = project.holder
        places = (*_names(project, "organization"), *_names(holder, "organization"))
        yield Mate(project.pk, holder.pk, holder.email, places)
    for team in _teams:
        yield from team(projects)


# What the records themselves tell -------------------------------------------------------


def _by_what_we_know(people: list[Person], projects: list[Project]) -> Iterator[Conflict]:
    mates = list(team_of(projects))
    yield from _own(people, mates)
    places = {person.pk: _names(person, "organization") for person in people}
    yield from _shared(people, mates, Why.ORGANIZATION, lambda p: _keys(places[p.pk]), _of_mate)
    yield from _shared(people, mates, Why.MAIL_DOMAIN, _domains, _domains)


def _own(people: list[Person], mates: list[Mate]) -> Iterator[Conflict]:
    by_id = {person.pk: person for person in people}
    by_address = {person.email.casefold(): person for person in people if person.email}
    for mate in mates:
        person = by_id.get(mate.person) or by_address.get(mate.email.casefold())
        if person:
            yield Conflict(mate.project, person.pk, Why.OWN)


def _shared(people, mates, why: Why, of_person, of_mate) -> Iterator[Conflict]:
    """Pairs that share a key; what the key was made of says why."""
    holders: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for person in people:
        for key, said in of_person(person).items():
            holders[key].append((person.pk, said))
    for mate in mates:
        told = {pk: said for key in of_mate(mate) for pk, said in holders.get(key, [])}
        for pk, said in told.items():
            yield Conflict(mate.project, pk, why, said)


def _keys(names: Iterable[str]) -> dict[str, str]:
    return {key: name for name in reversed(list(names)) for key in organization_keys(name)}


def _of_mate(mate: Mate) -> dict[str, str]:
    return _keys(mate.organizations)


def _domains(one: Person | Mate) -> dict[str, str]:
    domain = mail_domain(one.email)
    return {domain: domain} if domain else {}


def _names(row: Person | Project, field: str) -> tuple[str, ...]:
    """What a translated field says in either language, each once."""
    said = [getattr(row, f"{field}_{language}", "") or "" for language in ("en", "zh_hans")]
    return tuple(dict.fromkeys(filter(None, said)))
