"""Applying for somebody else: written by one, taken over by the other with all that is in it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.services.answers import LinkOver
from attendees.services.registering import person_of
from hrconf.lib.errors import DomainError
from hrconf.lib.links import link
from hrconf.lib.tokens import make_token, read_token
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters
from projects.models import Application, Project, Takeover
from projects.services.applications import lock_application
from projects.services.applying import BEGUN, begun_letter
from projects.services.teams import Typed, name_of

KIND = "takeover"
PURPOSE = "takeover"


@transaction.atomic
def ask_takeover(application_id: int, details: Mapping[str, Any], *, language: str) -> Takeover:
    """Ask somebody by mail to take the application over; whoever was asked before is not any more."""
    application = lock_application(application_id)
    if application.project.status == Project.Status.WITHDRAWN:
        raise DomainError(_("The application is withdrawn."), code="withdrawn")
    email = details["email"].strip().lower()
    if email == (application.applicant.email or "").lower():
        text = _("This is your own address.")
        raise DomainError({"email": DomainError(text, code="own")})
    end_takeover(application_id)
    fields = {**details, "email": email, "language": language}
    row = Takeover.objects.create(application=application, **fields)
    queue_letters(KIND, [_letter(application, row)])
    return row


@transaction.atomic
def end_takeover(application_id: int) -> None:
    """Ask nobody any more; the link that was sent ends."""
    open_ones = Takeover.objects.filter(application=application_id, done_at=None, ended_at=None)
    open_ones.update(ended_at=timezone.now())


@transaction.atomic
def take_over(pk: int) -> Application:
    """The application is theirs: the earlier link ends, a new one is mailed. Twice is once."""
    application_id = Takeover.objects.values_list("application", flat=True).get(pk=pk)
    application = lock_application(application_id)
    row = Takeover.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.done_at:
        return application
    if row.ended_at:
        raise DomainError(_("You are not asked any more."), code="ended")
    row.person, row.done_at = person_of(Typed(row)), timezone.now()
    row.save(update_fields=["person", "done_at"])
    application.applicant = row.person
    application.key_version += 1
    application.save(update_fields=["applicant", "key_version"])
    project = application.project
    project.holder = row.person
    project.save(update_fields=["holder", "updated_at"])
    queue_letters(BEGUN, [begun_letter(application)])
    return application


def _letter(application: Application, row: Takeover) -> Letter:
    edition = application.edition
    return Letter(
        recipient=f"takeover:{row.pk}",
        occasion=f"takeover:{row.pk}:asked",
        to_address=row.email,
        to_name=name_of(row),
        language=row.language,
        reply_to=edition.contact_email,
        context={
            "edition": edition,
            "project": application.project,
            "asks": application.applicant,
            "takeover_link": link(
                "projects:takeover",
                language=row.language,
                edition=edition.slug,
                token=takeover_token(row),
            ),
        },
    )


def takeover_token(row: Takeover) -> str:
    return make_token(PURPOSE, row.application.project.edition_id, row.pk)


def takeover_of(token: str, edition_slug: str) -> Takeover | None:
    """What a link stands for; LinkOver once nobody is asked any more."""
    numbers = read_token(PURPOSE, token, 2)
    if numbers is None:
        return None
    rows = Takeover.objects.select_related("application__project__edition", "application__kind")
    row = rows.filter(pk=numbers[1]).first()
    if row is None:
        return None
    edition = row.application.project.edition
    if edition.pk != numbers[0] or edition.slug != edition_slug:
        return None
    if row.ended_at:
        raise LinkOver
    return row
