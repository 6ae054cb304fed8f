"""Campaigns: scheduled, sent in chunks, paused, stopped; nobody gets one twice.

Who gets the letter is decided when sending starts, and asked again for each
chunk. The campaign's row is locked while a chunk is written, so that a pause
falls between two chunks and misses no letter. What was dealt with is counted in
the transaction that writes it, and the outbox takes one letter for each person
and campaign: a job that is killed and started again doubles nothing.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from attendees.audiences import people_of
from attendees.models import Campaign, Person
from attendees.services.letters import letter_to
from attendees.services.placeholders import Reader, paragraphs, pieces, plain
from attendees.services.previews import Preview
from attendees.services.recipients import COLUMNS, readers_of, recipients_of, sort_out, texts_of
from hrconf.accounts.models import User
from hrconf.jobs.kinds import Progress, may_order
from hrconf.jobs.models import Job
from hrconf.jobs.services import start_job
from hrconf.lib.errors import DomainError
from hrconf.mailing.batches import cancel_batch, hold_batch, let_batch_go
from hrconf.mailing.compose import Letter
from hrconf.mailing.models import Batch, Message
from hrconf.mailing.services import queue_letters

KIND, TEST = "campaign", "campaign_test"
JOB = "campaign"
State = Campaign.State
CHUNK = 200  # letters written and committed at a time
NOBODY_SENDS = gettext_noop("Nobody who may send campaigns stands behind it: schedule it again.")


def lock(pk: int) -> Campaign:
    """The campaign's row, ours until the transaction ends."""
    rows = Campaign.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("edition", "audience__edition", "batch", "scheduled_by").get(pk=pk)


def batch_of(campaign: Campaign) -> Batch:
    """The batch of a campaign that has started: a constraint sees to it."""
    if campaign.batch is None:
        raise RuntimeError("A campaign that has not started has no batch.")
    return campaign.batch


# What the office says ------------------------------------------------------------------


@transaction.atomic
def schedule_campaign(pk: int, *, by: User, at: datetime | None = None) -> Campaign:
    """Let a draft go out at an instant, or at once."""
    campaign = lock(pk)
    _refuse_unless(campaign, State.DRAFT)
    if not all(texts_of(campaign)):
        raise DomainError(_("Write the subject and the text in both languages."), code="no_text")
    if at is not None and at <= timezone.now():
        raise DomainError(_("Choose a time that is still to come."), code="past")
    if at is None and not recipients_of(campaign).going:
        raise DomainError(_("There is nobody to write to."), code="nobody_to_mail")
    campaign.scheduled_by, campaign.trouble = by, ""
    campaign.send_at = at or timezone.now()
    campaign.state = State.SCHEDULED
    if at is None:
        _start(campaign)
    campaign.save()
    return campaign


@transaction.atomic
def unschedule_campaign(pk: int, *, by: User) -> Campaign:
    """Take a scheduled campaign back: it is a draft again."""
    campaign = lock(pk)
    _refuse_unless(campaign, State.SCHEDULED)
    campaign.state, campaign.send_at = State.DRAFT, None
    campaign.save()
    return campaign


@transaction.atomic
def pause_campaign(pk: int, *, by: User) -> Campaign:
    """Hold what has not gone out; letters that were handed over are gone."""
    campaign = lock(pk)
    _refuse_unless(campaign, State.SENDING)
    return _pause(campaign)


def _pause(campaign: Campaign, trouble: str = "") -> Campaign:
    campaign.state, campaign.trouble = State.PAUSED, trouble
    hold_batch(batch_of(campaign))
    campaign.save()
    return campaign


@transaction.atomic
def resume_campaign(pk: int, *, by: User) -> Campaign:
    """Go on after a pause: what was held goes, and what was not written is written."""
    campaign = lock(pk)
    _refuse_unless(campaign, State.PAUSED)
    campaign.state, campaign.trouble, campaign.scheduled_by = State.SENDING, "", by
    let_batch_go(batch_of(campaign), by=by)
    if not campaign.is_written:
        _order(campaign)
    campaign.save()
    return campaign


@transaction.atomic
def stop_campaign(pk: int, *, by: User) -> Campaign:
    """End it for good: what waits never goes out."""
    campaign = lock(pk)
    _refuse_unless(campaign, State.SCHEDULED, State.SENDING, State.PAUSED)
    campaign.state, campaign.finished_at = State.STOPPED, timezone.now()
    if campaign.batch:
        cancel_batch(campaign.batch, by=str(by.pk))
    campaign.save()
    return campaign


def _refuse_unless(campaign: Campaign, *states: str) -> None:
    if campaign.state not in states:
        raise DomainError(_("The campaign is not in a state that allows this."), code="wrong_state")


def send_test(campaign: Campaign, person: Person, *, language: str, by: User) -> Message | None:
    """Mail the letter as a person would get it to whoever asks; its links open nothing."""
    reader = readers_of([person], campaign.edition, language=language, is_sample=True)[person.pk]
    letter = Letter(
        recipient=f"user:{by.pk}",
        occasion=f"campaign:{campaign.pk}:test:{timezone.now():%Y%m%dT%H%M%S}",
        to_address=by.email,
        to_name=person.name_in(language),
        language=language,
        context=_words(campaign, reader),
    )
    return next(iter(queue_letters(TEST, [letter])), None)


# Sending -------------------------------------------------------------------------------


def _start(campaign: Campaign) -> None:
    """Decide who gets the letter, and order the work of writing it."""
    preview = recipients_of(campaign)
    campaign.recipients = [person.pk for person in preview.going]
    campaign.batch = Batch.objects.create(
        kind=KIND,
        title=campaign.name,
        created_by=campaign.scheduled_by,
        report={"mails": preview.mails, "left_out": dict(preview.reasons)},
    )
    campaign.started_at, campaign.state = timezone.now(), State.SENDING
    _order(campaign)


def _order(campaign: Campaign) -> None:
    """Order the job; raises PermissionDenied where nobody who may stands behind it."""
    if campaign.scheduled_by is None:
        raise PermissionDenied
    start_job(
        kind=JOB,
        title=_("Campaign “%(name)s”") % {"name": campaign.name},
        options={"campaign": campaign.pk},
        by=campaign.scheduled_by,
    )


def write_campaign(pk: int, progress: Progress) -> int:
    """Write all letters that are not written yet, chunk by chunk; return how many.

    Ends early when somebody pauses or stops the campaign.
    """
    total = 0
    while (written := write_chunk(pk)) is not None:
        total += written
        done = Campaign.objects.only("written", "recipients").get(pk=pk)
        progress(done.written, len(done.recipients))
    return total


@transaction.atomic
def write_chunk(pk: int) -> int | None:
    """Write the next letters; return how many, or None when there is nothing to do."""
    campaign = lock(pk)
    if campaign.state != State.SENDING or campaign.is_written:
        return None
    keys = campaign.recipients[campaign.written : campaign.written + CHUNK]
    preview = _asked_again(campaign, keys)
    letters = letters_of(campaign, preview.going)
    messages = queue_letters(KIND, letters, batch=campaign.batch)
    _report(batch_of(campaign), preview)
    campaign.written += len(keys)
    campaign.save(update_fields=["written"])
    return len(messages)


def _asked_again(campaign: Campaign, keys: Sequence[int]) -> Preview[Person]:
    """Of the people chosen at the start those who are still to be written to."""
    rows = Person.objects.filter(pk__in=keys, merged_into__isnull=False)
    merged = dict(rows.values_list("pk", "merged_into"))
    now = {merged.get(key) or key for key in keys}
    people = list(Person.objects.filter(pk__in=now).only(*COLUMNS).order_by("pk"))
    inside = set(people_of(campaign.audience).filter(pk__in=now).values_list("pk", flat=True))
    preview = sort_out(campaign, [person for person in people if person.pk in inside])
    preview.left_out += [(person, "changed") for person in people if person.pk not in inside]
    return preview


def _report(batch: Batch, preview: Preview[Person]) -> None:
    """Add to the batch who was left out since the start."""
    if preview.left_out:
        left_out = Counter(batch.report.get("left_out", {})) + Counter(preview.reasons)
        batch.report = {**batch.report, "left_out": dict(left_out)}
        batch.save(update_fields=["report"])


def letters_of(campaign: Campaign, people: Sequence[Person]) -> list[Letter]:
    """The letter to each person, in the language they read."""
    readers = readers_of(people, campaign.edition)
    return [
        letter_to(
            person,
            campaign.edition,
            occasion=f"campaign:{campaign.pk}",
            context=_words(campaign, readers[person.pk]),
        )
        for person in people
    ]


def _words(campaign: Campaign, reader: Reader) -> dict[str, object]:
    """What the templates of a campaign's letter are given."""
    subject, text = texts_in(campaign, reader.language)
    found = pieces(text, reader)
    return {
        "edition": campaign.edition,
        "subject": "".join(piece.text for piece in pieces(subject, reader)),
        "plain": plain(found),
        "paragraphs": paragraphs(found),
    }


def texts_in(campaign: Campaign, language: str) -> tuple[str, str]:
    """Subject and text in a language."""
    if language.startswith("zh"):
        return campaign.subject_zh_hans, campaign.text_zh_hans
    return campaign.subject_en, campaign.text_en


# What beat asks ------------------------------------------------------------------------


def settle_campaigns(now: datetime | None = None) -> dict[str, int]:
    """Start what is due, end what is done, see after what stands; safe to run twice."""
    now = now or timezone.now()
    return {
        "started": sum(_start_due(pk, now) for pk in _keys(Campaign.objects.due(now))),
        "stuck": sum(_pause_stuck(pk) for pk in _keys(_unwritten())),
        "held": _hold_late(),
        "sent": _end_done(now),
    }


def _keys(rows) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _start_due(pk: int, now: datetime) -> bool:
    campaign = lock(pk)
    if campaign.state != State.SCHEDULED or (campaign.send_at or now) > now:
        return False
    by = campaign.scheduled_by
    if by is None or not may_order(by, JOB):
        campaign.state, campaign.send_at, campaign.trouble = State.DRAFT, None, NOBODY_SENDS
        campaign.save()
        return False
    _start(campaign)
    campaign.save()
    return True


def _unwritten():
    unwritten = Campaign.objects.filter(state=State.SENDING)
    return unwritten.filter(written__lt=Coalesce(F("recipients__len"), 0))


@transaction.atomic
def _pause_stuck(pk: int) -> bool:
    """Pause a campaign whose job has failed, and say why; a person resumes it."""
    campaign = lock(pk)
    jobs = Job.objects.filter(kind=JOB, options__campaign=pk).order_by("-pk")
    newest = jobs.first()
    if newest is None or newest.state != Job.State.FAILED or campaign.state != State.SENDING:
        return False
    _pause(campaign, newest.error)
    return True


def _hold_late() -> int:
    """Hold or cancel what a worker put back into the queue after the pause or stop."""
    count = 0
    paused = Campaign.objects.filter(state=State.PAUSED).select_related("batch")
    for campaign in paused:
        count += hold_batch(batch_of(campaign))
    waiting = Message.objects.waiting().filter(batch=OuterRef("batch"))
    stopped = Campaign.objects.filter(Exists(waiting), state=State.STOPPED)
    for campaign in stopped.select_related("batch"):
        count += cancel_batch(batch_of(campaign), by="")
    return count


def _end_done(now: datetime) -> int:
    """Campaigns whose letters are all written and have all gone out, or never will."""
    under_way = [Message.State.HELD, Message.State.QUEUED, Message.State.SENDING]
    waiting = Message.objects.filter(batch=OuterRef("batch"), state__in=under_way)
    done = Campaign.objects.filter(~Exists(waiting), state=State.SENDING)
    done = done.filter(written__gte=Coalesce(F("recipients__len"), 0))
    return done.update(state=State.SENT, finished_at=now)
