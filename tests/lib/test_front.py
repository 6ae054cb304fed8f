"""The front: what is kept, for how long, for whom, and how many make it."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest

from hrconf.lib import front
from hrconf.lib.front import Front, Watch, keep, preferred

PATH = "/en/2017/schedule/"
PUBLIC = [("ETag", '"one"'), ("Cache-Control", "public, max-age=60"), ("Content-Type", "text/html")]


class Application:
    """Counts how often it is asked, and answers with how often."""

    def __init__(self, headers=PUBLIC, *, until=1000.0, changed=None, status="200 OK"):
        self.headers, self.until, self.changed, self.status = headers, until, changed, status
        self.asked = 0

    def __call__(self, environ, start_response):
        self.asked += 1
        if self.until is not None:
            keep(environ, self.until, changed=self.changed)
        start_response(self.status, self.headers)
        return [b"answer ", str(self.asked).encode() * 200]


class World:
    """A front over an application, with clocks and tokens that a test moves."""

    def __init__(self, application=None, **options):
        self.tokens = {"2017": "release 1"}
        self.now = 0.0
        self.application = application or Application()
        self.watch = Watch(lambda: dict(self.tokens), clock=lambda: self.now)
        self.watch.start = lambda: None  # tests refresh by hand
        self.front = Front(self.application, self.watch, wall_clock=lambda: self.now, **options)

    def release(self, token):
        self.tokens = {"2017": token}
        self.watch.refresh()

    def ask(self, path=PATH, method="GET", **headers):
        """(status, headers, body)"""
        told = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.url_scheme": "https"}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        body = b"".join(self.front(environ, lambda status, had: told.extend([status, dict(had)])))
        return told[0], told[1], body


@pytest.fixture
def world():
    return World()


def test_page_is_made_once_and_then_handed_out(world):
    answers = {world.ask()[2] for _time in range(5)}

    assert len(answers) == 1
    assert world.application.asked == 1


def test_new_token_makes_the_page_anew(world):
    world.ask()
    world.release("release 2")

    assert world.ask()[2].startswith(b"answer 2")
    assert world.application.asked == 2


def test_page_that_changes_by_itself_holds_until_then(world):
    world.ask()
    world.now = 999.9
    world.ask()
    assert world.application.asked == 1

    world.now = 1000.0
    world.watch.refresh()
    world.ask()
    assert world.application.asked == 2


def test_reader_who_has_it_is_told_so(world):
    etag = world.ask()[1]["ETag"]

    status, headers, body = world.ask(if_none_match=f'"other", {etag}')

    assert (status, body) == ("304 Not Modified", b"")
    assert headers["ETag"] == etag == 'W/"one"'
    assert headers["Cache-Control"] == "public, max-age=60"
    assert world.ask(if_none_match='"other"')[0] == "200 OK"
    assert world.application.asked == 1


def test_date_counts_for_what_changes_with_a_release_only():
    since = {"if_modified_since": "Thu, 01 Jan 1970 00:01:40 GMT"}
    file, page = World(Application(changed=100)), World(Application(changed=None))
    file.ask()
    page.ask()

    assert file.ask(**since)[0] == "304 Not Modified"
    assert file.ask(if_modified_since="Thu, 01 Jan 1970 00:01:39 GMT")[0] == "200 OK"
    assert file.ask(if_modified_since="soon")[0] == "200 OK"
    assert file.ask(if_none_match='"other"', **since)[0] == "200 OK"
    assert page.ask(**since)[0] == "200 OK"


def test_variants_are_made_once_and_say_the_same(world):
    plain = world.ask()[2]
    _status, gzipped, small = world.ask(accept_encoding="gzip, deflate")
    _status, brotlied, smallest = world.ask(accept_encoding="gzip, br")

    assert (gzipped["Content-Encoding"], gzip.decompress(small)) == ("gzip", plain)
    assert (brotlied["Content-Encoding"], brotli.decompress(smallest)) == ("br", plain)
    assert gzipped["Vary"] == "Accept-Encoding"
    assert int(gzipped["Content-Length"]) == len(small) < len(plain)
    assert world.application.asked == 1


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", "identity"),
        ("*", "identity"),
        ("gzip", "gzip"),
        ("br;q=1.0, gzip;q=0.8", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR", "br"),
        ("gzip;q=0.0", "identity"),
        ("gzip;q=nonsense", "identity"),
        ("brotli, gzipped", "identity"),
    ],
)
def test_encoding_is_what_the_reader_accepts(accepted, encoding):
    assert preferred(accepted) == encoding


def test_head_has_the_headers_and_no_body(world):
    length = world.ask()[1]["Content-Length"]

    status, headers, body = world.ask(method="HEAD")

    assert (status, headers["Content-Length"], body) == ("200 OK", length, b"")


@pytest.mark.parametrize(
    "headers",
    [
        [*PUBLIC, ("Set-Cookie", "a=b")],
        [*PUBLIC, ("Vary", "Cookie")],
        [*PUBLIC, ("Vary", "*")],
        [("ETag", '"one"'), ("Cache-Control", "private")],
        [("Cache-Control", "public")],
    ],
)
def test_what_may_be_personal_is_never_kept(headers):
    world = World(Application(headers))

    assert world.ask()[2] != world.ask()[2]


@pytest.mark.parametrize(
    "application", [Application(until=None), Application(status="404 Not Found")]
)
def test_what_its_view_did_not_release_or_find_is_never_kept(application):
    world = World(application)
    world.ask()
    world.ask()

    assert world.application.asked == 2


def test_other_methods_addresses_and_queries_are_not_answered_with_it(world):
    world.ask()
    for asked in [
        {"method": "POST"},
        {"path": "/en/2018/schedule/"},
        {"path": "/admin/"},
        {"path": "/zh-hans/2017/schedule/"},
        {"host": "elsewhere.example"},
    ]:
        before = world.application.asked
        world.ask(**asked)
        assert world.application.asked == before + 1


def test_memory_is_bounded_and_the_count_of_bytes_true():
    world = World(most_bytes=5000)

    for number in range(50):
        world.ask(f"/en/2017/sessions/{number}/")

    assert 0 < world.front.bytes <= 5000
    assert world.front.bytes == sum(page.size for page in world.front.pages.values())
    assert "/en/2017/sessions/49/" in next(reversed(world.front.pages))


def test_database_that_is_silent_hands_everything_to_the_application(world):
    world.ask()
    world.now = 500.0

    def silence():
        raise OSError

    world.watch.ask = silence
    world.ask()
    world.ask()

    assert world.application.asked == 3


class Slow(Application):
    """Takes until it is let go."""

    def __init__(self):
        super().__init__()
        self.may_answer, self.has_begun = threading.Event(), threading.Event()

    def __call__(self, environ, start_response):
        self.has_begun.set()
        assert self.may_answer.wait(10)
        return super().__call__(environ, start_response)


def test_many_who_come_at_once_wait_for_one_maker():
    world = World(Slow())
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(world.ask) for _reader in range(16)]
        assert world.application.has_begun.wait(10)
        world.application.may_answer.set()
        answers = {one.result()[2] for one in asked}

    assert len(answers) == 1
    assert world.application.asked == 1


def test_without_the_one_maker_everybody_makes_it(monkeypatch):
    """The negative control of the test above: the making is seen by nobody."""
    world = World(Slow())

    class Blind(dict):
        def get(self, key, default=None):
            return None

        def pop(self, key):
            return threading.Event()

    world.front.making = Blind()
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(world.ask) for _reader in range(16)]
        assert world.application.has_begun.wait(10)
        world.application.may_answer.set()
        for one in asked:
            one.result()

    assert world.application.asked > 1


def test_release_lets_nobody_wait_while_the_new_page_is_made():
    world = World(Slow())
    world.application.may_answer.set()
    old = world.ask()[2]
    world.application.may_answer.clear()
    world.application.has_begun.clear()
    world.release("release 2")

    with ThreadPoolExecutor(1) as pool:
        maker = pool.submit(world.ask)
        assert world.application.has_begun.wait(10)
        assert world.ask()[2] == old  # at once, while the other still makes it
        world.application.may_answer.set()
        new = maker.result()[2]

    assert new != old
    assert world.ask()[2] == new


def test_watch_reads_again_by_itself_and_rests_when_nobody_asks(monkeypatch):
    monkeypatch.setattr(front, "EVERY_SECONDS", 0.01)
    asked = threading.Semaphore(0)
    now = [0.0]

    def ask():
        asked.release()
        return {"2017": "token"}

    watch = Watch(ask, clock=lambda: now[0])
    watch.tokens()
    for _time in range(3):
        assert asked.acquire(timeout=10)
    now[0] = front.RESTS_AFTER + 1
    watch.thread.join(10)

    assert not watch.thread.is_alive()
