"""What of this storey stands in the thread of a project, up to the decision."""

from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendees.timeline import MOST, Entry, joined
from hrconf.accounts.models import User
from hrconf.accounts.templatetags.look import tone
from hrconf.office.links import office_link
from projects.models import (
    Application,
    Decision,
    Project,
    ProjectFile,
    ProjectList,
    Review,
    ReviewPhase,
)
from projects.services.board import points_of
from projects.services.links import chain_of
from projects.thread import contributes

MAY_SEE_REVIEWS = "projects.change_reviewphase"
State = Review.State


@contributes
def editions(project: Project, user: User) -> Iterator[Entry]:
    """The same project at other editions."""
    for one in chain_of(project):
        if one.pk != project.pk:
            yield Entry(
                one.invited_on or one.created_at,
                _("At the edition of %(year)s: %(status)s")
                % {"year": one.edition.year, "status": one.get_status_display()},
                text=joined(one.reference, one.title),
                url=reverse("admin:projects_project_thread", args=[one.pk]),
                tone=tone(one.status),
                icon="history",
            )


@contributes
def arrival(project: Project, user: User) -> Iterator[Entry]:
    """Invited, entered, or brought by a list."""
    who = project.holder.both_names if project.holder else project.organization
    if project.invited_on:
        yield Entry(project.invited_on, _("Invited"), text=who, tone="note", icon="mail")
    yield Entry(project.created_at, _("Entered"), text=who, icon="add_circle")
    if not user.has_perm("projects.view_projectlist"):
        return
    lists = ProjectList.objects.filter(
        edition=project.edition_id, report__contains={"rows": [{"project": project.pk}]}
    )
    for one in lists.exclude(imported_at=None).select_related("uploaded_by")[:MOST]:
        yield Entry(
            one.imported_at,
            _("In an imported list"),
            text=str(one),
            by=str(one.uploaded_by or ""),
            url=office_link(one, user),
            icon="upload_file",
        )


@contributes
def application(project: Project, user: User) -> Iterator[Entry]:
    """The application with each version that was sent, and its team."""
    if not user.has_perm("projects.view_application"):
        return
    found = Application.objects.filter(project=project).select_related("applicant", "code")
    for one in found.prefetch_related("versions", "team"):
        by = one.applicant.both_names if one.applicant else ""
        code = _("by the code of %(whom)s") % {"whom": one.code.label} if one.code else ""
        yield Entry(one.created_at, _("Application begun"), text=code, by=by, icon="edit_note")
        for version in list(one.versions.all())[:MOST]:
            title = _("Application sent") if version.number == 1 else _("Application sent again")
            text = _("Version %(number)s") % {"number": version.number}
            yield Entry(version.made_at, title, text=text, tone="note", icon="send")
        for member in one.team.all():
            yield Entry(
                member.answered_at or member.asked_at,
                _("Team: %(who)s") % {"who": member.both_names},
                text=joined(member.role, member.get_state_display()),
                icon="group_add",
            )


@contributes
def papers(project: Project, user: User) -> Iterator[Entry]:
    if not user.has_perm("projects.view_projectfile"):
        return
    for one in ProjectFile.objects.filter(project=project).select_related("uploaded_by")[:MOST]:
        yield Entry(
            one.uploaded_at,
            _("Paper: %(kind)s") % {"kind": one.get_kind_display()},
            text=one.name,
            by=str(one.uploaded_by or ""),
            url=reverse("admin:projects_project_file", args=[project.pk, one.pk]),
            icon="description",
        )


@contributes
def eligibility(project: Project, user: User) -> Iterator[Entry]:
    """The lines of the checklist."""
    if not user.has_perm("projects.view_eligibilitycheck"):
        return
    for one in project.eligibility.select_related("item", "by")[:MOST]:
        yield Entry(
            one.at,
            _("Holds: %(line)s") % {"line": one.item.text}
            if one.is_met
            else _("Does not hold: %(line)s") % {"line": one.item.text},
            text=one.note,
            by=str(one.by or ""),
            tone="good" if one.is_met else "bad",
            icon="checklist",
        )


# Reviews --------------------------------------------------------------------------------


def is_partial(project: Project, user: User) -> bool:
    """Whether somebody of the office holds the project or reviews it in a phase that runs.

    They read no review here: what others think would steer theirs, or is not for them.
    """
    person = getattr(user, "person", None)
    if person is None:
        return False
    if project.holder_id == person.pk:
        return True
    mine = project.reviews.filter(reviewer__person=person).select_related("phase")
    return any(not one.phase.is_over for one in mine)


@contributes
def reviews(project: Project, user: User) -> Iterator[Entry]:
    """Given to reviewers, and what each said: for who runs the screening alone."""
    if not user.has_perm(MAY_SEE_REVIEWS) or is_partial(project, user):
        return
    found = project.reviews.select_related("phase", "reviewer__person")
    found = found.prefetch_related("scores", "phase__criteria").order_by("phase__number", "pk")
    for _number, group in groupby(found[:MOST], key=lambda one: one.phase_id):
        given = list(group)
        yield given_to(given)
        yield from (said(one) for one in given if one.answered_at)


def given_to(given: list[Review]) -> Entry:
    count = len(given)
    text = ngettext("%(count)s reviewer", "%(count)s reviewers", count) % {"count": count}
    return Entry(
        min(one.assigned_at for one in given),
        _("%(phase)s: given to review") % {"phase": given[0].phase.name},
        text=text,
        url=board_url(given[0].phase),
        icon="rate_review",
    )


def said(review: Review) -> Entry:
    weights = {one.pk: (float(one.weight), one.highest) for one in review.phase.criteria.all()}
    points = points_of(review, weights)
    verdict = _("%(points).1f of 100 points") % {"points": points} if points is not None else ""
    if review.passes is not None:
        verdict = _("passes") if review.passes else _("does not pass")
    return Entry(
        review.answered_at,
        _("%(phase)s: %(state)s")
        % {"phase": review.phase.name, "state": verdict or review.get_state_display()},
        text=joined(review.reason, review.to_board, review.to_applicant),
        by=review.reviewer.person.both_names,
        url=board_url(review.phase),
        tone="note" if review.state == State.DONE else "quiet",
        icon="reviews",
    )


def board_url(phase: ReviewPhase) -> str:
    return reverse("admin:projects_reviewphase_board", args=[phase.pk])


# Decisions ------------------------------------------------------------------------------


@contributes
def decisions(project: Project, user: User) -> Iterator[Entry]:
    """Decisions; one that is pending for who may decide alone."""
    found = project.decisions.select_related("decided_by", "released_by", "letter")
    sees_pending = user.has_perm("projects.change_decision") and not is_partial(project, user)
    for one in found.order_by("decided_at", "pk").defer("letter__pdf")[:MOST]:
        if sees_pending:
            yield Entry(
                one.decided_at,
                _("Decided quietly: %(outcome)s") % {"outcome": one.get_outcome_display()},
                text=one.note,
                by=str(one.decided_by or ""),
                tone="warn" if one.released_at is None else "quiet",
                icon="lock_clock",
            )
        if one.released_at:
            yield released(one, user)


def released(decision: Decision, user: User) -> Entry:
    letter = getattr(decision, "letter", None)
    may_read = letter and user.has_perm("projects.view_decisionletter")
    return Entry(
        decision.released_at,
        _("Decision: %(outcome)s") % {"outcome": decision.get_outcome_display()},
        text=_("Letter %(reference)s") % {"reference": letter.reference} if letter else "",
        url=reverse("admin:projects_decisionletter_pdf", args=[letter.pk]) if may_read else "",
        by=str(decision.released_by or ""),
        tone=DECISION_TONES[decision.outcome],
        icon="gavel",
    )


DECISION_TONES = {"accept": "good", "reserve": "warn", "decline": "quiet"}
