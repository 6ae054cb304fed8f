"""Invitation codes: drawn, read as people type them, counted, ended.

A code follows from its row and our key, so it can be shown again and is stored nowhere.
"""

import hmac
from base64 import b32encode
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from attendees.models import Association
from hrconf.lib.errors import DomainError
from projects.models import Call, Project, ProjectCode

LETTERS = 12  # of 5 bits each: not to be guessed at the pace that the page allows
GROUP = 4
# What people read for one another: the alphabet of a code has neither 0 nor 1.
LOOKALIKES = str.maketrans("01", "OI")


def code_text(code: ProjectCode) -> str:
    """The code as it is given away, like K7QX-2MDP-9AFB."""
    key = f"project code {settings.SECRET_KEY}".encode()
    made = hmac.new(key, f"{code.pk}-{code.key_version}".encode(), sha256).digest()
    letters = b32encode(made).decode()[:LETTERS]
    return "-".join(letters[at : at + GROUP] for at in range(0, LETTERS, GROUP))


def digest_of(typed: str) -> str:
    """What finds a code's row: a keyed hash of its letters, however they were typed."""
    letters = "".join(one for one in typed.upper().translate(LOOKALIKES) if one.isalnum())
    return salted_hmac("project code", letters).hexdigest()


@transaction.atomic
def draw_codes(call: Call, labels: list[str], **fields: object) -> list[ProjectCode]:
    """A code for each label; `fields` are those of the rows."""
    codes = ProjectCode.objects.bulk_create(
        [ProjectCode(call=call, label=label, **fields) for label in labels]
    )
    return _with_digests(codes)


@transaction.atomic
def draw_many(
    call: Call, names: list[str], *, associations: bool, **fields: object
) -> list[ProjectCode]:
    """A code for each name and, if wished, for each association; who has one gets no second."""
    Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    good = ProjectCode.objects.filter(call=call, ended_at=None, project=None)
    known = set(good.filter(association=None).values_list("label", flat=True))
    rows = [ProjectCode(call=call, label=one, **fields) for one in names if one not in known]
    if associations:
        have = good.exclude(association=None).values("association")
        without = Association.objects.exclude(pk__in=have)
        rows += [
            ProjectCode(call=call, label=str(one)[:200], association=one, **fields)
            for one in without
        ]
    return _with_digests(ProjectCode.objects.bulk_create(rows))


@transaction.atomic
def draw_project_codes(call: Call, projects: QuerySet[Project]) -> list[ProjectCode]:
    """A code for each project that nobody has; who has one keeps it. Twice adds nothing."""
    Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    waiting = projects.filter(edition=call.edition_id, invited_by=None, holder=None)
    rows = [ProjectCode(call=call, label=str(one)[:200], project=one) for one in waiting]
    return _with_digests(ProjectCode.objects.bulk_create(rows))


def name_digest(code: ProjectCode) -> None:
    """Have a row that was just made be found by its code."""
    if not code.digest:
        _with_digests([code])


def _with_digests(codes: list[ProjectCode]) -> list[ProjectCode]:
    for code in codes:
        code.digest = digest_of(code_text(code))
    ProjectCode.objects.bulk_update(codes, ["digest"], batch_size=500)
    return codes


def with_uses(codes: QuerySet[ProjectCode]) -> QuerySet[ProjectCode]:
    """Codes with `begun` and `sent`: the applications that came in through each."""
    sent = Count("applications", filter=Q(applications__submitted_at__isnull=False))
    return codes.annotate(begun=Count("applications", distinct=True), sent=sent)


def read_code(call: Call, typed: str) -> ProjectCode:
    """The code that was typed. Says the same of a wrong, an ended and a foreign one."""
    code = ProjectCode.objects.filter(call=call, digest=digest_of(typed), ended_at=None).first()
    if code is None:
        raise DomainError(_("We do not know this code. Please check each letter."), code="unknown")
    return code


def use_code(code: ProjectCode) -> ProjectCode:
    """Hold the code's row for the transaction and refuse if it has no use left."""
    held = ProjectCode.objects.select_for_update(no_key=True).get(pk=code.pk)
    if held.ended_at:
        raise DomainError(_("This code has ended."), code="ended")
    if held.applications.count() >= held.most_uses:
        raise DomainError(_("This code has been used already."), code="used")
    return held


@transaction.atomic
def end_code(pk: int) -> None:
    """Nobody begins with this code any more; what came in through it stays."""
    ProjectCode.objects.filter(pk=pk, ended_at=None).update(ended_at=timezone.now())
