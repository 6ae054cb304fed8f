"""The past of a project, and doubles: found by comparing, decided by a person."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from projects.matching.pairs import Entry, Pair, find_pairs
from projects.models import Meeting, Project, ProjectLink

State = ProjectLink.State
FINDING = 7_027  # our number among the advisory locks of the database
BATCH = 1000
NAMES = ["title_en", "title_zh_hans", "organization_en", "organization_zh_hans"]


@transaction.atomic
def find_project_links() -> int:
    """Look for matches among all projects; return how many pairs wait for a decision.

    The queries are the same however many projects there are, up to a batch of pairs.
    Twice at once finds nothing twice: the second waits. An open pair for which nothing
    speaks any more goes; what somebody decided stays, and is never asked again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FINDING])
    now = timezone.now()
    years, entries = _entries()
    found = {_in_order(pair, years): pair for pair in find_pairs(entries)}
    known = {(one.first_id, one.second_id): one for one in ProjectLink.objects.all()}
    _keep(found, known, now)
    ProjectLink.objects.open().filter(found_at__lt=now).delete()
    return ProjectLink.objects.open().count()


def _entries() -> tuple[dict[int, tuple], list[Entry]]:
    """What orders two projects, and what is compared of each; one query.

    A row that was withdrawn as a double asks nothing again.
    """
    gone = ProjectLink.objects.filter(state=State.DOUBLE).values("second")
    rows = Project.objects.exclude(pk__in=gone).values_list(
        "pk", "edition__year", "edition__starts_on", "website", "country", "holder_id", *NAMES
    )
    order: dict[int, tuple] = {}
    entries = []
    for pk, year, starts, website, country, holder, title, title_zh, name, name_zh in rows:
        order[pk] = (year, starts, pk)
        titles = tuple(dict.fromkeys(filter(None, [title, title_zh])))
        names = tuple(dict.fromkeys(filter(None, [name, name_zh])))
        entries.append(Entry(pk, titles, names, website, country or "", holder))
    return order, entries


def _in_order(pair: Pair, order: dict[int, tuple]) -> tuple[int, int]:
    first, second = sorted((pair.first, pair.second), key=order.__getitem__)
    return first, second


def _keep(
    found: dict[tuple[int, int], Pair],
    known: dict[tuple[int, int], ProjectLink],
    now: datetime,
) -> None:
    """Write new pairs, and what speaks now for those that are open."""
    new, again = [], []
    for (first, second), pair in found.items():
        link = known.get((first, second))
        told = {"score": pair.score, "reasons": list(pair.reasons), "found_at": now}
        if link is None:
            new.append(ProjectLink(first_id=first, second_id=second, **told))
        elif link.state == State.OPEN:
            link.score, link.reasons, link.found_at = pair.score, list(pair.reasons), now
            again.append(link)
    ProjectLink.objects.bulk_create(new, batch_size=BATCH)
    ProjectLink.objects.bulk_update(again, ["score", "reasons", "found_at"], batch_size=BATCH)


def _locked(pk: int) -> ProjectLink:
    """The pair, with both projects locked first, in the order of their keys."""
    link = ProjectLink.objects.get(pk=pk)
    pair = Project.objects.filter(pk__in=[link.first_id, link.second_id]).order_by("pk")
    list(pair.select_for_update(of=("self",)))
    rows = ProjectLink.objects.select_related("first__edition", "second__edition")
    return rows.select_for_update(of=("self",)).get(pk=pk)


def _open(pk: int) -> ProjectLink:
    link = _locked(pk)
    if link.state != State.OPEN:
        raise DomainError(
            _("Somebody decided already: %(state)s.") % {"state": link.get_state_display()},
            code="decided",
        )
    return link


def _decide(link: ProjectLink, state: str, by: User) -> ProjectLink:
    link.state, link.decided_at, link.decided_by = state, timezone.now(), by
    link.save(update_fields=["state", "status_before", "decided_at", "decided_by"])
    return link


@transaction.atomic
def link_as_later(pk: int, *, by: User) -> ProjectLink:
    """Decide that the second is the first one at a later edition: its past is linked."""
    link = _open(pk)
    first, second = link.first, link.second
    if first.edition_id == second.edition_id:
        raise DomainError(_("Both are of the same edition."), code="same_edition")
    if second.earlier_id and second.earlier_id != first.pk:
        raise DomainError(_("This project has another past already."), code="has_past")
    if Project.objects.filter(earlier=first).exclude(pk=second.pk).exists():
        raise DomainError(_("Another project is the later one already."), code="has_future")
    Project.objects.filter(pk=second.pk).update(earlier=first, updated_at=timezone.now())
    return _decide(link, State.LATER, by)


@transaction.atomic
def withdraw_double(pk: int, *, by: User) -> ProjectLink:
    """Decide that the second was entered twice: it is withdrawn, the first one stays."""
    link = _open(pk)
    if link.first.edition_id != link.second.edition_id:
        raise DomainError(_("They are of different editions."), code="other_edition")
    if Meeting.objects.filter(project=link.second_id).exists():
        raise DomainError(
            _("The newer one has meetings already. Cancel them, or decide otherwise."),
            code="has_meetings",
        )
    link.status_before = link.second.status
    now = timezone.now()
    Project.objects.filter(pk=link.second_id).update(
        status=Project.Status.WITHDRAWN, updated_at=now
    )
    return _decide(link, State.DOUBLE, by)


@transaction.atomic
def keep_projects_apart(pk: int, *, by: User) -> ProjectLink:
    """Decide that two projects are different: never asked again."""
    return _decide(_open(pk), State.DIFFERENT, by)


@transaction.atomic
def ask_about_projects_again(pk: int) -> ProjectLink:
    """Take a decision back, and with it what it did."""
    link = _locked(pk)
    if link.state == State.LATER:
        Project.objects.filter(pk=link.second_id, earlier=link.first_id).update(
            earlier=None, updated_at=timezone.now()
        )
    if link.state == State.DOUBLE:
        gone = Project.objects.filter(pk=link.second_id, status=Project.Status.WITHDRAWN)
        gone.update(status=link.status_before, updated_at=timezone.now())
    link.state, link.decided_at, link.decided_by, link.status_before = State.OPEN, None, None, ""
    link.save(update_fields=["state", "status_before", "decided_at", "decided_by"])
    return link


MOST_YEARS = 30  # a chain is as long as the series; a ring, which nobody can make, ends too
CHAIN = """
WITH RECURSIVE back AS (
    SELECT id, earlier_id, 0 AS step FROM projects_project WHERE id = %(pk)s
    UNION ALL
    SELECT p.id, p.earlier_id, back.step - 1 FROM projects_project p
    JOIN back ON p.id = back.earlier_id WHERE back.step > -%(most)s
), forth AS (
    SELECT id, 0 AS step FROM projects_project WHERE id = %(pk)s
    UNION ALL
    SELECT p.id, forth.step + 1 FROM projects_project p
    JOIN forth ON p.earlier_id = forth.id WHERE forth.step < %(most)s
)
SELECT id FROM back UNION SELECT id FROM forth
"""


def chain_of(project: Project) -> list[Project]:
    """The project at all its editions, the earliest first; two queries, however long."""
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, {"pk": project.pk, "most": MOST_YEARS})
        keys = [key for (key,) in cursor.fetchall()]
    rows = Project.objects.filter(pk__in=keys).select_related("edition", "sector")
    return sorted(rows, key=lambda one: (one.edition.year, one.edition.starts_on, one.pk))
