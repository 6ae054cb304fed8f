"""Campaigns: to whom they go, once for each person, and not after a pause or stop."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attendees.models import Campaign, Invitation, Person
from attendees.services import campaigns
from attendees.services.campaigns import (
    pause_campaign,
    resume_campaign,
    schedule_campaign,
    send_test,
    settle_campaigns,
    stop_campaign,
    unschedule_campaign,
    write_campaign,
    write_chunk,
)
from attendees.services.recipients import recipients_of
from hrconf.jobs import services as jobs
from hrconf.jobs.models import Job
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message, Suppression
from hrconf.mailing.suppressions import stop
from tests import make
from tests.attendees import make_campaigns

pytestmark = pytest.mark.django_db
State = Campaign.State


def guests(campaign: Campaign, count: int, **fields) -> list[Invitation]:
    fields = {"status": "sent", **fields}
    return [make.invitation(edition=campaign.edition, **fields) for _ in range(count)]


def begun(count: int, monkeypatch, chunk: int = 2) -> Campaign:
    """A campaign that was let go to so many people, of which nothing is written yet."""
    monkeypatch.setattr(campaigns, "CHUNK", chunk)
    campaign = make_campaigns.campaign()
    guests(campaign, count)
    return schedule_campaign(campaign.pk, by=make.organizer())


def nothing(done: int, total: int) -> None:
    """A progress bar that nobody looks at."""


def letters(campaign: Campaign, **fields) -> int:
    return Message.objects.filter(occasion=f"campaign:{campaign.pk}", **fields).count()


def state(campaign: Campaign) -> str:
    return Campaign.objects.get(pk=campaign.pk).state


# To whom --------------------------------------------------------------------------------


def test_who_cannot_or_will_not_be_mailed_is_left_out_with_the_reason():
    campaign = make_campaigns.campaign(is_once_per_address=True)
    going, twin = guests(campaign, 2)
    Person.objects.filter(pk=twin.person_id).update(email=going.person.email.upper())
    nameless, bad, stopped, merged = guests(campaign, 4)
    Person.objects.filter(pk=nameless.person_id).update(email="")
    Person.objects.filter(pk=bad.person_id).update(name_latin="Eve\nBcc: all")
    stop(stopped.person.email, Suppression.Reason.UNSUBSCRIBED)
    Person.objects.filter(pk=merged.person_id).update(merged_into=going.person)

    preview = recipients_of(campaign)

    assert [person.pk for person in preview.going] == [going.person_id]
    assert {person.pk: reason for person, reason in preview.left_out} == {
        twin.person_id: "same_address",
        nameless.person_id: "no_email",
        bad.person_id: "bad_address",
        stopped.person_id: "unsubscribed",
        merged.person_id: "merged",
    }


def test_people_of_one_address_each_get_their_letter_unless_the_campaign_says_once():
    campaign = make_campaigns.campaign()
    for invitation in guests(campaign, 2):
        Person.objects.filter(pk=invitation.person_id).update(email="both@guests.example")

    assert recipients_of(campaign).mails == 2
    campaign.is_once_per_address = True
    assert recipients_of(campaign).mails == 1


def test_who_has_no_link_that_the_text_names_is_left_out():
    campaign = make_campaigns.campaign(text_zh_hans="{answer_link}")
    guests(campaign, 1)
    guests(campaign, 1, status="draft")

    assert recipients_of(campaign).report() == {"mails": 1, "left_out": {"lacks": 1}}


@pytest.mark.parametrize("count", [1, 20])
def test_recipients_cost_four_queries_however_many(count):
    campaign = make_campaigns.campaign(text_en="{answer_link} {sender} {owner}")
    fields = {"association": make.association(), "owner": make.user()}
    guests(campaign, count, **fields)
    campaign = Campaign.objects.select_related("edition", "audience__edition").get()

    with CaptureQueriesContext(connection) as seen:
        assert recipients_of(campaign).mails == count

    # people, suppressions, invitations, registrations
    assert len(seen) == 4, [query["sql"] for query in seen]


# Sending --------------------------------------------------------------------------------


def test_each_person_gets_one_letter_in_their_language(monkeypatch):
    campaign = begun(3, monkeypatch)
    Person.objects.filter(pk=campaign.recipients[0]).update(preferred_language="zh-hans")

    write_campaign(campaign.pk, nothing)

    assert letters(campaign, batch=campaign.batch, kind="campaign") == 3
    chinese = Message.objects.get(language="zh-hans")
    assert chinese.subject.startswith("致来宾")
    assert "即将开幕" in chinese.text
    assert "unsubscribe" in Message.objects.filter(language="en").first().text


def test_job_writes_the_letters_and_beat_ends_the_campaign(monkeypatch):
    campaign = begun(3, monkeypatch)

    assert jobs.run(Job.objects.get().pk)
    assert Job.objects.get().state == Job.State.DONE, Job.objects.get().error
    assert settle_campaigns()["sent"] == 0
    Message.objects.update(state="sent", sent_at=timezone.now())
    assert settle_campaigns()["sent"] == 1
    assert state(campaign) == State.SENT


def test_job_killed_between_two_chunks_doubles_nothing_when_started_again(monkeypatch):
    campaign = begun(5, monkeypatch)
    original, calls = campaigns.write_chunk, []

    def killed(pk):
        calls.append(pk)
        if len(calls) == 3:
            raise KeyboardInterrupt  # what no handler of ours takes for an error
        return original(pk)

    monkeypatch.setattr(campaigns, "write_chunk", killed)
    with pytest.raises(KeyboardInterrupt):
        write_campaign(campaign.pk, nothing)
    assert letters(campaign) == 4
    monkeypatch.setattr(campaigns, "write_chunk", original)

    assert write_campaign(campaign.pk, nothing) == 1
    assert write_campaign(campaign.pk, nothing) == 0
    assert letters(campaign) == 5


def test_letters_are_not_doubled_even_if_the_count_of_what_is_written_is_lost(monkeypatch):
    campaign = begun(3, monkeypatch)
    write_campaign(campaign.pk, nothing)
    Campaign.objects.update(written=0)

    assert write_campaign(campaign.pk, nothing) == 0
    assert letters(campaign) == 3


def test_who_left_the_audience_or_unsubscribed_since_the_start_gets_nothing(monkeypatch):
    campaign = begun(4, monkeypatch, chunk=4)
    campaign.audience.filters = {"status": ["sent"]}
    campaign.audience.save()
    first, second, *_rest = campaign.recipients
    now = timezone.now()
    Invitation.objects.filter(person=first).update(status="declined", answered_at=now)
    stop(Person.objects.get(pk=second).email, Suppression.Reason.UNSUBSCRIBED)

    write_campaign(campaign.pk, nothing)

    assert letters(campaign) == 2
    campaign.batch.refresh_from_db()
    assert campaign.batch.report["left_out"] == {"changed": 1, "unsubscribed": 1}


def test_who_was_merged_since_the_start_gets_it_at_the_record_that_was_kept(monkeypatch):
    campaign = begun(2, monkeypatch)
    kept, gone = campaign.recipients
    Person.objects.filter(pk=gone).update(merged_into=kept)

    write_campaign(campaign.pk, nothing)

    assert [message.recipient for message in Message.objects.all()] == [f"person:{kept}"]


@pytest.mark.parametrize("count", [2, 20])
def test_chunk_costs_the_same_queries_however_many_letters(count, monkeypatch):
    campaign = begun(count, monkeypatch, chunk=50)

    with CaptureQueriesContext(connection) as seen:
        assert write_chunk(campaign.pk) == count

    assert len(seen) == 17, [query["sql"][:80] for query in seen]


# Pause, resume, stop --------------------------------------------------------------------


def test_pause_holds_what_waits_and_writes_no_more(monkeypatch):
    campaign = begun(5, monkeypatch)
    write_chunk(campaign.pk)
    Message.objects.filter(pk=Message.objects.first().pk).update(
        state="sent", sent_at=timezone.now()
    )

    pause_campaign(campaign.pk, by=make.organizer())

    assert write_campaign(campaign.pk, nothing) == 0
    assert (letters(campaign, state="held"), letters(campaign, state="sent")) == (1, 1)


def test_resume_lets_go_what_was_held_and_writes_the_rest(monkeypatch):
    campaign = begun(5, monkeypatch)
    write_chunk(campaign.pk)
    by = make.organizer()
    pause_campaign(campaign.pk, by=by)
    guarded = Message.objects.first()
    Message.objects.filter(pk=guarded.pk).update(error="Held for another reason")

    resume_campaign(campaign.pk, by=by)

    assert Job.objects.count() == 2
    assert jobs.run(Job.objects.latest("pk").pk)
    assert (letters(campaign, state="queued"), letters(campaign, state="held")) == (4, 1)


def test_stop_cancels_what_waits_for_good(monkeypatch):
    campaign = begun(5, monkeypatch)
    write_chunk(campaign.pk)

    stop_campaign(campaign.pk, by=make.organizer())

    assert write_campaign(campaign.pk, nothing) == 0
    assert (letters(campaign), letters(campaign, state="cancelled")) == (2, 2)
    with pytest.raises(DomainError):
        resume_campaign(campaign.pk, by=make.organizer())


def test_letter_that_a_worker_puts_back_after_the_pause_or_stop_is_caught(monkeypatch):
    campaign = begun(2, monkeypatch)
    write_chunk(campaign.pk)
    by = make.organizer()
    pause_campaign(campaign.pk, by=by)
    Message.objects.update(state="queued", error="4.2.1 later")

    assert settle_campaigns()["held"] == 2
    stop_campaign(campaign.pk, by=by)
    Message.objects.update(state="queued")
    settle_campaigns()
    assert letters(campaign, state="cancelled") == 2


def test_campaign_whose_job_failed_is_paused_and_says_why(monkeypatch):
    campaign = begun(2, monkeypatch)
    Job.objects.update(state="failed", error="It broke", finished_at=timezone.now())

    settle_campaigns()

    campaign.refresh_from_db()
    assert (campaign.state, campaign.trouble) == (State.PAUSED, "It broke")


# Schedule -------------------------------------------------------------------------------


def test_scheduled_campaign_starts_when_its_time_has_come_to_who_is_there_then():
    campaign = make_campaigns.campaign()
    at = timezone.now() + timedelta(hours=1)
    schedule_campaign(campaign.pk, by=make.organizer(), at=at)
    guests(campaign, 2)

    assert settle_campaigns(at - timedelta(seconds=1))["started"] == 0
    assert [settle_campaigns(at)["started"], settle_campaigns(at)["started"]] == [1, 0]
    campaign.refresh_from_db()
    assert (campaign.state, len(campaign.recipients)) == (State.SENDING, 2)


def test_campaign_of_somebody_who_may_no_longer_send_becomes_a_draft_again():
    campaign = make_campaigns.campaign()
    by, at = make.organizer(), timezone.now() + timedelta(hours=1)
    schedule_campaign(campaign.pk, by=by, at=at)
    by.groups.clear()

    assert settle_campaigns(at)["started"] == 0
    campaign.refresh_from_db()
    assert (campaign.state, bool(campaign.trouble)) == (State.DRAFT, True)


def test_scheduled_campaign_can_be_taken_back():
    campaign = make_campaigns.campaign()
    at = timezone.now() + timedelta(hours=1)
    schedule_campaign(campaign.pk, by=make.organizer(), at=at)

    unschedule_campaign(campaign.pk, by=make.organizer())

    assert state(campaign) == State.DRAFT


def test_nothing_is_sent_to_nobody_in_the_past_or_twice(monkeypatch):
    empty, by = make_campaigns.campaign(), make.organizer()
    with pytest.raises(DomainError, match="nobody"):
        schedule_campaign(empty.pk, by=by)
    with pytest.raises(DomainError, match="still to come"):
        schedule_campaign(empty.pk, by=by, at=timezone.now())
    under_way = begun(1, monkeypatch)
    with pytest.raises(DomainError, match="state"):
        schedule_campaign(under_way.pk, by=by)


def test_campaign_whose_text_is_missing_in_a_language_does_not_go():
    campaign = make_campaigns.campaign(text_zh_hans="")
    guests(campaign, 1)

    with pytest.raises(DomainError, match="both languages"):
        schedule_campaign(campaign.pk, by=make.organizer())


# Test letter ----------------------------------------------------------------------------


def test_letter_to_oneself_reads_as_theirs_and_opens_nothing_of_theirs():
    campaign = make_campaigns.campaign(text_en="{name}: {answer_link}")
    invitation, by = guests(campaign, 1)[0], make.organizer()
    stop(by.email, Suppression.Reason.UNSUBSCRIBED)

    message = send_test(campaign, invitation.person, language="en", by=by)

    assert (message.to_address, message.kind, message.state) == (
        by.email,
        "campaign_test",
        "queued",
    )
    assert message.subject == f"[Test] News for {invitation.person.name_latin}"
    assert "/…/" in message.text
    assert "unsubscribe" not in message.text
