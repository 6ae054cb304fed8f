"""Public pages of projects in the office."""

import pytest
from django.urls import reverse

from hrconf.jobs.models import Job
from tests import make
from tests.projects import make_showcase

pytestmark = pytest.mark.django_db
LIST = "admin:projects_showcasepage_changelist"


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def test_office_sees_how_many_have_not_approved(organizer):
    edition = make.edition()
    make_showcase.page(edition=edition)
    make.project(edition=edition)
    make_showcase.page(edition=edition, is_approved=True)

    text = organizer.get(reverse(LIST)).content.decode()

    assert "2 accepted projects are not approved." in text


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        ("ask", "showcase_letters"),
        ("remind", "showcase_letters"),
        ("catalogue-zh-hans", "project_catalogue"),
    ],
)
def test_letters_and_catalogue_are_jobs(organizer, order, kind):
    make.edition()

    organizer.post(reverse("admin:projects_showcasepage_order"), {"order": order})

    job = Job.objects.get()
    assert job.kind == kind
    assert job.options["remind"] == (order == "remind")


def test_office_takes_a_page_off(organizer):
    page = make_showcase.page(is_approved=True)

    organizer.post(reverse(LIST), {"action": "take_off", "_selected_action": [page.pk]})

    page.refresh_from_db()
    assert page.state == "off"
