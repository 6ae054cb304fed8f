"""Papers of an application: within the limits of its kind, while it may be changed."""

from django.db import transaction

from projects.models import CallKind, ProjectFile
from projects.services.applications import lock_application, refuse_unchangeable, send_version
from projects.services.applying import applications
from projects.services.files import Limits, keep_file, remove_file

Kind = ProjectFile.Kind


def limits_of(kind: CallKind, paper: str) -> Limits:
    """How many files of a kind this kind of project may send, and how large."""
    if paper == Kind.DECK:
        return Limits(kind.most_decks, kind.deck_megabytes)
    return Limits(kind.most_certificates, kind.certificate_megabytes)


def add_paper(pk: int, *, kind: str, name: str, content: bytes) -> ProjectFile:
    """Keep a file of an application; the same again is the same one.

    Raises DomainError as `keep_file` does, and where nothing can be changed.
    """
    application = applications().get(pk=pk)
    refuse_unchangeable(application)
    limits = limits_of(application.kind, kind)
    # Cleaning takes a moment: nothing is locked meanwhile.
    row = keep_file(application.project_id, kind=kind, name=name, content=content, limits=limits)
    _sent_anew(pk)
    return row


@transaction.atomic
def take_paper(pk: int, file: int) -> None:
    """Take a file back. Twice changes nothing."""
    application = lock_application(pk)
    refuse_unchangeable(application)
    if application.project.files.filter(pk=file).exists():
        remove_file(file)
    _sent_anew(pk)


@transaction.atomic
def _sent_anew(pk: int) -> None:
    application = lock_application(pk)
    if application.submitted_at:
        send_version(application)
