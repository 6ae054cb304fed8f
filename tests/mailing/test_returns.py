"""What returned mail changes: the message, its address, the invitation; and what it must not."""

import base64
import hashlib
import hmac
import io
import json
import socketserver
import threading
import time
import uuid

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from hrconf.mailing import delivery, services, suppressions
from hrconf.mailing.models import Bounce, Message, Suppression
from hrconf.mailing.returns.mailbox import read_mailbox
from hrconf.mailing.returns.recording import record_mail
from tests import make
from tests.mailing.test_reports import OURS, SAMPLES, sample

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.BASE_URL = "https://conference.example"


def sent(**fields) -> Message:
    now = timezone.now()
    defaults = {"message_id": OURS, "state": State.SENT, "sent_at": now, "handed_at": now}
    return make.message(**{**defaults, "to_address": "Guest@guests.example", **fields})


def again(name: str, number: int) -> bytes:
    """The sample about another message of ours."""
    other = str(uuid.UUID(int=number)).encode()
    return sample(name).replace(str(OURS).encode(), other)


@pytest.mark.parametrize("name", ["postfix", "exchange", "qq", "nested", "return-path"])
def test_dead_address_shows_on_the_message_and_gets_no_more_mail(name):
    message = sent()

    assert record_mail(sample(name), "file") == "matched"

    message.refresh_from_db()
    assert message.state == State.BOUNCED
    assert message.history[-1]["state"] == "bounced"
    assert message.why.strip()
    assert suppressions.is_suppressed("GUEST@guests.example", optional=False) == "hard_bounce"
    assert Suppression.objects.get().message == message


def test_the_same_report_twice_changes_nothing():
    message = sent()
    record_mail(sample("postfix"), "file")
    message.refresh_from_db()

    assert record_mail(sample("postfix"), "mailbox") == "known"

    before = message.history
    message.refresh_from_db()
    assert message.history == before
    assert Bounce.objects.count() == Suppression.objects.count() == 1


def test_another_report_of_the_same_message_adds_no_second_entry():
    message = sent()
    record_mail(sample("postfix"), "file")
    record_mail(sample("exchange"), "file")

    message.refresh_from_db()
    assert [entry["state"] for entry in message.history] == ["bounced"]
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("name", ["foreign", "other-host", "nobody-named"])
def test_report_that_names_no_message_of_ours_is_kept_and_changes_nothing(name):
    message = sent()

    assert record_mail(sample(name), "file") == "unmatched"

    message.refresh_from_db()
    assert message.state == State.SENT
    assert not Suppression.objects.exists()
    assert Bounce.objects.get().message is None


def test_report_about_a_message_that_never_left_is_forged():
    message = make.message(message_id=OURS)

    assert record_mail(sample("postfix"), "file") == "unmatched"

    message.refresh_from_db()
    assert message.state == State.QUEUED
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("name", ["vacation", "vacation-chinese", "dmarc", "delivered"])
def test_what_is_no_report_is_not_kept(name):
    message = sent()

    assert record_mail(sample(name), "file") == "other"

    message.refresh_from_db()
    assert message.state == State.SENT
    assert not Bounce.objects.exists()


def test_message_put_off_is_noted_and_stays_sent():
    message = sent()

    assert record_mail(sample("delayed"), "file") == "matched"

    message.refresh_from_db()
    assert message.state == State.SENT
    assert Bounce.objects.get().sort == "delayed"
    assert not Suppression.objects.exists()


def test_soft_returns_stop_the_address_at_the_third_message(settings):
    settings.MAIL_SOFT_BOUNCES = 3
    for number in range(1, 4):
        assert not Suppression.objects.exists()
        message = sent(message_id=uuid.UUID(int=number))
        record_mail(again("postfix-full", number), "file")
        message.refresh_from_db()
        assert message.state == State.BOUNCED

    assert suppressions.is_suppressed("guest@guests.example", optional=False) == "soft_bounces"


def test_soft_returns_of_one_message_count_once_and_old_ones_not_at_all(settings):
    settings.MAIL_SOFT_BOUNCES = 2
    sent()
    record_mail(sample("postfix-full"), "file")
    record_mail(sample("netease-full"), "file")
    Bounce.objects.update(received_at=timezone.now() - timezone.timedelta(days=31))
    sent(message_id=uuid.UUID(int=1))
    record_mail(again("postfix-full", 1), "file")

    assert not Suppression.objects.exists()


def test_lifted_stop_counts_soft_returns_anew(settings):
    settings.MAIL_SOFT_BOUNCES = 1
    sent()
    record_mail(sample("postfix-full"), "file")
    suppressions.lift(Suppression.objects.get().pk, by=make.organizer(), reason="He rang")
    settings.MAIL_SOFT_BOUNCES = 2

    sent(message_id=uuid.UUID(int=1))
    record_mail(again("postfix-full", 1), "file")

    assert suppressions.is_suppressed("guest@guests.example", optional=True) is None


def test_complaint_stops_optional_mail_and_no_other():
    message = sent()

    record_mail(sample("feedback"), "file")

    message.refresh_from_db()
    assert message.state == State.SENT
    assert suppressions.is_suppressed("guest@guests.example", optional=True) == "complaint"
    assert suppressions.is_suppressed("guest@guests.example", optional=False) is None


def test_returned_invitation_is_bounced_and_so_is_the_next_one_to_the_address(smtp):
    invitation = make.invitation(status="sent", sendings=1)
    sent(kind="invitation", occasion=f"invitation:{invitation.pk}:1")
    record_mail(sample("postfix"), "file")
    invitation.refresh_from_db()
    assert invitation.status == "bounced"

    other = make.invitation(status="queued", sendings=1)
    make.message(
        kind="invitation", occasion=f"invitation:{other.pk}:1", to_address="guest@guests.example"
    )
    delivery.deliver_due()

    other.refresh_from_db()
    assert other.status == "bounced"
    assert smtp.taken == []


def test_refusal_in_conversation_stops_the_address(smtp):
    dead, policy = make.message(), make.message()
    smtp.always[dead.to_address] = "550 5.1.1 no such mailbox"
    smtp.always[policy.to_address] = "550 5.7.1 you are on a list"

    delivery.deliver_due()

    assert suppressions.is_suppressed(dead.to_address, optional=False) == "refused"
    assert suppressions.is_suppressed(policy.to_address, optional=False) is None


def test_report_that_is_faster_than_our_own_note_stays(smtp):
    message = make.message()
    Message.objects.claim(message.pk)
    message.refresh_from_db()
    delivery.note_hand_over(message)
    Message.objects.update(message_id=OURS)
    record_mail(sample("postfix"), "file")

    delivery.mark_sent(message, "250 taken")

    message.refresh_from_db()
    assert message.state == State.BOUNCED


def test_returned_message_is_sent_again_once_a_person_lifts_the_stop(smtp):
    message = sent()
    record_mail(sample("postfix"), "file")
    organizer = make.organizer()
    suppressions.lift(Suppression.objects.get().pk, by=organizer, reason="The mailbox is back")

    services.retry_message(message.pk, by=organizer)
    delivery.deliver_due()

    message.refresh_from_db()
    assert message.state == State.SENT


def test_message_names_itself_in_its_return_path(smtp, settings):
    settings.BOUNCE_ADDRESS = "bounces@conference.example"
    make.message(message_id=OURS)

    delivery.deliver_due()

    assert smtp.senders == [f"bounces+{OURS.hex}@conference.example"]


# By command and from the mailbox -------------------------------------------------


def test_command_reads_files_folders_and_standard_input(monkeypatch, tmp_path):
    sent()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(sample("postfix"))
    (tmp_path / "new" / "2").write_bytes(sample("vacation"))
    out = io.StringIO()

    call_command("read_bounces", str(tmp_path), str(SAMPLES / "foreign.eml"), stdout=out)
    monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": io.BytesIO(sample("postfix"))}))
    call_command("read_bounces", "-", stdout=out)

    assert out.getvalue().split("\n")[:5] == [
        "matched: 1",
        "unmatched: 1",
        "known: 0",
        "other: 1",
        "unreadable: 0",
    ]
    assert "known: 1" in out.getvalue()


class Imap(socketserver.StreamRequestHandler):
    """As much of IMAP4rev1 as a reader of unread mail needs."""

    mails: dict[str, bytes] = {}
    seen: set[str] = set()

    def handle(self):
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, command, *rest = line.decode().strip().split(" ", 2)
            getattr(self, f"do_{command.lower()}", self.nothing)(rest[0] if rest else "")
            self.say(f"{tag} OK done".encode())
            if command == "LOGOUT":
                return

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def nothing(self, rest: str) -> None:
        """Nothing to say."""

    def do_capability(self, rest):
        self.say(b"* CAPABILITY IMAP4rev1")

    def do_login(self, rest):
        assert rest == 'bounces "secret"'

    def do_select(self, rest):
        self.say(f"* {len(self.mails)} EXISTS".encode())

    def do_logout(self, rest):
        self.say(b"* BYE")

    def do_uid(self, rest):
        verb, number, *_more = rest.split(" ")
        if verb == "SEARCH":
            unread = [uid for uid in self.mails if uid not in self.seen]
            self.say(f"* SEARCH {' '.join(unread)}".rstrip().encode())
        elif verb == "FETCH":
            mail = self.mails[number]
            head = f"* {number} FETCH (UID {number} BODY[]<0> {{{len(mail)}}}".encode()
            self.say(head + b"\r\n" + mail + b")")
        elif verb == "STORE":
            self.seen.add(number)


@pytest.fixture
def imap(settings):
    Imap.mails, Imap.seen = {}, set()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Imap) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        settings.BOUNCE_MAILBOX_URL = f"imap://bounces:secret@127.0.0.1:{port}/INBOX"
        yield Imap
        server.shutdown()


def test_mailbox_is_read_once_and_one_bad_mail_holds_up_no_other(imap):
    message = sent()
    imap.mails = {
        "1": sample("malformed"),
        "2": sample("postfix"),
        "3": sample("vacation"),
        "4": sample("foreign"),
    }

    first, second = read_mailbox(), read_mailbox()

    message.refresh_from_db()
    assert message.state == State.BOUNCED
    assert first["matched"] == first["unmatched"] == 1
    assert sum(first.values()) == 4
    assert sum(second.values()) == 0
    assert imap.seen == {"1", "2", "3", "4"}


def test_no_mailbox_is_nothing_to_do(settings):
    settings.BOUNCE_MAILBOX_URL = ""

    assert sum(read_mailbox().values()) == 0


# By webhook ----------------------------------------------------------------------


SECRET = "a-long-shared-secret"
NAME = f"<{OURS}@conference.example>"


@pytest.fixture
def hook(settings):
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    settings.BOUNCE_WEBHOOK_SECRETS = {
        "json": SECRET,
        "mailgun": SECRET,
        "sendgrid": base64.b64encode(public).decode(),
    }
    return key


def post(provider: str, body: bytes, **headers):
    client = Client(enforce_csrf_checks=True)
    return client.post(
        f"/mail/bounces/{provider}/", body, content_type="application/json", headers=headers
    )


def own_event(**fields) -> bytes:
    event = {"id": "e1", "event": "bounce", "message_id": NAME, "status": "5.1.1", **fields}
    return json.dumps({"events": [event]}).encode()


def signed(body: bytes) -> dict[str, str]:
    return {"X-Signature": "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}


def mailgun_event(secret: str = SECRET, age: int = 0) -> bytes:
    stamp, token = str(int(time.time()) - age), "t" * 50
    signature = hmac.new(secret.encode(), (stamp + token).encode(), hashlib.sha256).hexdigest()
    event = {
        "id": "m1",
        "event": "failed",
        "severity": "permanent",
        "recipient": "guest@guests.example",
        "message": {"headers": {"message-id": NAME.strip("<>")}},
        "delivery-status": {"enhanced-code": "5.1.1", "message": "no such user", "code": 550},
    }
    words = {"timestamp": stamp, "token": token, "signature": signature}
    return json.dumps({"signature": words, "event-data": event}).encode()


def sendgrid_event() -> bytes:
    event = {
        "sg_event_id": "s1",
        "event": "bounce",
        "type": "bounce",
        "email": "guest@guests.example",
        "smtp-id": NAME,
        "status": "5.1.1",
        "reason": "550 5.1.1 no such user",
    }
    return json.dumps([event]).encode()


def sendgrid_headers(key, body: bytes) -> dict[str, str]:
    stamp = str(int(time.time()))
    signature = key.sign(stamp.encode() + body, ec.ECDSA(SHA256()))
    return {
        "X-Twilio-Email-Event-Webhook-Timestamp": stamp,
        "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
    }


def test_providers_tell_of_a_dead_address_and_twice_is_once(hook):
    calls = [
        ("json", own_event(), signed(own_event())),
        ("mailgun", mailgun_event(), {}),
        ("sendgrid", sendgrid_event(), sendgrid_headers(hook, sendgrid_event())),
    ]
    for provider, body, headers in calls:
        Suppression.objects.all().delete()
        Message.objects.all().delete()
        message = sent()

        assert post(provider, body, **headers).json() == {"matched": 1}
        assert post(provider, body, **headers).json() == {"known": 1}

        message.refresh_from_db()
        assert message.state == State.BOUNCED
        assert suppressions.is_suppressed(message.to_address, optional=False) == "hard_bounce"


def test_unsigned_and_forged_calls_change_nothing(hook):
    message = sent()
    other = ec.generate_private_key(ec.SECP256R1())
    body = sendgrid_event()
    answers = [
        post("json", own_event()),
        post("json", own_event(), **signed(b"other")),
        post("json", own_event(), **{"X-Signature": "ä"}),
        post("mailgun", mailgun_event(secret="guessed")),
        post("mailgun", mailgun_event(age=3600)),
        post("sendgrid", body),
        post("sendgrid", body, **sendgrid_headers(other, body)),
    ]

    assert {response.status_code for response in answers} == {403}
    message.refresh_from_db()
    assert message.state == State.SENT
    assert not Bounce.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"events": [{}]}', b'{"events": 7}', b"\xff"])
def test_signed_nonsense_is_refused(hook, body):
    assert post("json", body, **signed(body)).status_code == 400
    assert post("mailgun", body).status_code in {400, 403}


def test_event_with_hostile_words_is_kept_harmless(hook):
    body = own_event(detail="a\x00\u202e" + "x" * 9000, status="5" * 99, recipient="y" * 999)

    assert post("json", body, **signed(body)).json() == {"unmatched": 1}
    assert len(Bounce.objects.get().detail) <= 500


def test_provider_without_a_secret_is_not_there(settings):
    settings.BOUNCE_WEBHOOK_SECRETS = {}

    assert post("json", own_event()).status_code == 404
    assert post("nobody", own_event()).status_code == 404
