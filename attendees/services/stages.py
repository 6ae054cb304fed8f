"""How far a registration has come after it was decided: what is asked, answered, missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from attendees.models import Form, Registration
from attendees.services.letters import letter_to, recipient_of, registration_link
from attendees.services.places import is_past_due
from attendees.services.previews import Preview, mail_trouble
from attendees.services.registrations import lock_registrations, registrations_shown
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.compose import Letter
from hrconf.mailing.models import Batch, Message
from hrconf.mailing.services import queue_letters

KIND = "missing_answers"
Status = Registration.Status
# Two people of the office, or one double click, ask nobody twice.
SHORTEST_GAP = timedelta(days=1)
DECIDED = [Status.CONFIRMED, Status.DECLINED, Status.CANCELLED, Status.WAITLISTED]


@dataclass(frozen=True)
class Stage:
    """A step on the way: `state` is done, missing, late or later."""

    title: str
    state: str
    at: datetime | None = None
    due: date | None = None
    slug: str = ""  # of the form that is asked


def stages_of(registration: Registration, forms: Iterable[Form] | None = None) -> list[Stage]:
    """Sent, decided, each form that is asked after it, arrived."""
    if forms is None:
        forms = forms_by_category([registration]).get(registration.category_id, [])
    decided = registration.decided_at if registration.status in DECIDED else None
    return [
        _step(_("Registration sent"), registration.submitted_at),
        _step(registration.get_status_display() if decided else _("Decision"), decided),
        *(_asked(form, registration) for form in forms),
        _step(_("Arrived"), registration.arrived_at),
    ]


def _step(title: str, at: datetime | None) -> Stage:
    return Stage(title, "done" if at else "later", at)


def _asked(form: Form, registration: Registration) -> Stage:
    state = "late" if is_past_due(form) else "missing"
    if registration.status != Status.CONFIRMED:
        state = "later"
    if form.slug in registration.answers:
        state = "done"
    return Stage(form.name, state, due=form.due_on, slug=form.slug)


def forms_by_category(registrations: Iterable[Registration]) -> dict[int, list[Form]]:
    """The forms that are asked after confirmation, by category, in two queries."""
    categories = {registration.category_id for registration in registrations}
    found: dict[int, list[Form]] = {}
    rows = Form.objects.filter(asked_after__in=categories).select_related("edition").distinct()
    for form in rows.prefetch_related("asked_after"):
        for category in form.asked_after.all():
            found.setdefault(category.pk, []).append(form)
    return found


# Asking for what is missing -------------------------------------------------------------


def preview_asking(ids: Collection[int]) -> Preview[Registration]:
    """Who would be asked for what is missing, and who not, and why."""
    return _sort(list(registrations_shown().filter(pk__in=ids).order_by("pk")))


def _sort(rows: list[Registration]) -> Preview[Registration]:
    preview: Preview[Registration] = Preview()
    forms, lately = forms_by_category(rows), _asked_lately(rows)
    for row in rows:
        reason = ""
        if row.status != Status.CONFIRMED:
            reason = "not_confirmed"
        elif not missing_of(row, forms.get(row.category_id, [])):
            reason = "nothing_missing"
        elif recipient_of(row.person_id) in lately:
            reason = "reminded"
        if reason := reason or mail_trouble(row.person):
            preview.left_out.append((row, reason))
        else:
            preview.going.append(row)
    return preview


def missing_of(registration: Registration, forms: Iterable[Form]) -> list[Form]:
    """The forms that can still be answered and are not."""
    return [f for f in forms if f.slug not in registration.answers and not is_past_due(f)]


def _asked_lately(rows: Iterable[Registration]) -> set[str]:
    recipients = [recipient_of(row.person_id) for row in rows]
    since = timezone.now() - SHORTEST_GAP
    mails = Message.objects.filter(kind=KIND, recipient__in=recipients, created_at__gt=since)
    mails = mails.exclude(state=Message.State.CANCELLED)
    return set(mails.values_list("recipient", flat=True))


@transaction.atomic
def ask_for_missing(ids: Collection[int], *, by: User) -> Batch:
    """Ask confirmed people for the forms that they have not answered; within a day once."""
    preview = _sort(lock_registrations(ids)[0])
    if not preview.going:
        raise DomainError(_("There is nobody to remind among these."), code="nobody_to_mail")
    text = ngettext(
        "%(count)s person asked for answers", "%(count)s people asked for answers", preview.mails
    )
    batch = Batch.objects.create(
        kind=KIND, title=text % {"count": preview.mails}, created_by=by, report=preview.report()
    )
    forms = forms_by_category(preview.going)
    letters = [missing_letter(row, forms.get(row.category_id, [])) for row in preview.going]
    queue_letters(KIND, letters, batch=batch)
    return batch


def missing_letter(registration: Registration, forms: Iterable[Form] | None = None) -> Letter:
    """To a confirmed person: which forms we still wait for, and until when."""
    if forms is None:
        forms = forms_by_category([registration]).get(registration.category_id, [])
    language = registration.person.preferred_language
    link = registration_link(registration, language)
    with override(language):
        missing = missing_of(registration, forms)
        asked = [
            {"name": f.name, "due": f.due_on, "link": f"{link}forms/{f.slug}/"} for f in missing
        ]
    return letter_to(
        registration.person,
        registration.edition,
        occasion=f"registration:{registration.pk}:missing:{timezone.now():%Y%m%dT%H%M%S%f}",
        context={"registration": registration, "registration_link": link, "asked": asked},
    )
