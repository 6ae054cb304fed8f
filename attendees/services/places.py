"""The personal page of a registration: what the person themselves may change."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import AnswerChange, Companion, Form, Person, Registration
from attendees.services.answering import Given, save_answers, save_draft
from attendees.services.answers import LinkOver, decline_invitation
from attendees.services.clock import is_over
from attendees.services.letters import REGISTRATION
from attendees.services.registrations import (
    cancel_registration,
    lock_registration,
    submit_registration,
)
from events.models import Edition
from hrconf.lib.errors import DomainError
from hrconf.lib.tokens import read_token

Status = Registration.Status
SENT = [Status.PENDING, Status.WAITLISTED, Status.CONFIRMED]


def registration_of(token: str, edition_slug: str) -> Registration | None:
    """The registration a link stands for; None for a link that we never made.

    Raises LinkOver when the link was renewed or the edition is over.
    """
    numbers = read_token(REGISTRATION, token, 3)
    if numbers is None:
        return None
    edition_id, pk, key_version = numbers
    found = (
        Registration.objects.select_related("edition", "person", "category", "invitation")
        .filter(pk=pk, edition_id=edition_id, edition__slug=edition_slug)
        .first()
    )
    if found is None:
        return None
    if found.key_version != key_version or is_over(found.edition):
        raise LinkOver
    return found


def may_change(registration: Registration) -> bool:
    """Whether the person may still change what they sent: until the edition begins,
    unless the category says otherwise."""
    until = registration.category.changes_until or opening(registration.edition)
    return (
        registration.status in SENT
        and registration.arrived_at is None
        and (timezone.now() < until or settings.DEMO)
    )


def opening(edition: Edition) -> datetime:
    """The first moment of the edition's first day, by its own clock."""
    return datetime.combine(edition.starts_on, time.min, tzinfo=edition.tz)


def form_of(registration: Registration) -> Form | None:
    """The form that the registration's category asks for, with all its questions."""
    return Form.objects.outlined().filter(pk=registration.category.form_id).first()


def follow_ups_of(registration: Registration) -> list[Form]:
    """What is asked of somebody whose place is confirmed."""
    if registration.status != Status.CONFIRMED:
        return []
    return list(
        Form.objects.outlined()
        .select_related("edition")
        .filter(asked_after=registration.category_id)
    )


@transaction.atomic
def complete_registration(
    pk: int, *, details: Mapping[str, Any], given: Given | None = None, language: str = "en"
) -> Registration:
    """Write down what was missing and submit the registration.

    `details` has organization, title, companions (names) and note, already
    validated; `given` answers the category's form.
    """
    registration, _free = lock_registration(pk)
    if registration.status == Status.INCOMPLETE:
        _write_details(registration, details)
        if form := form_of(registration):
            save_answers(pk, form, given or Given(), language=language)
    return submit_registration(pk, tells=True)


@transaction.atomic
def change_registration(
    pk: int, *, details: Mapping[str, Any], given: Given | None = None, language: str = "en"
) -> AnswerChange | None:
    """Change what was sent; return the answers that wait for approval, if any do."""
    registration, _free = lock_registration(pk)
    if not may_change(registration):
        raise DomainError(_("It is too late to change this here."), code="too_late")
    _write_details(registration, details)
    form = form_of(registration)
    return save_answers(pk, form, given or Given(), language=language) if form else None


@transaction.atomic
def save_registration(pk: int, *, details: Mapping[str, Any], given: Given | None = None) -> None:
    """Keep what has been filled in so far, to go on later. Nothing is sent."""
    registration, _free = lock_registration(pk)
    if registration.status != Status.INCOMPLETE:
        return
    _write_details(registration, details)
    if form := form_of(registration):
        save_draft(pk, form, given or Given())


@transaction.atomic
def answer_follow_up(pk: int, form: Form, given: Given, *, language: str) -> None:
    """Keep what a confirmed person answers to a form that came after."""
    registration, _free = lock_registration(pk)
    if registration.status != Status.CONFIRMED or is_past_due(form):
        raise DomainError(_("It is too late to change this here."), code="too_late")
    save_answers(pk, form, given, language=language)


def is_past_due(form: Form) -> bool:
    """Whether the last day of a form is over, by the edition's clock."""
    today = timezone.now().astimezone(form.edition.tz).date()
    return form.due_on is not None and today > form.due_on and not settings.DEMO


def _write_details(registration: Registration, details: Mapping[str, Any]) -> None:
    """Write down what was given; what was left out stays as it is."""
    person: Person = registration.person
    for name in ["organization", "title"]:
        setattr(person, name, details.get(name, getattr(person, name)))
    person.save()
    registration.note = details.get("note", registration.note)
    if "companions" in details:
        _write_companions(registration, details["companions"])
    registration.save(update_fields=["companions", "note"])


def _write_companions(registration: Registration, names: list[str]) -> None:
    registration.companions = len(names)
    registration.companion_rows.all().delete()
    Companion.objects.bulk_create(
        Companion(registration=registration, name=name, position=position)
        for position, name in enumerate(names)
    )


def give_up_place(registration: Registration) -> None:
    """The person cannot come after all; an invitation counts as declined."""
    if registration.invitation_id:
        decline_invitation(registration.invitation_id)
    else:
        cancel_registration(registration.pk)
