"""Possible matches of projects in the office."""

import pytest
from django.urls import reverse

from hrconf.jobs.models import Job
from projects.models import ProjectLink
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


@pytest.fixture
def link():
    first = make.project(edition=make.edition(year=2016), title_en="Cloud <b>2016</b>")
    second = make.project(edition=make.edition(year=2017), title_en="Cloud 2017")
    return ProjectLink.objects.create(first=first, second=second, score=70, reasons=["name"])


def page(link) -> str:
    return reverse("admin:projects_projectlink_change", args=[link.pk])


def test_both_are_shown_side_by_side_with_why(organizer, link):
    text = organizer.get(page(link)).content.decode()

    assert "Cloud &lt;b&gt;2016&lt;/b&gt;" in text
    assert "Cloud 2017" in text
    assert "same name, whatever the legal form" in text
    assert 'name="later"' in text
    assert 'name="double"' not in text


def test_decision_links_the_past_and_the_projects_page_shows_it(organizer, link):
    response = organizer.post(page(link), {"later": "1"})

    link.second.refresh_from_db()
    shown = organizer.get(reverse("admin:projects_project_change", args=[link.second.pk]))
    assert response.status_code == 302
    assert link.second.earlier == link.first
    assert f"2016 {link.first.reference}" in shown.content.decode()


def test_second_decision_is_refused_in_words(organizer, link):
    organizer.post(page(link), {"different": "1"})

    response = organizer.post(page(link), {"later": "1"})

    assert "Somebody decided already: Not the same." in response.content.decode()
    assert ProjectLink.objects.get().state == "different"


def test_search_is_a_job(organizer, link):
    response = organizer.post(reverse("admin:projects_projectlink_find"))

    assert response.status_code == 302
    assert Job.objects.get().kind == "find_project_links"
