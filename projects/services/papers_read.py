"""Who else reads the papers of a project: its reviewers, and the jurors of its rounds.

Where a phase is blind nobody reads them: a deck names its team on its first page.
"""

from projects.models import Assignment, Juror, ProjectFile, Review, Reviewer
from projects.services.files import NAMED, lets_read


@lets_read(Reviewer)
def reviewer(reviewer: Reviewer, file: ProjectFile) -> str:
    """Of projects given to them in a phase that is not blind, unless they have a conflict."""
    given = Review.objects.filter(reviewer=reviewer, project=file.project_id)
    given = given.exclude(state=Review.State.CONFLICT)
    # Who reads a project blind anywhere does not learn elsewhere whose it is.
    blind = given.filter(phase__is_blind=True).exists()
    return NAMED if given.exists() and not blind else ""


@lets_read(Juror)
def juror(juror: Juror, file: ProjectFile) -> str:
    """Of the entries on their sheet, but for those they are not judging."""
    cards = Assignment.objects.filter(
        juror=juror, entry__project=file.project_id, state=Assignment.State.ASSIGNED
    )
    return NAMED if cards.exists() else ""
