"""The office's pages of a phase: preview before it is done, warnings, quiet decisions, the file."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from hrconf.jobs.models import Job
from projects.models import Decision, DecisionLetter
from projects.services import decision_letters
from tests import make
from tests.projects import make_screening as ms

pytestmark = pytest.mark.django_db


@pytest.fixture
def phase():
    phase = ms.phase(wanted=2)
    for _n in range(3):
        ms.project(phase.edition)
    for _n in range(3):
        ms.reviewer(phase.edition)
    return phase


@pytest.fixture
def office(client, settings):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.organizer())
    return client


def page(phase, name: str, *more) -> str:
    return reverse(f"admin:projects_reviewphase_{name}", args=[phase.pk, *more])


def test_assignment_is_shown_before_it_is_done(office, phase):
    shown = office.post(page(phase, "assign"), {"deed": "plan"}).content.decode()
    assert "This would be done" in shown
    assert phase.reviews.count() == 0

    done = office.post(page(phase, "assign"), {"deed": "apply"}, follow=True)

    assert phase.reviews.count() == 6
    assert "6 given" in done.content.decode()


def test_large_assignment_is_long_work(office, phase, monkeypatch):
    monkeypatch.setattr("projects.services.assigning.MOST_AT_ONCE", 2)

    office.post(page(phase, "assign"), {"deed": "apply"})

    assert Job.objects.get().kind == "assign_reviews"
    assert phase.reviews.count() == 0


def test_conflict_is_named_and_asks_for_a_word(office, phase):
    reviewer = ms.reviewer(phase.edition, person=make.person(email="a@silan.com"))
    project = ms.project(phase.edition, holder=make.person(email="b@silan.com"))
    pair = {"deed": "add", "reference": project.reference, "reviewer": reviewer.pk}

    refused = office.post(page(phase, "assign"), pair)
    assert refused.status_code == 422
    assert "silan.com" in refused.content.decode()
    assert 'name="despite"' in refused.content.decode()

    shown = office.post(page(phase, "assign"), pair | {"despite": "on"}, follow=True)
    assert reviewer.reviews.get().is_by_hand
    assert "same mail domain (silan.com)" in shown.content.decode()


@pytest.mark.parametrize("reference", ["P-9999", "", "\x00", "P-0001' OR 1=1"])
def test_unknown_reference_is_refused_beside_its_field(office, phase, reference):
    pair = {"deed": "add", "reference": reference, "reviewer": phase.edition.reviewers.first().pk}

    assert office.post(page(phase, "assign"), pair).status_code == 422


def test_board_decides_quietly_and_releases_as_long_work(office, phase, monkeypatch):
    monkeypatch.setattr(decision_letters, "draw_letter", lambda *args: ms.PDF)
    projects = list(phase.edition.projects.all())
    keys = [one.pk for one in projects[:2]]

    said = {"deed": "decide", "project": keys, "outcome": "accept", "note": "Best."}
    shown = office.post(page(phase, "board"), said, follow=True).content.decode()

    assert "2 decisions are noted" in shown
    assert Decision.objects.filter(released_at=None, note="Best.").count() == 2
    assert DecisionLetter.objects.count() == 0
    office.post(page(phase, "board"), {"deed": "release"})
    job = Job.objects.get()
    assert job.kind == "release_decisions"
    from hrconf.jobs.services import run

    run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    assert DecisionLetter.objects.count() == 2


def test_choosing_nothing_is_said(office, phase):
    shown = office.post(page(phase, "board"), {"deed": "decide", "outcome": "accept"}, follow=True)

    assert "Choose at least one project." in shown.content.decode()


def test_quota_is_seen_while_choosing(office, phase):
    project = phase.edition.projects.first()
    ms.quota(phase.edition, project.sector, 0)
    ms.decision(project)

    shown = office.get(page(phase, "board")).content.decode()

    assert "1 / 0" in shown
    assert "over the quota" in shown


def test_checklist_is_ticked_and_its_fails_are_named(office):
    phase = ms.phase(mode="eligibility")
    project = ms.project(phase.edition, status="applied")
    item = ms.item(phase.edition, text_en="The patent is granted")
    said = {f"item-{item.pk}": "0", f"note-{item.pk}": "Pending."}

    shown = office.post(page(phase, "checklist", project.pk), said, follow=True).content.decode()

    assert "Does not hold: The patent is granted" in " ".join(shown.split())
    office.post(page(phase, "checklist", project.pk), {f"item-{item.pk}": "1"})
    project.refresh_from_db()
    assert project.status == "eligible"


def test_file_of_reasons_is_handed_out_and_logged(office, phase):
    answer = office.get(page(phase, "justification"), {"format": "json"})

    assert len(json.loads(b"".join(answer))["projects"]) == 3
    assert "3 projects" in LogEntry.objects.latest("pk").change_message
    one = phase.edition.projects.first()
    answer = office.get(page(phase, "justification"), {"project": one.pk})
    assert b"".join(answer).startswith(b"PK")
    for wrong in [{"format": "exe"}, {"project": "9" * 30}, {"project": "x"}, {"project": "0"}]:
        assert office.get(page(phase, "justification"), wrong).status_code == 404


def test_pending_decisions_are_for_who_decides(client, settings, phase):
    settings.SECOND_FACTOR_ROLES = []
    ms.decision(phase.edition.projects.first())
    client.force_login(make.staff())

    for name in ["board", "assign", "justification"]:
        assert client.get(page(phase, name)).status_code == 403
