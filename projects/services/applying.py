"""Beginning an application: asked for on a page, proven by a link in a mail."""

from collections.abc import Mapping
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import Person
from attendees.services.answers import LinkOver
from attendees.services.letters import letter_to
from attendees.services.registering import person_of
from events.models import Edition
from hrconf.lib.errors import DomainError
from hrconf.lib.links import link
from hrconf.lib.tokens import make_token, read_token
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters
from projects.models import Application, ApplicationRequest, CallKind, Project, ProjectCode
from projects.services.calls import refuse_closed
from projects.services.codes import use_code

STARTED, BEGUN, AGAIN = "apply", "application_begun", "application_link"
PROOF, LINK = "apply", "application"
LINK_LIVES = timedelta(days=3)
# Mails of one address in an hour: a stranger must not flood a mailbox through us.
MOST_AN_HOUR = 3
MOST_LINKS = 20  # of one address, mailed again at once


@transaction.atomic
def request_application(
    kind: CallKind, details: Mapping[str, Any], *, code: ProjectCode | None, language: str
) -> None:
    """Mail a link that opens an application. Says nothing about whom we know.

    `details` are columns of ApplicationRequest, already validated. Raises DomainError:
    not_open_yet, closed, needs_code.
    """
    refuse_closed(kind, code)
    if kind.call.needs_code and code is None:
        raise DomainError({"code": DomainError(_("This call is by invitation: give your code."))})
    email = details["email"].strip().lower()
    since = timezone.now() - timedelta(hours=1)
    if ApplicationRequest.objects.filter(email=email, created_at__gt=since).count() >= MOST_AN_HOUR:
        return
    fields = {**details, "email": email, "language": language, "code": code}
    request = ApplicationRequest.objects.create(kind=kind, **fields)
    queue_letters(STARTED, [_proof_letter(request)])


def _proof_letter(request: ApplicationRequest) -> Letter:
    edition = request.kind.call.edition
    name = request.name_native if request.language.startswith("zh") else request.name_latin
    occasion = f"application_request:{request.pk}"
    return Letter(
        recipient=occasion,
        occasion=occasion,
        to_address=request.email,
        to_name=name or request.name_latin or request.name_native,
        language=request.language,
        reply_to=edition.contact_email,
        context={
            "edition": edition,
            "request": {"title": request.title},
            "proof_link": link(
                "projects:prove",
                language=request.language,
                edition=edition.slug,
                token=proof_token(request),
            ),
        },
    )


def proof_token(request: ApplicationRequest) -> str:
    return make_token(PROOF, request.kind.call.edition_id, request.pk)


def request_of(token: str, edition_slug: str) -> ApplicationRequest | None:
    """What a link stands for; None for one that we never made, or that is too old."""
    numbers = read_token(PROOF, token, 2)
    if numbers is None:
        return None
    rows = ApplicationRequest.objects.select_related("kind__call__edition", "sector", "code")
    rows = rows.filter(pk=numbers[1], kind__call__edition=numbers[0])
    fresh = Q(created_at__gt=timezone.now() - LINK_LIVES) | Q(application__isnull=False)
    return rows.filter(fresh, kind__call__edition__slug=edition_slug).first()


@transaction.atomic
def prove_request(pk: int) -> Application:
    """The address is proven: open the application. Twice gives the same one.

    Raises DomainError: closed, used, ended, taken.
    """
    rows = ApplicationRequest.objects.select_related("kind__call__edition", "code", "sector")
    request = rows.select_for_update(of=("self",)).get(pk=pk)
    if request.application_id:
        return applications().get(pk=request.application_id)
    refuse_closed(request.kind, request.code)
    code = use_code(request.code) if request.code else None
    person = person_of(request)
    project = _project_of(request, code, person)
    request.application = Application.objects.create(
        project=project, call=request.kind.call, kind=request.kind, code=code, applicant=person
    )
    request.save(update_fields=["application"])
    queue_letters(BEGUN, [begun_letter(request.application)])
    return applications().get(pk=request.application_id)


def _project_of(request: ApplicationRequest, code: ProjectCode | None, person: Person) -> Project:
    """The listed project that the code is for, now theirs; else a new draft."""
    if code and code.project_id:
        project = Project.objects.select_for_update(no_key=True).get(pk=code.project_id)
        if project.holder_id not in (None, person.pk):
            raise DomainError(_("Somebody has taken this project over already."), code="taken")
        project.holder = person
        project.save(update_fields=["holder", "updated_at"])
        return project
    title = "title_zh_hans" if request.language.startswith("zh") else "title_en"
    organization = title.replace("title", "organization")
    return Project.objects.create(
        edition=request.kind.call.edition,
        reference=f"draft-{token_urlsafe(12)}",  # numbered in the order they are sent
        sector=request.sector,
        holder=person,
        country=request.country,
        status=Project.Status.DRAFT,
        **{title: request.title, organization: request.organization},
    )


# The link to an application -------------------------------------------------------------


def applications():
    return Application.objects.select_related(
        "project__edition", "project__sector", "project__holder", "call", "kind__call", "code"
    ).select_related("applicant")


def begun_letter(application: Application) -> Letter:
    """To the applicant: the link that leads back to what they have begun."""
    language = application.applicant.preferred_language
    context = {"project": application.project, "own_link": own_link(application, language)}
    occasion = f"application:{application.pk}:begun:{application.key_version}"
    return letter_to(application.applicant, application.edition, occasion=occasion, context=context)


def link_letter(application: Application) -> Letter:
    """The link again, to whom the application belongs now: once a day at most."""
    to = application.project.holder or application.applicant
    context = {
        "project": application.project,
        "own_link": own_link(application, to.preferred_language),
    }
    occasion = f"application:{application.pk}:link:{timezone.localdate()}"
    return letter_to(to, application.edition, occasion=occasion, context=context)


@transaction.atomic
def mail_lost_links(edition: Edition, email: str) -> None:
    """Mail the links of all that somebody has begun. Says nothing about whom we know."""
    mine = Q(project__holder__email__iexact=email.strip())
    rows = applications().filter(mine, project__edition=edition)
    rows = rows.exclude(project__status=Project.Status.WITHDRAWN).order_by("-pk")
    queue_letters(AGAIN, [link_letter(one) for one in rows[:MOST_LINKS]])


def own_link(application: Application, language: str) -> str:
    """The applicant's own pages; need no login."""
    return link(
        "projects:application",
        language=language,
        edition=application.edition.slug,
        token=own_token(application),
    )


def own_token(application: Application) -> str:
    """Ends when the application is taken over."""
    numbers = [application.project.edition_id, application.pk, application.key_version]
    return make_token(LINK, *numbers)


def application_of(token: str, edition_slug: str) -> Application | None:
    """The application a link opens; None for one we never made, LinkOver for one that is over."""
    numbers = read_token(LINK, token, 3)
    found = applications().filter(pk=numbers[1]).first() if numbers else None
    if numbers is None or found is None:
        return None
    edition = found.project.edition
    if edition.pk != numbers[0] or edition.slug != edition_slug:
        return None
    if found.key_version != numbers[2]:
        raise LinkOver
    return found


def forget_old_requests() -> int:
    """Delete requests that nobody proved in time; return how many."""
    before = timezone.now() - LINK_LIVES
    return ApplicationRequest.objects.filter(application=None, created_at__lt=before).delete()[0]
