"""Telling a release: one mail to everyone whom its changes concern.

The letters follow from the release and from who reads it; they are written after
its transaction, in chunks, by a job or by the sweeper. The outbox takes one letter
for each reader and release, so writing may be started again at any point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override

from events import tasks
from events.calendars import changes_calendar
from events.current import programme_of
from events.models import Release
from events.news import SessionNews, news_between
from events.notices import Notice, groups_named, notices
from events.programme import Programme
from hrconf.accounts.models import User
from hrconf.jobs.kinds import Progress, may_order
from hrconf.jobs.models import Job
from hrconf.jobs.services import start_job
from hrconf.lib.links import link
from hrconf.lib.wake import wake_on_commit
from hrconf.mailing.compose import Attached, Letter, compose
from hrconf.mailing.models import Message
from hrconf.mailing.services import queue_letters

KIND = "schedule_changed"
CHUNK = 200  # letters written and committed at a time
JOB = "release_news"
LOST_AFTER = timedelta(minutes=5)
TOLD_WITHIN = timedelta(days=1)  # an older release is no news: a restored backup tells nobody


def unwatched(done: int, total: int) -> None:
    """How far the work is, where nobody looks."""


def notices_of(release: Release) -> list[Notice]:
    """Whom a release is told, and of what."""
    before = Release.objects.before(release).first()
    known = programme_of(before) if before else None
    news = news_between(known, programme_of(release), release.changes)
    groups = groups_named(release.groups)
    return notices(release.edition, news, groups, is_first=before is None)


def order_telling(release: Release, *, by: User | None) -> None:
    """Have the mails of a release written once it is committed, as work its maker can watch."""
    if by and may_order(by, JOB):
        title = gettext("Mails of release %(number)s") % {"number": release.number}
        start_job(kind=JOB, title=title, options={"release": release.pk}, by=by)
    else:
        wake_on_commit(tasks.tell_release, release.pk)


def job_of(release: Release, by: User) -> Job | None:
    """The work that writes the mails of a release, if its maker can watch it."""
    return Job.objects.filter(kind=JOB, options={"release": release.pk}, created_by=by).first()


def tell_the_untold() -> int:
    """Write the mails of releases whose writing was lost; return how many releases."""
    now = timezone.now()
    lost = Release.objects.untold().filter(released_at__range=(now - TOLD_WITHIN, now - LOST_AFTER))
    ids = list(lost.values_list("pk", flat=True))
    for pk in ids:
        tell_release(pk)
    return len(ids)


def tell_release(pk: int, progress: Progress = unwatched) -> int:
    """Write the mails of a release; return how many were queued now."""
    release = Release.objects.select_related("edition__series", "batch").get(pk=pk)
    if release.told_at or not release.groups:
        return 0
    programme = programme_of(release)
    told = notices_of(release)
    leave_at = release.released_at + timedelta(seconds=settings.UNDO_SECONDS)
    queued: list[Message] = []
    for start in range(0, len(told), CHUNK):
        chunk = told[start : start + CHUNK]
        letters = letters_of(release, programme, chunk, leave_at)
        queued += queue_letters(KIND, letters, batch=release.batch)
        progress(start + len(chunk), len(told))
    Release.objects.filter(pk=pk).update(told_at=timezone.now())
    return len(queued)


def letters_of(
    release: Release, programme: Programme, told: Iterable[Notice], leave_at: Any = None
) -> list[Letter]:
    """The letters to some readers; who reads of the same sessions gets the same file."""

    @cache
    def calendar(news: tuple[SessionNews, ...], language: str) -> Attached:
        content = changes_calendar(programme, news, language)
        return (f"{programme.slug}-changes.ics", "text/calendar", content)

    return [
        Letter(
            recipient=notice.reader.recipient,
            occasion=f"release:{release.pk}",
            to_address=notice.reader.address,
            to_name=notice.reader.name,
            language=notice.reader.language,
            reply_to=release.edition.contact_email,
            context=context_of(release, programme, notice),
            attachments=[calendar(notice.news, notice.reader.language)],
            send_after=leave_at,
        )
        for notice in told
    ]


def context_of(release: Release, programme: Programme, notice: Notice) -> dict[str, Any]:
    language, slug = notice.reader.language, release.edition.slug
    return {
        "edition": release.edition,
        "release": release,
        "programme": programme,
        "news": notice.news,
        "clashes": notice.clashes(programme),
        "own_link": notice.reader.link,
        "schedule_link": link("events:schedule", language=language, edition=slug),
    }


def sample_letters(release: Release, programme: Programme, told: Sequence[Notice]) -> list[Message]:
    """One letter in each language, composed for a real reader and not saved."""
    found = []
    for language, _name in settings.LANGUAGES:
        notice = next((one for one in told if one.reader.language == language), None)
        if notice:
            with override(language):
                (letter,) = letters_of(release, programme, [without_secrets(notice)])
                found.append(compose(KIND, letter))
    return found


def without_secrets(notice: Notice) -> Notice:
    """The notice as the office may see it: a personal link opens a page for who has it."""
    page = notice.reader.link.rstrip("/").rpartition("/")[0]
    return replace(notice, reader=replace(notice.reader, link=f"{page}/…" if page else ""))
