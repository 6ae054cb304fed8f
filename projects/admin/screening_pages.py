"""Pages of a screening phase: who reviews what, the checklist, the board, the file of reasons."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hrconf.jobs.services import start_job
from projects.models import Project, Review, Reviewer, ReviewPhase
from projects.services import assigning
from projects.services.assigning import conflict_in_words, plan_reviews
from projects.services.conflicts import find_conflicts
from projects.services.eligibility import Finding, check_eligibility, items_of
from projects.services.reviewers import (
    mail_reviewers,
    progress_of,
    projects_of,
    renew_reviewer_link,
    reviewer_link,
)

MAY = "projects.change_reviewphase"
PER_PAGE = 50


def open_page(
    office: Any, view: Callable[..., HttpResponse], request: HttpRequest, pk: int, **more: Any
) -> HttpResponse:
    """A page of a phase, for who may change it; what is decided quietly stays quiet."""
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    phase = office.get_queryset(request).filter(pk=pk).first()
    if phase is None:
        raise Http404
    return view(office, request, phase, **more)


def render(
    office: Any, request: HttpRequest, phase: ReviewPhase, name: str, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        **office.admin_site.each_context(request),
        "opts": office.opts,
        "title": phase.name,
        "original": phase,
        "phase": phase,
        **more,
    }
    request.current_app = office.admin_site.name
    response = TemplateResponse(request, f"admin/office/{name}.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def address(phase: ReviewPhase, page: str, *more: Any) -> str:
    return reverse(f"admin:projects_reviewphase_{page}", args=[phase.pk, *more])


# Who reviews what -----------------------------------------------------------------------


class PairForm(forms.Form):
    """A project by its reference, and a reviewer."""

    reference = forms.CharField(max_length=30)
    despite = forms.BooleanField(required=False)

    def __init__(self, phase: ReviewPhase, data: Any = None) -> None:
        super().__init__(data)
        self.phase = phase
        rows = Reviewer.objects.filter(edition=phase.edition).select_related("person")
        self.fields["reviewer"] = forms.ModelChoiceField(rows)

    def clean_reference(self) -> Project:
        typed = self.cleaned_data["reference"].replace("\x00", "").strip()
        rows = Project.objects.filter(edition=self.phase.edition, reference__iexact=typed)
        project = rows.first()
        if project is None:
            raise ValidationError(_("The edition has no project of this reference."))
        return project


def assign_view(office: Any, request: HttpRequest, phase: ReviewPhase) -> HttpResponse:
    if not phase.is_panel:
        return HttpResponseRedirect(address(phase, "board"))
    if request.method != "POST":
        return assign_page(office, request, phase)
    name = request.POST.get("deed", "")
    if name == "plan":
        return assign_page(office, request, phase, plan=plan_reviews(phase))
    if name == "add":
        return add_by_hand(office, request, phase)
    if name not in ASSIGNING:
        return assign_page(office, request, phase, status=422)
    try:
        messages.success(request, ASSIGNING[name](phase, request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return HttpResponseRedirect(address(phase, "assign"))


def add_by_hand(office: Any, request: HttpRequest, phase: ReviewPhase) -> HttpResponse:
    form = PairForm(phase, request.POST)
    needs_word = False
    if form.is_valid():
        said = form.cleaned_data
        try:
            assigning.add_review(
                phase.pk,
                project_id=said["reference"].pk,
                reviewer_id=said["reviewer"].pk,
                despite_conflict=said["despite"],
                by=request.user,
            )
            messages.success(request, _("The reviewer has the project."))
            return HttpResponseRedirect(address(phase, "assign"))
        except ValidationError as refusal:
            form.add_error(None, refusal)
            needs_word = getattr(refusal, "code", "") == "conflict"
    return assign_page(office, request, phase, form=form, needs_word=needs_word, status=422)


def assign_page(
    office: Any,
    request: HttpRequest,
    phase: ReviewPhase,
    *,
    plan: Any = None,
    form: PairForm | None = None,
    needs_word: bool = False,
    status: int = 200,
) -> HttpResponse:
    language = get_language() or "en"
    people = progress_of(phase)
    given = Review.objects.filter(phase=phase).select_related("project", "reviewer__person")
    page = Paginator(given.order_by("project__reference", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        office,
        request,
        phase,
        "review_assign",
        status,
        people=people,
        links={one.reviewer.pk: reviewer_link(one.reviewer, language) for one in people},
        projects=projects_of(phase).count(),
        page=page,
        warned=warned_in(page),
        plan=plan and plan_as_shown(plan),
        form=form or PairForm(phase),
        needs_word=needs_word,
    )


def warned_in(page: Any) -> dict[int, str]:
    """The reviews on a page that stand in spite of a conflict, with what it is."""
    rows = list(page)
    people = {one.reviewer.person for one in rows}
    projects = Project.objects.filter(pk__in={one.project_id for one in rows})
    found = find_conflicts(people, projects.select_related("holder"))
    by_pair = {(one.project, one.person): conflict_in_words(one) for one in reversed(found)}
    pairs = {one.pk: by_pair.get((one.project_id, one.reviewer.person_id), "") for one in rows}
    return {pk: words for pk, words in pairs.items() if words}


WHY_LACKS = {
    "no_judges": lambda: _("there are too few reviewers"),
    "conflicts": lambda: _("too few are without a conflict of interest"),
    "load": lambda: _("those who could are full"),
}


def plan_as_shown(plan: assigning.Plan) -> dict[str, Any]:
    """What the solver would do, in the words of the page."""
    answer = plan.answer
    return {
        "added": len(plan.added),
        "removed": len(plan.removed),
        "strangers": len(answer.strangers),
        "conflicts": len({(one.project, one.person) for one in plan.conflicts}),
        "load": [
            (plan.reviewers[key], count, plan.reviewers[key].most)
            for key, count in sorted(plan.load.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
        "gaps": [
            (plan.projects[gap.entry], gap.missing, WHY_LACKS[gap.why]()) for gap in answer.gaps
        ],
        "is_large": plan.is_large,
    }


def apply_it(phase: ReviewPhase, request: HttpRequest) -> str:
    pairs = projects_of(phase).count() * phase.edition.reviewers.count()
    if pairs > assigning.MOST_AT_ONCE:
        start_job(
            kind="assign_reviews",
            title=_("Assign reviewers: %(phase)s") % {"phase": phase.name},
            options={"phase": phase.pk},
            by=request.user,
        )
        return _("The assignment is worked out; it appears here when it is done.")
    plan = assigning.apply_reviews(phase.pk, by=request.user)
    return _("Done: %(added)s given, %(removed)s taken back.") % {
        "added": len(plan.added),
        "removed": len(plan.removed),
    }


class ReviewForm(forms.Form):
    def __init__(self, phase: ReviewPhase, data: Any = None) -> None:
        super().__init__(data)
        self.fields["review"] = forms.ModelChoiceField(phase.reviews.all())


class ReviewerForm(forms.Form):
    def __init__(self, phase: ReviewPhase, data: Any = None) -> None:
        super().__init__(data)
        rows = Reviewer.objects.filter(edition=phase.edition)
        self.fields["reviewer"] = forms.ModelChoiceField(rows)


def chosen(form: forms.Form, field: str) -> Any:
    if not form.is_valid():
        raise ValidationError(_("It is gone meanwhile."), code="gone")
    return form.cleaned_data[field]


def remove_it(phase: ReviewPhase, request: HttpRequest) -> str:
    assigning.remove_review(chosen(ReviewForm(phase, request.POST), "review").pk, by=request.user)
    return _("The project is taken from the reviewer.")


def renew_it(phase: ReviewPhase, request: HttpRequest) -> str:
    reviewer = chosen(ReviewerForm(phase, request.POST), "reviewer")
    renew_reviewer_link(reviewer.pk, by=request.user)
    return _("The reviewer has a new link; the old one opens nothing any more.")


def mail_it(phase: ReviewPhase, request: HttpRequest) -> str:
    count = mail_reviewers(phase.pk, by=request.user)
    return ngettext("%(count)s letter goes out.", "%(count)s letters go out.", count) % {
        "count": count
    }


ASSIGNING = {"apply": apply_it, "remove": remove_it, "renew": renew_it, "mail": mail_it}


# The checklist --------------------------------------------------------------------------


def checklist_view(
    office: Any, request: HttpRequest, phase: ReviewPhase, project: int
) -> HttpResponse:
    """The eligibility of one project, line by line."""
    rows = Project.objects.filter(edition=phase.edition).select_related("holder", "sector")
    found = rows.filter(pk=project).first()
    if found is None:
        raise Http404
    items = items_of(phase.edition)
    if request.method == "POST":
        try:
            check_eligibility(found.pk, findings_in(request.POST, items), by=request.user)
            messages.success(
                request, _("The checklist of %(project)s is kept.") % {"project": found}
            )
            return HttpResponseRedirect(address(phase, "board"))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    known = {one.item_id: one for one in found.eligibility.select_related("by")}
    return render(
        office,
        request,
        phase,
        "review_checklist",
        project=found,
        lines=[(one, known.get(one.pk)) for one in items],
    )


def findings_in(data: Any, items: list) -> dict[int, Finding]:
    """What was ticked: a line neither met nor failed stays open."""
    found = {}
    for one in items:
        said = data.get(f"item-{one.pk}", "")
        if said in {"1", "0"}:
            note = data.get(f"note-{one.pk}", "").replace("\x00", "").strip()[:300]
            found[one.pk] = Finding(said == "1", note)
    return found


PAGES: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
    "assign": ("<int:pk>/assign/", assign_view),
    "checklist": ("<int:pk>/checklist/<int:project>/", checklist_view),
}
