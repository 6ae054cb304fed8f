"""Applications: begun by a proven address, kept as typed, sent once, frozen."""

from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone

from attendees.models import Person
from attendees.services.answers import LinkOver
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from projects.models import ApplicationRequest, CallSector, Project
from projects.services.applications import (
    Given,
    change_step,
    may_change,
    save_step,
    submit,
    withdraw,
)
from projects.services.applying import (
    application_of,
    forget_old_requests,
    own_token,
    prove_request,
    request_application,
)
from projects.services.calls import sectors_of
from projects.services.receipts import draw_receipt
from projects.services.screening import move_project
from projects.services.snapshots import changes_between
from tests import make
from tests.projects import make_call

pytestmark = pytest.mark.django_db


def mails(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


def refusal(deed) -> str:
    with pytest.raises(DomainError) as refused:
        deed()
    found = refused.value
    return getattr(found, "code", "") or next(iter(found.error_dict.values()))[0].code


# Beginning ----------------------------------------------------------------------------------


def test_nobody_becomes_a_person_before_the_address_is_proven():
    request = make_call.request()
    before = Person.objects.count(), Project.objects.count()

    application = prove_request(request.pk)

    assert before == (0, 0)
    assert application.project.status == Project.Status.DRAFT
    assert application.project.holder == application.applicant


def test_proving_twice_opens_one_application():
    request = make_call.request()

    assert prove_request(request.pk) == prove_request(request.pk)
    assert mails("application_begun") == 1


def test_same_person_applies_with_a_second_project():
    kind, email = make_call.kind(), "one@guests.example"

    first = make_call.application(kind, email=email)
    second = make_call.application(kind, email=email, title="Another")

    assert first.applicant == second.applicant
    assert first.project != second.project


def test_a_stranger_does_not_flood_a_mailbox():
    kind = make_call.kind()
    details = make_call.details()

    for _time in range(5):
        request_application(kind, details, code=None, language="en")

    assert mails("apply") == 3


@pytest.mark.parametrize(("opens", "closes", "code"), [(1, 2, "not_open_yet"), (-2, -1, "closed")])
def test_nobody_begins_outside_the_window(opens, closes, code):
    now = timezone.now()
    call = make_call.call(
        opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )
    kind = make_call.kind(call)

    assert refusal(lambda: make_call.request(kind)) == code


def test_kind_may_close_before_the_call():
    kind = make_call.kind(closes_at=timezone.now() - timedelta(minutes=1))

    assert refusal(lambda: make_call.request(kind)) == "closed"


def test_requests_that_nobody_proved_are_forgotten():
    old, new = make_call.request(), make_call.request()
    before = timezone.now() - timedelta(days=4)
    ApplicationRequest.objects.filter(pk=old.pk).update(created_at=before)

    assert forget_old_requests() == 1
    assert ApplicationRequest.objects.get() == new


# Typing -------------------------------------------------------------------------------------


def test_what_is_not_in_order_is_kept_as_it_was_typed():
    row = make_call.application()
    given = Given("project", valid={"title_en": "New"}, typed={"website": ["not a site"]})

    kept = save_step(row.pk, given, edits=0)

    assert kept.typed == {"project": {"website": ["not a site"]}}
    assert kept.project.title_en == "New"
    assert kept.edits == 1


def test_a_page_that_is_behind_overwrites_nothing():
    row = make_call.application()
    save_step(row.pk, Given("project", valid={"title_en": "First"}), edits=0)

    def late() -> None:
        save_step(row.pk, Given("project", valid={"title_en": "Second"}), edits=0)

    assert refusal(late) == "edited"
    row.project.refresh_from_db()
    assert row.project.title_en == "First"


# Sending ------------------------------------------------------------------------------------


def test_sent_application_gets_its_number_and_one_receipt():
    row = make_call.ready()

    first, second = submit(row.pk), submit(row.pk)

    row.project.refresh_from_db()
    assert first == second
    assert row.project.status == Project.Status.APPLIED
    assert row.project.reference == "P-0001"
    receipt = Message.objects.get(kind="application_receipt")
    ((name, _type, paper),) = [
        (one.filename, one.mimetype, bytes(one.content)) for one in receipt.attachments.all()
    ]
    assert name == "receipt-p-0001.pdf"
    assert paper.startswith(b"%PDF-")


def words_of(paper: bytes) -> str:
    pages = pypdfium2.PdfDocument(paper)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def test_receipt_of_a_version_says_what_that_version_said():
    row = make_call.sent()
    make_call.file(project=row.project)
    change_step(row.pk, Given("project", valid={"title_en": "Another title"}), edits=None)

    first, second = (words_of(draw_receipt(row, one)) for one in row.versions.all())

    assert make_call.FACTS["title_en"] in first
    assert "Another title" not in first
    assert "Another title" in second
    assert "Pitch 2017.pdf" not in first
    assert "Pitch 2017.pdf" in second


def test_drafts_take_no_number():
    kind = make_call.kind()
    make_call.application(kind)

    assert make_call.sent(kind).project.reference == "P-0001"


def test_version_never_changes_with_the_project():
    row = make_call.sent()
    change_step(row.pk, Given("project", valid={"title_en": "Other"}), edits=None)

    first, second = row.versions.all()

    assert first.content["title_en"] == make_call.FACTS["title_en"]
    assert second.content["title_en"] == "Other"
    assert first.sha256 != second.sha256
    assert mails("application_changed") == 1


def test_sending_the_same_again_makes_no_version():
    row = make_call.sent()

    assert change_step(row.pk, Given("project", valid=make_call.FACTS), edits=None) is None
    assert mails("application_changed") == 0


def test_after_the_deadline_nothing_is_sent_or_changed():
    call = make_call.call()
    ready, sent = make_call.ready(make_call.kind(call)), make_call.sent(make_call.kind(call))
    call.closes_at = timezone.now()
    call.save()

    assert refusal(lambda: submit(ready.pk)) == "closed"
    assert refusal(lambda: change_step(sent.pk, Given("project"), edits=None)) == "closed"


def test_what_is_being_looked_at_is_frozen():
    row = make_call.sent()
    move_project(row.project_id, to="eligible", by=make.organizer())

    assert refusal(lambda: change_step(row.pk, Given("project"), edits=None)) == "frozen"


def test_correction_after_acceptance_shows_what_it_changed():
    row = make_call.sent()
    move_project(row.project_id, to="accepted", by=make.organizer())

    change_step(row.pk, Given("project", valid={"title_en": "Better"}), edits=None)

    before, after = row.versions.all()
    (change,) = changes_between(before.content, after.content, None)
    assert (before.status, after.status) == ("applied", "accepted")
    assert (change.before, change.after) == (make_call.FACTS["title_en"], "Better")


def test_full_sector_takes_no_more_and_a_withdrawn_one_gives_its_place_back():
    call, sector = make_call.call(), make.sector()
    CallSector.objects.create(call=call, sector=sector, most=1)
    kind = make_call.kind(call)
    first, second = (make_call.ready(kind, sector=sector) for _time in range(2))
    submit(first.pk)

    assert refusal(lambda: submit(second.pk)) == "full"
    withdraw(first.pk)
    submit(second.pk)


def test_sub_sector_takes_a_place_of_what_it_is_part_of():
    call, sector = make_call.call(), make.sector()
    part = make.sector(parent=sector, slug="part")
    CallSector.objects.create(call=call, sector=sector, most=1)
    kind = make_call.kind(call)
    make_call.sent(kind, sector=part)

    other = make_call.ready(kind, sector=sector)

    assert refusal(lambda: submit(other.pk)) == "full"
    assert [left for _sector, left in sectors_of(call)] == [0]


def test_nobody_moves_into_a_full_sector_after_sending():
    call, full, other = make_call.call(), make.sector(), make.sector()
    CallSector.objects.create(call=call, sector=full, most=1)
    CallSector.objects.create(call=call, sector=other)
    kind = make_call.kind(call)
    make_call.sent(kind, sector=full)
    row = make_call.sent(kind, sector=other)
    moves = Given("project", valid={"sector_id": full.pk})

    assert refusal(lambda: change_step(row.pk, moves, edits=None)) == "full"


def test_withdrawn_application_is_over_and_says_so_once():
    row = make_call.sent()

    withdraw(row.pk)
    withdraw(row.pk)

    row.project.refresh_from_db()
    row = application_of(own_token(row), row.edition.slug)
    assert row is not None
    assert not may_change(row)
    assert mails("application_withdrawn") == 1


def test_link_of_another_edition_opens_nothing():
    row = make_call.application()

    assert application_of(own_token(row), make.edition().slug) is None
    row.key_version += 1
    row.save()
    row.key_version -= 1
    with pytest.raises(LinkOver):
        application_of(own_token(row), row.edition.slug)
