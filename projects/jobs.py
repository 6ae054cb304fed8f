"""Long work on projects: lists in, reviewers assigned, decisions released."""

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from events.models import Edition
from hrconf.jobs.kinds import Progress, job_kind
from hrconf.jobs.models import Job
from hrconf.lib.errors import DomainError
from hrconf.office.exporting import run_export
from projects import exporting  # noqa: F401  names the columns of our lists
from projects.importing.writing import import_project_list
from projects.models import ProjectList, ReviewPhase
from projects.services.assigning import apply_reviews
from projects.services.catalogue import draw_catalogue
from projects.services.deciding import release_decisions
from projects.services.links import find_project_links
from projects.services.showcase import ask_holders, remind_holders
from projects.showcase import showcase_of


@job_kind("project_list", permission="projects.add_projectlist")
def run_project_list(job: Job, progress: Progress) -> None:
    """Import a list of projects: all of it or nothing; twice changes nothing."""
    row = import_project_list(job.options["project_list"], progress=progress)
    job.report = row.report["counts"]
    find_project_links()
    if row.status == ProjectList.Status.REFUSED:
        raise DomainError(
            _("Nothing was imported: %(count)s rows are refused.")
            % {"count": row.report["counts"]["refused"]},
            code="refused",
        )


# Screening ------------------------------------------------------------------------------


@job_kind("assign_reviews", permission="projects.change_reviewphase")
def run_assign_reviews(job: Job, progress: Progress) -> None:
    """Give the projects of a phase their reviewers; started again it finds nothing to do."""
    phase = ReviewPhase.objects.get(pk=job.options["phase"])
    plan = apply_reviews(phase.pk, by=job.created_by)
    progress(1, 1)
    lines = [[_("Given"), len(plan.added)], [_("Taken back"), len(plan.removed)]]
    lines.append([_("Projects that lack reviewers"), len(plan.answer.gaps)])
    job.report = {"lines": lines}


@job_kind("release_decisions", permission="projects.change_decision")
def run_release_decisions(job: Job, progress: Progress) -> None:
    """Release what is pending: state, letter, mail; started again it goes on where it was."""
    edition = Edition.objects.get(pk=job.options["edition"])
    done = release_decisions(edition, by=job.created_by, progress=progress)
    lines = [[_("Decisions released"), done.number]]
    lines += [[_("Left out: %(project)s") % {"project": one}, why] for one, why in done.left_out]
    job.report = {"lines": lines}


@job_kind("find_project_links", permission="projects.change_projectlink")
def run_find_project_links(job: Job, progress: Progress) -> None:
    """Look for projects that may be one: in another edition, or entered twice."""
    job.report = {"lines": [[_("Possible matches of projects"), find_project_links()]]}


@job_kind("showcase_letters", permission="projects.change_showcasepage")
def run_showcase_letters(job: Job, progress: Progress) -> None:
    """Ask holders to approve their public pages, or remind them; nobody twice."""
    edition = Edition.objects.get(pk=job.options["edition"])
    write = remind_holders if job.options["remind"] else ask_holders
    job.report = {"lines": [[_("Letters written"), write(edition, by=job.created_by)]]}


@job_kind("project_catalogue", permission="projects.change_showcasepage")
def run_project_catalogue(job: Job, progress: Progress) -> None:
    """Draw the catalogue of an edition's projects as a PDF."""
    edition, language = Edition.objects.get(pk=job.options["edition"]), job.options["language"]
    drawn = draw_catalogue(edition, language)
    job.result_name = f"projects-{edition.slug}-{language}.pdf"
    job.result.save("catalogue", ContentFile(drawn), save=False)
    job.report = {"lines": [[_("Projects"), len(showcase_of(edition).all)]]}


# The call ---------------------------------------------------------------------------------


@job_kind("project_codes_export", permission="projects.change_projectcode")
def run_project_codes_export(job: Job, progress: Progress) -> None:
    """Write the invitation codes of a list into a file."""
    run_export(job, progress, label="projects.projectcode", name=_("Invitation codes"))
