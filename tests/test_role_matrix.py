"""Every address, method and role answers what tests/role_matrix.py says.

An address that is not in the table fails, and so does a row whose address is gone.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.template.backends.django import Template
from django.urls import URLResolver, get_resolver, reverse

from tests import role_matrix as matrix
from tests.role_matrix import WHO, Answers, Route
from tests.role_world import World

# Also tells pytest-django to make a database for the module's world.
pytestmark = pytest.mark.django_db
# Only there with DEBUG, for who builds pages.
DEVELOPMENT = {"styleguide"}


# Which addresses there are -----------------------------------------------------------


def addresses(resolver: URLResolver, spaces: tuple[str, ...] = (), path: str = "") -> Iterator[str]:
    """The name of every address; of one without a name its pattern."""
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern, inner, here)
        else:
            yield ":".join([*spaces, pattern.name]) if pattern.name else here


def list_addresses(label: str) -> list[str]:
    """What Django's admin makes for a model."""
    name = label.replace(".", "_")
    pages = [f"admin:{name}_{page}" for page in PAGES]
    return [*pages, f"admin/{label.replace('.', '/')}/<path:object_id>/"]


PAGES = ["changelist", "add", "change", "delete", "history"]


def known_addresses() -> set[str]:
    named = {route.name for route in matrix.ROUTES}
    listed = {name for row in matrix.lists() for name in list_addresses(row.label)}
    return named | listed | set(matrix.OF_DJANGO) | DEVELOPMENT


def test_every_address_is_in_the_table():
    found = set(addresses(get_resolver()))

    assert sorted(found - known_addresses()) == []


def test_every_row_of_the_table_has_an_address():
    found = set(addresses(get_resolver()))

    assert sorted(known_addresses() - found - DEVELOPMENT) == []


def test_every_list_of_the_office_is_in_the_table():
    registered = {model._meta.label_lower for model in admin.site._registry}

    assert {row.label for row in matrix.lists()} == registered


# What they answer ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once: the rows are thrown away after the last test of this module."""
    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept


@pytest.fixture(autouse=True)
def _mail_nobody(settings):
    settings.EMAIL_BACKEND = "hrconf.mailing.backend.OutboxBackend"


@pytest.fixture(autouse=True)
def _empty_pages(monkeypatch):
    """Who may is decided before a page is drawn; thousands of pages take minutes to draw."""
    monkeypatch.setattr(Template, "render", lambda *args, **kwargs: "")


def answer(world: World, who: str, method: str, name: str, needs: dict, data: dict) -> int:
    """The status that one of WHO gets; whatever the request wrote is rolled back."""
    with transaction.atomic():
        user = world.users.get(who)
        filled = {
            key: value(world, user) if callable(value) else value for key, value in needs.items()
        }
        path = reverse(name, kwargs=filled)
        response = getattr(world.client(who), method)(path, data)
        if response.streaming:
            b"".join(response.streaming_content)  # which closes its file
        transaction.set_rollback(True)
    return response.status_code


def answers(world: World, method: str, name: str, needs: dict, data: dict | None = None) -> Answers:
    return {who: answer(world, who, method, name, needs, data or {}) for who in WHO}


def surprises(found: Answers, wanted: Answers) -> list[str]:
    """Who got another answer than the table says, in words."""
    return [f"{who}: {found[who]}, not {wanted[who]}" for who in WHO if found[who] != wanted[who]]


@pytest.mark.parametrize("route", matrix.ROUTES, ids=lambda route: route.name)
def test_address_answers_each_role(world, route: Route):
    assert surprises(answers(world, "get", route.name, route.at), route.get) == []
    assert surprises(answers(world, "post", route.name, route.at, route.data), route.post) == []


@pytest.mark.parametrize(
    "route", [route for route in matrix.ROUTES if route.foreign], ids=lambda route: route.name
)
def test_address_gives_nobody_what_is_somebody_elses(world, route: Route):
    assert surprises(answers(world, "get", route.name, route.foreign), route.foreign_get) == []
    assert (
        surprises(answers(world, "post", route.name, route.foreign, route.data), route.foreign_post)
        == []
    )


@pytest.mark.parametrize("row", matrix.lists(), ids=lambda row: row.name)
def test_list_of_the_office_answers_each_role(world, row):
    name = f"admin:{row.label.replace('.', '_')}"
    one = {"object_id": lambda world, user: world.row(row.name).pk}

    assert surprises(answers(world, "get", f"{name}_changelist", {}), row.may("see")) == []
    assert surprises(answers(world, "post", f"{name}_changelist", {}), row.may("see")) == []
    assert surprises(answers(world, "get", f"{name}_add", {}), row.may("add")) == []
    assert surprises(answers(world, "post", f"{name}_add", {}), row.may_post("add")) == []
    assert surprises(answers(world, "get", f"{name}_change", one), row.may("see")) == []
    assert surprises(answers(world, "post", f"{name}_change", one), row.may_post("change")) == []
    assert surprises(answers(world, "get", f"{name}_delete", one), row.may("delete")) == []
    assert surprises(answers(world, "post", f"{name}_delete", one), row.may("delete")) == []
    assert surprises(answers(world, "get", f"{name}_history", one), row.may("see")) == []
