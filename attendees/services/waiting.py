"""Waiting lists: joined, offered for a time, taken or let go, in turn.

Locking: the category (or the choice), then the registration, as everywhere; whoever
counts places or offers them holds that row. An offer holds its place.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import (
    Category,
    FieldChoice,
    Form,
    Registration,
    TakenChoice,
    Wait,
    WaitGroup,
)
from attendees.services.answering import Given, places_left, save_answers
from attendees.services.letters import letter_to, registration_link
from attendees.services.previews import mail_trouble
from attendees.services.registrations import approve_registration, free_places, lock_registration
from hrconf.lib.errors import DomainError
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters

KIND = "waiting_offer"
State = Wait.State
Status = Registration.Status
# How long an offer holds its place.
OFFER_HOLDS = timedelta(hours=48)
NO_LIMIT = 1_000_000
Thing = Category | FieldChoice


def choices_to_wait_for(registration: Registration, form: Form) -> list[FieldChoice]:
    """Limited choices of a form that are full, and that the person neither has nor waits for."""
    limited = FieldChoice.objects.filter(
        field__form=form, places__isnull=False, retired_at=None, field__retired_at=None
    )
    limited = limited.exclude(taken__registration=registration)
    limited = limited.exclude(waits__in=registration.waits.open())
    left = places_left(form)
    return [one for one in limited.select_related("field") if left.get(one.pk, 1) <= 0]


def waits_of(registration: Registration) -> list[tuple[Wait, int]]:
    """What somebody waits for, each with their place in the line, from 1."""
    rows = registration.waits.open().select_related("category", "choice__field", "group")
    return [(wait, place_in_line(wait)) for wait in rows]


def place_in_line(wait: Wait) -> int:
    """How many stand before, and oneself; 0 where a place is offered."""
    if wait.state != State.WAITING:
        return 0
    line = [other.pk for other in in_line(wait.thing)]
    return line.index(wait.pk) + 1 if wait.pk in line else 0


def places_in_line(waits: Iterable[Wait]) -> dict[int, tuple[int, int]]:
    """Of each who waits their place and how many stand in that line, in two queries."""
    waiting = [wait for wait in waits if wait.state == State.WAITING]
    things = Q(category__in={wait.category_id for wait in waiting if wait.category_id})
    things |= Q(choice__in={wait.choice_id for wait in waiting if wait.choice_id})
    lines: dict[tuple[int | None, int | None], list[Wait]] = {}
    for row in Wait.objects.waiting().filter(things).select_related("group"):
        lines.setdefault((row.category_id, row.choice_id), []).append(row)
    return {
        row.pk: (place, len(line))
        for line in lines.values()
        for place, row in enumerate(in_turn(line), 1)
    }


def in_line(thing: Thing) -> list[Wait]:
    """Everybody who waits, in turn: a group that goes together as its last member came."""
    return in_turn(waits_for(thing).waiting().select_related("group"))


def in_turn(line: Iterable[Wait]) -> list[Wait]:
    """A line in its order: who was moved to the front first, with whom they go together."""
    rows = list(line)
    latest: dict[object, datetime] = {}
    leads: dict[object, int] = {}
    for row in rows:
        latest[_party(row)] = max(row.joined_at, latest.get(_party(row), row.joined_at))
        leads[_party(row)] = max(row.lead, leads.get(_party(row), 0))
    return sorted(
        rows, key=lambda row: (-leads[_party(row)], latest[_party(row)], row.joined_at, row.pk)
    )


def _party(wait: Wait) -> object:
    """Who goes in with whom: a group that goes together, or one alone."""
    together = wait.group and wait.group.goes_together
    return wait.group_id if together else ("alone", wait.pk)


def waits_for(thing: Thing) -> QuerySet[Wait]:
    if isinstance(thing, Category):
        return Wait.objects.filter(category=thing)
    return Wait.objects.filter(choice=thing)


# Joining and leaving ------------------------------------------------------------------


@transaction.atomic
def wait_for_choice(registration_id: int, choice_id: int) -> Wait:
    """Stand in line for a limited choice whose places are taken. Twice is once."""
    registration, _free = lock_registration(registration_id)
    choice = _locked_choice(choice_id)
    if registration.status not in {Status.PENDING, Status.CONFIRMED, Status.WAITLISTED}:
        raise DomainError(_("Send your registration first."), code="not_sent")
    if registration.taken_choices.filter(choice=choice).exists():
        raise DomainError(_("You have this place already."), code="has_place")
    return _join(registration, choice)


def _join(registration: Registration, thing: Thing) -> Wait:
    waiting = waits_for(thing).open().filter(registration=registration).first()
    if waiting:
        return waiting
    named = "category" if isinstance(thing, Category) else "choice"
    return Wait.objects.create(registration=registration, **{named: thing})


@transaction.atomic
def leave_list(wait_id: int) -> None:
    """Leave the line, or let an offer go; the next in turn is asked. Twice is once."""
    wait = locked_wait(wait_id)
    if wait.state not in {State.WAITING, State.OFFERED}:
        return
    end_waits([wait], State.LEFT)
    offer_places(wait.thing)


# Groups ------------------------------------------------------------------------------


@transaction.atomic
def form_group(wait_id: int, *, goes_together: bool) -> WaitGroup:
    """Wait with others: they join by the group's code. A second time changes how they go."""
    wait = locked_wait(wait_id)
    _refuse_not_waiting(wait)
    group = wait.group or WaitGroup.objects.create()
    wait.group = group
    wait.save(update_fields=["group"])
    group.goes_together = goes_together
    group.save(update_fields=["goes_together"])
    return group


@transaction.atomic
def join_group(wait_id: int, code: str) -> WaitGroup:
    """Wait with the group of a code, which waits for the same."""
    wait = locked_wait(wait_id)
    _refuse_not_waiting(wait)
    same = waits_for(wait.thing).waiting().filter(group__code=code.strip().upper())
    other = same.select_related("group").first()
    if other is None or other.group is None:
        raise DomainError(_("No group of this code waits for the same."), code="no_group")
    wait.group = other.group
    wait.save(update_fields=["group"])
    return other.group


@transaction.atomic
def leave_group(wait_id: int) -> None:
    """Wait alone again, where one stood."""
    wait = locked_wait(wait_id)
    wait.group = None
    wait.save(update_fields=["group"])


def _refuse_not_waiting(wait: Wait) -> None:
    if wait.state != State.WAITING:
        raise DomainError(_("You are no longer on this waiting list."), code="not_waiting")


# Offers ------------------------------------------------------------------------------


def settle_waits(now: datetime | None = None) -> int:
    """End offers whose time is over and offer free places in turn; return the offers made.

    What beat does every minute; a second time adds nothing.
    """
    now = now or timezone.now()
    waiting = Wait.objects.open().order_by()
    made = 0
    things = waiting.values_list("category", "choice").distinct()
    for category, choice in things.order_by("category", "choice"):
        made += settle_thing(category, choice, now)
    return made


@transaction.atomic
def settle_thing(category: int | None, choice: int | None, now: datetime | None = None) -> int:
    """The same for one thing: a category, or a choice."""
    now = now or timezone.now()
    thing = _locked_category(category) if category else _locked_choice(choice or 0)
    over = waits_for(thing).filter(state=State.OFFERED, offer_until__lte=now)
    end_waits(over.select_related("registration__category"), State.LAPSED)
    return offer_places(thing, now)


def offer_places(thing: Thing, now: datetime | None = None) -> int:
    """Offer the free places of a thing whose row is locked; return how many.

    A group that goes together waits until there is a place for each, and is passed
    over meanwhile; it keeps its turn.
    """
    now = now or timezone.now()
    free, chosen = places_free(thing), []
    for party in _parties(in_line(thing)):
        if len(party) <= free:
            chosen += party
            free -= len(party)
        if not free:
            break
    make_offers(chosen, now)
    return len(chosen)


def _parties(line: Iterable[Wait]) -> list[list[Wait]]:
    """Who goes in with whom, in turn."""
    parties: dict[object, list[Wait]] = {}
    for wait in line:
        parties.setdefault(_party(wait), []).append(wait)
    return list(parties.values())


def places_free(thing: Thing) -> int:
    """Places that are neither taken nor offered."""
    if isinstance(thing, Category):
        return free_places([thing.pk]).get(thing.pk, NO_LIMIT)
    return choice_places(thing)


def choice_places(choice: FieldChoice) -> int:
    """Places of a limited choice that are neither taken nor offered."""
    taken = TakenChoice.objects.filter(choice=choice).count()
    return max((choice.places or 0) - taken - choice.waits.holding().count(), 0)


def make_offers(waits: list[Wait], now: datetime) -> None:
    keys = [wait.pk for wait in waits]
    rows = Wait.objects.filter(pk__in=keys).select_related(
        "registration__person", "registration__edition", "category", "choice__field"
    )
    rows.update(state=State.OFFERED, offered_at=now, offer_until=now + OFFER_HOLDS)
    told = [row for row in rows if not mail_trouble(row.registration.person)]
    queue_letters(KIND, [offer_letter(row) for row in told])


def offer_letter(wait: Wait) -> Letter:
    registration = wait.registration
    return letter_to(
        registration.person,
        registration.edition,
        occasion=f"wait:{wait.pk}:{wait.offer_until:%Y%m%dT%H%M%S}",
        context={
            "wait": wait,
            "registration": registration,
            "registration_link": registration_link(
                registration, registration.person.preferred_language
            ),
        },
    )


@transaction.atomic
def take_offer(wait_id: int, *, language: str) -> None:
    """Take the place that is offered. Twice is once; too late is refused."""
    wait = locked_wait(wait_id)
    if wait.state == State.TAKEN:
        return
    if wait.state != State.OFFERED or (wait.offer_until or timezone.now()) <= timezone.now():
        raise DomainError(_("This offer is over."), code="over")
    end_waits([wait], State.TAKEN)
    if wait.category_id:
        approve_registration(wait.registration_id, by=None)
    else:
        _choose(wait, language)


def _choose(wait: Wait, language: str) -> None:
    """Answer the question with the choice that was waited for."""
    choice = wait.choice
    form = Form.objects.outlined().get(pk=choice.field.form_id)
    answers = dict(wait.registration.answers.get(form.slug, {}))
    key = choice.field.key
    several = isinstance(answers.get(key), list) or choice.field.kind == "choices"
    answers[key] = sorted({*answers.get(key, []), choice.key}) if several else choice.key
    consents = wait.registration.consents.filter(withdrawn_at=None, text__field__form=form)
    agreed = set(consents.values_list("text__field__key", flat=True))
    save_answers(
        wait.registration_id, form, Given(answers, agreed), language=language, is_offered=True
    )


def end_waits(waits: Iterable[Wait], state: str) -> None:
    now = timezone.now()
    for wait in waits:
        wait.state, wait.ended_at = state, now
        wait.save(update_fields=["state", "ended_at"])


# Locks -------------------------------------------------------------------------------


def locked_wait(wait_id: int) -> Wait:
    """A wait, after the row of what is waited for."""
    found = Wait.objects.filter(pk=wait_id).values_list("category", "choice").first()
    if found is None:
        raise DomainError(_("You are no longer on this waiting list."), code="gone")
    category, choice = found
    if category:
        _locked_category(category)
    else:
        registration = Wait.objects.values_list("registration", flat=True).get(pk=wait_id)
        lock_registration(registration)
        _locked_choice(choice)
    rows = Wait.objects.select_related(
        "registration__category", "category", "choice__field", "group"
    )
    return rows.select_for_update(of=("self",)).get(pk=wait_id)


def _locked_category(pk: int) -> Category:
    return Category.objects.select_for_update(no_key=True).get(pk=pk)


def _locked_choice(pk: int) -> FieldChoice:
    """A limited choice; with it all of its form, in the order in which answering locks them."""
    limited = FieldChoice.objects.filter(places__isnull=False)
    form = limited.filter(pk=pk).values("field__form")
    rows = limited.filter(field__form__in=form).select_related("field__form").order_by("pk")
    locked = {choice.pk: choice for choice in rows.select_for_update(of=("self",))}
    if pk not in locked:
        raise DomainError(_("There is no waiting list for this."), code="no_list")
    return locked[pk]
