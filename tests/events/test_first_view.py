"""What a phone loads before it shows the schedule of a large conference."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from tests.events.shared import SCHEDULES, needs_schedules

pytestmark = [pytest.mark.django_db, needs_schedules]
MOST_BYTES = 100_000


def compressed(content: bytes) -> int:
    return len(brotli.compress(content, quality=9))


def test_page_and_styles_of_422_sessions_stay_under_100_kb(client):
    file = str(SCHEDULES / "fosdem-2020.schedule.xml")
    call_command("import_schedule", file, edition="fosdem", create=True, verbosity=0)
    call_command("release_schedule", edition="fosdem", name="First", verbosity=0)

    page = client.get("/en/fosdem/schedule/").content

    assert page.count(b'<article class="session') == 422
    links = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"([^>]*)>', page.decode())
    sheets = [name for name, media in links if 'media="print"' not in media]
    styles = [compressed(Path(finders.find(name)).read_bytes()) for name in sheets]
    assert len(styles) > 8
    assert compressed(page) + sum(styles) < MOST_BYTES
