"""Releases at a time: made once, refused with a reason that is mailed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import tasks
from events.models import PlannedRelease, Session
from events.services.planned import make_planned, plan_release, withdraw_plan
from events.services.releases import NO_WORDS, Words, release_schedule
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def edition():
    made = make.edition()
    make.session(edition=made, starts_at=make.OPENING, room=make.room())
    return made


@pytest.fixture
def organizer():
    return make.organizer(language="zh-hans")


def planned(edition, by, words=NO_WORDS, late=timedelta(0)) -> PlannedRelease:
    """A plan that is due now, or has been for a while."""
    made = plan_release(edition, words, due_at=timezone.now() + HOUR, groups=["speakers"], by=by)
    PlannedRelease.objects.filter(pk=made.pk).update(due_at=timezone.now() - late)
    made.refresh_from_db()
    return made


def test_planned_release_is_made_of_what_the_drafts_say_then(edition, organizer):
    plan = planned(edition, organizer, Words("Final", "终版", "Come early", "请早到"))
    Session.objects.update(title_en="Changed after planning")

    tasks.make_due_releases()

    plan.refresh_from_db()
    release = edition.releases.get()
    assert (plan.state, plan.release) == ("released", release)
    assert (release.name_en, release.note_zh_hans) == ("Final", "请早到")
    assert (release.released_by, release.groups) == (organizer, ["speakers"])
    assert release.snapshot["sessions"][0]["title"]["en"] == "Changed after planning"


def test_plan_is_made_once(edition, organizer):
    plan = planned(edition, organizer)

    assert [make_planned(plan.pk), make_planned(plan.pk)] == [True, False]

    assert edition.releases.count() == 1


def test_what_is_not_due_waits(edition, organizer):
    plan_release(edition, NO_WORDS, due_at=timezone.now() + HOUR, by=organizer)

    tasks.make_due_releases()

    assert not edition.releases.exists()


def test_clash_refuses_it_and_the_planner_is_told_in_their_language(edition, organizer):
    plan = planned(edition, organizer)
    room = Session.objects.get().booking.room
    make.session(edition=edition, starts_at=make.OPENING, room=room)

    tasks.make_due_releases()
    tasks.make_due_releases()

    plan.refresh_from_db()
    (mail,) = Message.objects.filter(kind="release_refused")
    assert plan.state == "refused"
    assert not edition.releases.exists()
    assert mail.to_address == organizer.email
    assert mail.language == "zh-hans"
    assert plan.trouble in mail.text
    assert "无法发布" in plan.trouble


def test_nothing_new_and_a_plan_long_past_are_refused(edition, organizer):
    release_schedule(edition.pk)
    same = planned(edition, organizer)
    tasks.make_due_releases()
    late = planned(edition, organizer, late=2 * HOUR)
    Session.objects.update(title_en="New")
    tasks.make_due_releases()

    states = PlannedRelease.objects.filter(pk__in=[same.pk, late.pk]).values_list("state")
    assert set(states) == {("refused",)}
    assert edition.releases.count() == 1


def test_second_plan_and_a_time_that_is_past_are_refused(edition, organizer):
    plan_release(edition, NO_WORDS, due_at=timezone.now() + HOUR, by=organizer)

    with pytest.raises(DomainError, match="planned already"):
        plan_release(edition, NO_WORDS, due_at=timezone.now() + 2 * HOUR, by=organizer)
    with pytest.raises(DomainError, match="still to come"):
        plan_release(make.edition(), NO_WORDS, due_at=timezone.now() - HOUR, by=organizer)


def test_withdrawn_plan_is_not_made(edition, organizer):
    plan = planned(edition, organizer)

    withdraw_plan(plan.pk, by=organizer)
    tasks.make_due_releases()

    assert not edition.releases.exists()
    with pytest.raises(DomainError, match="no longer planned"):
        withdraw_plan(plan.pk, by=organizer)
