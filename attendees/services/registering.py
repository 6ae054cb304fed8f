"""Registering without an invitation: asked for on a page, proven by a link in a mail."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import Category, Person, Registration, RegistrationRequest
from attendees.services.answers import is_over
from attendees.services.registrations import refuse_closed
from events.models import Edition
from hrconf.lib.errors import DomainError
from hrconf.lib.links import link
from hrconf.lib.tokens import make_token, read_token
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters


class Proven(Protocol):
    """Somebody whose address is proven, as they wrote themselves down."""

    name_native: str
    name_latin: str
    email: str
    country: Any
    organization: str
    language: str


PURPOSE = "register"
KIND = "register"
LINK_LIVES = timedelta(days=3)
# Mails of one address in an hour: a stranger must not flood a mailbox through us.
MOST_AN_HOUR = 3


def open_categories(edition: Edition) -> QuerySet[Category]:
    """The categories in which anybody may register, whether or not it has begun."""
    return edition.categories.filter(is_open_to_all=True)


@transaction.atomic
def request_registration(category: Category, details: Mapping[str, Any], *, language: str) -> None:
    """Mail a link that opens a registration. Says nothing about whom we know.

    `details` has name_native, name_latin, email, country and organization, already
    validated. Raises DomainError outside the category's window.
    """
    refuse_not_open(category)
    email = details["email"].strip().lower()
    lately = RegistrationRequest.objects.filter(
        email=email, created_at__gt=timezone.now() - timedelta(hours=1)
    )
    if lately.count() >= MOST_AN_HOUR:
        return
    request = RegistrationRequest.objects.create(
        category=category, language=language, **{**details, "email": email}
    )
    queue_letters(KIND, [_letter(request)])


def refuse_not_open(category: Category) -> None:
    """Refuse where nobody can register on their own now."""
    if not category.is_open_to_all or is_over(category.edition):
        raise DomainError(_("Registration is closed."), code="closed")
    refuse_closed(category)


def _letter(request: RegistrationRequest) -> Letter:
    edition = request.category.edition
    name = request.name_native if request.language.startswith("zh") else request.name_latin
    return Letter(
        recipient=f"registration_request:{request.pk}",
        occasion=f"registration_request:{request.pk}",
        to_address=request.email,
        to_name=name or request.name_latin or request.name_native,
        language=request.language,
        reply_to=edition.contact_email,
        context={
            "edition": edition,
            "category": request.category,
            "name": name or request.name_latin or request.name_native,
            "proof_link": proof_link(request, request.language),
        },
    )


def proof_link(request: RegistrationRequest, language: str) -> str:
    """The page that proves the address; needs no login."""
    return link(
        "attendees:prove",
        language=language,
        edition=request.category.edition.slug,
        token=proof_token(request),
    )


def proof_token(request: RegistrationRequest) -> str:
    return make_token(PURPOSE, request.category.edition_id, request.pk)


def request_of(token: str, edition_slug: str) -> RegistrationRequest | None:
    """What a link stands for; None for a link that we never made, or that is too old."""
    numbers = read_token(PURPOSE, token, 2)
    if numbers is None:
        return None
    edition_id, pk = numbers
    return (
        RegistrationRequest.objects.select_related("category__edition", "registration__edition")
        .filter(pk=pk, category__edition_id=edition_id, category__edition__slug=edition_slug)
        .filter(Q(created_at__gt=timezone.now() - LINK_LIVES) | Q(registration__isnull=False))
        .first()
    )


@transaction.atomic
def prove_request(pk: int) -> Registration:
    """The address is proven: open the registration. Twice gives the same one."""
    rows = RegistrationRequest.objects.select_related("category__edition")
    request = rows.select_for_update(of=("self",)).get(pk=pk)
    if request.registration_id:
        return Registration.objects.select_related("edition").get(pk=request.registration_id)
    refuse_not_open(request.category)
    person = person_of(request)
    request.registration = _registration_of(person, request)
    request.save(update_fields=["registration"])
    return request.registration


def person_of(request: Proven) -> Person:
    """Who is written to at the address under that name, else somebody new."""
    for person in Person.objects.of_address(request.email).select_for_update(no_key=True):
        if _same_name(person, request):
            return person
    return Person.objects.create(
        name_native=request.name_native,
        name_latin=request.name_latin,
        email=request.email,
        country=request.country,
        organization=request.organization,
        preferred_language=request.language,
    )


def _same_name(person: Person, request: Proven) -> bool:
    known = {_bare(person.name_native), _bare(person.name_latin)} - {""}
    return bool(known & {_bare(request.name_native), _bare(request.name_latin)})


def _bare(name: str) -> str:
    """A name without case and spaces."""
    return "".join(name.casefold().split())


def _registration_of(person: Person, request: RegistrationRequest) -> Registration:
    """The person's place at the edition, or a new one in the category they asked for."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    active = Registration.objects.active().filter(
        edition=request.category.edition_id, person=person
    )
    return active.select_related("edition").first() or Registration.objects.create(
        edition=request.category.edition, person=person, category=request.category
    )


def forget_old_requests() -> int:
    """Delete requests that nobody proved in time; return how many."""
    old = RegistrationRequest.objects.filter(
        registration=None, created_at__lt=timezone.now() - LINK_LIVES
    )
    return old.delete()[0]
