"""The people who review: who they are, what they have to do, what opens their page."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.services.letters import letter_to
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.links import link
from hrconf.lib.tokens import make_token, read_token
from hrconf.mailing.services import queue_letters
from projects.models import Project, Review, Reviewer, ReviewPhase

LINK = "reviewer"
Mode, State, Status = ReviewPhase.Mode, Review.State, Project.Status


def reviewer_token(reviewer: Reviewer) -> str:
    return make_token(LINK, reviewer.edition_id, reviewer.pk, reviewer.key_version)


def reviewer_link(reviewer: Reviewer, language: str) -> str:
    """The address of a reviewer's page; it needs no account."""
    return link(
        "projects:reviewer",
        language=language,
        edition=reviewer.edition.slug,
        token=reviewer_token(reviewer),
    )


def reviewer_of(token: str, edition_slug: str) -> Reviewer | None:
    """Whose link it is; None if we made none such, or made a newer one since."""
    numbers = read_token(LINK, token, 3)
    if numbers is None:
        return None
    rows = Reviewer.objects.select_related("person", "edition")
    return rows.filter(
        edition=numbers[0], pk=numbers[1], key_version=numbers[2], edition__slug=edition_slug
    ).first()


def renew_reviewer_link(pk: int, *, by: User) -> None:
    """A new link for a reviewer; the old one opens nothing from now on."""
    Reviewer.objects.filter(pk=pk).update(key_version=F("key_version") + 1)


def projects_of(phase: ReviewPhase) -> QuerySet[Project]:
    """The projects a phase is about: who came so far, and who was reviewed in it."""
    rows = Project.objects.filter(edition=phase.edition)
    if phase.mode == Mode.ELIGIBILITY:
        return rows.filter(Q(status=Status.APPLIED) | Q(eligibility__isnull=False)).distinct()
    here = rows.filter(
        Q(status__in=[Status.ELIGIBLE, Status.IN_REVIEW]) | Q(reviews__phase=phase)
    ).distinct()
    return here.exclude(pk__in=failed_before(phase))


def failed_before(phase: ReviewPhase) -> list[int]:
    """Projects that a panel of an earlier phase failed: more said no than yes."""
    said = Review.objects.filter(
        phase__edition=phase.edition,
        phase__number__lt=phase.number,
        phase__mode=Mode.PASS_FAIL,
        state=State.DONE,
    )
    votes = said.values("project").annotate(
        yes=Count("pk", filter=Q(passes=True)), no=Count("pk", filter=Q(passes=False))
    )
    return list(votes.filter(no__gt=F("yes")).order_by().values_list("project", flat=True))


@dataclass(frozen=True)
class Progress:
    """How far a reviewer is in a phase."""

    reviewer: Reviewer
    given: int
    done: int
    away: int

    @property
    def missing(self) -> int:
        return self.given - self.done - self.away


def progress_of(phase: ReviewPhase) -> list[Progress]:
    """Every reviewer of the edition with what they have and did in a phase; one query."""
    here = Q(reviews__phase=phase)
    rows = Reviewer.objects.filter(edition=phase.edition).select_related("person", "edition")
    counted = rows.annotate(
        given=Count("reviews", filter=here),
        done=Count("reviews", filter=here & Q(reviews__state=State.DONE)),
        away=Count(
            "reviews", filter=here & Q(reviews__state__in=[State.ABSTAINED, State.CONFLICT])
        ),
    )
    return [Progress(one, one.given, one.done, one.away) for one in counted]


@transaction.atomic
def mail_reviewers(phase_id: int, *, by: User) -> int:
    """Mail everybody who has something to review their link, once a day; counts the letters."""
    phase = ReviewPhase.objects.select_related("edition").get(pk=phase_id)
    if phase.is_over or not phase.is_panel:
        raise DomainError(_("Only reviewers of a running phase are written to."), code="phase_over")
    today = timezone.now().astimezone(phase.edition.tz).date()
    behind = [one for one in progress_of(phase) if one.missing and one.reviewer.person.email]
    letters = [
        letter_to(
            one.reviewer.person,
            phase.edition,
            occasion=f"review:{phase.pk}:{one.reviewer.key_version}:{today}",
            context={
                "phase": phase,
                "missing": one.missing,
                "until": phase.ends_at.astimezone(phase.edition.tz),
                "review_link": reviewer_link(one.reviewer, one.reviewer.person.preferred_language),
            },
        )
        for one in behind
    ]
    return len(queue_letters("review_link", letters))
