"""The audience's votes: one each, by badge or by a mail that was answered; then checked."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import Person, Registration
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.links import link
from hrconf.lib.tokens import make_token, read_token
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters
from projects.models import Entry, Round, Vote
from projects.services.trail import lock_round

LINK = "vote"
QUIET_MINUTES = 10  # within them a second request for the same vote mails nothing
HASH = 32  # hexadecimal digits of a voter
State = Vote.State


def voter_of(person: Person) -> str:
    """The one voter that a person is, whichever way they prove it."""
    return keyed(f"person:{person.pk}")


def voter_at(round: Round, email: str) -> str:
    """The voter behind an address: the guest it belongs to, or the mailbox itself.

    What follows a plus sign is the same mailbox.
    """
    name, _at, domain = email.strip().casefold().partition("@")
    plain = f"{name.partition('+')[0]}@{domain}"
    people = Person.objects.filter(
        email__iexact=email.strip(), merged_into=None, registrations__edition=round.edition
    )
    guest = people.order_by("pk").first()
    return voter_of(guest) if guest else keyed(f"mail:{plain}")


def keyed(text: str) -> str:
    """A hash that nobody without our secret can make, so that voters stay unknown."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"hrconf.vote.{text}".encode(), hashlib.sha256).hexdigest()[:HASH]


def vote_by_badge(round_id: int, *, entry_id: int, badge: str, source: str) -> Vote:
    """Cast the vote of who wears a badge. Raises DomainError: badge, closed, voted."""
    edition = Round.objects.select_related("competition__edition").get(pk=round_id).edition
    rows = Registration.objects.confirmed().filter(edition=edition, badge__iexact=badge.strip())
    found = rows.select_related("person").first()
    if found is None:
        raise DomainError(_("No badge of this conference has this code."), code="badge")
    return cast(
        round_id, entry_id=entry_id, voter=voter_of(found.person), via="badge", source=source
    )


def cast(round_id: int, *, entry_id: int, voter: str, via: str, source: str) -> Vote:
    """Write a vote that somebody has a right to; the database takes one of each voter."""
    try:
        with transaction.atomic():
            round = lock_round(round_id)
            must_take_votes(round)
            entry = entry_of(round, entry_id)
            return Vote.objects.create(
                round=round, entry=entry, voter=voter, via=via, source=keyed(f"from:{source}")
            )
    except IntegrityError:
        raise DomainError(_("You have voted already."), code="voted") from None


def must_take_votes(round: Round) -> None:
    if round.mode != Round.Mode.AUDIENCE or not round.is_open:
        raise DomainError(_("The vote is not open."), code="closed")


def entry_of(round: Round, entry_id: int) -> Entry:
    entry = Entry.objects.filter(round=round, pk=entry_id).first()
    if entry is None:
        raise DomainError(_("This project is not in the vote."), code="entry")
    return entry


# By mail --------------------------------------------------------------------------------


@transaction.atomic
def mail_vote_link(round: Round, *, entry_id: int, email: str, language: str) -> None:
    """Mail a link that casts the vote. Says nothing about who has voted already."""
    must_take_votes(round)
    entry = entry_of(round, entry_id)
    voter = voter_at(round, email)
    period = int(timezone.now().timestamp()) // (60 * QUIET_MINUTES)
    address = link(
        "projects:vote_proof",
        language=language,
        edition=round.edition.slug,
        token=make_token(LINK, round.pk, entry.pk, int(voter, 16)),
    )
    letter = Letter(
        recipient=f"voter:{voter}",
        occasion=f"vote:{round.pk}:{period}",
        to_address=email.strip(),
        to_name="",
        language=language,
        reply_to=round.edition.contact_email,
        context={"edition": round.edition, "vote_link": address},
    )
    queue_letters("vote", [letter])


@dataclass(frozen=True)
class Proof:
    """What a link in a mail stands for."""

    round: Round
    entry: Entry
    voter: str

    @property
    def edition(self):
        return self.round.edition


def proof_of(token: str, edition_slug: str) -> Proof | None:
    numbers = read_token(LINK, token, 3)
    if numbers is None:
        return None
    rows = Entry.objects.select_related("round__competition__edition", "project__holder")
    entry = rows.filter(
        pk=numbers[1], round=numbers[0], round__competition__edition__slug=edition_slug
    ).first()
    return Proof(entry.round, entry, f"{numbers[2]:0{HASH}x}") if entry else None


# Checked by the office ------------------------------------------------------------------


@dataclass
class Source:
    """The votes from one address: how many, how fast, for whom; many may share a hall's Wi-Fi."""

    key: str
    votes: int
    waiting: int
    first_at: datetime
    last_at: datetime
    most_in_a_minute: int
    favourites: list[tuple[Entry, int]]

    @property
    def is_odd(self) -> bool:
        """Many votes, nearly all for one project, or several in a minute from one address."""
        share = self.favourites[0][1] / self.votes
        return (self.votes >= 5 and share >= 0.8) or self.most_in_a_minute >= 10


def sources_of(round: Round) -> list[Source]:
    """The votes by where they came from, the most first: two queries."""
    entries = {entry.pk: entry for entry in round.entries.select_related("project")}
    found: dict[str, list[Vote]] = {}
    for vote in Vote.objects.filter(round=round).order_by("at"):
        found.setdefault(vote.source, []).append(vote)
    sources = [_source(key, votes, entries) for key, votes in found.items()]
    return sorted(sources, key=lambda one: (not one.is_odd, -one.votes, one.key))


def _source(key: str, votes: list[Vote], entries: dict[int, Entry]) -> Source:
    favourites = Counter(vote.entry_id for vote in votes).most_common(3)
    minutes = Counter(vote.at.replace(second=0, microsecond=0) for vote in votes)
    return Source(
        key=key,
        votes=len(votes),
        waiting=sum(vote.state == State.WAITING for vote in votes),
        first_at=votes[0].at,
        last_at=votes[-1].at,
        most_in_a_minute=max(minutes.values()),
        favourites=[(entries[pk], number) for pk, number in favourites],
    )


@transaction.atomic
def count_votes(round_id: int, *, sources: Iterable[str] | None = None, by: User) -> int:
    """Count what waits, of these addresses or of all; returns how many."""
    rows = to_check(round_id, sources)
    return rows.update(state=State.COUNTED, checked_by=by, reason="")


@transaction.atomic
def strike_votes(round_id: int, *, sources: Iterable[str], reason: str, by: User) -> int:
    """Strike out the votes of these addresses, counted ones too; returns how many."""
    if not reason.strip():
        raise DomainError(_("Striking out a vote needs a reason."), code="reason")
    lock_unpublished(round_id)
    rows = Vote.objects.filter(round=round_id, source__in=list(sources))
    rows = rows.exclude(state=State.STRUCK)
    return rows.update(state=State.STRUCK, checked_by=by, reason=reason.strip()[:300])


def to_check(round_id: int, sources: Iterable[str] | None):
    lock_unpublished(round_id)
    rows = Vote.objects.filter(round=round_id, state=State.WAITING)
    return rows if sources is None else rows.filter(source__in=list(sources))


def lock_unpublished(round_id: int) -> None:
    if lock_round(round_id).state == Round.State.PUBLISHED:
        raise DomainError(_("The ranking of this round is published."), code="published")
