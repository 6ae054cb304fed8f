"""Entering projects in a round: accepted ones, or the best of a round before."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.office.outcomes import Outcome
from projects.models import Entry, Project, Round
from projects.services.moving import Moves
from projects.services.standings import ranking_of
from projects.services.trail import lock_round

NOT_ACCEPTED = "not_accepted"
REASONS = {
    NOT_ACCEPTED: gettext_lazy("not accepted"),
    "other_edition": gettext_lazy("of another edition"),
    "entered": gettext_lazy("entered in this round already"),
}
Status, State = Project.Status, Round.State


def preview_entering(ids: Collection[int]) -> Moves:
    """Which projects may compete at all; which round it is chosen beside it."""
    found = Moves()
    rows = Project.objects.filter(pk__in=ids).select_related("sector", "holder", "edition")
    for row in rows.order_by("reference", "pk"):
        if row.status == Status.ACCEPTED:
            found.going.append(row)
        else:
            found.left_out.append((row, NOT_ACCEPTED))
    return found


@transaction.atomic
def enter_projects(ids: Collection[int], *, round: Round, by: User) -> Outcome:
    """Enter accepted projects at the end of a round's order; done again it enters nobody.

    Raises DomainError: wrong_state, for a round that is judged already.
    """
    held = lock_round(round.pk)
    _must_be_draft(held)
    preview = preview_entering(ids)
    known = set(held.entries.values_list("project", flat=True))
    going = [row for row in preview.going if row.edition_id == held.edition.pk]
    new = [row for row in going if row.pk not in known]
    _append(held, [row.pk for row in new])
    counts = {
        NOT_ACCEPTED: len(preview.left_out),
        "other_edition": len(preview.going) - len(going),
        "entered": len(going) - len(new),
    }
    return Outcome(done=len(new), left_out={why: count for why, count in counts.items() if count})


@transaction.atomic
def enter_best(round_id: int, *, first: int, into: Round, by: User) -> int:
    """Enter the first so many of a closed round in another, best last; return how many are new.

    Who shares the last place that goes on goes on too. The best pitches last, as the
    hall expects. Raises DomainError: wrong_state, self, empty.
    """
    if into.pk == round_id:
        raise DomainError(_("A round is not entered in itself."), code="self")
    held = {pk: lock_round(pk) for pk in sorted([round_id, into.pk])}  # in one order
    source, target = held[round_id], held[into.pk]
    if source.state not in {State.CLOSED, State.PUBLISHED}:
        raise DomainError(_("The round is not closed yet."), code="wrong_state")
    _must_be_draft(target)
    going = _best(source, first)
    if not going:
        raise DomainError(_("Nothing was scored: there is no ranking."), code="empty")
    known = set(target.entries.values_list("project", flat=True))
    new = [project for project in going if project not in known]
    _append(target, new)
    return len(new)


def _best(round: Round, first: int) -> list[int]:
    """The projects on the first places, the best of them last; withdrawn ones are left out."""
    places = {one.entry: one.place for one in ranking_of(round).standings if one.place}
    rows = Entry.objects.filter(pk__in=[e for e, place in places.items() if place <= first])
    rows = rows.exclude(project__status=Status.WITHDRAWN)
    found = sorted(rows, key=lambda entry: (-places[entry.pk], entry.position))
    return [entry.project_id for entry in found]


def _must_be_draft(round: Round) -> None:
    if round.state != State.DRAFT:
        text = _("The entries of this round stand: it has been opened.")
        raise DomainError(text, code="wrong_state")


def _append(round: Round, projects: Sequence[int]) -> None:
    last = round.entries.aggregate(last=Max("position"))["last"] or 0
    Entry.objects.bulk_create(
        Entry(round=round, project_id=project, position=last + number)
        for number, project in enumerate(projects, 1)
    )
