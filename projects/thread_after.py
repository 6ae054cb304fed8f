"""What of this storey stands in the thread of a project after the decision, and what waits."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendees.timeline import MOST, Entry, joined
from hrconf.accounts.models import User
from hrconf.accounts.templatetags.look import tone
from hrconf.mailing.models import Message
from hrconf.office.links import office_link
from projects.mails import KINDS
from projects.models import Entry as RoundEntry
from projects.models import Meeting, Project, Review, ReviewPhase, Round, ShowcasePage
from projects.services.winners import podium_rows
from projects.thread import Waiting, contributes, waits
from projects.thread_entries import MAY_SEE_REVIEWS, board_url, is_partial

Status, MeetingStatus = Project.Status, Meeting.Status


@contributes
def public_page(project: Project, user: User) -> Iterator[Entry]:
    page = ShowcasePage.objects.filter(project=project).first()
    if page is None or not user.has_perm("projects.view_showcasepage"):
        return
    if page.asked_at:
        yield Entry(page.asked_at, _("Asked to approve its public page"), icon="storefront")
    if page.reminded_at:
        yield Entry(page.reminded_at, _("Reminded of its public page"), icon="notifications")
    if page.approved_at:
        here = {"edition": project.edition.slug, "code": project.reference}
        yield Entry(
            page.approved_at,
            _("Public page approved"),
            url=reverse("projects:page", kwargs=here),
            tone="good",
            icon="storefront",
        )


# The competition ------------------------------------------------------------------------


@contributes
def entries(project: Project, user: User) -> Iterator[Entry]:
    """Rounds it was entered in: no result before the round is closed and published."""
    if not user.has_perm("projects.view_round"):
        return
    related = ["round__competition__edition", "session__booking__room"]
    for one in RoundEntry.objects.filter(project=project).select_related(*related)[:MOST]:
        url = office_link(one.round, user)
        booking = one.session.booking if one.session else None
        if booking:
            yield Entry(
                booking.during.lower,
                _("Pitch in “%(round)s”") % {"round": one.round.name},
                text=joined(one.session.title, booking.room or ""),
                url=office_link(one.session, user),
                tone="note",
                icon="mic",
            )
        yield Entry(
            one.round.starts_at or project.created_at,
            _("Entered in “%(round)s”") % {"round": one.round.name},
            text=one.round.get_state_display(),
            url=url,
            tone="note",
            icon="trophy",
        )
        if place := place_of(one, user):
            yield Entry(
                one.round.published_at,
                _("Place %(place)s in “%(round)s”") % {"place": place, "round": one.round.name},
                url=url,
                tone="good",
                icon="emoji_events",
            )


def place_of(entry: RoundEntry, user: User) -> int | None:
    """The place that a person may know: who chairs once it is published, others once revealed."""
    if entry.round.state != Round.State.PUBLISHED or not entry.round.published_at:
        return None
    podium = podium_rows(entry.round)
    shown = podium[len(podium) - entry.round.revealed :] if entry.round.revealed else []
    if user.has_perm("projects.change_round"):
        shown = (entry.round.published or {}).get("standings", [])
    return next((row["place"] for row in shown if row["entry"] == entry.pk), None)


# Meetings and mails ---------------------------------------------------------------------


@contributes
def meetings(project: Project, user: User) -> Iterator[Entry]:
    if not user.has_perm("projects.view_meeting"):
        return
    related = ["counterpart__person", "booking__room", "edition", "project"]
    for one in project.meetings.select_related(*related)[:MOST]:
        yield Entry(
            one.booking.during.lower if one.booking else one.created_at,
            _("Meeting with %(other)s: %(status)s")
            % {"other": one.counterpart.person, "status": one.get_status_display()},
            text=str(one.booking.room or "") if one.booking else "",
            url=office_link(one, user),
            tone=tone(one.status),
            icon="handshake",
        )


@contributes
def mails(project: Project, user: User) -> Iterator[Entry]:
    """Letters about the project, whoever they went to."""
    if not user.has_perm("mailing.view_message"):
        return
    about = Q(occasion__startswith=f"project:{project.pk}:")
    for prefix, keys in occasions_of(project).items():
        for key in keys:
            about |= Q(occasion=f"{prefix}:{key}") | Q(occasion__startswith=f"{prefix}:{key}:")
    found = Message.objects.filter(about, kind__in=list(KINDS))
    for one in found.defer("text", "html").order_by("pk")[:MOST]:
        yield Entry(
            one.sent_at or one.created_at,
            _("Mail “%(subject)s”: %(state)s")
            % {"subject": one.subject, "state": one.get_state_display()},
            text=joined(one.to_name, one.error),
            url=office_link(one, user),
            tone=tone(one.state),
            icon="mail",
        )


def occasions_of(project: Project) -> dict[str, list[int]]:
    """How occasions of letters about a project begin, with the keys in them."""
    here = Project.objects.filter(pk=project.pk)
    return {
        "decision": list(project.decisions.values_list("pk", flat=True)),
        "application": _keys(here, "application"),
        "team": _keys(here, "application__team"),
        "takeover": _keys(here, "application__takeovers"),
    }


def _keys(rows, path: str) -> list[int]:
    return [key for key in rows.values_list(path, flat=True) if key]


# What waits -----------------------------------------------------------------------------


@waits
def screening(project: Project, user: User) -> Iterator[Waiting]:
    """The next step of the screening, for who runs it."""
    if not user.has_perm(MAY_SEE_REVIEWS):
        return
    if project.status == Status.DRAFT:
        yield Waiting(_("The application is not sent yet."))
    elif project.status in {Status.APPLIED, Status.ELIGIBLE, Status.IN_REVIEW}:
        phases = list(ReviewPhase.objects.filter(edition=project.edition_id).order_by("number"))
        yield from FOLLOWING[Status(project.status)](project, phases)
    if is_partial(project, user):
        return
    if project.decisions.filter(released_at=None).exists():
        yield Waiting(_("A decision is pending: release it."), _any_board(project))
    elif project.status == Status.SHORTLISTED:
        yield Waiting(_("Decide on it."), _any_board(project))


def _to_check(project: Project, phases: list[ReviewPhase]) -> Iterator[Waiting]:
    phase = next((one for one in phases if not one.is_panel), None)
    at = [phase.pk, project.pk] if phase else []
    url = reverse("admin:projects_reviewphase_checklist", args=at) if phase else ""
    yield Waiting(_("Check whether it is eligible."), url)


def _to_assign(project: Project, phases: list[ReviewPhase]) -> Iterator[Waiting]:
    phase = next((one for one in phases if one.is_panel and not one.is_over), None)
    url = reverse("admin:projects_reviewphase_assign", args=[phase.pk]) if phase else ""
    yield Waiting(_("Give it to reviewers, or decide on it."), url)


def _to_review(project: Project, phases: list[ReviewPhase]) -> Iterator[Waiting]:
    asked = project.reviews.aggregate(missing=Count("pk", filter=Q(state=Review.State.ASSIGNED)))[
        "missing"
    ]
    url = reverse("admin:projects_project_progress") + f"?edition={project.edition.slug}"
    if asked:
        text = ngettext("%(count)s review is missing.", "%(count)s reviews are missing.", asked)
        yield Waiting(text % {"count": asked}, url)
    else:
        yield Waiting(_("Shortlist it or decide on it."), _any_board(project, phases))


FOLLOWING = {
    Status.APPLIED: _to_check,
    Status.ELIGIBLE: _to_assign,
    Status.IN_REVIEW: _to_review,
}


def _any_board(project: Project, phases: list[ReviewPhase] | None = None) -> str:
    """The board of the last phase that has begun, else of the first."""
    if phases is None:
        phases = list(ReviewPhase.objects.filter(edition=project.edition_id).order_by("number"))
    panels = [one for one in phases if one.is_panel]
    begun = [one for one in panels if one.is_open or one.is_over]
    found = begun[-1:] or panels[:1]
    return board_url(found[0]) if found else ""


@waits
def page_to_approve(project: Project, user: User) -> Iterator[Waiting]:
    if project.status != Status.ACCEPTED or not user.has_perm("projects.view_showcasepage"):
        return
    page = ShowcasePage.objects.filter(project=project).first()
    if page is None:
        yield Waiting(_("The holder has not been asked for the public page."))
    elif page.state == ShowcasePage.State.WAITING:
        yield Waiting(_("The holder has not approved the public page."))


@waits
def meetings_to_answer(project: Project, user: User) -> Iterator[Waiting]:
    if not user.has_perm("projects.view_meeting"):
        return
    related = ["counterpart__person", "project", "edition"]
    asked = project.meetings.filter(status=MeetingStatus.REQUESTED).select_related(*related)
    for one in asked[:MOST]:
        yield Waiting(
            _("Answer the request to meet %(other)s.") % {"other": one.counterpart.person},
            office_link(one, user),
        )
