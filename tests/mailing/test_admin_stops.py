"""Stopped addresses, returned mail and a doubted database in the office."""

import pytest
from django.urls import reverse

from hrconf.mailing import delivery, mark, suppressions
from hrconf.mailing.models import Installation, Message, Suppression
from tests import make
from tests.office.rows import ROWS

pytestmark = pytest.mark.django_db
State = Message.State
Reason = Suppression.Reason


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.SECOND_FACTOR_ROLES = []


@pytest.fixture
def organizer(client):
    user = make.organizer()
    client.force_login(user)
    return user


def stop(address: str = "guest@guests.example", reason: str = Reason.HARD_BOUNCE) -> Suppression:
    return suppressions.stop(address, reason, detail="550 5.1.1 <script>no</script>")


def page(model: str, *args) -> str:
    return reverse(f"admin:mailing_{model}", args=args)


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_list_says_which_address_is_stopped_why_and_finds_it(client, organizer):
    stop()
    stop("other@guests.example", Reason.UNSUBSCRIBED)

    shown = text_of(client, page("suppression_changelist") + "?q=guest@")

    assert "Returned: no such address" in shown
    assert "550 5.1.1 &lt;script&gt;" in shown
    assert "other@guests.example" not in shown


def test_person_lifts_a_stop_with_a_reason_that_is_kept(client, organizer):
    row = stop()

    client.post(page("suppression_lift", row.pk), {"reason": "  "})
    row.refresh_from_db()
    assert row.is_in_force

    client.post(page("suppression_lift", row.pk), {"reason": "He rang: the mailbox is back"})
    row.refresh_from_db()
    assert (row.lifted_by, row.lift_reason) == (organizer, "He rang: the mailbox is back")
    assert suppressions.is_suppressed(row.address, optional=True) is None
    assert "He rang" in text_of(client, page("suppression_change", row.pk))


def test_lifting_twice_is_refused_and_keeps_the_first_reason(client, organizer):
    row = stop()
    for reason in ["First", "Second"]:
        client.post(page("suppression_lift", row.pk), {"reason": reason})

    row.refresh_from_db()
    assert row.lift_reason == "First"


def test_an_address_that_was_lifted_can_be_stopped_again(organizer):
    suppressions.lift(stop().pk, by=organizer, reason="Try")

    assert stop() is not None
    assert stop() is None


def test_returned_mail_is_listed_with_the_letter_it_is_about(client, organizer):
    bounce = ROWS["mailing.bounce"]()

    shown = text_of(client, page("bounce_changelist"))

    assert bounce.message.subject in shown
    assert "Returned for good" in shown


def test_persons_page_says_since_when_and_why_mail_has_stopped(client, organizer):
    person = make.person(email="Guest@guests.example")
    url = reverse("admin:attendees_person_change", args=[person.pk])
    assert "No mail to this address" not in text_of(client, url)

    stop()

    shown = text_of(client, url)
    assert "No mail to this address since" in shown
    assert "550 5.1.1 &lt;script&gt;" in shown


def test_outbox_shows_what_came_back_and_what_its_reader_does_not_want(client, organizer):
    make.message(state=State.CANCELLED, error=suppressions.WHY[Reason.UNSUBSCRIBED])

    assert "The reader has unsubscribed." in text_of(client, page("message_changelist"))


@pytest.mark.parametrize(
    ("deed", "state"), [("let-go", State.QUEUED), ("keep-back", State.CANCELLED)]
)
def test_outbox_tells_of_a_doubted_database_and_a_person_decides(
    client, organizer, smtp, deed, state
):
    delivery.deliver_due()
    Installation.objects.update(mark={}, base_url="https://old.example")
    message = make.message()
    delivery.deliver_due()
    shown = text_of(client, page("message_changelist"))
    assert "this database was copied or restored" in shown
    assert "https://old.example" in shown

    client.post(page("message_doubt", deed))

    message.refresh_from_db()
    assert message.state == state
    assert mark.in_doubt() is None
    assert "copied or restored. " not in text_of(client, page("message_changelist"))


def test_unknown_deed_about_doubt_is_not_there(client, organizer):
    assert client.post(page("message_doubt", "forget")).status_code == 404
