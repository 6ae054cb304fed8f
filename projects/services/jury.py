"""The jury's letters: their links, reminders of what is missing, new links for lost ones."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.services.letters import letter_to
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.links import link
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters
from projects.models import Juror, Round
from projects.services.score_sheets import progress_of
from projects.services.scoring import juror_token


def juror_link(juror: Juror, language: str) -> str:
    """The address of a juror's page; it needs no account."""
    return link(
        "projects:juror",
        language=language,
        edition=juror.edition.slug,
        token=juror_token(juror),
    )


def jurors_of(round: Round) -> list[Juror]:
    rows = Juror.objects.filter(round=round)
    return list(rows.select_related("person", "round__competition__edition"))


@transaction.atomic
def mail_links(round_id: int, *, by: User) -> int:
    """Mail each juror their link, once for each link; returns how many letters go out."""
    round = Round.objects.get(pk=round_id)
    letters = [
        letter(juror, f"juror:{juror.pk}:{juror.key_version}")
        for juror in jurors_of(round)
        if juror.person.email
    ]
    return len(queue_letters("jury_link", letters))


@transaction.atomic
def remind_missing(round_id: int, *, by: User) -> int:
    """Remind who has not scored all, once a day; returns how many letters go out."""
    round = Round.objects.select_related("competition__edition").get(pk=round_id)
    if not round.is_open:
        raise DomainError(_("Only jurors of an open round are reminded."), code="wrong_state")
    behind = {one.juror.pk for one in progress_of(round) if not one.is_done}
    today = timezone.now().astimezone(round.edition.tz).date()
    letters = [
        letter(juror, f"juror:{juror.pk}:{today}")
        for juror in jurors_of(round)
        if juror.pk in behind and juror.person.email
    ]
    return len(queue_letters("jury_reminder", letters))


def letter(juror: Juror, occasion: str) -> Letter:
    context = {"juror_link": juror_link(juror, juror.person.preferred_language)}
    return letter_to(juror.person, juror.edition, occasion=occasion, context=context)


def renew_link(juror_id: int, *, by: User) -> None:
    """A new link for a juror; the old one opens nothing from now on."""
    Juror.objects.filter(pk=juror_id).update(key_version=F("key_version") + 1)
