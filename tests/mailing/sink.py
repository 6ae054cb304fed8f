"""A mail server for tests: real SMTP on this machine, with a ledger and bad manners."""

import asyncio
import logging
import threading
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default

from aiosmtpd.smtp import SMTP

logging.getLogger("mail.log").setLevel(logging.ERROR)


@dataclass
class Sink:
    """What the server took, and how it behaves. Change the fields while it runs."""

    taken: list[tuple[str, str]] = field(default_factory=list)  # (Message-ID, recipient)
    sources: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)  # return paths
    connections: int = 0
    answer_to_recipient: dict[str, list[str]] = field(default_factory=dict)  # used up in order
    always: dict[str, str] = field(default_factory=dict)  # recipient → answer, for ever
    answer_to_sender: list[str] = field(default_factory=list)
    seconds_per_message: float = 0
    slow: dict[str, float] = field(default_factory=dict)  # recipient → seconds, instead of these
    drop_before_data: int = 0  # hang up on so many recipients
    drop_after_data: int = 0  # take so many messages and hang up without an answer

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.answer_to_sender:
            return self.answer_to_sender.pop(0)
        self.senders.append(address)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.drop_before_data:
            self.drop_before_data -= 1
            return hang_up(server)
        if self.answer_to_recipient.get(address):
            return self.answer_to_recipient[address].pop(0)
        if address in self.always:
            return self.always[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        addressee = envelope.rcpt_tos[0]
        await asyncio.sleep(self.slow.get(addressee, self.seconds_per_message))
        self.sources.append(envelope.content)
        message_id = BytesHeaderParser().parsebytes(envelope.content)["Message-ID"]
        self.taken += [(str(message_id), address) for address in envelope.rcpt_tos]
        if self.drop_after_data:
            self.drop_after_data -= 1
            return hang_up(server)
        return "250 taken"

    def mails(self) -> list[EmailMessage]:
        """The mails as a mail program reads them."""
        return [message_from_bytes(source, policy=default) for source in self.sources]

    def copies(self) -> Counter:
        """How often each message was taken."""
        return Counter(self.taken)


def hang_up(server: SMTP) -> str:
    """Close the connection without a word; what is returned reaches nobody."""
    server.transport.close()
    return "421 gone"


class SinkServer(threading.Thread):
    """The sink behind a port of this machine, in a thread of its own."""

    def __init__(self, sink: Sink, port: int = 0) -> None:
        super().__init__(daemon=True)
        self.sink, self.port = sink, port
        self.is_ready = threading.Event()

    def run(self) -> None:
        asyncio.run(self.serve())

    async def serve(self) -> None:
        self.loop, self.is_over = asyncio.get_running_loop(), asyncio.Event()
        server = await self.loop.create_server(self.session, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        self.is_ready.set()
        await self.is_over.wait()
        server.close()

    def session(self) -> SMTP:
        return SMTP(self.sink, hostname="sink.example", timeout=30, loop=self.loop)

    def __enter__(self) -> "SinkServer":
        self.start()
        self.is_ready.wait(10)
        return self

    def __exit__(self, *error: object) -> None:
        self.loop.call_soon_threadsafe(self.is_over.set)
        self.join(10)
