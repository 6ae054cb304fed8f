"""Papers of projects: taken in clean, numbered, removed; and who may read them.

Who reads is asked by kind of reader. The office's rule is here; who has readers of
another kind adds theirs:

    @lets_read(Reviewer)
    def reviewer(reviewer, file) -> str: ...  # NAMED, BLIND or ""
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.typed import is_harmless
from projects.models import Project, ProjectFile
from projects.papers import ENDINGS, MEGABYTE, clean_paper

Kind = ProjectFile.Kind
LONGEST_NAME = 150
NAMED, BLIND = "named", "blind"


@dataclass(frozen=True)
class Limits:
    """How many files of a kind, and how large each."""

    most: int
    megabytes: int


LIMITS = {Kind.DECK: Limits(2, 30), Kind.CERTIFICATE: Limits(6, 10)}


def keep_file(
    project_id: int,
    *,
    kind: str,
    name: str,
    content: bytes,
    limits: Limits | None = None,
    by: User | None = None,
) -> ProjectFile:
    """Keep a file of a project; the same bytes again give the file that is there.

    Raises DomainError: size, ending, content, pages, password, macros, unpacked, many.
    """
    limits = limits or LIMITS[Kind(kind)]
    check_size(len(content), limits)
    sent = hashlib.sha256(content).hexdigest()
    # Cleaning takes a moment: nothing is locked meanwhile.
    known = ProjectFile.objects.filter(project=project_id, kind=kind, sent_sha256=sent).first()
    if known:
        return known
    paper = clean_paper(content, kind)
    row = ProjectFile(
        project_id=project_id,
        kind=kind,
        name=shown_name(name, paper.ending),
        content_type=paper.content_type,
        size=len(paper.content),
        sha256=hashlib.sha256(paper.content).hexdigest(),
        sent_sha256=sent,
        uploaded_by=by,
    )
    return _numbered(row, paper.content, limits)


@transaction.atomic
def _numbered(row: ProjectFile, content: bytes, limits: Limits) -> ProjectFile:
    """Save under the next number while the project's row is held."""
    Project.objects.select_for_update(no_key=True).get(pk=row.project_id)
    others = ProjectFile.objects.filter(project=row.project_id, kind=row.kind)
    if known := others.filter(sent_sha256=row.sent_sha256).first():
        return known
    if others.count() >= limits.most:
        text = _("There are %(most)s files already, and no more are taken. Remove one first.")
        raise DomainError(text % {"most": limits.most}, code="many")
    row.number = (others.aggregate(last=Max("number"))["last"] or 0) + 1
    row.file.save("file", ContentFile(content), save=False)
    row.save()
    return row


def check_size(size: int, limits: Limits) -> None:
    if not size:
        raise DomainError(_("The file is empty."), code="empty")
    if size > limits.megabytes * MEGABYTE:
        text = _("The file has %(has)s MB; it may have %(may)s MB.")
        has = f"{size / MEGABYTE:.1f}"
        raise DomainError(text % {"has": has, "may": limits.megabytes}, code="size")


def shown_name(name: str, ending: str) -> str:
    """The sender's name for a file without folders and hidden marks, with its true ending."""
    stem = PurePath(name.replace("\\", "/")).name
    stem = stem[: -len(PurePath(stem).suffix)] if PurePath(stem).suffix else stem
    plain = "".join(one for one in stem if one.isprintable() and is_harmless(one)).strip()
    return f"{plain[:LONGEST_NAME] or 'file'}{ending}"


@transaction.atomic
def remove_file(pk: int, *, by: User | None = None) -> None:
    """Delete a file and, once that stands, its bytes. Twice changes nothing."""
    row = ProjectFile.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return
    path = row.file.name or ""
    row.delete()
    if path:
        transaction.on_commit(lambda: default_storage.delete(path))


# Who may read ---------------------------------------------------------------------------

Rule = Callable[[Any, ProjectFile], str]
_rules: list[tuple[type, Rule]] = []


def lets_read(kind: type) -> Callable[[Rule], Rule]:
    """Register how readers of a kind may read: NAMED, BLIND, or not at all ("")."""

    def register(rule: Rule) -> Rule:
        _rules.append((kind, rule))
        return rule

    return register


def may_read_file(reader: object, file: ProjectFile) -> str:
    """How this reader may read a file: NAMED, BLIND, or "" for not at all."""
    found = [rule(reader, file) for kind, rule in _rules if isinstance(reader, kind)]
    return NAMED if NAMED in found else BLIND if BLIND in found else ""


@lets_read(User)
def office(user: User, file: ProjectFile) -> str:
    return NAMED if user.is_active and user.has_perm("projects.view_projectfile") else ""


def name_for(file: ProjectFile, reading: str) -> str:
    """What the file is called when it is saved: to blind readers its kind and number only."""
    if reading == NAMED:
        return file.name
    return f"{file.kind}-{file.number}{ENDINGS[file.content_type]}"
