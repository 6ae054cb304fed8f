"""Inviting: one transaction, few queries, nobody twice, and who is left out is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendees.models import Invitation
from attendees.services.invitations import (
    preview_invitations,
    queue_invitations,
    withdraw_invitation,
)
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Batch, Message
from hrconf.mailing.services import cancel_message
from tests import make

pytestmark = pytest.mark.django_db
Status = Invitation.Status


def drafts(count: int) -> list[int]:
    edition = make.edition()
    return [make.invitation(edition=edition).pk for _n in range(count)]


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
        with CaptureQueriesContext(connection, ) as queries:
            queue_invitations(ids, by=by)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12
