"""Public pages handed out before Django: from the memory of the process.

A view that makes the same page for everybody says so (`keep`), and until when.
From then on the page is a lookup: no middleware, no SQL, no template. What holds now
is known by tokens, one for each edition, that a thread of the process reads once a
second with one query; a page whose token has changed is made anew by one request
while the others get the last one for as long as that takes. Memory is bounded: what
was made longest ago goes first.

Nothing personal passes here: an answer with a cookie, or one that varies with who
asks, is never kept.
"""

import gzip
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import brotli
from django.utils.http import parse_http_date_safe

log = logging.getLogger(__name__)

SLOT = "hrconf.front"
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]
Tokens = Mapping[str, str]

EVERY_SECONDS = 1.0  # how often it is asked what holds now
BLIND_AFTER = 10.0  # without an answer for so long, Django answers everything
RESTS_AFTER = 60.0  # without a reader for so long, nobody asks
WAIT_SECONDS = 15.0  # for a page that somebody else is making
MOST_BYTES = 64 * 1024 * 1024
# Headers of one answer, not of the page.
OF_ONE_ANSWER = {"date", "content-length", "connection", "content-encoding", "vary", "etag"}


@dataclass
class Slot:
    """Where a view says that its answer is the same for everybody, and until when."""

    until: float | None = None
    changed: int | None = None


def keep(environ: Environ, until: float, *, changed: int | None = None) -> bool:
    """Let the answer be handed out again; return whether there is a front to do it.

    Instants are seconds since the epoch; `changed` is when it did last, for what has no
    other versions than those. Where there is a front it also compares what the reader
    has (If-None-Match): the view then answers whole, so that what is kept serves
    everybody.
    """
    slot = environ.get(SLOT)
    if slot:
        slot.until, slot.changed = until, changed
    return bool(slot)


class Watch:
    """What holds now: a token for each edition, read again and again in a thread."""

    def __init__(self, ask: Callable[[], Tokens], clock: Callable[[], float] = time.monotonic):
        self.ask, self.clock = ask, clock
        self.known: Tokens = {}
        self.read_at = float("-inf")
        self.wanted_at = float("-inf")
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def tokens(self) -> Tokens:
        """The tokens, at most a second or so old; none while the database is silent."""
        self.wanted_at = now = self.clock()
        if now - self.read_at > BLIND_AFTER:
            self.refresh()
        if self.thread is None or not self.thread.is_alive():
            self.start()
        return self.known

    def start(self) -> None:
        with self.lock:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="front", daemon=True)
                self.thread.start()

    def run(self) -> None:
        """Ask every second until nobody has wanted an answer for a while."""
        while self.clock() - self.wanted_at < RESTS_AFTER:
            time.sleep(EVERY_SECONDS)
            self.refresh()

    def refresh(self) -> None:
        """Ask now. What is not known any more is forgotten, not guessed."""
        try:
            known = self.ask()
        except Exception as error:  # a database that is away must not end the thread
            if self.clock() - self.read_at > BLIND_AFTER:
                self.known = {}
            log.warning("What holds now is not known (%s).", type(error).__name__)
            return
        self.known, self.read_at = known, self.clock()


@dataclass
class Page:
    """A kept answer with its compressed variants."""

    headers: Headers
    etag: str
    token: str
    until: float
    changed: int | None
    bodies: dict[str, bytes] = field(repr=False)

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values()))

    def answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The page as this reader can read it, or that it has not changed."""
        if self.is_known_to(environ):
            start_response("304 Not Modified", [*self.headers, ("ETag", self.etag), VARY])
            return []
        encoding = preferred(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = self.bodies[encoding]
        start_response("200 OK", [*self.headers, *self._of(encoding, body)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def is_known_to(self, environ: Environ) -> bool:
        """Whether the reader has it already; a date counts only where there is no ETag."""
        if condition := environ.get("HTTP_IF_NONE_MATCH"):
            return is_known(condition, self.etag)
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        return bool(since) and self.changed is not None and self.changed <= instant(since)

    def _of(self, encoding: str, body: bytes) -> Headers:
        told: Headers = [("ETag", self.etag), ("Content-Length", str(len(body))), VARY]
        return told if encoding == "identity" else [*told, ("Content-Encoding", encoding)]


_asks: list[Callable[[], Tokens]] = []


def watches(ask: Callable[[], Tokens]) -> None:
    """Register who knows what holds now: a token by the slug of an edition."""
    _asks.append(ask)


def all_tokens() -> Tokens:
    """The tokens of everybody who knows some, joined: any of them changes the whole."""
    known: dict[str, str] = {}
    for ask in _asks:
        for slug, token in ask().items():
            known[slug] = f"{known[slug]} {token}" if slug in known else token
    return known


def fronted(application: Application) -> "Front":
    """The application with a front before it."""
    return Front(application, Watch(all_tokens))


VARY = ("Vary", "Accept-Encoding")


class Front:
    """A WSGI application before another one, whose public pages it keeps."""

    def __init__(
        self,
        application: Application,
        watch: Watch,
        *,
        most_bytes: int = MOST_BYTES,
        wall_clock: Callable[[], float] = time.time,
    ):
        self.application, self.watch = application, watch
        self.most_bytes, self.wall_clock = most_bytes, wall_clock
        self.pages: OrderedDict[tuple, Page] = OrderedDict()
        self.bytes = 0
        self.making: dict[tuple, threading.Event] = {}
        self.lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        token = self.token_of(environ)
        if token is None:
            return self.application(environ, start_response)
        key = key_of(environ)
        page = self.pages.get(key)
        if page and self.holds(page, token):
            return page.answer(environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":  # its answer has no body to keep
            return self.application(environ, start_response)
        return self.made(key, token, page, environ, start_response)

    def token_of(self, environ: Environ) -> str | None:
        """The token of the edition in the address /<language>/<edition>/…, if there is one."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        parts = environ.get("PATH_INFO", "").split("/", 3)
        return self.watch.tokens().get(parts[2]) if len(parts) > 3 else None

    def holds(self, page: Page, token: str) -> bool:
        return page.token == token and self.wall_clock() < page.until

    def made(
        self,
        key: tuple,
        token: str,
        old: Page | None,
        environ: Environ,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        """Let one make the page; the others get the last one, or wait for the new."""
        with self.lock:
            being_made = self.making.get(key)
            if being_made is None:
                self.making[key] = threading.Event()
        if being_made is None:
            try:
                return self.make(key, token, environ, start_response)
            finally:
                with self.lock:
                    self.making.pop(key).set()
        if old is None:
            being_made.wait(WAIT_SECONDS)
            old = self.pages.get(key)
        if old is None:
            return self.application(environ, start_response)
        return old.answer(environ, start_response)

    def make(
        self, key: tuple, token: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        slot = environ[SLOT] = Slot()
        told: list[Any] = []

        def catch(status: str, headers: Headers, exc_info: Any = None) -> None:
            told[:] = [status, headers]

        answer = self.application(environ, catch)
        status, headers = told
        if slot.until is None or not status.startswith("200") or is_personal(headers):
            start_response(status, headers)
            return answer
        try:
            body = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close:
                close()
        page = page_of(headers, body, token, slot)
        self.put(key, page)
        return page.answer(environ, start_response)

    def put(self, key: tuple, page: Page) -> None:
        with self.lock:
            if old := self.pages.pop(key, None):
                self.bytes -= old.size
            self.pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes and self.pages:
                _key, gone = self.pages.popitem(last=False)
                self.bytes -= gone.size


def key_of(environ: Environ) -> tuple:
    """All of a request that a public page may depend on."""
    return (
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
    )


def is_personal(headers: Headers) -> bool:
    """Whether an answer is for one reader, whatever its view said."""
    names = {name.lower(): value.lower() for name, value in headers}
    varies = names.get("vary", "")
    return (
        "set-cookie" in names
        or "etag" not in names
        or "public" not in names.get("cache-control", "")
        or any(name in varies for name in ["cookie", "authorization", "*"])
    )


def page_of(headers: Headers, body: bytes, token: str, slot: Slot) -> Page:
    etag = next(value for name, value in headers if name.lower() == "etag")
    return Page(
        headers=[pair for pair in headers if pair[0].lower() not in OF_ONE_ANSWER],
        # Its variants are the same page, not the same bytes (RFC 9110, 8.8.1).
        etag=f"W/{etag.removeprefix('W/')}",
        token=token,
        until=slot.until or 0.0,
        changed=slot.changed,
        bodies={
            "identity": body,
            "gzip": gzip.compress(body, 9, mtime=0),
            "br": brotli.compress(body, quality=9),
        },
    )


@lru_cache(maxsize=256)
def preferred(accepted: str) -> str:
    """The encoding to answer in, of what a reader accepts (RFC 9110, 12.5.3)."""
    offers = dict(map(_offer, accepted.lower().split(",")))
    return next((one for one in ["br", "gzip"] if offers.get(one, 0) > 0), "identity")


def _offer(part: str) -> tuple[str, float]:
    """One encoding with its weight; an unreadable weight is none."""
    name, _semicolon, weight = part.partition(";")
    try:
        return name.strip(), float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0.0


@lru_cache(maxsize=256)
def instant(date: str) -> int:
    """A date of HTTP as seconds since the epoch; an unreadable one is long ago."""
    return parse_http_date_safe(date) or 0


@lru_cache(maxsize=256)
def is_known(condition: str, etag: str) -> bool:
    """Whether a reader has the page already: the weak comparison of If-None-Match."""
    known = {one.strip().removeprefix("W/") for one in condition.split(",")}
    return bool(condition) and (etag.removeprefix("W/") in known or "*" in known)
