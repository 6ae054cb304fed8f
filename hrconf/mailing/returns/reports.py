"""What a returned message says: reports by RFC 3464, and the common ones that follow no standard.

Plain text in, plain data out. What is no report of delivery (an automatic reply,
a DMARC report, somebody's letter) gives None.
"""

import re
import uuid
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr
from typing import Any

from hrconf.mailing.addresses import one_line
from hrconf.mailing.models import Bounce

Sort = Bounce.Sort
LONGEST = 2_000_000  # bytes; of a longer report the head is read, where everything stands
MOST_PARTS = 50

# RFC 3463: these say something about the letter, us or the moment, not that the
# address is wrong: a full mailbox, a letter too large, a sender or policy refused.
NOT_THE_ADDRESS = re.compile(r"5\.(1\.[78]|2\.[23]|3\.4|6\.\d+|7\.\d+)$")
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.])([45])\d\d(?=[ -])")
MESSAGE_ID = re.compile(
    r"<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@([\w.-]+)>", re.I
)
RETURN_PATH = re.compile(r"\+([0-9a-f]{32})@", re.I)

# Words of servers that write no delivery-status, in the languages we meet.
DEAD = re.compile(
    r"no such (user|mailbox|recipient)|user (unknown|not found)|unknown (user|recipient)"
    r"|mailbox (unavailable|not found|does not exist)|recipient.{0,40}rejected"
    r"|address (was )?not found|account.{0,20}(disabled|does not exist)"
    r"|用户不存在|邮箱不存在|地址不存在|收件人不存在|无此用户|帐号不存在|账号不存在|找不到收件人|已被?注销|已停用",
    re.I,
)
FULL = re.compile(r"mailbox (is )?full|over ?quota|quota exceeded|邮箱已满|空间不足|容量已满", re.I)
RETURNED = re.compile(
    r"undeliver|returned mail|delivery (status notification|failure|failed)|failure notice"
    r"|mail delivery|退信|系统退信|投递失败|未送达|无法投递|发送失败",
    re.I,
)
FROM_A_SERVER = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mail)$", re.I)


@dataclass(frozen=True)
class Report:
    """A report of one delivery that did not happen."""

    sort: str
    status: str = ""
    detail: str = ""
    address: str = ""
    # Messages of ours that it may be about: (message_id, host of the Message-ID or "").
    about: tuple[tuple[uuid.UUID, str], ...] = field(default=())


def read_report(source: bytes) -> Report | None:
    """Return what a mail reports; None if it is no report of delivery."""
    mail = message_from_bytes(source[:LONGEST], policy=default)
    assert isinstance(mail, EmailMessage)  # noqa: S101  the policy says so
    if is_no_bounce(mail):
        return None
    about = messages_named(mail, source[:LONGEST])
    return from_status_part(mail, about) or from_complaint(mail, about) or from_words(mail, about)


def is_no_bounce(mail: EmailMessage) -> bool:
    """Replies of absent people, DMARC and feedback reports that concern no delivery."""
    submitted = header(mail, "Auto-Submitted").lower()
    if report_type(mail) == "delivery-status":
        return False
    return (
        submitted.startswith("auto-replied")
        and not has_empty_sender(mail)
        and not FROM_A_SERVER.match(sender(mail).partition("@")[0])
    ) or "report domain:" in header(mail, "Subject").lower()


def report_type(mail: EmailMessage) -> str:
    """The report-type of a multipart/report, also where the header is broken."""
    given = header(mail, "Content-Type").lower()
    found = re.search(r'report-type\s*=\s*"?([\w-]+)', given)
    return found[1] if "multipart/report" in given and found else ""


def from_status_part(mail: EmailMessage, about: tuple) -> Report | None:
    """Read message/delivery-status (RFC 3464): the gravest recipient counts."""
    groups = [group for part in parts(mail) for group in status_groups(part)]
    found = [report for group in groups if (report := from_group(group, about))]
    order = [Sort.HARD, Sort.SOFT, Sort.DELAYED]
    return min(found, key=lambda report: order.index(Sort(report.sort)), default=None)


def from_complaint(mail: EmailMessage, about: tuple) -> Report | None:
    """A reader reported our mail as spam (RFC 5965)."""
    if report_type(mail) != "feedback-report":
        return None
    return Report(sort=Sort.COMPLAINT, about=about)


def status_groups(part: Message) -> list[Message]:
    """The groups of fields of a delivery-status part, one for each recipient."""
    if part.get_content_type() != "message/delivery-status":
        return []
    payload = part.get_payload()
    groups = payload if isinstance(payload, list) else []
    return [group for group in groups if isinstance(group, Message) and group.get("Action")]


def from_group(group: Message, about: tuple) -> Report | None:
    """One recipient's fields; None if the mail was delivered, relayed or expanded."""
    action = header(group, "Action").lower().split(";")[0].strip()
    words = header(group, "Diagnostic-Code")
    status = STATUS.search(header(group, "Status")) or STATUS.search(words)
    code = status[1] if status else ""
    if action not in {"failed", "delayed"}:
        return None
    return Report(
        sort=Sort.DELAYED if action == "delayed" else sort_of(better(code, words)),
        status=better(code, words),
        detail=one_line(words.partition(";")[2] or words),
        address=recipient(group),
        about=about,
    )


def better(code: str, words: str) -> str:
    """A server's own status says more than the 5.0.0 of the one that reports it."""
    own = STATUS.search(words)
    vague = not code or code.endswith(".0.0")
    return own[1] if own and vague and own[1][0] == (code or own[1])[0] else code


def sort_of(status: str) -> str:
    """Hard when the address is dead, soft when another day or another letter may fare better."""
    return Sort.HARD if status.startswith("5") and not NOT_THE_ADDRESS.match(status) else Sort.SOFT


def recipient(group: Message) -> str:
    """The address as we wrote it, if the report says, else as the last server knew it."""
    given = header(group, "Original-Recipient") or header(group, "Final-Recipient")
    return one_line(given.partition(";")[2] or given, 320).strip("<>")


def from_words(mail: EmailMessage, about: tuple) -> Report | None:
    """A returned message without delivery-status: known words of known senders only."""
    if not comes_back(mail):
        return None
    words = text_of(mail)
    status = STATUS.search(words)
    code = status[1] if status and status[1][0] != "2" else ""
    reply = REPLY_CODE.search(words)
    failed = header(mail, "X-Failed-Recipients")
    if not (code or reply or failed or DEAD.search(words) or FULL.search(words)):
        return None
    return Report(
        sort=sort_by_words(code, reply[1] if reply else "", words, failed),
        status=code,
        detail=telling_line(words),
        address=one_line(failed.split(",")[0], 320),
        about=about,
    )


def sort_by_words(code: str, reply: str, words: str, failed: str) -> str:
    if FULL.search(words):
        return Sort.SOFT
    if code:
        return sort_of(code)
    return Sort.HARD if DEAD.search(words) and reply != "4" else Sort.SOFT


def comes_back(mail: EmailMessage) -> bool:
    """Whether a server wrote it, and says that something was returned."""
    is_server = has_empty_sender(mail) or FROM_A_SERVER.match(sender(mail).partition("@")[0])
    says_so = header(mail, "X-Failed-Recipients") or RETURNED.search(header(mail, "Subject"))
    return bool(is_server and says_so)


def telling_line(words: str) -> str:
    """The line of a text that says why, or its beginning."""
    for pattern in (DEAD, FULL, STATUS, REPLY_CODE):
        for line in words.splitlines():
            if pattern.search(line):
                return one_line(line)
    return one_line(words)


# What messages it names ---------------------------------------------------------


def messages_named(mail: EmailMessage, source: bytes) -> tuple[tuple[uuid.UUID, str], ...]:
    """Our messages that it may be about: by its return path, then by the letter it returns.

    References to our letter in a reply of a person count too, which is why only
    a report of delivery is ever asked this.
    """
    paths = [header(mail, name) for name in ("To", "Delivered-To", "X-Original-To")]
    by_path = [(uuid.UUID(hex=found), "") for text in paths for found in RETURN_PATH.findall(text)]
    texts = [source.decode("ascii", "replace"), *decoded_texts(mail)]
    by_id = [(uuid.UUID(i), host.lower()) for text in texts for i, host in MESSAGE_ID.findall(text)]
    return tuple(dict.fromkeys(by_path + by_id))[:5]


def decoded_texts(mail: EmailMessage) -> list[str]:
    """The texts of parts that travelled encoded: a letter returned as base64 is one."""
    return [text(part) for part in parts(mail) if header(part, "Content-Transfer-Encoding")]


# Reading broken mail without breaking --------------------------------------------------


def header(mail: Message, name: str) -> str:
    """A header as text, also where the library stumbles over it."""
    try:
        return str(mail.get(name, ""))
    except Exception:
        raw = [value for key, value in mail.raw_items() if key.lower() == name.lower()]
        return str(raw[0]) if raw else ""


def sender(mail: Message) -> str:
    return parseaddr(header(mail, "From"))[1]


def has_empty_sender(mail: Message) -> bool:
    """Reports have no return path of their own (RFC 5321, 4.5.5)."""
    return header(mail, "Return-Path").strip() == "<>"


def parts(mail: Message) -> list[Message]:
    """The parts of a mail, nested ones too, up to a number that honest mail never has."""
    found: list[Message] = []
    for part in mail.walk():
        found.append(part)
        if len(found) >= MOST_PARTS:
            break
    return found


def text_of(mail: EmailMessage) -> str:
    """The words a reader would see, up to the letter that is returned with them."""
    return "\n".join(text(part) for part in own_texts(mail))[:20_000]


def own_texts(mail: Any, depth: int = 0) -> list[Message]:
    """The parts of text that are not inside a letter that is returned."""
    if mail.get_content_maintype() == "text":
        return [mail]
    if mail.get_content_maintype() != "multipart" or not mail.is_multipart() or depth > 9:
        return []
    return [found for part in mail.get_payload() for found in own_texts(part, depth + 1)][
        :MOST_PARTS
    ]


def text(part: Message) -> str:
    """The text of a part in whatever encoding it says or, failing that, may have."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    said = (part.get_content_charset() or "utf-8").replace("gb2312", "gb18030")
    for encoding in (said, "utf-8", "gb18030"):
        try:
            return payload[:200_000].decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return payload[:200_000].decode("latin-1")
