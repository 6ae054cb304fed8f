"""Every page with hostile names in every column: nothing runs, nothing is filled in.

Pages are those of tests/role_matrix.py, which must name every address there is: a
new page is tried here by itself.
"""

import json

import icalendar
import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from tests import role_matrix as matrix
from tests.attendees import hostile
from tests.role_matrix import Route
from tests.role_world import World

pytestmark = pytest.mark.django_db
# Names that are part of the page's frame: without them nothing was tried.
POISONED = {
    "attendees.person.name_native",
    "attendees.person.organization_zh_hans",
    "attendees.association.name_en",
    "attendees.delegation.name_zh_hans",
    "attendees.invitation.answer_note",
    "attendees.registrationrequest.name_latin",
    "attendees.formfield.label_en",
    "events.session.title_en",
    "events.speaker.biography_en",
    "projects.project.title_en",
    "agreements.party.name_en",
    "mailing.message.to_name",
}
STOREYS = [*hostile.STOREYS, "mailing", "jobs"]
ROUTES = [route for route in matrix.ROUTES if 200 in route.get.values()]
# Pages that are made of somebody's words are no proof unless the words are there.
SHOWN = {
    "events:edition",
    "events:session",
    "events:speaker",
    "events:speakers",
    "attendees:invitation",
    "attendees:registration",
    "attendees:delegation",
    "attendees:waiting",
    "attendees:follow_up",
    "agreements:agreement",
    "admin:attendees_person_changelist",
    "admin:attendees_invitation_follow_up",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world of the role matrix, all its words hostile."""
    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        made.poisoned = hostile.poison(hostile.ALL, STOREYS)
        yield made
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept


def test_the_words_of_the_world_are_hostile(world):
    assert POISONED - world.poisoned == set()


def look(world, name: str, needs: dict, language: str = "en", query: str = "") -> bytes:
    """Open a page as who may see most, check what came, and return it."""
    with transaction.atomic(), translation.override(language):
        user = world.users["superuser"]
        filled = {
            key: value(world, user) if callable(value) else value for key, value in needs.items()
        }
        if needs:  # a row that was made just now has nice names
            hostile.poison(hostile.ALL, ["attendees"])
        client = world.client("superuser")
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        response = client.get(reverse(name, kwargs=filled) + query)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    assert response.status_code < 500
    check(response["Content-Type"], body)
    return body


def check(content_type: str, body: bytes) -> None:
    """Whatever the kind of the answer, hostile text is text in it."""
    if content_type.startswith("text/html"):
        assert hostile.holes(body.decode()) == []
    elif "json" in content_type:
        json.loads(body)
    elif "calendar" in content_type:
        check_calendar(body)


def check_calendar(body: bytes) -> None:
    calendar = icalendar.Calendar.from_ical(body)
    names = {name for part in calendar.walk() for name in part}
    assert not {"ATTENDEE", "ORGANIZER", "ATTACH"} & names


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_page_shows_hostile_names_as_text(world, route: Route):
    page = look(world, route.name, route.at)

    assert route.name not in SHOWN or hostile.as_typed(page.decode(), hostile.ALL)


@pytest.mark.parametrize("row", matrix.lists(), ids=lambda row: row.name)
def test_office_shows_hostile_names_as_text(world, row):
    name = f"admin:{row.label.replace('.', '_')}"
    one = {"object_id": lambda world, user: world.row(row.name).pk}

    look(world, f"{name}_changelist", {})
    look(world, f"{name}_add", {})
    for page in ["change", "delete", "history"]:
        look(world, f"{name}_{page}", one)


@pytest.mark.parametrize("deed", matrix.DEEDS)
def test_preview_of_a_deed_shows_hostile_names_as_text(world, deed):
    row = world.row(".".join(deed.split("_")[:2]))
    hostile.poison(hostile.ALL, ["attendees"])

    page = look(world, f"admin:{deed}", {}, query=f"?ids={row.pk}")

    assert hostile.as_typed(page.decode(), hostile.ALL)


PARAMETERS = [
    "q", "edition", "day", "track", "page", "replace", "tab", "by", "owner", "format", "sort",
    "form", "party", "country", "p", "o", "all", "kind", "ids",
]  # fmt: skip
QUERY = "?" + "&".join(
    f"{name}=%00%FF%27%22%3Cscript+data-probe%3E{{{{1}}}}%25s" for name in PARAMETERS
)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_chinese_page_withstands_a_hostile_address(world, route: Route):
    look(world, route.name, route.at, "zh-hans", QUERY)


@pytest.mark.parametrize("row", matrix.lists(), ids=lambda row: row.name)
def test_list_withstands_a_hostile_address(world, row):
    look(world, f"admin:{row.label.replace('.', '_')}_changelist", {}, query=QUERY)
