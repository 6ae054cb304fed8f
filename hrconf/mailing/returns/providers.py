"""Webhooks of mail providers: who signed the request, and what it reports.

Each takes the bytes as they came. A signature is compared in constant time;
what a provider calls its event's number makes a repeated call change nothing.
"""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from hrconf.mailing.addresses import one_line
from hrconf.mailing.models import Bounce
from hrconf.mailing.returns.recording import id_of
from hrconf.mailing.returns.reports import STATUS, Report, sort_of

Sort = Bounce.Sort
Event = tuple[str, Report]  # the provider's number of it, what it reports
LONGEST_AGE = 15 * 60  # seconds: older signatures are replays
MOST_EVENTS = 1000


@dataclass(frozen=True)
class Provider:
    """How a provider signs, and how it words its events."""

    is_signed: Callable[[str, Mapping[str, str], bytes], bool]
    events: Callable[[Any], Iterator[Event]]


def is_signed_json(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """HMAC-SHA-256 of the body under the shared secret, in hex."""
    wanted = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), headers.get("X-Signature", "").encode())


def json_events(data: Any) -> Iterator[Event]:
    """Our own format, for providers without an adapter: docs/deploy.md describes it."""
    for event in data["events"]:
        sort = {"complaint": Sort.COMPLAINT, "delayed": Sort.DELAYED}.get(event["event"])
        if sort or event["event"] == "bounce":
            yield str(event["id"]), report_of(event, sort, event["message_id"])


def report_of(event: Mapping[str, Any], sort: str | None, message_id: object) -> Report:
    status = str(event.get("status") or "")
    return Report(
        sort=sort or sort_of(status),
        status=status,
        detail=str(event.get("detail") or ""),
        address=str(event.get("recipient") or ""),
        about=id_of(str(message_id)),
    )


def is_signed_mailgun(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Mailgun signs its timestamp and token: https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks"""
    given = json.loads(body)["signature"]
    stamp, token = str(given["timestamp"]), str(given["token"])
    wanted = hmac.new(secret.encode(), (stamp + token).encode(), hashlib.sha256).hexdigest()
    return is_fresh(stamp) and hmac.compare_digest(
        wanted.encode(), str(given["signature"]).encode()
    )


def mailgun_events(data: Any) -> Iterator[Event]:
    event = data["event-data"]
    sort = mailgun_sort(event)
    if sort is None:
        return
    status = event.get("delivery-status") or {}
    flat = {
        "status": status.get("enhanced-code") or "",
        "detail": status.get("message") or status.get("description"),
        "recipient": event.get("recipient"),
    }
    yield str(event["id"]), report_of(flat, sort, event["message"]["headers"]["message-id"])


def mailgun_sort(event: Mapping[str, Any]) -> str | None:
    """A temporary failure is tried again by Mailgun itself."""
    if event["event"] == "complained":
        return Sort.COMPLAINT
    if event["event"] != "failed":
        return None
    if event.get("severity") == "temporary":
        return Sort.DELAYED
    code = str((event.get("delivery-status") or {}).get("enhanced-code") or "5.0.0")
    return sort_of(code)


def is_signed_sendgrid(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """SendGrid signs timestamp and body with ECDSA; the setting holds its public key."""
    stamp = headers.get("X-Twilio-Email-Event-Webhook-Timestamp", "")
    given = headers.get("X-Twilio-Email-Event-Webhook-Signature", "")
    key = load_der_public_key(base64.b64decode(secret))
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(base64.b64decode(given), stamp.encode() + body, ec.ECDSA(SHA256()))
    except (InvalidSignature, binascii.Error):
        return False
    return is_fresh(stamp)


def sendgrid_events(data: Any) -> Iterator[Event]:
    for event in data:
        sort = sendgrid_sort(event)
        if sort:
            flat = {**event, "detail": event.get("reason"), "recipient": event.get("email")}
            yield str(event["sg_event_id"]), report_of(flat, sort, event.get("smtp-id", ""))


def sendgrid_sort(event: Mapping[str, Any]) -> str | None:
    if event["event"] == "spamreport":
        return Sort.COMPLAINT
    if event["event"] == "deferred":
        return Sort.DELAYED
    if event["event"] != "bounce":
        return None
    found = STATUS.search(str(event.get("status") or ""))
    return Sort.SOFT if event.get("type") == "blocked" else sort_of(found[1] if found else "5.0.0")


def is_fresh(stamp: str) -> bool:
    return stamp.isdecimal() and len(stamp) < 12 and abs(time.time() - int(stamp)) < LONGEST_AGE


PROVIDERS = {
    "json": Provider(is_signed_json, json_events),
    "mailgun": Provider(is_signed_mailgun, mailgun_events),
    "sendgrid": Provider(is_signed_sendgrid, sendgrid_events),
}


def digest_of(provider: str, number: str) -> str:
    """What makes an event of a provider itself."""
    return hashlib.sha256(f"{provider}:{one_line(number, 300)}".encode()).hexdigest()
