"""The reviewer's pages: by a personal link, on a phone, without an account."""

from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from attendees.views.personal import PersonalPage
from projects.forms.reviewing import ReasonForm, ReviewForm
from projects.models import ProjectFile, Review, Reviewer, ReviewPhase
from projects.services.blind import Shown, shown_in
from projects.services.board import points_of, weights_of
from projects.services.files import may_read_file
from projects.services.reviewers import reviewer_of
from projects.services.reviewing import abstain, declare_conflict, keep_review, reviews_of
from projects.views.files import hand_out

State = Review.State


@dataclass
class Part:
    """A phase of the reviewer's list: each review with the project as it may be seen."""

    phase: ReviewPhase
    lines: list[tuple[Review, Shown]] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(review.state != State.ASSIGNED for review, _shown in self.lines)


class ReviewerPage(PersonalPage):
    """Everything a reviewer has been given, phase by phase, with how far they are."""

    template_name = "projects/reviewer.html"
    row: Reviewer

    def find(self, token: str, edition_slug: str) -> Reviewer | None:
        return reviewer_of(token, edition_slug)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """The list has nothing to send."""
        return self.show(request, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def get_context(self) -> dict[str, Any]:
        parts = [
            Part(phase, lines_of(phase, list(found)))
            for phase, found in groupby(reviews_of(self.row), key=lambda review: review.phase)
        ]
        return {"reviewer": self.row, "parts": parts, "token": self.kwargs["token"]}


def lines_of(phase: ReviewPhase, reviews: list[Review]) -> list[tuple[Review, Shown]]:
    shown = shown_in(phase, [review.project for review in reviews])
    return [(review, shown[review.project_id]) for review in reviews]


class ReviewPage(ReviewerPage):
    """One project: what is known of it, and what the reviewer says."""

    template_name = "projects/review.html"

    def open(self, request: HttpRequest, edition: Any, token: str) -> HttpResponse:
        try:
            return super().open(request, edition, token)
        except Review.DoesNotExist as error:
            raise Http404 from error

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        review = self.review()
        name = request.POST.get("deed", "")
        if name not in DEEDS:
            return self.show(request, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        form = ReviewForm(review, request.POST) if name == "keep" else ReasonForm(request.POST)
        try:
            if form.is_valid():
                DEEDS[name](review, form)
                return HttpResponseRedirect(self.way_on(review))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        typed = {"form" if name == "keep" else f"{name}_form": form}
        return self.show(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, **typed)

    def way_on(self, review: Review) -> str:
        here = [self.row.edition.slug, self.kwargs["token"]]
        return reverse("projects:reviewer", args=here) + f"#review-{review.pk}"

    def review(self) -> Review:
        rows = reviews_of(self.row).prefetch_related("scores")
        return rows.get(phase__number=self.kwargs["phase"], project=self.kwargs["project"])

    def get_context(self) -> dict[str, Any]:
        review = self.review()
        shown = shown_in(review.phase, [review.project])[review.project_id]
        return {
            "reviewer": self.row,
            "token": self.kwargs["token"],
            "review": review,
            "phase": review.phase,
            "shown": shown,
            "papers": papers_of(review),
            "form": ReviewForm(review),
            "abstain_form": ReasonForm(),
            "conflict_form": ReasonForm(),
            "others": others_of(review),
        }


def papers_of(review: Review) -> list[ProjectFile]:
    """What this reviewer may read of the project's papers; nothing where names are hidden."""
    files = review.project.files.all()
    return [file for file in files if may_read_file(review.reviewer, file)]


class ReviewerPaper(ReviewerPage):
    """A paper of a project that was given to the reviewer, to be saved."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return hand_out(ProjectFile.objects.filter(pk=self.kwargs["file"]).first(), self.row)


def others_of(review: Review) -> list[dict[str, Any]]:
    """What others said, without names and in an order that tells none, where the phase shows it."""
    phase = review.phase
    if phase.others != ReviewPhase.Others.CLOSED or not phase.is_over:
        return []
    weights = weights_of(phase)
    rows = phase.reviews.filter(project=review.project_id, state=State.DONE)
    said = [
        {"points": points_of(one, weights), "passes": one.passes, "text": one.to_board}
        for one in rows.exclude(pk=review.pk).prefetch_related("scores")
    ]
    return sorted(said, key=lambda one: (-(one["points"] or 0), not one["passes"], one["text"]))


def keep(review: Review, form: forms.Form) -> None:
    keep_review(review.pk, **form.said())


DEEDS = {
    "keep": keep,
    "abstain": lambda review, form: abstain(review.pk, reason=form.cleaned_data["reason"]),
    "conflict": lambda review, form: declare_conflict(
        review.pk, reason=form.cleaned_data["reason"]
    ),
}
