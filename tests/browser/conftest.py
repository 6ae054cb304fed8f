"""A real browser on our own pages. Without a chromium these tests are skipped, loudly.

def test_something(live_server, page): page.goto(live_server.url + "/en/2017/")
"""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.watch import watch

# Playwright keeps an event loop in our thread, which Django takes for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None
)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser():
    """One chromium for the whole run."""
    if not CHROMIUM:
        pytest.skip("NO CHROMIUM ON THIS MACHINE: NO PAGE WAS TRIED IN A BROWSER")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, live_server):
    """Open a page in a clean browser context; keywords go to Playwright's new_context.

    Addresses may be relative to the live server. `tests.browser.watch` tells what
    the page asked for and complained about.
    """
    contexts = []

    def open_page(**options):
        usual = {"viewport": DESK, "base_url": live_server.url, "locale": "en-GB"}
        # A worker goes on fetching after its test: only tests about it let one be.
        options = usual | {"service_workers": "block"} | options
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(30_000)  # the first page on a cold machine
        contexts.append(context)
        return watch(context.new_page())

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    """A window of 1440 pixels."""
    return open_page()


@pytest.fixture
def phone_page(open_page):
    """A phone of 390 pixels with a touch screen."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True)
