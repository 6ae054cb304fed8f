"""Waiting lists: joined, offered for a time, taken or let go, in turn.

Locking: the category, then the registration, then the choice or the session that is waited
for; whoever counts places or offers them holds that row. An offer holds its place.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
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
from attendees.services.lines import Thing, in_line, parties_of, place_in_line, waits_for
from attendees.services.previews import mail_trouble
from attendees.services.registrations import approve_registration, free_places, lock_registration
from attendees.services.seats import ASK, give_seat, lock_holder, lock_session, released, seats_free
from events.models import Session
from hrconf.lib.errors import DomainError
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters

KIND, LAPSED = "waiting_offer", "waiting_lapsed"
State = Wait.State
Status = Registration.Status
# What a letter to who waits tells of.
TOLD_OF = [
    "registration__person",
    "registration__edition",
    "category",
    "choice__field",
    "session__edition",
]
# How long an offer holds its place.
OFFER_HOLDS = timedelta(hours=48)
# Of a session that begins sooner: half of the time that is left, but never less than this.
SHORTEST_OFFER = timedelta(minutes=20)
NO_LIMIT = 1_000_000
NAMES = {Category: "category", FieldChoice: "choice", Session: "session"}


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
    rows = registration.waits.open().select_related(
        "category", "choice__field", "session__edition", "group"
    )
    return [(wait, place_in_line(wait)) for wait in rows if not _is_off(wait)]


def _is_off(wait: Wait) -> bool:
    """Whether one waits for a session that does not take place."""
    item = released(wait.session) if wait.session else None
    return wait.session_id is not None and (item is None or item.is_cancelled)


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
    return join_line(registration, choice)


def join_line(registration: Registration, thing: Thing) -> Wait:
    """Stand in line for something whose row is locked. Twice is once."""
    waiting = waits_for(thing).open().filter(registration=registration).first()
    if waiting:
        return waiting
    return Wait.objects.create(registration=registration, **{NAMES[type(thing)]: thing})


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
    things = waiting.values_list("category", "choice", "session").distinct()
    for category, choice, session in things.order_by("category", "choice", "session"):
        made += settle_thing(category, choice, session, now=now)
    return made


@transaction.atomic
def settle_thing(
    category: int | None, choice: int | None, session: int | None, *, now: datetime | None = None
) -> int:
    """The same for one thing: a category, a choice, or a session."""
    now = now or timezone.now()
    thing = _locked(category, choice, session)
    over = waits_for(thing).filter(state=State.OFFERED, offer_until__lte=now)
    lapsed = list(over.select_related(*TOLD_OF))
    end_waits(lapsed, State.LAPSED)
    tell_lapsed(lapsed)
    return offer_places(thing, now)


def offer_places(thing: Thing, now: datetime | None = None) -> int:
    """Offer the free places of a thing whose row is locked; return how many.

    A group that goes together waits until there is a place for each, and is passed
    over meanwhile; it keeps its turn.
    """
    now = now or timezone.now()
    free, chosen = places_free(thing, now), []
    for party in parties_of(in_line(thing)):
        if len(party) <= free:
            chosen += party
            free -= len(party)
        if not free:
            break
    make_offers(chosen, now)
    return len(chosen)


def places_free(thing: Thing, now: datetime | None = None) -> int:
    """Places that are neither taken nor offered; of a session only until it begins."""
    if isinstance(thing, Category):
        return free_places([thing.pk]).get(thing.pk, NO_LIMIT)
    if isinstance(thing, Session):
        return session_places(thing, now or timezone.now())
    return choice_places(thing)


def session_places(session: Session, now: datetime) -> int:
    """Seats of a session that could be offered now."""
    item = released(session)
    if item is None or item.is_cancelled or (now >= item.start and not settings.DEMO):
        return 0
    free = seats_free(session)
    return NO_LIMIT if free is None else free


def choice_places(choice: FieldChoice) -> int:
    """Places of a limited choice that are neither taken nor offered."""
    taken = TakenChoice.objects.filter(choice=choice).count()
    return max((choice.places or 0) - taken - choice.waits.holding().count(), 0)


def make_offers(waits: list[Wait], now: datetime) -> None:
    """Offer places to some who wait for one thing; who has left meanwhile gets none."""
    if not waits:
        return
    until = now + offer_holds(waits[0].thing, now)
    rows = Wait.objects.filter(pk__in=[wait.pk for wait in waits])
    rows.filter(state=State.WAITING).update(state=State.OFFERED, offered_at=now, offer_until=until)
    told = rows.filter(state=State.OFFERED).select_related(*TOLD_OF)
    queue_letters(KIND, [offer_letter(w) for w in told if not mail_trouble(w.registration.person)])


def offer_holds(thing: Thing, now: datetime) -> timedelta:
    """How long an offer holds: two days, or half of the time until a session begins."""
    item = released(thing) if isinstance(thing, Session) else None
    if item is None or item.start <= now:
        return OFFER_HOLDS
    return min(OFFER_HOLDS, max((item.start - now) / 2, SHORTEST_OFFER))


def tell_lapsed(waits: Iterable[Wait]) -> None:
    """Tell who let the offer of a seat run out that it went to the next."""
    told = [w for w in waits if w.session_id and not mail_trouble(w.registration.person)]
    queue_letters(LAPSED, [offer_letter(wait) for wait in told])


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
def take_offer(wait_id: int, *, language: str, clash: str = ASK) -> None:
    """Take the place that is offered. Twice is once; too late is refused.

    `clash` says what becomes of seats that somebody has at the time of a session.
    """
    wait = locked_wait(wait_id)
    if wait.state == State.TAKEN:
        return
    if wait.state != State.OFFERED or (wait.offer_until or timezone.now()) <= timezone.now():
        raise DomainError(_("This offer is over."), code="over")
    end_waits([wait], State.TAKEN)
    if wait.category_id:
        approve_registration(wait.registration_id, by=None)
    elif wait.session:
        give_seat(wait.registration, wait.session, clash=clash)
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
    found = Wait.objects.filter(pk=wait_id).only("category", "choice", "session", "registration")
    wait = found.first()
    if wait is None:
        raise DomainError(_("You are no longer on this waiting list."), code="gone")
    if wait.choice_id:
        lock_registration(wait.registration_id)
    if wait.session_id:
        lock_holder(wait.registration_id)
    _locked(wait.category_id, wait.choice_id, wait.session_id)
    rows = Wait.objects.select_related(*TOLD_OF, "registration__category", "group")
    return rows.select_for_update(of=("self",)).get(pk=wait_id)


def _locked(category: int | None, choice: int | None, session: int | None) -> Thing:
    """The row of what is waited for."""
    if category:
        return _locked_category(category)
    return lock_session(session) if session else _locked_choice(choice or 0)


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
