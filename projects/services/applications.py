"""Applications: kept as they are typed, sent, changed until the deadline, corrected later.

Locking: the project, then the application, then the sector of the call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.services.letters import letter_to
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.services import queue_letters
from projects.models import Application, ApplicationVersion, Project
from projects.services.applying import applications, own_link
from projects.services.calls import is_closed, refuse_closed, refuse_full
from projects.services.receipts import draw_receipt, receipt_name
from projects.services.references import new_references
from projects.services.snapshots import FACTS, TEXTS, freeze

RECEIPT, CHANGED, WITHDRAWN = "application_receipt", "application_changed", "application_withdrawn"
Status = Project.Status
# Until somebody looks at it, what was sent may be sent anew.
UNREAD = [Status.APPLIED]
OVER = [Status.WITHDRAWN, Status.DECLINED]
LONGEST_TYPED = 60_000  # characters, of all that is typed in one step


@dataclass(frozen=True)
class Given:
    """What was typed in a step: what is valid, and the rest as it was typed."""

    step: str
    valid: Mapping[str, Any] = field(default_factory=dict)  # columns of the project
    typed: Mapping[str, list[str]] = field(default_factory=dict)  # boxes that are not valid
    answers: Mapping[str, Any] | None = None
    consents: Mapping[str, int] | None = None


def may_change(application: Application) -> bool:
    """Whether the applicant may change it now, and why is not said here."""
    return not trouble_of(application)


def trouble_of(application: Application) -> str:
    """Why it cannot be changed: withdrawn, declined, closed, frozen; empty if it can."""
    status = application.project.status
    if status in OVER:
        return status
    if status == Status.ACCEPTED:
        return ""  # corrected, and the correction shows
    if is_closed(application.kind, application.code):
        return "closed"
    return "" if status in [Status.DRAFT, *UNREAD] or not application.submitted_at else "frozen"


def refuse_unchangeable(application: Application) -> None:
    """Say in a sentence why nothing can be changed any more."""
    trouble = trouble_of(application)
    sentences = {
        Status.WITHDRAWN: _("The application is withdrawn."),
        Status.DECLINED: _("The decision has been made; the application is kept as it is."),
        "closed": _("The call is closed; the application is kept as it is."),
        "frozen": _("The project is being looked at; the application is kept as it is."),
    }
    if trouble:
        raise DomainError(sentences[trouble], code=trouble)


@transaction.atomic
def save_step(pk: int, given: Given, *, edits: int | None) -> Application:
    """Keep a draft's step as far as it is filled in; return it with its new count of edits.

    `edits` is the count that the page began with: a page that is behind is refused
    ("edited"), and nothing of either is lost. Raises DomainError: closed, frozen, long.
    """
    application = lock_application(pk)
    refuse_unchangeable(application)
    if application.submitted_at:
        raise DomainError(_("What has been sent is changed as a whole."), code="sent")
    refuse_behind(application, edits)
    _keep(application, given)
    return application


@transaction.atomic
def change_step(
    pk: int, given: Given, *, edits: int | None, by: User | None = None
) -> ApplicationVersion | None:
    """Change a step of what was sent; the whole is sent anew as the next version.

    Before the deadline the project is changed; after acceptance too, and what differs
    from what was accepted shows in the office. None if nothing changed.
    """
    application = lock_application(pk)
    refuse_unchangeable(application)
    refuse_behind(application, edits)
    sector = application.project.sector_id
    _keep(application, given)
    if application.project.sector_id != sector:
        refuse_full(application.call, application.project.sector_id, besides=application.pk)
    return send_version(application, by=by)


def send_version(application: Application, *, by: User | None = None) -> ApplicationVersion | None:
    """Freeze what stands now and say so by mail; None if nothing changed."""
    version = freeze(application, by=by)
    if version is None:
        return None
    context = {"number": version.number, "at": version.made_at}
    queue_letters(CHANGED, [_letter(application, f"version:{version.number}", context)])
    return version


@transaction.atomic
def submit(pk: int, *, edits: int | None = None) -> ApplicationVersion:
    """Send an application that is complete (the caller has looked): it gets its number.

    Twice gives the same receipt. Raises DomainError: closed, full (beside "sector").
    """
    application = lock_application(pk)
    if application.submitted_at:
        return application.versions.earliest("number")
    refuse_unchangeable(application)
    refuse_closed(application.kind, application.code)
    refuse_behind(application, edits)
    project = application.project
    refuse_full(application.call, project.sector_id, besides=application.pk)
    if project.status == Status.DRAFT:
        project.status = Status.APPLIED
    if project.reference.startswith("draft-"):
        project.reference = new_references(project.edition)[0]
    project.save(update_fields=["status", "reference", "updated_at"])
    application.submitted_at = timezone.now()
    application.typed = {}
    application.save(update_fields=["submitted_at", "typed"])
    version = freeze(application)
    if version is None:
        raise ValueError("An application has no version before it is sent.")
    _send_receipt(application, version)
    return version


@transaction.atomic
def withdraw(pk: int) -> None:
    """Take an application back, for good. Twice changes nothing."""
    application = lock_application(pk)
    project = application.project
    if project.status == Status.WITHDRAWN:
        return
    if project.status == Status.DECLINED:
        refuse_unchangeable(application)
    project.status = Status.WITHDRAWN
    project.save(update_fields=["status", "updated_at"])
    if application.submitted_at:
        queue_letters(WITHDRAWN, [_letter(application, "withdrawn", {})])


def lock_application(pk: int) -> Application:
    """The application with its project, both held."""
    project = Application.objects.values_list("project", flat=True).get(pk=pk)
    Project.objects.select_for_update(no_key=True).get(pk=project)
    return applications().select_for_update(of=("self",), no_key=True).get(pk=pk)


def refuse_behind(application: Application, edits: int | None) -> None:
    if edits is not None and edits != application.edits:
        text = _(
            "This was changed in another window meanwhile. Nothing of yours is lost: it is still in the boxes."
        )
        raise DomainError(text, code="edited")


def _keep(application: Application, given: Given) -> None:
    """Put a step where it belongs: valid values into the project, the rest as typed."""
    if sum(len(text) for texts in given.typed.values() for text in texts) > LONGEST_TYPED:
        raise DomainError(_("This is too long to be kept."), code="long")
    project = application.project
    columns = [name for name in given.valid if name in {*TEXTS, *FACTS, "sector_id"}]
    for name in columns:
        setattr(project, name, given.valid[name])
    if columns:
        project.save(update_fields=[*columns, "updated_at"])
    application.typed = {**application.typed, given.step: dict(given.typed)}
    if given.answers is not None:
        application.answers = dict(given.answers)
    if given.consents is not None:
        application.consents = dict(given.consents)
    application.edits += 1
    application.saved_at = timezone.now()
    application.save(update_fields=["typed", "answers", "consents", "edits", "saved_at"])


# Mails ------------------------------------------------------------------------------------


def _letter(application: Application, occasion: str, context: dict[str, Any]):
    """To whom the application belongs now."""
    to = application.project.holder or application.applicant
    context = {"project": application.project, **context}
    context["own_link"] = own_link(application, to.preferred_language)
    name = f"application:{application.pk}:{occasion}"
    return letter_to(to, application.edition, occasion=name, context=context)


def _send_receipt(application: Application, version: ApplicationVersion) -> None:
    letter = _letter(application, "receipt", {"at": version.made_at, "version": version})
    paper = (receipt_name(application), "application/pdf", draw_receipt(application, version))
    queue_letters(RECEIPT, [replace(letter, attachments=[paper])])
