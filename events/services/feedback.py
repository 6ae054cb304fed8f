"""Feedback of the audience: taken without an account, summed up for the speakers."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.db.models import Avg, Count
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Feedback, Session, Speaker
from hrconf.lib.errors import DomainError

SALT = "hrconf.feedback"
TICKET_SECONDS = 60 * 24 * 3600


@dataclass(frozen=True)
class Summary:
    """How many said something of a session, and their mean in stars."""

    session: Session
    count: int
    mean: float


def make_ticket(guid: str) -> str:
    """A form's number, which counts for one session and for sixty days."""
    return signing.TimestampSigner(salt=SALT).sign_object([guid, str(uuid.uuid4())])


def read_ticket(ticket: str, guid: str) -> uuid.UUID | None:
    """The number of a form that we handed out for this session; None of any other."""
    try:
        signer = signing.TimestampSigner(salt=SALT)
        of, number = signer.unsign_object(ticket, max_age=TICKET_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return uuid.UUID(number) if of == guid else None


def give_feedback(
    session: Session, *, ticket: str, stars: int, text: str, language: str
) -> Feedback:
    """Note what a reader says; the same form sent again corrects it. Raises DomainError."""
    number = read_ticket(ticket, str(session.guid))
    if number is None:
        raise DomainError(_("This form is too old. Please send it once more."))
    said = {"stars": stars, "text": text, "language": language, "given_at": timezone.now()}
    feedback, _is_new = Feedback.objects.update_or_create(
        session=session, ticket=number, defaults=said
    )
    return feedback


def summaries(speaker: Speaker) -> Iterable[Summary]:
    """What was said of each session of a speaker; one query."""
    rows = (
        Session.objects.filter(appearances__speaker=speaker, feedback__isnull=False)
        .annotate(said=Count("feedback", distinct=True), mean=Avg("feedback__stars"))
        .order_by("code")
    )
    return [Summary(row, row.said, row.mean) for row in rows]
