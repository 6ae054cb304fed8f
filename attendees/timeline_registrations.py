"""What happened to a person's registrations: their place, answers, waits, visa letters."""

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from attendees.models import AnswerChange, Person, Registration, VisaLetter, VisaRequest, Wait
from attendees.timeline import MOST, Entry, contributes, joined
from hrconf.accounts.models import User
from hrconf.accounts.templatetags.look import tone
from hrconf.office.links import office_link


@contributes
def registrations(person: Person, user: User) -> Iterator[Entry]:
    if not user.has_perm("attendees.view_registration"):
        return
    found = person.registrations.select_related("edition", "category", "delegation", "decided_by")
    for registration in found[:MOST]:
        yield from registration_entries(registration, office_link(registration, user))


def registration_entries(registration: Registration, url: str) -> Iterator[Entry]:
    """A registration begun or sent, and what was decided on it."""
    year = registration.edition.year
    yield Entry(
        registration.submitted_at or registration.created_at,
        _("Registered for %(year)s") % {"year": year}
        if registration.submitted_at
        else _("Began to register for %(year)s") % {"year": year},
        text=joined(registration.category.name, registration.delegation),
        url=url,
        tone="note",
        icon="app_registration",
        edition=registration.edition,
    )
    if registration.decided_at:
        yield Entry(
            registration.decided_at,
            _("Registration for %(year)s: %(status)s")
            % {"year": year, "status": registration.get_status_display()},
            by=str(registration.decided_by or ""),
            url=url,
            tone=tone(registration.status),
            icon="how_to_reg",
            edition=registration.edition,
        )


@contributes
def visas(person: Person, user: User) -> Iterator[Entry]:
    if not user.has_perm("attendees.view_visarequest"):
        return
    found = VisaRequest.objects.filter(registration__person=person).order_by("pk")
    related = ["letters__issued_by", "letters__revoked_by", "reveals__by"]
    letters = Prefetch("letters", VisaLetter.objects.defer("sealed_pdf"))
    for request in found.select_related(
        "registration__edition", "registration__person", "decided_by"
    ).prefetch_related(letters, *related)[:MOST]:
        for entry in visa_entries(request):
            url = office_link(request, user)
            yield replace(entry, url=url, edition=request.registration.edition)


def visa_entries(request: VisaRequest) -> Iterator[Entry]:
    """A visa letter asked for, issued, declined, revoked; passport data looked at, deleted."""
    State = VisaRequest.State
    yield Entry(request.asked_at, _("Asked for a visa letter"), tone="note", icon="travel")
    for letter in request.letters.all():
        yield from letter_entries(letter)
    if request.state == State.DECLINED:
        by = str(request.decided_by or "")
        title = _("Visa letter declined")
        yield Entry(request.decided_at, title, text=request.note, by=by, tone="warn", icon="block")
    for reveal in request.reveals.all():
        title = _("Looked at: %(what)s") % {"what": reveal.get_what_display()}
        by = str(reveal.by or "")
        yield Entry(reveal.at, title, text=reveal.reason, by=by, icon="visibility")
    if request.deleted_at:
        yield Entry(request.deleted_at, _("Passport data deleted"), icon="delete")


def letter_entries(letter: VisaLetter) -> Iterator[Entry]:
    number = {"number": letter.reference}
    issued = _("Visa letter %(number)s issued") % number
    by = str(letter.issued_by or "")
    yield Entry(letter.issued_at, issued, by=by, tone="good", icon="verified")
    if letter.revoked_at:
        revoked = _("Visa letter %(number)s revoked") % number
        by, text = str(letter.revoked_by or ""), letter.revoke_reason
        yield Entry(letter.revoked_at, revoked, text=text, by=by, tone="warn", icon="undo")


@contributes
def answer_changes(person: Person, user: User) -> Iterator[Entry]:
    """Answers that changed, and changes that were asked for, approved, refused."""
    if not user.has_perm("attendees.view_answerchange"):
        return
    found = AnswerChange.objects.filter(registration__person=person)
    related = ["form", "registration__edition", "made_by", "decided_by"]
    for change in found.select_related(*related)[:MOST]:
        yield from change_entries(change, office_link(change, user))


def change_entries(change: AnswerChange, url: str) -> Iterator[Entry]:
    """A change as it was made, and what the office said to it."""
    edition, names = change.registration.edition, {"form": change.form.name}
    is_applied = change.state == AnswerChange.State.APPLIED
    title = _("Changed answers in “%(form)s”") if is_applied else _("Asked to change “%(form)s”")
    yield Entry(
        change.made_at,
        title % names,
        by=str(change.made_by or ""),
        url=url,
        tone="quiet" if is_applied else "warn",
        icon="edit_note",
        edition=edition,
    )
    if change.decided_at:
        is_good = change.state == AnswerChange.State.ACCEPTED
        title = _("Change of “%(form)s” approved") if is_good else _("Change of “%(form)s” refused")
        yield Entry(
            change.decided_at,
            title % names,
            text=change.word,
            by=str(change.decided_by or ""),
            url=url,
            tone="good" if is_good else "bad",
            icon="rule",
            edition=edition,
        )


@contributes
def waits(person: Person, user: User) -> Iterator[Entry]:
    """Waiting lists joined, places taken or let go, and what the office did out of turn."""
    if not user.has_perm("attendees.view_wait"):
        return
    found = Wait.objects.filter(registration__person=person).select_related(
        "registration__edition", "category", "choice__field", "session"
    )
    for wait in found.prefetch_related("steps__by")[:MOST]:
        yield from wait_entries(wait, office_link(wait, user))


def wait_entries(wait: Wait, url: str) -> Iterator[Entry]:
    edition, names = wait.registration.edition, {"thing": str(wait.thing)}
    yield Entry(
        wait.joined_at,
        _("On the waiting list for “%(thing)s”") % names,
        url=url,
        tone="warn",
        icon="queue",
        edition=edition,
    )
    for step in wait.steps.all():
        yield Entry(
            step.at,
            f"{step.get_kind_display()}: {wait.thing}",
            text=step.reason,
            by=str(step.by or ""),
            url=url,
            icon="queue",
            edition=edition,
        )
    if wait.ended_at:
        yield Entry(
            wait.ended_at,
            _("Waiting list for “%(thing)s”: %(state)s")
            % {**names, "state": wait.get_state_display()},
            url=url,
            tone="good" if wait.state == Wait.State.TAKEN else "quiet",
            icon="queue",
            edition=edition,
        )
