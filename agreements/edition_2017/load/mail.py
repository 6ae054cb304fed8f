"""Letters that have gone out already, as the services write them, sent in the past."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from agreements.edition_2017.attendance import ROUNDS
from agreements.edition_2017.load.context import Context, local
from agreements.edition_2017.load.forms import FormLetters
from agreements.edition_2017.load.guests import Guest, Guests
from attendees.models import Invitation, Registration
from attendees.services import invitations, registrations, reminders
from hrconf.mailing.models import Batch, Message

State = Message.State
REFUSAL = "550 5.1.1 The address is not known here."


def load_mail(context: Context, guests: Guests) -> None:
    rng, forms = context.rng("mail"), FormLetters()
    load_invitations(context, guests, forms, rng)
    load_reminders(context, guests, forms, rng)
    load_confirmations(context, guests, forms, rng)


def load_invitations(context: Context, guests: Guests, forms: FormLetters, rng: Random) -> None:
    """Both rounds, each a batch; refused addresses say why."""
    for number, started in enumerate(ROUNDS, 1):
        invited = [
            guest
            for guest in guests.all
            if guest.invitation and guest.invitation.queued_at == local(started)
        ]
        title = f"Invitation of {len(invited)} guests, round {number}"
        batch = new_batch(context, "invitation", title, local(started))
        number_letters(context, [guest.invitation for guest in invited], batch)
        context.save([invitation_mail(guest, batch, forms, rng) for guest in invited])


def number_letters(context: Context, rows: list[Invitation], batch: Batch) -> None:
    """The letters of a round have numbers in the edition's register, after those before."""
    numbered = Invitation.objects.filter(edition=context.edition, number__isnull=False)
    for number, row in enumerate(rows, numbered.count() + 1):
        row.batch, row.number = batch, number
    Invitation.objects.bulk_update(rows, ["batch", "number"])


def invitation_mail(guest: Guest, batch: Batch, forms: FormLetters, rng: Random) -> Message:
    row = guest.invitation
    row.sendings = 0  # the letter counts the one that is being written
    letter = invitations.letter_for(row)
    row.sendings = 1
    group = (bool(row.association_id), row.category_id)
    message = forms.write(invitations.KIND, letter, group)
    if row.status == Invitation.Status.BOUNCED:
        return settle(message, batch, row.queued_at, None, rng)
    return settle(message, batch, row.queued_at, row.sent_at, rng)


def load_reminders(context: Context, guests: Guests, forms: FormLetters, rng: Random) -> None:
    """Those who had not answered were reminded once, ten days after."""
    reminded = [g for g in guests.all if g.invitation and g.invitation.reminders]
    sort = reminders.INVITATIONS
    rows = []
    for guest in reminded:
        row = guest.invitation
        row.reminders = 0
        letter = sort.letter(row)
        row.reminders = 1
        at = row.reminded_at
        rows.append(
            settle(
                forms.write(sort.mail, letter, bool(row.association_id)),
                None,
                at,
                after(at, rng),
                rng,
            )
        )
    context.save(rows)


def load_confirmations(context: Context, guests: Guests, forms: FormLetters, rng: Random) -> None:
    """Everyone with a place was told so, one by one as places were given."""
    rows = []
    for guest in guests.all:
        place = guest.registration
        if place and place.status == Registration.Status.CONFIRMED:
            letter = registrations.letter_for(place)
            message = forms.write(registrations.CONFIRMED, letter, place.category_id)
            at = place.decided_at
            rows.append(settle(message, None, at, after(at, rng), rng))
    context.save(rows)


def after(moment: datetime, rng: Random) -> datetime:
    return moment + timedelta(seconds=rng.randint(3, 90))


def new_batch(context: Context, kind: str, title: str, at: datetime) -> Batch:
    user = context.users["organizer"]
    return Batch.objects.create(kind=kind, title=title, created_at=at, created_by=user)


def settle(
    message: Message, batch: Batch | None, written: datetime, sent: datetime | None, rng: Random
) -> Message:
    """Give a composed message its past: sent at a moment, or refused for good."""
    message.batch = batch
    message.message_id = UUID(int=rng.getrandbits(128), version=4)
    message.created_at = message.send_after = written
    message.attempts = 1
    message.state = State.SENT if sent else State.REFUSED
    message.error = "" if sent else REFUSAL
    message.claimed_at = message.handed_at = sent or written + timedelta(seconds=30)
    message.sent_at = sent
    message.history = history(message, written)
    return message


def history(message: Message, written: datetime) -> list[dict[str, str]]:
    ended = message.sent_at or message.claimed_at
    steps: Iterable[tuple[datetime, str, str]] = [
        (written, State.QUEUED, ""),
        (ended, message.state, message.error),
    ]
    return [
        {"at": at.isoformat(timespec="seconds"), "state": str(state)}
        | ({"note": note} if note else {})
        for at, state, note in steps
    ]
