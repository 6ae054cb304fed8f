"""Deeds done: at once, or as long work where there are many rows; with a way back."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from hrconf.accounts.models import User
from hrconf.jobs.kinds import Progress
from hrconf.jobs.models import Job
from hrconf.jobs.progress import reporting_to
from hrconf.jobs.services import start_job
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Batch
from hrconf.mailing.written import messages_written
from hrconf.office.models import DoneDeed
from hrconf.office.outcomes import Outcome, outcome_of
from hrconf.office.undoing import Undo, changes_between, keep, read_rows, undo_deed, window

if TYPE_CHECKING:
    from hrconf.office.deeds import Deed

JOB_KIND = "deed"
MOST_AT_ONCE = 100  # rows that a page can wait for; a letter takes some 20 ms


def do_deed(
    deed: "Deed",
    office: str,
    ids: Collection[int],
    *,
    by: User,
    given: Mapping[str, Any],
    job_key: int | None = None,
) -> Outcome:
    """Do a deed to rows of `office` ("app.model"), in one transaction where it can be undone."""
    newest = Batch.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if deed.undo and window():
        outcome = do_undoably(deed, deed.undo, office, ids, by=by, given=given, job_key=job_key)
    else:
        outcome = outcome_of(deed.do(ids, by=by, **given))
    if not outcome.batch:
        mine = Batch.objects.filter(created_by=by, pk__gt=newest)
        outcome.batch = mine.order_by("pk").first()
    return outcome


@transaction.atomic
def do_undoably(
    deed: "Deed",
    way_back: Undo,
    office: str,
    ids: Collection[int],
    *,
    by: User,
    given: Mapping[str, Any],
    job_key: int | None,
) -> Outcome:
    """Do a deed, keep what it changed, and make its mails wait."""
    way_back.lock(ids)
    before = read_rows(way_back, ids)
    with messages_written() as mails:
        outcome = outcome_of(deed.do(ids, by=by, **given))
    changes = changes_between(before, read_rows(way_back, ids))
    if changes or mails:
        with override(by.language):
            title = str(deed.title)
        outcome.done_deed = keep(
            office=office,
            name=deed.name,
            title=title,
            count=outcome.done,
            changes=changes,
            mails=mails,
            by=by,
            job_key=job_key,
        )
    return outcome


# Many rows ------------------------------------------------------------------------------


def order_deed(
    deed: "Deed", office: str, ids: Collection[int], *, by: User, filled: Mapping[str, str]
) -> Job:
    """Order a deed as long work; `filled` is what was typed on its page."""
    options = {"office": office, "deed": deed.name, "ids": list(ids), "filled": dict(filled)}
    return start_job(kind=JOB_KIND, title=str(deed.title), options=options, by=by)


def run_deed(job: Job, progress: Progress) -> None:
    """Do an ordered deed. A second start finds it done and changes nothing."""
    options = job.options
    deed = find_deed(options["office"], options["deed"])
    if deed is None or not job.created_by.has_perm(deed.permission):
        raise PermissionDenied
    if DoneDeed.objects.filter(job_key=job.pk).exists():
        return
    progress(0, len(options["ids"]))
    try:
        with reporting_to(progress):
            job.report = report_of(deed, do_ordered(deed, job))
    finally:  # nothing of what was typed is kept beyond its use
        Job.objects.filter(pk=job.pk).update(options={**options, "filled": {}})
    progress(len(options["ids"]), len(options["ids"]))


def do_ordered(deed: "Deed", job: Job) -> Outcome:
    office, ids = job.options["office"], job.options["ids"]
    given = deed.read(job.options["filled"])
    if given is None:
        raise DomainError(_("What was filled in is no longer possible."), code="invalid")
    return do_deed(deed, office, ids, by=job.created_by, given=given, job_key=job.pk)


def report_of(deed: "Deed", outcome: Outcome) -> dict[str, Any]:
    """What came of it, as the job's page prints it."""
    lines = [[_("Done"), outcome.done], [_("Mails queued"), outcome.mails]]
    lines += [[str(deed.reasons.get(key, key)), count] for key, count in outcome.left_out.items()]
    lines += [[reason, name] for name, reason in outcome.refused]
    done = outcome.done_deed
    return {"lines": lines, **({"undo": done.pk} if done else {})}


# What is there --------------------------------------------------------------------------


def office_of(model: type[Model]) -> str:
    return model._meta.label_lower


def things_of(done: DoneDeed) -> str:
    """What it was done to, such as invitations."""
    return str(apps.get_model(done.office)._meta.verbose_name_plural)


def find_deed(office: str, name: str) -> "Deed | None":
    """The deed of a name among those of the admin of a model; None if there is none."""
    for model, shown in admin.site._registry.items():
        if office_of(model) == office:
            return next((deed for deed in getattr(shown, "deeds", []) if deed.name == name), None)
    return None


def undo(pk: int, *, by: User) -> DoneDeed:
    """Undo what was done, if the person may do such a deed themselves."""
    done = DoneDeed.objects.get(pk=pk)
    deed = find_deed(done.office, done.name)
    if deed is None or deed.undo is None or not by.has_perm(deed.permission):
        raise PermissionDenied
    return undo_deed(pk, deed.undo, by=by)
