"""A load generator of one process: clients that ask, read the whole answer, ask again.

It speaks just enough HTTP/1.1 for our own servers: an answer is whole when as many
bytes came as Content-Length says, or when the last chunk came.
"""

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass
class Result:
    """What the clients saw: seconds per good answer, and what went wrong with the rest."""

    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    refused: int = 0  # no connection: the server says it is not there, and a proxy asks another
    lost: int = 0  # sent before the server was told to stop, and no whole answer came
    cut: int = 0  # the same, sent afterwards: the connection was taken and then dropped
    closed_idle: int = 0  # a kept connection was closed as we asked again; clients ask anew
    seconds: float = 0.0
    told_to_stop_at: float = float("inf")

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the answers came."""
        ordered = sorted(self.times) or [0.0]
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Client:
    """One connection, kept or made anew for each request."""

    def __init__(
        self,
        port: int,
        path: str,
        result: Result,
        *,
        keep: bool,
        headers: Mapping[str, str] = MappingProxyType({}),
    ):
        self.port, self.result, self.keep = port, result, keep
        connection = "keep-alive" if keep else "close"
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: gzip\r\n"
            f"{more}Connection: {connection}\r\n\r\n"
        ).encode()
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask_until(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            began, is_new = time.monotonic(), self.writer is None
            try:
                if is_new:
                    opening = asyncio.open_connection("127.0.0.1", self.port)
                    self.reader, self.writer = await opening
            except OSError:
                self.result.refused += 1
                await asyncio.sleep(0.05)
                continue
            await self.ask(began, is_new)
        self.leave()

    async def ask(self, began: float, is_new: bool) -> None:
        try:
            self.writer.write(self.request)
            status, keeps = await read_answer(self.reader)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            if began < self.result.told_to_stop_at:
                self.result.lost += 1
            elif is_new:
                self.result.cut += 1
            else:
                self.result.closed_idle += 1
            self.leave()
            return
        self.result.statuses[status] = self.result.statuses.get(status, 0) + 1
        self.result.times.append(time.monotonic() - began)
        if not (self.keep and keeps):
            self.leave()

    def leave(self) -> None:
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read one whole answer; return its status and whether the connection stays.

    Only what is needed is looked for: the clients share the machine with the server.
    """
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = LENGTH.search(head)
    if status == 304:
        pass  # has the headers of the page and no body
    elif length:
        await reader.readexactly(int(length[1]))
    elif CHUNKED.search(head):
        await read_chunks(reader)
    return status, not CLOSES.search(head)


async def read_chunks(reader: asyncio.StreamReader) -> None:
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


async def load(
    port: int,
    path: str,
    *,
    clients: int,
    seconds: float,
    keep: bool = True,
    headers: Mapping[str, str] = MappingProxyType({}),
    result: Result | None = None,
) -> Result:
    """Let that many clients ask for one page for a while."""
    result = result or Result()
    began = time.monotonic()
    crowd = [Client(port, path, result, keep=keep, headers=headers) for _number in range(clients)]
    await asyncio.gather(*(client.ask_until(began + seconds) for client in crowd))
    result.seconds = time.monotonic() - began
    return result
