"""Public pages of projects: asked for, approved by the holder, taken off."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.services.answers import LinkOver
from attendees.services.letters import letter_to
from attendees.services.previews import mail_troubles
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.links import link
from hrconf.lib.tokens import make_token, read_token
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters
from projects.models import Project, ShowcasePage

State = ShowcasePage.State
ASKED, REMINDED = "showcase_page", "showcase_reminder"
PURPOSE = "showcase"
# Whose pages may be public. Another state takes a page from the showcase at once.
SHOWN = [Project.Status.ACCEPTED]
TEXTS = ["title", "organization", "summary"]
LANGUAGES = ["en", "zh_hans"]
FIELDS = [*(f"{name}_{code}" for name in TEXTS for code in LANGUAGES), "website"]
QUIET = timedelta(days=2)  # between two letters about one page


def shown_projects(edition: Edition) -> QuerySet[Project]:
    """Projects whose pages may be public, whether anybody approved them or not."""
    return Project.objects.filter(edition=edition, status__in=SHOWN)


def unapproved(edition: Edition) -> QuerySet[Project]:
    """Accepted projects that the public cannot read of, since nobody said yes or no."""
    return shown_projects(edition).exclude(page__state__in=[State.APPROVED, State.OFF])


def pages() -> QuerySet[ShowcasePage]:
    return ShowcasePage.objects.select_related("project__edition", "project__holder")


@transaction.atomic
def ask_holders(edition: Edition, *, by: User | None) -> int:
    """Mail every holder who has not been asked the link to their page; return the letters.

    Twice, or two at once, ask nobody twice: the edition's row is locked, and the outbox
    knows the occasion. Projects that nobody holds, or whose holder has no address, wait.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    without = shown_projects(edition).filter(page=None, holder__isnull=False)
    ShowcasePage.objects.bulk_create([ShowcasePage(project=one) for one in without])
    rows = pages().filter(
        project__in=shown_projects(edition).held(), state=State.WAITING, asked_at=None
    )
    return _write(rows, ASKED, lambda page: "asked", asked_at=timezone.now())


@transaction.atomic
def remind_holders(edition: Edition, *, by: User | None) -> int:
    """Mail again who has neither approved nor taken off; not within two days of a letter."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    before = timezone.now() - QUIET
    rows = pages().filter(
        project__in=shown_projects(edition).held(), state=State.WAITING, asked_at__lt=before
    )
    due = [page for page in rows if page.reminded_at is None or page.reminded_at < before]
    for page in due:
        page.reminders += 1
    return _write(due, REMINDED, lambda page: str(page.reminders), reminded_at=timezone.now())


def _write(rows: Any, kind: str, occasion: Callable[[ShowcasePage], str], **told: Any) -> int:
    """The letters about pages, and that they were written; the same queries for any number."""
    asked = list(rows)
    troubles = mail_troubles([page.project.holder for page in asked if page.project.holder])
    writing = [page for page in asked if page.project.holder_id not in troubles]
    for page in writing:
        for name, value in told.items():
            setattr(page, name, value)
    ShowcasePage.objects.bulk_update(writing, [*told, "reminders"], batch_size=500)
    return len(queue_letters(kind, [_letter(page, occasion(page)) for page in writing]))


def _letter(page: ShowcasePage, occasion: str) -> Letter:
    holder = page.project.holder
    if holder is None:
        raise ValueError("Nobody holds this project.")
    context = {"project": page.project, "page_link": page_link(page, holder.preferred_language)}
    occasion = f"project:{page.project_id}:{page.key_version}:{occasion}"
    return letter_to(holder, page.project.edition, occasion=occasion, context=context)


def page_link(page: ShowcasePage, language: str) -> str:
    """The holder's own page about the public one; needs no login."""
    return link(
        "projects:own_page",
        language=language,
        edition=page.project.edition.slug,
        token=page_token(page),
    )


def page_token(page: ShowcasePage) -> str:
    """Good for this holder only: who takes a project over gets a link of their own."""
    numbers = [page.project.edition_id, page.pk, page.project.holder_id or 0, page.key_version]
    return make_token(PURPOSE, *numbers)


def page_of_link(token: str, edition_slug: str) -> ShowcasePage | None:
    """The page a link opens; None for one we never made, LinkOver for one that is over."""
    numbers = read_token(PURPOSE, token, 4)
    page = pages().filter(pk=numbers[1]).first() if numbers else None
    if numbers is None or page is None:
        return None
    project = page.project
    if project.edition_id != numbers[0] or project.edition.slug != edition_slug:
        return None
    is_theirs = project.holder_id == numbers[2] and page.key_version == numbers[3]
    if not is_theirs or project.status not in SHOWN:
        raise LinkOver
    return page


def proposed(page: ShowcasePage) -> dict[str, str]:
    """The text a holder starts from: what they approved last, else the application's."""
    if page.state == State.APPROVED:
        return {name: page.approved.get(name, "") for name in FIELDS}
    return {name: getattr(page.project, name) or "" for name in FIELDS}


def snapshot_of(project: Project, texts: Mapping[str, str]) -> dict[str, Any]:
    """What is frozen: the texts as given, and the facts as they stand now."""
    return {name: texts.get(name, "") for name in FIELDS} | {
        "sector": project.sector_id,
        "stage": project.stage,
        "country": str(project.country or ""),
        "seeking": list(project.seeking),
    }


@transaction.atomic
def approve_page(pk: int, texts: Mapping[str, str], *, by: str = "holder") -> ShowcasePage:
    """Make a text public. The same text again changes nothing."""
    page = _locked(pk)
    if page.project.status not in SHOWN:
        raise DomainError(_("Only accepted projects are shown."), code="not_accepted")
    if not (texts.get("title_en") or texts.get("title_zh_hans")):
        raise DomainError(_("A project has a title in at least one language."), code="no_title")
    snapshot = snapshot_of(page.project, texts)
    if page.state == State.APPROVED and page.approved == snapshot:
        return page
    page.state, page.approved, page.approved_at = State.APPROVED, snapshot, timezone.now()
    page.version += 1
    page.save(update_fields=["state", "approved", "approved_at", "version", "updated_at"])
    return page


@transaction.atomic
def take_page_off(pk: int) -> ShowcasePage:
    """Take a page from the public; it can be approved again."""
    page = _locked(pk)
    if page.state != State.OFF:
        page.state, page.approved, page.approved_at = State.OFF, {}, None
        page.save(update_fields=["state", "approved", "approved_at", "updated_at"])
    return page


@transaction.atomic
def renew_link(pk: int) -> ShowcasePage:
    """End the link of a page; the next letter brings another."""
    page = _locked(pk)
    page.key_version += 1
    page.asked_at = page.reminded_at = None
    page.reminders = 0
    page.save(update_fields=["key_version", "asked_at", "reminded_at", "reminders", "updated_at"])
    return page


def _locked(pk: int) -> ShowcasePage:
    """The page, its project first: its state decides whether it may be public."""
    project = ShowcasePage.objects.values_list("project", flat=True).get(pk=pk)
    Project.objects.select_for_update(no_key=True).get(pk=project)
    return pages().select_for_update(of=("self",)).get(pk=pk)
