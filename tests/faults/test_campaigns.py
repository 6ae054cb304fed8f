"""A campaign through a real worker: killed, paused, stopped; nobody gets it twice.

300 people in `make test`, 3,000 in `make test-faults` (HRCONF_FAULT_SCALE).
"""

import time

import pytest

from attendees.models import Campaign, Invitation, Person
from attendees.services.campaigns import (
    pause_campaign,
    resume_campaign,
    schedule_campaign,
    settle_campaigns,
    stop_campaign,
)
from hrconf.jobs import services as jobs
from hrconf.mailing import delivery
from hrconf.mailing.models import Message
from tests import make
from tests.attendees import make_campaigns
from tests.faults.servers import wait_until
from tests.faults.storm import GUESTS, address, say

State = Campaign.State


@pytest.fixture(autouse=True)
def quick_sweep(monkeypatch, settings, worker):
    monkeypatch.setattr(jobs, "STUCK_AFTER", jobs.STUCK_AFTER * 0)
    settings.MEDIA_ROOT = worker.media


def let_go(count: int, by) -> Campaign:
    """A campaign to so many invited guests, as the office lets it go."""
    campaign = make_campaigns.campaign(text_en="{name}: {answer_link}")
    category = make.category(campaign.edition)
    people = Person.objects.bulk_create(
        Person(name_latin=f"Guest {n}", sort_key=f"{n}", email=address(n)) for n in range(count)
    )
    sent = {"status": "sent", "sent_at": campaign.created_at, "queued_at": campaign.created_at}
    Invitation.objects.bulk_create(
        Invitation(edition=campaign.edition, person=person, category=category, **sent)
        for person in people
    )
    return schedule_campaign(campaign.pk, by=by)


def beat() -> None:
    """What beat does every few seconds."""
    jobs.sweep()
    delivery.sweep()
    settle_campaigns()


def now(campaign: Campaign) -> Campaign:
    campaign.refresh_from_db()
    return campaign


def how_far() -> str:
    states = list(Message.objects.values_list("state", flat=True))
    counts = {state: states.count(state) for state in set(states)}
    return f"{counts} {Campaign.objects.values('state', 'written', 'trouble')}"


def wait_for(is_true) -> None:
    wait_until(is_true, how_far, beat)


def in_hand() -> int:
    return Message.objects.filter(state=Message.State.SENDING).count()


def is_quiet_for_a_while(sink) -> bool:
    """Whether beat may ask again and again, and nothing more goes out."""
    before = len(sink.taken)
    for _time in range(8):
        beat()
        time.sleep(0.3)
    return len(sink.taken) == before


def test_campaign_reaches_each_once_though_workers_are_killed(worker, sink):
    by, kills = make.organizer(), 0
    sink.seconds_per_message = 0.01
    worker.up()
    campaign = let_go(GUESTS, by)

    def goes_on() -> bool:
        """The office resumes what was paused because its worker died twice."""
        if now(campaign).state == State.PAUSED:
            resume_campaign(campaign.pk, by=by)
        return campaign.state == State.SENT

    wait_for(lambda: now(campaign).written > 0)
    for share in [0, 0.1, 0.3, 0.6]:
        wait_for(lambda share=share: goes_on() or len(sink.taken) >= share * GUESTS)
        worker.kill()
        kills += 1
        worker.up()
    wait_for(goes_on)

    copies = sink.copies()
    twice = len(sink.taken) - len(copies)
    say(f"{GUESTS} people, {kills} kills, {twice} doubled under the same Message-ID")
    assert {one for _message_id, one in copies} == set(map(address, range(GUESTS)))
    assert len(copies) == Message.objects.filter(kind="campaign").count() == GUESTS
    assert twice <= kills * worker.concurrency


def test_pause_holds_what_has_not_gone_out_and_resume_sends_it_once(worker, sink):
    by = make.organizer()
    sink.seconds_per_message = 0.02
    worker.up()
    campaign = let_go(150, by)
    wait_for(lambda: len(sink.taken) >= 20)

    pause_campaign(campaign.pk, by=by)
    wait_for(lambda: not in_hand())

    held = 150 - len(sink.taken)
    assert held > 0
    assert is_quiet_for_a_while(sink)
    resume_campaign(campaign.pk, by=by)
    wait_for(lambda: now(campaign).state == State.SENT)
    assert set(sink.copies().values()) == {1}
    assert len(sink.taken) == 150


def test_stop_cancels_what_has_not_gone_out_for_good(worker, sink):
    by = make.organizer()
    sink.seconds_per_message = 0.02
    worker.up()
    campaign = let_go(150, by)
    wait_for(lambda: len(sink.taken) >= 20)

    stop_campaign(campaign.pk, by=by)
    wait_for(lambda: not in_hand())

    assert is_quiet_for_a_while(sink)
    cancelled = Message.objects.filter(state=Message.State.CANCELLED).count()
    written = Message.objects.filter(kind="campaign").count()
    assert 0 < cancelled == written - len(sink.taken)
    assert set(sink.copies().values()) == {1}
