"""500 invitations through a real worker over real SMTP, whatever breaks on the way.

A test waits for states, never for a time; all servers are its own. The storm over
3,000 of them is test_storm.py.
"""

from collections.abc import Callable

from attendees.models import Invitation, Person
from attendees.services.invitations import queue_invitations
from hrconf.mailing import delivery
from hrconf.mailing.models import Line, Message
from tests import make
from tests.faults.servers import wait_until

State = Message.State
MANY = 500


def invite(count: int) -> None:
    """Queue invitations of new guests, the way the office does."""
    edition = make.edition()
    category = make.category(edition)
    people = Person.objects.bulk_create(
        Person(name_latin=f"Guest {n}", sort_key=f"{n}", email=f"guest{n}@guests.example")
        for n in range(count)
    )
    drafts = Invitation.objects.bulk_create(
        Invitation(edition=edition, person=person, category=category) for person in people
    )
    queue_invitations([draft.pk for draft in drafts], by=make.organizer())


def unsettled() -> int:
    return Message.objects.exclude(state__in=Message.SETTLED).count()


def wait_until_settled(tick=delivery.sweep) -> None:
    """Wait until each message has come to its end, sweeping as beat would."""
    wait_until(lambda: unsettled() == 0, how_far, tick=tick)


def sweep_and_supervise(worker) -> Callable[[], None]:
    """Sweep, and start a worker that ended, as whatever supervises it does.

    Now and then one that lost its broker comes back deaf: it notices and ends itself.
    """

    def tick() -> None:
        delivery.sweep()
        worker.up()

    return tick


def how_far() -> str:
    """The states of all messages, and one that is not settled, for who reads a failure."""
    stuck = Message.objects.exclude(state__in=Message.SETTLED).values().first()
    return f"{states(Message, 'state')} {stuck and stuck['error']} {Line.objects.values()}"


def states(model, field: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for state in model.objects.values_list(field, flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts


def test_500_invitations_arrive_exactly_once(worker, sink):
    worker.up()

    invite(MANY)
    wait_until_settled()

    assert states(Message, "state") == {State.SENT: MANY}
    assert states(Invitation, "status") == {Invitation.Status.SENT: MANY}
    assert set(sink.copies().values()) == {1}
    assert len(sink.copies()) == MANY


def test_broker_that_stops_and_forgets_holds_nothing_up(worker, broker, sink):
    worker.up()
    invite(20)
    wait_until_settled()

    broker.kill()
    Person.objects.update(email="")
    invite(80)
    assert Message.objects.filter(state=State.QUEUED).count() == 80
    broker.up()
    wait_until_settled(sweep_and_supervise(worker))

    assert states(Message, "state") == {State.SENT: 100}
    assert set(sink.copies().values()) == {1}


def test_server_with_bad_manners_gets_each_message_once(worker, sink):
    refused = {f"guest{n}@guests.example": "550 5.1.1 unknown" for n in range(5)}
    sink.always.update(refused)
    for n in range(10, 20):
        sink.answer_to_recipient[f"guest{n}@guests.example"] = ["451 later", "450 later"]
    sink.drop_before_data = 5
    sink.seconds_per_message = 0.02
    worker.up()

    invite(60)
    wait_until_settled()

    assert states(Message, "state") == {State.SENT: 55, State.REFUSED: 5}
    assert states(Invitation, "status") == {"sent": 55, "bounced": 5}
    assert len(sink.taken) == 55
    errors = Message.objects.filter(state=State.REFUSED).values_list("error", flat=True)
    assert set(errors) == {"550 5.1.1 unknown"}


def test_silent_server_is_given_one_more_copy_and_no_third(worker, sink):
    """A server that takes mail and hangs up without an answer: same Message-ID, a person decides."""
    sink.drop_after_data = 2
    worker.up()

    invite(1)
    wait_until_settled()

    assert states(Message, "state") == {State.UNCERTAIN: 1}
    assert list(sink.copies().values()) == [2]


def test_server_that_is_down_costs_no_message(worker, sink):
    """Nothing listens; then the server comes back on the same port."""
    sink.answer_to_sender = ["421 shutting down"] * 3
    worker.up()

    invite(30)

    def sweep_and_try() -> None:
        Line.objects.update(try_after="2017-01-01T00:00Z")
        delivery.sweep()

    wait_until(lambda: unsettled() == 0, how_far, sweep_and_try)
    assert states(Message, "state") == {State.SENT: 30}
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}
    assert set(sink.copies().values()) == {1}
