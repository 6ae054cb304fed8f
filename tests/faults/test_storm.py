"""3,000 invitations, and everything breaks: `make test-faults`; a tenth of them in `make test`.

Workers are killed with -9 five times, beat once; the broker hangs, is stopped and
comes back with nothing in its memory; the mail server is slow, hangs up, is busy,
refuses some for now and some for ever. What the server's ledger says is the truth.
"""

import random
import time
from collections import Counter

import pytest

from attendees.models import Invitation, Person
from attendees.services.invitations import queue_invitations
from hrconf.mailing import services
from hrconf.mailing.models import Message, Suppression
from tests import make
from tests.faults.servers import Beat, Worker, wait_until
from tests.faults.storm import BROKER_GONE, GUESTS, SCALE, SEED, Fleet, Weather, address, say
from tests.mailing.sink import Sink

State = Message.State
WORKERS = 2
PATIENT = {"EMAIL_TIMEOUT": "4", "MAIL_FINAL_TIMEOUT": "10"}  # slowness makes no copies


@pytest.fixture
def dice() -> random.Random:
    return random.Random(SEED)


@pytest.fixture
def fleet(tmp_path, broker, mail_server, dice, transactional_db, settings):
    settings.BASE_URL = "https://conference.example"
    settings.EMAIL_TIMEOUT, settings.MAIL_FINAL_TIMEOUT, settings.MAIL_CLAIM_SLACK = 4, 10, 1
    workers = []
    for number in range(WORKERS):
        folder = tmp_path / f"worker{number}"
        folder.mkdir()
        workers.append(Worker(folder, broker, mail_server.port, concurrency=1, **PATIENT))
    made = Fleet(workers, dice)
    yield made
    made.end()


@pytest.fixture
def beat(tmp_path, broker, mail_server):
    made = Beat(tmp_path, broker, mail_server.port, sweep_seconds=max(2, 30 * SCALE))
    yield made
    made.kill()


def drafts() -> list[int]:
    """Invitations of all guests, as the office has drawn them up."""
    edition = make.edition()
    category = make.category(edition)
    people = Person.objects.bulk_create(
        Person(name_latin=f"Guest {n}", sort_key=f"{n}", email=address(n)) for n in range(GUESTS)
    )
    made = Invitation.objects.bulk_create(
        Invitation(edition=edition, person=person, category=category) for person in people
    )
    return [draft.pk for draft in made]


def unsettled() -> int:
    return Message.objects.exclude(state__in=Message.SETTLED).count()


def how_far() -> str:
    stuck = Message.objects.exclude(state__in=Message.SETTLED).values("state", "error", "attempts")
    return f"seed {SEED}: {Counter(Message.objects.values_list('state', flat=True))} {stuck[:3]}"


def wait_for_mails(sink: Sink, fleet: Fleet, more: int) -> None:
    """Wait until so many more mails arrived, or none is left to come."""
    goal = len(sink.taken) + more
    wait_until(lambda: len(sink.taken) >= goal or unsettled() == 0, how_far, fleet.up)


def outage(broker, fleet: Fleet, invite) -> None:
    """The broker hangs, then dies; meanwhile the office goes on, and a worker is killed."""
    broker.hang()
    invite()
    time.sleep(BROKER_GONE / 2)
    broker.kill()
    fleet.kill_one()
    time.sleep(BROKER_GONE / 2)
    broker.up()


def judge_uncertain(sink: Sink, by) -> int:
    """What was hit twice waits for a person, who asks the ledger."""
    arrived = {message_id for message_id, _address in sink.taken}
    found = Message.objects.filter(state=State.UNCERTAIN)
    for message in found:
        deed = services.mark_sent if message.header_id in arrived else services.send_again
        deed(message.pk, by=by)
    return len(found)


def storm(fleet: Fleet, beat: Beat, broker, sink: Sink, dice: random.Random) -> None:
    """Everything that happens, in its order; the dice say at which mail."""
    ids, by = drafts(), make.organizer()
    half, rest = ids[: GUESTS // 2], ids[GUESTS // 2 :]
    few = lambda: dice.randint(GUESTS // 30, GUESTS // 10)  # noqa: E731
    fleet.up()
    beat.up()
    queue_invitations(half, by=by)
    for _kill in range(2):
        wait_for_mails(sink, fleet, few())
        fleet.kill_one()
    wait_for_mails(sink, fleet, few())
    outage(broker, fleet, lambda: queue_invitations(rest[::2], by=by))
    queue_invitations(rest[1::2], by=by)
    wait_for_mails(sink, fleet, few())
    sink.answer_to_sender = ["421 4.3.2 too busy"]
    beat.kill()
    beat.up()
    for _kill in range(2):
        wait_for_mails(sink, fleet, few())
        fleet.kill_one()
    wait_until(lambda: unsettled() == 0, how_far, fleet.up)


def test_storm_loses_nothing_and_every_state_is_true(
    fleet, beat, broker, sink, dice, record_property
):
    weather = Weather(dice)
    weather.blow(sink)
    say(f"Storm over {GUESTS} invitations: HRCONF_FAULT_SCALE={SCALE} HRCONF_FAULT_SEED={SEED}")
    began = time.monotonic()

    storm(fleet, beat, broker, sink, dice)
    judged = judge_uncertain(sink, make.organizer())
    wait_until(lambda: unsettled() == 0, how_far, fleet.up)

    figures = report(sink, weather, fleet) | {"judged by a person": judged}
    say(f"{figures}, {time.monotonic() - began:.0f} s")
    record_property("figures", figures)
    check_ledger(sink, weather, fleet)
    check_states(weather)


def report(sink: Sink, weather: Weather, fleet: Fleet) -> dict[str, object]:
    arrived = {one for _message_id, one in sink.taken}
    wanted = {one for one in map(address, range(GUESTS)) if weather.fate(one)[0] == "sent"}
    return {
        "lost": len(wanted - arrived),
        "doubled": len(sink.taken) - len(sink.copies()),
        "kills": fleet.kills,
        "states": dict(Counter(Message.objects.values_list("state", flat=True))),
    }


def check_ledger(sink: Sink, weather: Weather, fleet: Fleet) -> None:
    """Who should have mail has it, once per kill twice at most, under one Message-ID."""
    sent = Message.objects.filter(state=State.SENT)
    doubled = {message_id for (message_id, _one), n in sink.copies().items() if n > 1}
    repeated = {message.header_id for message in Message.objects.filter(repeats__gt=0)}

    assert len(fleet.kills) == 5
    assert set(sink.copies()) == {(message.header_id, message.to_address) for message in sent}
    assert len(sink.taken) - len(sink.copies()) <= len(fleet.kills)
    assert doubled <= repeated


def check_states(weather: Weather) -> None:
    """Each row of a message and of its invitation says what became of it."""
    messages = Message.objects.values_list("to_address", "state", "sent_at")
    truth = {one: (state, sent_at) for one, state, sent_at in messages}
    rows = Invitation.objects.values_list("person__email", "status", "sent_at")
    stopped = set(Suppression.objects.values_list("address", flat=True))
    nobody = {one for one, words in weather.refused.items() if "5.1.1" in words}

    assert {one: state for one, (state, _at) in truth.items()} == {
        address(number): weather.fate(address(number))[0] for number in range(GUESTS)
    }
    assert {one: (status, at) for one, status, at in rows} == {
        one: (weather.fate(one)[1], at) for one, (_state, at) in truth.items()
    }
    assert stopped == nobody
