"""What the reviews themselves tell of conflicts: declared ones, and reviewing each other."""

from collections.abc import Iterable, Iterator, Sequence

from attendees.models import Person
from projects.models import DeclaredConflict, Project, Review
from projects.services.conflicts import Conflict, Why, finds_conflicts


@finds_conflicts
def declared(people: Sequence[Person], projects: Sequence[Project]) -> Iterator[Conflict]:
    """Reviewers who said that a project concerns them."""
    rows = DeclaredConflict.objects.filter(reviewer__person__in=people, project__in=projects)
    for project, person, reason in rows.values_list("project", "reviewer__person", "reason"):
        yield Conflict(project, person, Why.DECLARED, reason)


@finds_conflicts
def each_other(people: Sequence[Person], projects: Sequence[Project]) -> Iterable[Conflict]:
    """Who holds a project reviewed by somebody does not review that one's project.

    Whoever was given both first keeps theirs: only the way back is barred.
    """
    rows = Review.objects.exclude(state=Review.State.CONFLICT).filter(
        project__holder__in=people, reviewer__person__in=[one.holder_id for one in projects]
    )
    back = set(rows.values_list("reviewer__person", "project__holder"))
    holders = {person for person, _reviewed in back}
    for project in projects:
        if project.holder_id in holders:
            for person in people:
                if (project.holder_id, person.pk) in back and person.pk != project.holder_id:
                    yield Conflict(project.pk, person.pk, Why.EACH_OTHER)
