"""What came of a deed, and how the office is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrconf.jobs.progress import report, reporting_to
from hrconf.lib.wording import labelled, listed
from hrconf.mailing.models import Batch
from hrconf.office.links import office_link
from hrconf.office.models import DoneDeed

MOST_REFUSALS = 10


@dataclass
class Outcome:
    """How many rows were changed and mailed, who was left out or refused, and why."""

    done: int = 0
    mails: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    batch: Batch | None = None
    done_deed: DoneDeed | None = None


def each(
    rows: Sequence[Any],
    do: Callable[[Any], object],
    *,
    is_told: Callable[[Any], bool] = lambda row: False,
) -> Outcome:
    """Do something to each row by itself; who is refused is named with the reason.

    `is_told` says of a row that was done whether a mail about it is queued. As long
    work it says how far it is.
    """
    outcome = Outcome()
    for number, row in enumerate(rows, 1):
        try:
            with reporting_to(None):  # the rows are what counts, not the steps of one
                do(row)
        except ValidationError as refusal:
            outcome.refused.append((str(row), " ".join(refusal.messages)))
        else:
            outcome.done += 1
            outcome.mails += is_told(row)
        report(number, len(rows))
    return outcome


def outcome_of(result: object) -> Outcome:
    """Read what a service returned: an outcome, a batch of mails, or a preview."""
    if isinstance(result, Outcome):
        return result
    if isinstance(result, Batch):
        report = result.report
        return Outcome(report["mails"], report["mails"], report["left_out"], batch=result)
    return Outcome(len(result.going), result.mails, dict(result.reasons))


def tell(request: HttpRequest, title: str, outcome: Outcome, reasons: Mapping[str, object]) -> None:
    """Say it in messages: one for what was done, one for each kind of what was not."""
    if outcome.done:
        messages.success(request, _done(request, title, outcome))
    if link := undo_link(outcome.done_deed, request):
        messages.info(request, link)
    if outcome.left_out:
        parts = [f"{reasons.get(key, key)} ({count})" for key, count in outcome.left_out.items()]
        text = _("%(deed)s: left out: %(reasons)s.")
        messages.warning(request, text % {"deed": title, "reasons": listed(parts)})
    for name, reason in outcome.refused[:MOST_REFUSALS]:
        messages.error(request, labelled(name, reason))
    if rest := outcome.refused[MOST_REFUSALS:]:
        text = ngettext("%(count)s more was refused.", "%(count)s more were refused.", len(rest))
        messages.error(request, text % {"count": len(rest)})


def _done(request: HttpRequest, title: str, outcome: Outcome) -> SafeString:
    done = ngettext("%(deed)s: %(count)s done.", "%(deed)s: %(count)s done.", outcome.done)
    text = done % {"deed": title, "count": outcome.done}
    if not outcome.mails:
        return format_html("{}", text)
    mails = ngettext("%(count)s mail is queued.", "%(count)s mails are queued.", outcome.mails)
    mails = mails % {"count": outcome.mails}
    link = office_link(outcome.batch, request.user) if outcome.batch else ""
    if not link:
        return format_html("{} {}", text, mails)
    return format_html('{} <a class="office-told" href="{}">{}</a>', text, link, mails)


def undo_link(done: DoneDeed | None, request: HttpRequest) -> SafeString | str:
    """Until when a deed can be undone, and where."""
    if done is None:
        return ""
    until = date_format(timezone.localtime(done.undo_until), "H:i:s")
    if done.mails:
        text = _("The mails wait until %(time)s.") % {"time": until}
    else:
        text = _("This can be undone until %(time)s.") % {"time": until}
    return format_html(
        '{} <a class="office-told" href="{}">{}</a>', text, undo_address(done), _("Undo")
    )


def undo_address(done: DoneDeed) -> str:
    return reverse("admin:office_donedeed_undo", args=[done.pk])
