"""Undo: while a deed's mails wait, everything can be put back; then nothing can."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from attendees.admin import changes, deeds
from attendees.models import (
    AnswerChange,
    Category,
    Invitation,
    Mark,
    Registration,
    Seat,
    TakenChoice,
    Wait,
    WaitStep,
)
from attendees.services import registrations as services
from attendees.services.waiting import wait_for_choice
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.jobs.progress import ProgressBar
from hrconf.jobs.services import run
from hrconf.lib.errors import DomainError
from hrconf.mailing.delivery import deliver_due
from hrconf.mailing.models import Message
from hrconf.mailing.services import release_message
from hrconf.office import doing
from hrconf.office.models import DoneDeed
from hrconf.office.undoing import forget_changes, let_go, plain
from tests import make
from tests.attendees import make_forms, make_seats

pytestmark = pytest.mark.django_db
INVITATION, REGISTRATION = "attendees.invitation", "attendees.registration"
AFTER = timedelta(seconds=61)


@pytest.fixture
def organizer():
    return make.organizer()


@pytest.fixture
def sent(settings, mailoutbox):
    """What left the house."""
    settings.MAIL_TRANSPORT = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    settings.MAIL_PER_SECOND = 0
    return mailoutbox


def do(deed, office, rows, by, **given):
    keys = [row.pk for row in rows]
    return doing.do_deed(deed, office, keys, by=by, given=given).done_deed


def taken_choice():
    """A choice with one place, and who has it."""
    form = make_forms.form()
    field = make_forms.question(form, "hotel", "choice", choices=[("lake", 1)])
    holder = make_forms.registration(form, status="confirmed")
    choice = field.choices.get()
    TakenChoice.objects.create(registration=holder, choice=choice)
    return choice, holder


def everything() -> dict:
    """Every column of every row that deeds on guests may write."""
    models = [Invitation, Mark, Registration, Wait, WaitStep, Seat, TakenChoice, AnswerChange]
    return {model: list(plain(model).order_by("pk").values()) for model in models}


# Put back ------------------------------------------------------------------------------


def test_an_undone_invitation_is_a_draft_again_and_its_letter_never_leaves(organizer, sent):
    guests = [make.invitation() for _ in range(3)]
    done = do(deeds.INVITE, INVITATION, guests, organizer)

    doing.undo(done.pk, by=organizer)
    with time_machine.travel(timezone.now() + AFTER):
        deliver_due()

    assert set(Invitation.objects.values_list("status", "sendings", "queued_at")) == {
        ("draft", 0, None)
    }
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}
    assert sent == []


def test_who_was_undone_can_be_invited_again_under_the_same_number(organizer, sent):
    guest = make.invitation()
    done = do(deeds.INVITE, INVITATION, [guest], organizer)
    number = Invitation.objects.get().number
    doing.undo(done.pk, by=organizer)

    do(deeds.INVITE, INVITATION, [guest], organizer)
    with time_machine.travel(timezone.now() + AFTER):
        deliver_due()

    guest.refresh_from_db()
    assert (guest.number, guest.sendings, guest.status) == (number, 1, "sent")
    assert len(sent) == 1


GIVEN = {
    "again": lambda edition: {"answer_by": edition.ends_on},
    "decline": lambda edition: {"reason": "Full."},
    "seat": lambda edition: {"session": make_seats.released(edition=edition), "clash": "ask"},
}
UNDOABLE = [
    pytest.param(deed, doing.office_of(model), id=f"{model._meta.model_name}-{deed.name}")
    for model, office in admin.site._registry.items()
    for deed in getattr(office, "deeds", [])
    if deed.undo and deed.undo.touches and doing.office_of(model) in {INVITATION, REGISTRATION}
]


@pytest.mark.parametrize(("deed", "office"), UNDOABLE)
def test_every_deed_that_can_be_undone_is_undone_to_the_last_column(organizer, deed, office):
    opening = timezone.localdate() + timedelta(days=9)
    edition = make.edition(starts_on=opening, ends_on=opening + timedelta(days=2))
    model = {INVITATION: Invitation, REGISTRATION: Registration}[office]
    maker = {INVITATION: make.invitation, REGISTRATION: make.registration}[office]
    rows = [
        maker(edition=edition, status=status)
        for status in model.Status.values
        if status != "deputy"
    ]
    if deed.name == "waitlist":  # nobody waits where there is a place
        Category.objects.filter(edition=edition).update(capacity=1)
    before = everything()

    given = GIVEN.get(deed.name, lambda edition: {})(edition)
    done = do(deed, office, rows, organizer, **given)
    assert everything() != before
    doing.undo(done.pk, by=organizer)

    after = everything()
    for was, now in zip(before[Invitation], after[Invitation], strict=True):
        was["number"] = now["number"]  # stays in the register
    assert after == before
    assert not Message.objects.waiting().exists()


def test_an_undone_refusal_gives_the_place_of_a_choice_back(organizer):
    _choice, holder = taken_choice()
    done = do(deeds.DECLINE, REGISTRATION, [holder], organizer, reason="")
    assert not TakenChoice.objects.exists()

    doing.undo(done.pk, by=organizer)

    assert TakenChoice.objects.get().registration == holder
    holder.refresh_from_db()
    assert holder.status == Registration.Status.CONFIRMED


# Refused -------------------------------------------------------------------------------


def refused(done, by) -> str:
    before = everything()
    with pytest.raises(DomainError) as refusal:
        doing.undo(done.pk, by=by)
    assert everything() == before
    return refusal.value.code


def test_a_place_that_somebody_else_has_by_now_is_not_given_back(organizer):
    edition = make.edition()
    make.category(edition, Category.Kind.VISITOR, capacity=1)
    holder = make.registration(edition=edition, kind=Category.Kind.VISITOR)
    next_one = make.registration(edition=edition, kind=Category.Kind.VISITOR, status="pending")
    done = do(deeds.DECLINE, REGISTRATION, [holder], organizer, reason="")
    services.approve_registration(next_one.pk, by=organizer)

    assert refused(done, organizer) == "full"


def test_a_choice_that_is_offered_to_somebody_else_is_not_given_back(organizer):
    choice, holder = taken_choice()
    other = make.registration(edition=holder.edition, kind=holder.category.kind)
    wait = wait_for_choice(other.pk, choice.pk)
    done = do(deeds.DECLINE, REGISTRATION, [holder], organizer, reason="")
    Wait.objects.filter(pk=wait.pk).update(
        state="offered", offered_at=timezone.now(), offer_until=timezone.now() + timedelta(days=1)
    )

    assert refused(done, organizer) == "full"


def test_after_the_window_it_is_too_late(organizer):
    done = do(deeds.INVITE, INVITATION, [make.invitation()], organizer)

    with time_machine.travel(timezone.now() + AFTER):
        assert refused(done, organizer) == "too_late"


def test_twice_is_too_late(organizer):
    done = do(deeds.INVITE, INVITATION, [make.invitation()], organizer)
    doing.undo(done.pk, by=organizer)

    assert refused(done, organizer) == "too_late"


def test_a_row_that_changed_since_is_not_overwritten(organizer):
    rows = [make.registration(status="pending") for _ in range(2)]
    done = do(deeds.APPROVE, REGISTRATION, rows, organizer)
    services.cancel_registration(rows[0].pk)

    assert refused(done, organizer) == "changed"
    assert Message.objects.waiting().count() == 2


def test_a_mail_that_has_left_keeps_the_rest_from_being_undone(organizer, sent):
    done = do(deeds.INVITE, INVITATION, [make.invitation(), make.invitation()], organizer)
    Message.objects.filter(pk=done.mails[0]).update(state="held")
    release_message(done.mails[0], by=organizer)
    deliver_due()

    assert len(sent) == 1
    assert refused(done, organizer) == "sent"


def test_who_may_not_do_it_may_not_undo_it(organizer):
    done = do(deeds.INVITE, INVITATION, [make.invitation()], organizer)

    with pytest.raises(PermissionDenied):
        doing.undo(done.pk, by=make.office(Role.DESK))


# The wait ------------------------------------------------------------------------------


def test_mails_of_a_deed_wait_and_then_go(organizer, sent):
    do(deeds.INVITE, INVITATION, [make.invitation()], organizer)

    deliver_due()
    assert sent == []
    with time_machine.travel(timezone.now() + AFTER):
        deliver_due()
    assert len(sent) == 1


def test_mails_can_go_at_once_and_then_nothing_is_undone(organizer, sent):
    done = do(deeds.INVITE, INVITATION, [make.invitation()], organizer)

    let_go(done.pk, by=organizer)
    deliver_due()

    assert len(sent) == 1
    assert refused(done, organizer) == "too_late"


def test_without_a_window_mails_go_at_once(organizer, sent, settings):
    settings.UNDO_SECONDS = 0

    assert do(deeds.INVITE, INVITATION, [make.invitation()], organizer) is None
    deliver_due()

    assert len(sent) == 1


def test_what_rows_were_is_forgotten_once_nothing_can_be_undone(organizer):
    done = do(deeds.INVITE, INVITATION, [make.invitation()], organizer)
    assert forget_changes() == 0

    with time_machine.travel(timezone.now() + AFTER):
        assert forget_changes() == 1
    done.refresh_from_db()
    assert done.changes == []


# The pages -----------------------------------------------------------------------------


def test_the_office_is_told_until_when_and_undoes_it_on_a_page(client, organizer):
    client.force_login(organizer)
    guest = make.invitation()
    data = {"ids": str(guest.pk), "confirm": "1"}

    told = client.post(reverse("admin:attendees_invitation_invite"), data, follow=True)
    address = reverse("admin:office_donedeed_undo", args=[DoneDeed.objects.get().pk])
    assert any(address in str(message) for message in told.context["messages"])
    assert "Undo" in client.get(address).content.decode()
    undone = client.post(address, {"undo": "1"}, follow=True)

    guest.refresh_from_db()
    assert guest.status == Invitation.Status.DRAFT
    assert any("No mail went out" in str(message) for message in undone.context["messages"])
    assert "Undone at" in client.get(address).content.decode()


def test_too_late_on_the_page_says_so_and_stays(client, organizer):
    client.force_login(organizer)
    done = do(deeds.INVITE, INVITATION, [make.invitation()], organizer)
    let_go(done.pk, by=organizer)

    page = client.post(reverse("admin:office_donedeed_undo", args=[done.pk]), follow=True)

    assert any("too late" in str(message) for message in page.context["messages"])


# Many ----------------------------------------------------------------------------------


@pytest.fixture
def many():
    object.__setattr__(deeds.INVITE, "most_at_once", 2)
    yield [make.invitation() for _ in range(3)]
    object.__setattr__(deeds.INVITE, "most_at_once", doing.MOST_AT_ONCE)


def test_many_rows_are_long_work_and_its_page_says_what_came_of_it(client, organizer, many):
    client.force_login(organizer)
    withdrawn = make.invitation(status="withdrawn")
    ids = ",".join(str(row.pk) for row in [*many, withdrawn])

    response = client.post(
        reverse("admin:attendees_invitation_invite"), {"ids": ids, "confirm": "1"}
    )
    job = Job.objects.get()
    assert response.url == reverse("jobs:job", args=[job.pk])
    assert not Message.objects.exists()
    run(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    assert [count for _name, count in job.report["lines"]] == [3, 3, 1]
    doing.undo(DoneDeed.objects.get().pk, by=organizer)
    assert not Message.objects.waiting().exists()


def test_long_work_says_how_far_it_is_and_leads_to_its_undo(client, organizer, many, monkeypatch):
    said = []
    monkeypatch.setattr(ProgressBar, "__call__", lambda bar, done, of: said.append((done, of)))
    rows = [row.pk for row in many]
    job = doing.order_deed(deeds.INVITE, INVITATION, rows, by=organizer, filled={})

    run(job.pk)

    assert said == [(0, 3), (1, 3), (2, 3), (3, 3), (3, 3)]
    client.force_login(organizer)
    page = client.get(reverse("jobs:job", args=[job.pk])).content.decode()
    assert reverse("admin:office_donedeed_undo", args=[DoneDeed.objects.get().pk]) in page


def test_long_work_on_single_rows_counts_the_rows_and_not_their_letters(organizer, monkeypatch):
    said = []
    monkeypatch.setattr(ProgressBar, "__call__", lambda bar, done, of: said.append((done, of)))
    form = make_forms.form()
    make_forms.question(form, "hotel", "choice", choices=["lake", "hill"])
    after = {"before": {"hotel": "hill"}, "after": {"hotel": "lake"}}
    rows = [make_forms.registration(form, status="confirmed") for _ in range(2)]
    asked = [row.changes.create(form=form, state="waiting", **after).pk for row in rows]
    filled = {"reason": ""}
    job = doing.order_deed(
        changes.ACCEPT, "attendees.answerchange", asked, by=organizer, filled=filled
    )

    run(job.pk)

    assert said == [(0, 2), (1, 2), (2, 2), (2, 2)]


def test_long_work_that_is_started_again_mails_nobody_twice(client, organizer, many):
    rows = [row.pk for row in many]
    job = doing.order_deed(deeds.INVITE, INVITATION, rows, by=organizer, filled={})
    run(job.pk)

    Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None)
    run(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert Message.objects.count() == 3


def test_what_was_typed_for_long_work_is_not_kept(organizer):
    row = make.registration(status="pending")
    filled = {"reason": "Because of a private matter."}
    job = doing.order_deed(deeds.DECLINE, REGISTRATION, [row.pk], by=organizer, filled=filled)
    run(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    assert "private" not in str(job.options)
    assert "private matter" in Message.objects.get().text


def test_long_work_of_somebody_who_lost_the_right_does_nothing(organizer, many):
    rows = [row.pk for row in many]
    job = doing.order_deed(deeds.INVITE, INVITATION, rows, by=organizer, filled={})
    organizer.groups.clear()
    run(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert not Message.objects.exists()


@pytest.mark.parametrize("deed", [changes.ACCEPT, changes.REFUSE], ids=["accept", "refuse"])
def test_an_undone_decision_on_a_change_waits_again_and_is_told_nobody(organizer, deed):
    form = make_forms.form()
    make_forms.question(form, "hotel", "choice", choices=[("lake", 1), "hill"])
    answers = {form.slug: {"hotel": "hill"}}
    place = make_forms.registration(form, status="confirmed", answers=answers)
    after = {"before": {"hotel": "hill"}, "after": {"hotel": "lake"}}
    change = place.changes.create(form=form, state="waiting", **after)
    before = everything()

    done = do(deed, "attendees.answerchange", [change], organizer, reason="Yes")
    assert everything() != before
    doing.undo(done.pk, by=organizer)

    assert everything() == before
    assert not Message.objects.waiting().exists()
