"""Delegations: their leader names members, sees how far each is, replaces who cannot come.

Locking: the delegation, then the edition (as every invitation); whoever counts a
delegation's places holds its row.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import cast

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendees.importing.people import name_keys
from attendees.models import Category, Delegation, Invitation, Person, Registration
from attendees.services.answers import LinkOver, decline_invitation
from attendees.services.clock import is_over
from attendees.services.invitations import invite_now, withdraw_invitation
from attendees.services.letters import letter_to
from attendees.services.previews import Preview, mail_troubles
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.links import link
from hrconf.lib.tokens import make_token, read_token
from hrconf.mailing.compose import Letter
from hrconf.mailing.models import Batch
from hrconf.mailing.services import queue_letters

PURPOSE = "delegation"
KIND = "delegation"
Status = Invitation.Status
# Whose place in the quota is free again.
GONE = [Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN, Status.DEPUTY]
ENDED = [Registration.Status.CANCELLED, Registration.Status.DECLINED]


@dataclass(frozen=True)
class Member:
    """Somebody whom the delegation sends, as their leader sees them."""

    person: Person
    invitation: Invitation | None
    registration: Registration | None

    @property
    def step(self) -> str:
        """How far they are: nominated, invited, registered, confirmed, came, or gone."""
        place = self.registration
        if place and place.arrived_at:
            return "came"
        if place and place.status not in ENDED:
            return "confirmed" if place.status == Registration.Status.CONFIRMED else "registered"
        if self.invitation and self.invitation.status in GONE:
            return self.invitation.status
        if place:
            return "declined"
        is_draft = self.invitation is None or self.invitation.status == Status.DRAFT
        return "nominated" if is_draft else "invited"

    @property
    def may_be_replaced(self) -> bool:
        return self.invitation is not None and self.step in {
            "nominated",
            "invited",
            "registered",
            "confirmed",
        }


# The leader's link ----------------------------------------------------------------------


def delegation_link(delegation: Delegation, language: str) -> str:
    """The page of a delegation's leader; needs no login."""
    return link(
        "attendees:delegation",
        language=language,
        edition=delegation.edition.slug,
        token=delegation_token(delegation),
    )


def delegation_token(delegation: Delegation) -> str:
    leader = delegation.leader_id or 0
    return make_token(PURPOSE, delegation.edition_id, delegation.pk, leader, delegation.key_version)


def delegation_of(token: str, edition_slug: str) -> Delegation | None:
    """The delegation a link stands for; None for a link that we never made.

    Raises LinkOver when somebody else leads it now, the link was renewed, or the
    edition is over.
    """
    numbers = read_token(PURPOSE, token, 4)
    if numbers is None:
        return None
    edition_id, pk, leader, key_version = numbers
    found = (
        Delegation.objects.select_related("edition", "association", "leader", "category")
        .filter(pk=pk, edition_id=edition_id, edition__slug=edition_slug)
        .first()
    )
    if found is None:
        return None
    if (found.leader_id, found.key_version) != (leader, key_version) or is_over(found.edition):
        raise LinkOver
    return found


def preview_leaders(ids: Collection[int]) -> Preview[Delegation]:
    """Which leaders would get their link by mail, and which not, and why."""
    preview: Preview[Delegation] = Preview()
    rows = Delegation.objects.select_related("edition", "association", "leader")
    rows = rows.filter(pk__in=ids).order_by("pk")
    troubles = mail_troubles(row.leader for row in rows if row.leader)
    for delegation in rows:
        leader = delegation.leader
        trouble = troubles.get(leader.pk) if leader else "no_leader"
        if trouble:
            preview.left_out.append((delegation, trouble))
        else:
            preview.going.append(delegation)
    return preview


@transaction.atomic
def mail_leaders(ids: Collection[int], *, by: User) -> Batch:
    """Mail leaders the link to their page; who has had it today gets no other."""
    preview = preview_leaders(ids)
    if not preview.going:
        raise DomainError(_("There is nobody to mail among these."), code="nobody_to_mail")
    count = len(preview.going)
    title = ngettext("Page of %(count)s leader", "Pages of %(count)s leaders", count)
    batch = Batch.objects.create(
        kind=KIND, title=title % {"count": count}, created_by=by, report=preview.report()
    )
    letters = [_letter(each) for each in preview.going]
    queue_letters(KIND, letters, batch=batch)
    return batch


def _letter(delegation: Delegation) -> Letter:
    leader = cast(Person, delegation.leader)  # who has none is left out
    return letter_to(
        leader,
        delegation.edition,
        occasion=f"delegation:{delegation.pk}:{timezone.localdate()}",
        context={
            "delegation": delegation,
            "page_link": delegation_link(delegation, leader.preferred_language),
        },
    )


# Who is in it ---------------------------------------------------------------------------


def members_of(delegation: Delegation) -> list[Member]:
    """Everybody who is or was in the delegation, by name; two queries."""
    invitations = delegation.invitations.select_related("person", "registration")
    found = [Member(row.person, row, getattr(row, "registration", None)) for row in invitations]
    others = delegation.registrations.filter(
        Q(invitation=None) | ~Q(invitation__delegation=delegation)
    )
    found += [Member(row.person, None, row) for row in others.select_related("person")]
    return sorted(
        found, key=lambda member: (member.step in {*GONE, "declined"}, member.person.sort_key)
    )


def places_left(delegation: Delegation) -> int:
    """How many more members the leader may name."""
    taken = sum(member.step not in {*GONE, "declined"} for member in members_of(delegation))
    return max(delegation.quota - taken, 0)


def may_nominate(delegation: Delegation) -> bool:
    """Whether the leader may still name members."""
    edition = delegation.edition
    opening = datetime.combine(edition.starts_on, time.min, tzinfo=edition.tz)
    today = timezone.now().astimezone(edition.tz).date()
    in_time = (
        today <= delegation.nominate_until
        if delegation.nominate_until
        else timezone.now() < opening
    )
    return in_time or settings.DEMO


# What the leader does -------------------------------------------------------------------


@transaction.atomic
def nominate(
    delegation_id: int, guests: Sequence[Mapping[str, str]], *, replaces: int | None = None
) -> list[Invitation]:
    """Name members, who are mailed their own links at once: all of them or none.

    `guests` have name_native, name_latin, email and whatever else of a person is
    known, already validated. `replaces` is the invitation of who cannot come.
    """
    delegation = _locked(delegation_id)
    if not may_nominate(delegation):
        raise DomainError(_("The time to name members is over."), code="too_late")
    if replaces is not None:
        _take_out(delegation, replaces)
    left = places_left(delegation)
    if len(guests) > left:
        text = ngettext(
            "Your delegation has %(count)s place left.",
            "Your delegation has %(count)s places left.",
            left,
        )
        raise DomainError(text % {"count": left}, code="quota")
    return [_invite(delegation, guest) for guest in guests]


@transaction.atomic
def take_out(delegation_id: int, invitation_id: int) -> None:
    """Take a member out who cannot come; their link ends, and so does their place."""
    _take_out(_locked(delegation_id), invitation_id)


def _take_out(delegation: Delegation, invitation_id: int) -> None:
    member = next(
        (m for m in members_of(delegation) if m.invitation and m.invitation.pk == invitation_id),
        None,
    )
    if member is None or not member.may_be_replaced:
        raise DomainError(_("This member cannot be replaced."), code="not_replaceable")
    if member.step in {"registered", "confirmed"} or _has_accepted(member):
        decline_invitation(invitation_id, note=_("Replaced by the leader of the delegation."))
    else:
        withdraw_invitation(invitation_id, by=None)


def _has_accepted(member: Member) -> bool:
    return member.invitation is not None and member.invitation.status == Status.ACCEPTED


def _invite(delegation: Delegation, guest: Mapping[str, str]) -> Invitation:
    person = _person(guest)
    if Invitation.objects.filter(edition=delegation.edition_id, person=person).exists():
        text = _("%(name)s is invited already.") % {"name": _name(guest)}
        raise DomainError(text, code="invited")
    invitation = Invitation.objects.create(
        edition=delegation.edition,
        person=person,
        category=_category(delegation),
        association=delegation.association,
        delegation=delegation,
    )
    invite_now(invitation)
    return invitation


def _person(guest: Mapping[str, str]) -> Person:
    """Who is written to at the address under one of the names, else somebody new."""
    wanted = name_keys(guest)
    for person in Person.objects.of_address(guest["email"]).select_for_update(no_key=True):
        names = {"name_native": person.name_native, "name_latin": person.name_latin}
        if wanted & name_keys(names):
            return person
    return Person.objects.create(**guest)


def _name(guest: Mapping[str, str]) -> str:
    return guest.get("name_native") or guest.get("name_latin") or ""


def _category(delegation: Delegation) -> Category:
    found = (
        delegation.category
        or delegation.edition.categories.filter(kind=Category.Kind.PROFESSIONAL).first()
    )
    if found is None:
        raise DomainError(_("The office has not said yet as what members come."), code="category")
    return found


def _locked(delegation_id: int) -> Delegation:
    rows = Delegation.objects.select_related("edition", "association", "category")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=delegation_id)
