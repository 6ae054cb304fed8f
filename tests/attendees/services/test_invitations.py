"""Inviting: one transaction, few queries, nobody twice, and who is left out is told."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attendees.models import Invitation
from attendees.services.answers import invitation_of
from attendees.services.invitations import (
    follow_message,
    preview_invitations,
    queue_invitations,
    withdraw_invitation,
)
from hrconf.lib.errors import DomainError
from hrconf.mailing import delivery
from hrconf.mailing.models import Batch, Message
from hrconf.mailing.services import cancel_message
from tests import make

pytestmark = pytest.mark.django_db
Status = Invitation.Status


def drafts(count: int) -> list[int]:
    edition = make.edition()
    return [make.invitation(edition=edition).pk for _n in range(count)]


def end(message: Message, state: str, **fields) -> None:
    """Bring a message to its end the way a worker does."""
    Message.objects.claim(message.pk)
    message.refresh_from_db()
    delivery.settle(message, state, **fields)


def test_queue_invitations_writes_messages_and_statuses():
    ids = drafts(3)

    batch = queue_invitations(ids, by=make.organizer())

    assert set(Invitation.objects.values_list("status", "sendings")) == {(Status.QUEUED, 1)}
    assert Message.objects.of_batch(batch).count() == 3
    assert batch.report == {"mails": 3, "left_out": {}}


def test_queue_invitations_twice_adds_nothing():
    ids = drafts(2)
    by = make.organizer()
    queue_invitations(ids, by=by)

    with pytest.raises(DomainError) as refusal:
        queue_invitations(ids, by=by)

    assert refusal.value.code == "nobody_to_mail"
    assert (Message.objects.count(), Batch.objects.count()) == (2, 1)


def test_queue_invitations_costs_the_same_for_twenty_as_for_one():
    by = make.organizer()
    counts = []
    for size in [1, 20]:
        ids = drafts(size)
        with CaptureQueriesContext(connection) as queries:
            queue_invitations(ids, by=by)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 13


def test_preview_says_who_is_left_out_and_why():
    edition = make.edition()
    fine = make.invitation(edition=edition)
    silent = make.invitation(edition=edition, person=make.person(email=""))
    odd = make.invitation(edition=edition, person=make.person(name_latin="A\nBcc: b"))
    sent = make.invitation(edition=edition, status=Status.SENT)
    gone = make.invitation(edition=edition, status=Status.WITHDRAWN)

    preview = preview_invitations([i.pk for i in [fine, silent, odd, sent, gone]])

    assert (preview.going, preview.mails) == ([fine], 1)
    assert {(row.pk, reason) for row, reason in preview.left_out} == {
        (silent.pk, "no_email"),
        (odd.pk, "bad_address"),
        (sent.pk, "invited"),
        (gone.pk, "withdrawn"),
    }


def test_batch_reports_who_was_left_out():
    edition = make.edition()
    ids = [make.invitation(edition=edition).pk]
    ids += [make.invitation(edition=edition, person=make.person(email="")).pk for _n in range(2)]

    batch = queue_invitations(ids, by=make.organizer())

    assert batch.report == {"mails": 1, "left_out": {"no_email": 2}}


@pytest.mark.parametrize(("language", "words"), [("en", "Dear Li Hua,"), ("zh-hans", "李华")])
def test_letter_speaks_the_guests_language_and_has_their_link(language, words, settings):
    settings.BASE_URL = "https://conference.example"
    person = make.person(name_native="李华", name_latin="Li Hua", preferred_language=language)
    invitation = make.invitation(person=person)

    queue_invitations([invitation.pk], by=make.organizer())

    message = Message.objects.get()
    assert words in message.text
    assert message.to_name in {"Li Hua", "李华"}
    links = list(dict.fromkeys(re.findall(r"https://\S+/invitation/\S+/(?=\s)", message.text)))
    other = "en" if language == "zh-hans" else "zh-hans"
    for link, page in zip(links, [language, other], strict=True):
        assert link.startswith(f"https://conference.example/{page}/{invitation.edition.slug}/")
        assert f'href="{link}"' in message.html


def test_link_leads_to_the_invitation_and_no_other_does(settings):
    settings.DEMO = True  # the edition of the makers is past
    first, second = make.invitation(), make.invitation()
    queue_invitations([first.pk, second.pk], by=make.organizer())
    tokens = [
        re.search(r"invitation/(\S+)/", message.text)[1]
        for message in Message.objects.order_by("pk")
    ]

    assert invitation_of(tokens[0], first.edition.slug) == first
    assert invitation_of(tokens[0], second.edition.slug) is None
    assert invitation_of(tokens[0][:-1] + "x", first.edition.slug) is None


def test_invitation_follows_its_mail_to_sent():
    invitation = make.invitation()
    queue_invitations([invitation.pk], by=make.organizer())

    delivery.mark_sent(Message.objects.get(), "250 taken")

    invitation.refresh_from_db()
    assert (invitation.status, invitation.sent_at) == (Status.SENT, Message.objects.get().sent_at)


@pytest.mark.parametrize("state", [Message.State.REFUSED, Message.State.FAILED])
def test_invitation_follows_its_mail_to_bounced(state):
    invitation = make.invitation()
    queue_invitations([invitation.pk], by=make.organizer())

    end(Message.objects.get(), state, error="550 unknown")

    invitation.refresh_from_db()
    assert invitation.status == Status.BOUNCED


def test_bounced_guest_is_invited_again_only_at_another_address():
    by = make.organizer()
    invitation = make.invitation()
    queue_invitations([invitation.pk], by=by)
    end(Message.objects.get(), Message.State.REFUSED)

    assert preview_invitations([invitation.pk]).reasons == {"bounced": 1}
    invitation.person.email = "right@guests.example"
    invitation.person.save()
    queue_invitations([invitation.pk], by=by)

    assert Message.objects.latest("pk").to_address == "right@guests.example"


def test_cancelled_mail_makes_a_draft_again_that_can_be_sent():
    by = make.organizer()
    invitation = make.invitation()
    queue_invitations([invitation.pk], by=by)

    cancel_message(Message.objects.get().pk, by=by)
    invitation.refresh_from_db()
    assert invitation.status == Status.DRAFT

    queue_invitations([invitation.pk], by=by)
    assert Message.objects.count() == 2


def test_late_news_of_a_mail_changes_no_answer():
    invitation = make.invitation()
    queue_invitations([invitation.pk], by=make.organizer())
    Invitation.objects.update(status=Status.ACCEPTED, answered_at=timezone.now())

    delivery.mark_sent(Message.objects.get(), "250 taken")

    invitation.refresh_from_db()
    assert invitation.status == Status.ACCEPTED


def test_withdraw_cancels_the_waiting_mail_and_ends_the_link():
    invitation = make.invitation()
    queue_invitations([invitation.pk], by=make.organizer())

    withdraw_invitation(invitation.pk, by=make.organizer())

    invitation.refresh_from_db()
    assert (invitation.status, invitation.key_version) == (Status.WITHDRAWN, 2)
    assert Message.objects.get().state == Message.State.CANCELLED


def test_withdraw_refuses_who_has_accepted():
    invitation = make.invitation(status=Status.ACCEPTED)

    with pytest.raises(DomainError):
        withdraw_invitation(invitation.pk, by=make.organizer())


def test_bounce_that_comes_after_the_mail_was_taken_shows_on_the_invitation():
    invitation = make.invitation()
    queue_invitations([invitation.pk], by=make.organizer())
    message = Message.objects.get()
    delivery.mark_sent(message, "250 taken")

    message.state = Message.State.REFUSED
    follow_message(message)

    invitation.refresh_from_db()
    assert invitation.status == Status.BOUNCED


def test_late_bounce_of_an_earlier_letter_says_nothing_of_the_newer_one():
    by, invitation = make.organizer(), make.invitation()
    queue_invitations([invitation.pk], by=by)
    first = Message.objects.get()
    cancel_message(first.pk, by=by)
    queue_invitations([invitation.pk], by=by)

    first.state = Message.State.REFUSED
    follow_message(first)

    invitation.refresh_from_db()
    assert invitation.status == Status.QUEUED
