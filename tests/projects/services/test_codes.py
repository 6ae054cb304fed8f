"""Invitation codes: read however they are typed, used so many times, for listed projects."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hrconf.lib.errors import DomainError
from projects.models import Project, ProjectCode
from projects.services.codes import (
    code_text,
    draw_codes,
    draw_project_codes,
    end_code,
    read_code,
    with_uses,
)
from tests import make
from tests.projects import make_call

pytestmark = pytest.mark.django_db


def drawn(**fields) -> ProjectCode:
    call = fields.pop("call", None) or make_call.call()
    (code,) = draw_codes(call, ["Association of Shenzhen"], **fields)
    return code


@pytest.mark.parametrize("change", [str, str.lower, lambda text: text.replace("-", " ")])
def test_code_is_read_however_it_is_typed(change):
    code = drawn()

    assert read_code(code.call, f" {change(code_text(code))} ") == code


def test_code_is_stored_nowhere():
    code = drawn()

    row = ProjectCode.objects.filter(pk=code.pk).values().get()
    assert code_text(code).replace("-", "") not in str(row)


def test_wrong_ended_and_foreign_codes_are_answered_alike():
    code, foreign, ended = drawn(), drawn(call=make_call.call()), drawn()
    end_code(ended.pk)
    said = set()
    for call, typed in [
        (code.call, "AAAA-BBBB-CCCC"),
        (code.call, code_text(foreign)),
        (ended.call, code_text(ended)),
    ]:
        with pytest.raises(DomainError) as refused:
            read_code(call, typed)
        said.add(str(refused.value))

    assert len(said) == 1


def test_code_is_good_for_so_many_projects():
    code = drawn(most_uses=2)
    kind = make_call.kind(code.call)
    for _time in range(2):
        make_call.application(kind, code=code)

    with pytest.raises(DomainError, match="used already"):
        make_call.application(kind, code=code)


def test_what_came_in_through_each_is_counted():
    code, other = drawn(most_uses=3), drawn()
    kind = make_call.kind(code.call)
    make_call.application(kind, code=code)
    make_call.sent(kind, code=code)

    counts = {row.pk: (row.begun, row.sent) for row in with_uses(ProjectCode.objects.all())}

    assert counts == {code.pk: (2, 1), other.pk: (0, 0)}


def test_code_may_be_good_for_longer_than_the_call():
    now = timezone.now()
    call = make_call.call(closes_at=now - timedelta(days=1))
    kind = make_call.kind(call)
    code = drawn(call=call, closes_at=now + timedelta(days=1))

    assert make_call.sent(kind, code=code).submitted_at
    with pytest.raises(DomainError, match="closed"):
        make_call.request(kind)


def test_who_has_the_code_of_a_listed_project_takes_it_over():
    call = make_call.call()
    project = make.project(edition=call.edition, status=Project.Status.APPLIED)
    Project.objects.filter(pk=project.pk).update(holder=None)
    held = make.project(edition=call.edition)
    projects = Project.objects.filter(pk__in=[project.pk, held.pk])

    (code,) = draw_project_codes(call, projects)
    application = make_call.application(make_call.kind(call), code=code)

    assert draw_project_codes(call, projects) == []
    assert application.project == project
    assert application.project.holder == application.applicant


def test_call_by_invitation_asks_for_a_code():
    kind = make_call.kind(make_call.call(needs_code=True))

    with pytest.raises(DomainError, match="by invitation"):
        make_call.request(kind)
