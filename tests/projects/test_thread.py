"""The thread of a project: everything in time order, each part for who may see it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hrconf.accounts.roles import Role
from projects.models import Project
from projects.thread import next_steps, thread_of
from tests import make
from tests.projects import make_competition, make_screening

pytestmark = pytest.mark.django_db


def titles(project, user) -> list[str]:
    return [str(entry.title) for entry in thread_of(project, user)]


def reviewed(**fields) -> Project:
    """A project with a review of 4 of 5 points in a phase."""
    project = make.project(**{"status": "in_review", **fields})
    phase = make_screening.phase(edition=project.edition, name_en="Panel")
    make_screening.review(phase, project, points=4, to_board="Strong team")
    return project


def test_thread_goes_from_the_arrival_to_the_agreement_in_time_order():
    project = reviewed(status="accepted")
    now = timezone.now()
    make_screening.letter(
        make_screening.decision(project, decided_at=now, released_at=now + timedelta(seconds=9))
    )
    round = make_competition.round_of(
        competition=make_competition.competition(edition=project.edition)
    )
    make_competition.entry(round=round, project=project)
    make.meeting(project=project)
    make.agreement(project=project, edition=project.edition, reference="A-77")
    earlier = make.project(status="declined")
    Project.objects.filter(pk=project.pk).update(earlier=earlier)
    make.message(kind="showcase_page", occasion=f"project:{project.pk}:1:asked", subject="Look")
    project.refresh_from_db()

    thread = thread_of(project, make.organizer())

    assert [one.instant for one in thread] == sorted(one.instant for one in thread)
    said = " | ".join(str(one.title) for one in thread)
    for words in [
        "Invited",
        "At the edition of",
        "Panel: given to review",
        "Panel: 80.0 of 100 points",
        "Decided quietly: Accept",
        "Decision: Accept",
        "Entered in “Final”",
        "Meeting with",
        "A-77",
        "Mail “Look”",
    ]:
        assert words in said


def test_reviews_and_pending_decisions_are_for_who_runs_the_screening_alone():
    project = reviewed()
    make_screening.decision(project, "decline", note="Too early")

    reader = thread_of(project, make.office(Role.READ_ONLY))
    manager = thread_of(project, make.office(Role.JUROR_MANAGER))

    assert not any("Panel" in str(one.title) for one in reader)
    assert not any("quietly" in str(one.title) for one in reader)
    assert "Strong team" not in str(reader)
    assert any("Strong team" in one.text for one in manager)
    assert any("Too early" in one.text for one in manager)
    waiting = [str(one.title) for one in next_steps(project, make.office(Role.READ_ONLY))]
    assert waiting == []


@pytest.mark.parametrize("how", ["holds", "reviews"])
def test_who_holds_or_reviews_the_project_reads_no_review_of_it(how):
    project = reviewed()
    make_screening.decision(project, "decline")
    user = make.organizer()
    person = make.person(user=user)
    if how == "holds":
        Project.objects.filter(pk=project.pk).update(holder=person)
    else:
        phase = project.reviews.get().phase
        reviewer = make_screening.reviewer(project.edition, person=person)
        make_screening.review(phase, project, reviewer)
    project.refresh_from_db()

    said = " ".join([*titles(project, user), *(w.title for w in next_steps(project, user))])

    assert "points" not in said
    assert "quietly" not in said
    assert "pending" not in said


def test_place_is_sealed_until_it_is_published_and_from_others_until_it_is_revealed():
    round = make_competition.scored()
    project = round.entries.get(position=2).project  # the best

    def places(role) -> list[str]:
        return [one for one in titles(project, make.office(role)) if one.startswith("Place")]

    assert places(Role.JUROR_MANAGER) == []
    make_competition.close_round(round.pk, by=make.organizer())
    assert places(Role.JUROR_MANAGER) == []
    make_competition.publish_round(round.pk, by=make.organizer())
    assert places(Role.JUROR_MANAGER) == ["Place 1 in “Final”"]
    assert places(Role.READ_ONLY) == []
    type(round).objects.filter(pk=round.pk).update(revealed=3)
    assert places(Role.READ_ONLY) == ["Place 1 in “Final”"]


def test_mails_and_agreements_are_for_who_may_see_them():
    project = make.project()
    make.message(kind="showcase_page", occasion=f"project:{project.pk}:1:asked", subject="Look")
    make.message(kind="vote", occasion=f"project:{project.pk}0:1:asked", subject="Another")
    make.agreement(project=project, edition=project.edition, reference="A-77")

    def said(role) -> str:
        return " | ".join(titles(project, make.office(role)))

    assert "Look" in said(Role.ORGANIZER)
    assert "Another" not in said(Role.ORGANIZER)
    assert "Look" not in said(Role.READ_ONLY)
    assert "A-77" in said(Role.READ_ONLY)
    assert "A-77" not in said(Role.JUROR_MANAGER)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("draft", "not sent"),
        ("applied", "eligible"),
        ("eligible", "reviewers"),
        ("in_review", "decide"),
        ("shortlisted", "Decide"),
        ("accepted", "public page"),
    ],
)
def test_next_step_that_waits_is_named(status, words):
    steps = next_steps(make.project(status=status), make.organizer())

    assert words in steps[0].title


def test_missing_reviews_and_unsigned_agreements_wait():
    project = make.project(status="in_review")
    phase = make_screening.phase(edition=project.edition)
    make_screening.review(phase, project)
    make.agreement(project=project, edition=project.edition, status="ready", reference="A-9")

    said = [str(one.title) for one in next_steps(project, make.organizer())]

    assert said == ["1 review is missing.", "Agreement A-9 is not signed: Ready to sign."]


def queries_of(client, project) -> int:
    with CaptureQueriesContext(connection) as seen:
        page = client.get(reverse("admin:projects_project_thread", args=[project.pk]))
    assert page.status_code == 200
    return len(seen)


def test_thread_costs_the_same_however_much_happened(client, settings):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.organizer())
    project = reviewed()
    edition = project.edition
    competition = make_competition.competition(edition=edition)
    phase = make_screening.phase(edition=edition)

    def more() -> None:
        make_screening.review(phase, project, points=3)
        number = competition.rounds.count() + 1
        round = make_competition.round_of(competition=competition, number=number)
        make_competition.entry(round=round, project=project)
        make.meeting(project=project)
        make.agreement(project=project, edition=edition, status="ready")
        occasion = f"project:{project.pk}:1:{number}"
        make.message(kind="showcase_page", occasion=occasion)
        now = timezone.now()
        decision = make_screening.decision(
            project, decided_at=now, released_at=now, superseded_at=now if number > 1 else None
        )
        make_screening.letter(decision)

    more()
    queries_of(client, project)
    at_one = queries_of(client, project)
    for _ in range(5):
        more()

    assert queries_of(client, project) == at_one
