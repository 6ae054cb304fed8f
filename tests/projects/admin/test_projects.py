"""Screening projects in the office."""

import pytest
from django.urls import reverse

from projects.models import Project
from tests import make

pytestmark = pytest.mark.django_db
LIST = "admin:projects_project_changelist"


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def test_accepting_shows_who_would_move_and_names_who_cannot(organizer):
    applied = make.project(status="applied")
    withdrawn = make.project(status="withdrawn")
    keys = [applied.pk, withdrawn.pk]

    page = organizer.post(reverse(LIST), {"action": "accept", "_selected_action": keys})

    assert page.context["preview"].going == [applied]
    assert withdrawn.reference in page.content.decode()
    confirmed = {"ids": page.context["ids"], "confirm": "1"}
    response = organizer.post(page.context["deed_url"], confirmed, follow=True)
    applied.refresh_from_db()
    withdrawn.refresh_from_db()
    assert applied.status == Project.Status.ACCEPTED
    assert withdrawn.status == Project.Status.WITHDRAWN
    texts = [str(message) for message in response.context["messages"]]
    assert any("Withdrawn" in text for text in texts)


@pytest.mark.parametrize("words", ["P-7777", "rain sensor", "雨量", "王芳", "wang fang"])
def test_search_finds_by_reference_title_or_holder(organizer, words):
    holder = make.person(name_native="王芳", name_latin="Wang Fang")
    wanted = make.project(
        reference="P-7777", title_en="Rain sensor", title_zh_hans="雨量传感器", holder=holder
    )
    make.project()

    response = organizer.get(reverse(LIST), {"q": words})

    assert list(response.context["cl"].result_list) == [wanted]
