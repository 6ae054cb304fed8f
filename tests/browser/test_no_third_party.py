"""Public pages keep to themselves: every page, every request, every cookie is looked at.

The test starts at the front door and follows every link, so a page that is added
tomorrow is looked at as well.
"""

from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit

import pytest

from tests.browser.conftest import PHONE
from tests.events import make_programmes

pytestmark = pytest.mark.django_db(transaction=True)

LISTEN = """
window.breaches = [];
document.addEventListener("securitypolicyviolation", (breach) =>
  window.breaches.push(`${breach.effectiveDirective} ${breach.blockedURI}`));
"""
# Where one signs in there is a session, and that is what it is for; at the door to the
# seats who has signed in goes on at once. No cache keeps either.
PERSONAL = tuple(
    f"/{language}/{page}/" for language in ["en", "zh-hans"] for page in ["accounts", "2017/seats"]
)


@dataclass
class Seen:
    """What one page did."""

    foreign: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    links: set[str] = field(default_factory=set)

    @property
    def faults(self) -> list[str]:
        return self.foreign + self.cookies + self.breaches + self.headers


def look_at(page, url: str) -> Seen:
    """Open a page and note what it asked for, kept, broke, and where it leads."""
    seen = Seen()
    home = urlsplit(url).netloc

    def note(response):
        if urlsplit(response.url).netloc not in {home, ""}:
            seen.foreign.append(response.url)
        if "cookie" in response.headers.get("vary", "").lower():
            seen.headers.append(f"Vary: Cookie from {response.url}")

    def refuse(route):
        seen.foreign.append(route.request.url)
        route.abort()

    page.on("response", note)
    page.route(lambda address: urlsplit(address).netloc not in {home, ""}, refuse)
    page.goto(url, wait_until="load")
    seen.breaches = page.evaluate("window.breaches")
    seen.cookies = [cookie["name"] for cookie in page.context.cookies()]
    seen.links = set(page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)"))
    page.remove_listener("response", note)
    page.unroute_all()
    return seen


def public_pages(links: set[str], home: str) -> set[str]:
    """The links that lead to another public page: ours, in a language, no file."""
    bare = {urldefrag(link).url.split("?")[0] for link in links}
    return {
        link
        for link in bare
        if link.startswith(f"{home}/") and link.endswith("/") and not is_personal(link)
    }


def is_personal(link: str) -> bool:
    return urlsplit(link).path.startswith(PERSONAL)


@pytest.fixture
def listening_page(open_page):
    page = open_page(viewport=PHONE)
    page.add_init_script(LISTEN)
    return page


def test_public_pages_ask_nobody_else_and_keep_nothing(listening_page, live_server):
    make_programmes.conference()
    home = live_server.url
    waiting, known, faults = deque([f"{home}/"]), {f"{home}/"}, {}
    while waiting:
        url = waiting.popleft()
        seen = look_at(listening_page, url)
        faults[urlsplit(url).path] = seen.faults
        new = public_pages(seen.links, home) - known
        known |= new
        waiting.extend(sorted(new))

    assert {path: found for path, found in faults.items() if found} == {}
    for language in ("en", "zh-hans"):
        expected = {"", "2017/", "2017/schedule/", "2017/speakers/", "2017/figures/"}
        assert {f"/{language}/{path}" for path in expected} <= set(faults)


@pytest.mark.parametrize("path", ["2017/figures.json", "2017/schedule.ics", "2017/nowhere/"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_files_and_missing_pages_set_no_cookie(client, language, path):
    make_programmes.conference()
    response = client.get(f"/{language}/{path}")

    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()


BAD_PAGE = """<!doctype html><title>Bad</title>
<script>document.title = "ran"</script><p style="color: red">Text</p>
<img src="https://pictures.example/a.png"><script>0</script>"""


def test_a_page_that_misbehaves_would_be_found(listening_page, live_server):
    policy = "default-src 'self'; img-src *; script-src 'self'; style-src 'self'"
    headers = {"content-security-policy": policy, "set-cookie": "a=1", "vary": "Cookie"}
    url = f"{live_server.url}/bad/"
    answer = {"body": BAD_PAGE, "content_type": "text/html", "headers": headers}
    listening_page.context.route(url, lambda route: route.fulfill(**answer))
    seen = look_at(listening_page, url)

    assert seen.foreign == ["https://pictures.example/a.png"]
    assert seen.cookies == ["a"]
    assert {breach.split()[0] for breach in seen.breaches} == {"script-src-elem", "style-src-attr"}
    assert seen.headers == [f"Vary: Cookie from {url}"]
