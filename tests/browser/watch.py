"""What a page did while we looked: its requests, its complaints, its accessibility."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

OURS = {"localhost", "127.0.0.1", ""}  # data: addresses have no host
_requests: dict = {}
_complaints: dict = {}


def watch(page):
    """Record the requests and the console errors of a page from now on."""
    asked = _requests[page] = []
    said = _complaints[page] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("close", forget)
    return page


def forget(page) -> None:
    _requests.pop(page, None)
    _complaints.pop(page, None)


def third_party_requests(page) -> list[str]:
    """Addresses the page asked for that are not on this machine."""
    return [url for url in _requests[page] if urlsplit(url).hostname not in OURS | {None}]


def complaints(page) -> list[str]:
    """Errors in the console: scripts that failed, breaches of the content security policy."""
    return list(_complaints[page])


def cookies(page) -> list[dict]:
    return page.context.cookies()


def overflow(page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def axe_violations(page) -> list[str]:
    """What axe finds wrong; open the page with bypass_csp=True."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]
