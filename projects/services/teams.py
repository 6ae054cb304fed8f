"""The team of a project: asked by the applicant, each adds their own part."""

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
from projects.models import Application, TeamMember
from projects.services.applications import lock_application, refuse_unchangeable, send_version

KIND, REMOVED = "team_member", "team_removed"
PURPOSE = "team"
State = TeamMember.State


@transaction.atomic
def ask_member(application_id: int, details: Mapping[str, Any], *, language: str) -> TeamMember:
    """Put somebody on the team and mail them a link; the same address again is refused."""
    application = lock_application(application_id)
    refuse_unchangeable(application)
    email = details["email"].strip().lower()
    if application.team.filter(email__iexact=email).exists():
        text = _("Somebody of the team has this address.")
        raise DomainError({"email": DomainError(text, code="twice")})
    if application.team.count() >= application.kind.most_team:
        text = _("A team has at most %(most)s people.") % {"most": application.kind.most_team}
        raise DomainError(text, code="many")
    fields = {**details, "email": email, "language": language}
    member = TeamMember.objects.create(application=application, **fields)
    queue_letters(KIND, [_letter(application, member)])
    return member


@transaction.atomic
def remove_member(application_id: int, pk: int) -> None:
    """Take somebody off the team and tell them; their link ends. Twice changes nothing.

    Who said that they are not in the team is not told that they are out of it.
    """
    application = lock_application(application_id)
    refuse_unchangeable(application)
    member = application.team.filter(pk=pk).first()
    if member is None:
        return
    if member.state != State.DECLINED:
        queue_letters(REMOVED, [_removed_letter(application, member)])
    member.delete()
    if application.submitted_at:
        send_version(application)


@transaction.atomic
def answer_member(pk: int, details: Mapping[str, Any] | None) -> TeamMember:
    """A member's own part, or None if they are not in the team after all."""
    member = TeamMember.objects.select_related("application").get(pk=pk)
    application = lock_application(member.application_id)
    refuse_unchangeable(application)
    member = TeamMember.objects.select_for_update(of=("self",)).get(pk=pk)
    if details is None:
        member.state, member.part = State.DECLINED, ""
    else:
        member.state = State.JOINED
        for name in ["name_native", "name_latin", "role", "part"]:
            setattr(member, name, details[name])
        member.person = member.person or person_of(Typed(member))
    member.answered_at = timezone.now()
    member.save()
    if application.submitted_at:
        send_version(application)
    return member


class Typed:
    """A member as somebody whose address the link has proven."""

    country = ""
    organization = ""

    def __init__(self, row: Any) -> None:
        self.name_native, self.name_latin = row.name_native, row.name_latin
        self.email, self.language = row.email, row.language


def _letter(application: Application, member: TeamMember) -> Letter:
    return _to(application, member, "asked", {"member_link": member_link(member, application)})


def _removed_letter(application: Application, member: TeamMember) -> Letter:
    return _to(application, member, "removed", {})


def _to(
    application: Application, member: TeamMember, about: str, context: dict[str, Any]
) -> Letter:
    edition = application.edition
    return Letter(
        recipient=f"team:{member.pk}",
        occasion=f"team:{member.pk}:{about}",
        to_address=member.email,
        to_name=name_of(member),
        language=member.language,
        reply_to=edition.contact_email,
        context={
            "edition": edition,
            "project": application.project,
            "asks": application.project.holder or application.applicant,
            **context,
        },
    )


def name_of(row: Any) -> str:
    first, second = row.name_native, row.name_latin
    return (first or second) if row.language.startswith("zh") else (second or first)


def member_link(member: TeamMember, application: Application) -> str:
    """The member's own page; needs no login."""
    return link(
        "projects:member",
        language=member.language,
        edition=application.edition.slug,
        token=member_token(member),
    )


def member_token(member: TeamMember) -> str:
    edition = member.application.project.edition_id
    return make_token(PURPOSE, edition, member.pk, member.key_version)


def member_of(token: str, edition_slug: str) -> TeamMember | None:
    """Whom a link stands for; LinkOver for somebody who was taken off the team."""
    numbers = read_token(PURPOSE, token, 3)
    if numbers is None:
        return None
    rows = TeamMember.objects.select_related(
        "application__project__edition", "application__kind__call", "application__code"
    )
    member = rows.filter(pk=numbers[1]).first()
    if member is None:
        raise LinkOver
    edition = member.application.project.edition
    if edition.pk != numbers[0] or edition.slug != edition_slug:
        return None
    if member.key_version != numbers[2]:
        raise LinkOver
    return member
