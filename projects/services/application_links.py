"""Links to applications, mailed again by the office: previewed, once a day, undone in time."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendees.models import Person
from attendees.services.previews import Preview, mail_troubles
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Batch
from hrconf.mailing.services import queue_letters
from projects.models import Application, Project
from projects.services.applying import AGAIN, applications, link_letter


def preview_links(ids: Collection[int]) -> Preview[Application]:
    """Who would get the link to their application, who not, and why."""
    preview: Preview[Application] = Preview()
    rows = list(applications().filter(pk__in=ids).order_by("pk"))
    troubles = mail_troubles(owner_of(row) for row in rows)
    for row in rows:
        is_gone = row.project.status == Project.Status.WITHDRAWN
        trouble = "taken_back" if is_gone else troubles.get(owner_of(row).pk)
        if trouble:
            preview.left_out.append((row, trouble))
        else:
            preview.going.append(row)
    return preview


def owner_of(row: Application) -> Person:
    """To whom an application belongs now."""
    return row.project.holder or row.applicant


@transaction.atomic
def mail_links(ids: Collection[int], *, by: User) -> Batch:
    """Mail each the link to their application; who has had it today gets no other."""
    preview = preview_links(ids)
    if not preview.going:
        raise DomainError(_("There is nobody to mail among these."), code="nobody_to_mail")
    count = len(preview.going)
    title = ngettext("Link to %(count)s application", "Links to %(count)s applications", count)
    batch = Batch.objects.create(
        kind=AGAIN, title=title % {"count": count}, created_by=by, report=preview.report()
    )
    queue_letters(AGAIN, [link_letter(row) for row in preview.going], batch=batch)
    return batch
