"""The thread of a person: what happened to them, from the invitation to the signature.

Every app contributes from a module `timeline.py` of its own, which is found at
start-up; nothing here knows what happens upstairs.

    @contributes
    def signatures(person: Person, user: User) -> Iterable[Entry]: ...

A contributor asks a number of queries that does not grow with its rows, and
gives nothing that the user may not see.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import (
    CheckIn,
    Invitation,
    Mark,
    Person,
    Seat,
)
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.accounts.templatetags.look import tone
from hrconf.mailing.models import Message
from hrconf.office.links import office_link

# More than anyone looks through; a guard against a row that repeats without end.
MOST = 100


@dataclass(frozen=True)
class Entry:
    """Something that happened: when, what, and where to read more.

    `at` may be a day without a time. `tone` is good, note, warn, bad or quiet.
    """

    at: datetime | date
    title: str
    text: str = ""
    url: str = ""
    by: str = ""
    tone: str = "quiet"
    icon: str = "circle"
    edition: Edition | None = None

    @property
    def has_time(self) -> bool:
        return isinstance(self.at, datetime)

    @property
    def instant(self) -> datetime:
        """For sorting: a day without a time stands at its end."""
        if isinstance(self.at, datetime):
            return self.at
        return timezone.make_aware(datetime.combine(self.at, time.max))


Contributor = Callable[[Person, User], Iterable[Entry]]
_contributors: list[Contributor] = []


def contributes(function: Contributor) -> Contributor:
    """Register a function that gives entries of a person's thread."""
    _contributors.append(function)
    return function


@dataclass
class Chapter:
    """What happened around one edition; without one, what belongs to none."""

    edition: Edition | None
    entries: list[Entry]


def chapters_of(entries: Iterable[Entry]) -> list[Chapter]:
    """A thread grouped by edition, the newest first.

    What names no edition, such as a mail, stands with the edition of its year.
    """
    entries = list(entries)
    editions = {entry.edition.pk: entry.edition for entry in entries if entry.edition}
    by_year = {edition.year: edition for edition in editions.values()}
    chapters = {
        edition.pk: Chapter(edition, [])
        for edition in sorted(editions.values(), key=lambda one: one.starts_on, reverse=True)
    }
    rest = Chapter(None, [])
    for entry in entries:
        edition = entry.edition or by_year.get(entry.at.year)
        (chapters[edition.pk] if edition else rest).entries.append(entry)
    return [*chapters.values(), *([rest] if rest.entries else [])]


def thread_of(person: Person, user: User) -> list[Entry]:
    """All that happened to a person and that the user may see, the newest first."""
    entries = [entry for function in _contributors for entry in function(person, user)]
    return sorted(entries, key=lambda entry: entry.instant, reverse=True)


@contributes
def invitations(person: Person, user: User) -> Iterator[Entry]:
    if not user.has_perm("attendees.view_invitation"):
        return
    found = person.invitations.select_related("edition", "category", "association", "owner")
    for invitation in found.prefetch_related("marks__by", "contacts__by")[:MOST]:
        url = office_link(invitation, user)
        yield from invitation_entries(invitation, url)
        yield from mark_entries(invitation, url)
        yield from contact_entries(invitation, url)


def invitation_entries(invitation: Invitation, url: str) -> Iterator[Entry]:
    """An invitation drawn up, opened, answered; that it was mailed the outbox tells."""
    year, owner = invitation.edition.year, invitation.owner
    yield Entry(
        invitation.created_at,
        _("Chosen as a guest of %(year)s") % {"year": year},
        text=joined(invitation.category.name, invitation.association),
        by=str(owner) if owner else "",
        url=url,
        icon="person_add",
        edition=invitation.edition,
    )
    if invitation.opened_at:
        title = _("Opened the invitation to %(year)s") % {"year": year}
        opened = invitation.edition
        yield Entry(
            invitation.opened_at, title, url=url, tone="note", icon="drafts", edition=opened
        )
    if invitation.answered_at and not invitation.marks.all():  # brought from elsewhere
        yield Entry(
            invitation.answered_at,
            _("Answered the invitation to %(year)s: %(answer)s")
            % {"year": year, "answer": invitation.get_status_display()},
            text=invitation.answer_note,
            url=url,
            tone=tone(invitation.status),
            icon="reply",
            edition=invitation.edition,
        )


def mark_entries(invitation: Invitation, url: str) -> Iterator[Entry]:
    """Each answer as it was given, and what became of the invitation in between."""
    for mark in invitation.marks.all():
        is_answer = mark.kind == Mark.Kind.ANSWER
        what = mark.get_status_display() if is_answer else mark.get_kind_display()
        title = (
            _("Answered the invitation to %(year)s: %(answer)s")
            if is_answer
            else _("Invitation to %(year)s: %(answer)s")
        )
        yield Entry(
            mark.at,
            title % {"year": invitation.edition.year, "answer": what},
            text=mark.text,
            by=str(mark.by or ""),
            url=url,
            tone=tone(mark.status) if is_answer else "quiet",
            icon=MARK_ICONS.get(mark.kind, "reply"),
            edition=invitation.edition,
        )


def contact_entries(invitation: Invitation, url: str) -> Iterator[Entry]:
    """Conversations that the office noted."""
    for contact in invitation.contacts.all():
        yield Entry(
            contact.on,
            _("Conversation: %(way)s") % {"way": contact.get_way_display()},
            text=contact.text,
            by=str(contact.by or ""),
            url=url,
            tone="note",
            icon="call",
            edition=invitation.edition,
        )


MARK_ICONS = {
    Mark.Kind.DEPUTY_NAMED: "group_add",
    Mark.Kind.DEPUTY_BACK: "undo",
    Mark.Kind.DEPUTY_DECLINED: "person_off",
    Mark.Kind.EXPIRED: "timer_off",
    Mark.Kind.ASKED_AGAIN: "contact_support",
    Mark.Kind.OPENED_AGAIN: "lock_open",
    Mark.Kind.EXTENDED: "event",
    Mark.Kind.WITHDRAWN: "undo",
    Mark.Kind.OWNER: "person_pin",
    Mark.Kind.ADDRESS: "alternate_email",
}


@contributes
def seats(person: Person, user: User) -> Iterator[Entry]:
    if not user.has_perm("attendees.view_seat"):
        return
    found = Seat.objects.filter(registration__person=person).select_related("session__edition")
    for seat in found[:MOST]:
        yield Entry(
            seat.created_at,
            _("Seat in “%(session)s”: %(status)s")
            % {"session": seat.session, "status": seat.get_status_display()},
            url=office_link(seat.session, user),
            tone=tone(seat.status),
            icon="event_seat",
            edition=seat.session.edition,
        )


@contributes
def checkins(person: Person, user: User) -> Iterator[Entry]:
    if not user.has_perm("attendees.view_checkin"):
        return
    related = ["session", "by", "registration__edition"]
    found = CheckIn.objects.filter(registration__person=person).select_related(*related)
    for checkin in found[:MOST]:
        yield Entry(
            checkin.at,
            _("Let in to “%(session)s”") % {"session": checkin.session}
            if checkin.session
            else _("Arrived at the conference"),
            text=_("Gate %(gate)s") % {"gate": checkin.gate} if checkin.gate else "",
            by=str(checkin.by or ""),
            url=office_link(checkin, user),
            tone="good",
            icon="login",
            edition=checkin.registration.edition,
        )


@contributes
def mails(person: Person, user: User) -> Iterator[Entry]:
    if not user.has_perm("mailing.view_message"):
        return
    found = Message.objects.filter(recipient=f"person:{person.pk}").defer("text", "html")
    editions = editions_of(person)
    for message in found[:MOST]:
        yield Entry(
            message.sent_at or message.created_at,
            _("Mail “%(subject)s”: %(state)s")
            % {"subject": message.subject, "state": message.get_state_display()},
            text=message.error,
            url=office_link(message, user),
            tone=tone(message.state),
            icon="mail",
            edition=editions.get(":".join(message.occasion.split(":")[:2])),
        )


def editions_of(person: Person) -> dict[str, Edition]:
    """The editions of what mails to a person are about, by how occasions begin."""
    invitations = person.invitations.select_related("edition")
    registrations = person.registrations.select_related("edition")
    return {
        **{f"invitation:{one.pk}": one.edition for one in invitations},
        **{f"registration:{one.pk}": one.edition for one in registrations},
        **{f"programme:{one.edition_id}": one.edition for one in registrations},
    }


@contributes
def merges(person: Person, user: User) -> Iterator[Entry]:
    """Records that were found to be of the same person."""
    if not user.has_perm("attendees.view_merge"):
        return
    for merge in person.merges.filter(undone_at=None).select_related("merged_by")[:MOST]:
        yield Entry(
            merge.merged_at,
            _("Another record was merged into this one"),
            by=str(merge.merged_by or ""),
            url=office_link(merge, user),
            icon="merge",
        )


def joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
