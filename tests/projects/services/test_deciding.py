"""Decisions: quiet until released; a letter each with its number; the reserve list moves up."""

import json

import pytest
from django.db import IntegrityError

from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from projects.models import Decision, DecisionLetter, Project
from projects.services import decision_letters
from projects.services.board import quotas_of, rows_of
from projects.services.deciding import (
    contradictions,
    decide,
    promote,
    release_decisions,
    withdraw_decision,
)
from projects.services.decision_letters import draw_letter
from projects.services.eligibility import Finding, check_eligibility
from projects.services.justification import gather, write_json, write_sheets
from tests import make
from tests.projects import make_screening as ms

pytestmark = pytest.mark.django_db


@pytest.fixture
def quick(monkeypatch):
    """Letters are not drawn: what is tested is who gets which."""
    monkeypatch.setattr(decision_letters, "draw_letter", lambda *args: ms.PDF)


@pytest.fixture
def edition():
    return make.edition()


def mails() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("kind", "recipient"))


def test_decision_is_quiet_until_released(edition, quick):
    project = ms.project(edition, status="in_review")
    decide(project.pk, outcome="accept", by=make.organizer())

    project.refresh_from_db()
    assert (project.status, mails(), DecisionLetter.objects.count()) == ("in_review", [], 0)

    assert release_decisions(edition, by=make.organizer()).number == 1
    project.refresh_from_db()
    assert project.status == Project.Status.ACCEPTED
    assert mails() == [("decision_accept", f"person:{project.holder_id}")]


def test_releasing_twice_adds_nothing(edition, quick):
    for outcome in ["accept", "reserve", "decline"]:
        decide(ms.project(edition).pk, outcome=outcome, by=make.organizer())
    release_decisions(edition, by=None)

    again = release_decisions(edition, by=None)

    assert again.number == 0
    assert sorted(DecisionLetter.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert Message.objects.count() == 3


def test_project_withdrawn_meanwhile_is_left_out_and_takes_no_number(edition, quick):
    gone, stays = (ms.project(edition) for _n in range(2))
    for project in [gone, stays]:
        decide(project.pk, outcome="accept", by=make.organizer())
    Project.objects.filter(pk=gone.pk).update(status="withdrawn")

    done = release_decisions(edition, by=None)

    assert (done.number, [name for name, _why in done.left_out]) == (1, [gone.reference])
    assert DecisionLetter.objects.get().number == 1


def test_reserve_list_has_places_and_moves_up(edition, quick):
    by = make.organizer()
    first, second = (ms.project(edition) for _n in range(2))
    for project in [first, second]:
        decide(project.pk, outcome="reserve", by=by)
    assert list(Decision.objects.order_by("rank").values_list("rank", flat=True)) == [1, 2]
    release_decisions(edition, by=by)
    text = Message.objects.get(recipient=f"person:{first.holder_id}").text
    assert "reserve list" in text
    assert "at place 1" in text

    promote(first.pk, by=by)
    first.refresh_from_db()
    assert first.status == Project.Status.RESERVE
    release_decisions(edition, by=by)

    first.refresh_from_db()
    assert first.status == Project.Status.ACCEPTED
    old, new = first.decisions.order_by("decided_at")
    assert (old.superseded_at is not None, new.superseded_at) == (True, None)
    assert (old.letter.number, new.letter.number) == (1, 3)


def test_only_a_reserve_moves_up(edition):
    with pytest.raises(DomainError) as refusal:
        promote(ms.project(edition).pk, by=make.user())

    assert refusal.value.code == "not_reserve"


def test_pending_decision_can_be_changed_and_taken_back(edition):
    project, by = ms.project(edition), make.organizer()
    decide(project.pk, outcome="reserve", by=by)
    decide(project.pk, outcome="decline", by=by)
    assert project.decisions.get().rank is None

    withdraw_decision(project.pk, by=by)

    assert not project.decisions.exists()
    with pytest.raises(DomainError):
        withdraw_decision(project.pk, by=by)


def test_database_refuses_a_second_pending_decision(edition):
    project = ms.project(edition)
    ms.decision(project)

    with pytest.raises(IntegrityError, match="decision_one_pending"):
        ms.decision(project, "decline")


def test_letter_that_says_something_else_and_still_waits_is_named(edition, quick):
    project, by = ms.project(edition), make.organizer()
    decide(project.pk, outcome="reserve", by=by)
    release_decisions(edition, by=by)
    assert contradictions([project]) == {}

    promote(project.pk, by=by)
    letter = Message.objects.get()
    assert contradictions([project]) == {project.pk: letter}

    Message.objects.update(state=Message.State.CANCELLED)
    assert contradictions([project]) == {}


def test_decision_keeps_the_figures_and_quotas_it_was_taken_on(edition):
    sector = make.sector()
    below = make.sector(parent=sector)
    ms.quota(edition, sector, 1)
    phase = ms.phase(edition=edition)
    one, other = (ms.project(edition, sector=below) for _n in range(2))
    ms.review(phase, one, points=5)
    ms.review(phase, one, points=3)
    decide(other.pk, outcome="accept", by=make.organizer())

    decision = decide(one.pk, outcome="accept", phase=phase, by=make.organizer())
    ms.review(phase, one, points=0)

    assert decision.seen["figures"] | {"spread": None} == {
        "mean": 80.0, "spread": None, "reviews": 2, "abstained": 0, "conflicts": 0,
        "passes": 0, "fails": 0,
    }  # fmt: skip
    assert decision.seen["quotas"] == [{"sector": sector.slug, "places": 1, "taken": 1}]
    assert [(one.taken, one.is_over) for one in quotas_of(edition)] == [(2, True)]


def test_abstention_is_no_zero_and_weights_count(edition):
    phase = ms.phase(edition=edition, criteria=0)
    heavy, light = (ms.criterion(phase, weight=weight) for weight in (3, 1))
    project = ms.project(edition)
    review = ms.review(phase, project, points=5)
    review.scores.filter(criterion=light).update(value=1)
    from django.utils import timezone

    ms.review(phase, project, state="abstained", reason="-", answered_at=timezone.now())

    row = rows_of(phase)[0]

    assert heavy.weight > light.weight
    assert (row.mean, row.spread, row.done, row.away) == (pytest.approx(80.0), None, 1, 1)


def test_board_costs_the_same_queries_however_many(edition, django_assert_max_num_queries):
    phase = ms.phase(edition=edition)
    for _n in range(12):
        ms.review(phase, points=3)

    with django_assert_max_num_queries(7):
        rows_of(phase)


def test_letter_is_drawn_in_both_languages_with_what_fails_and_what_was_said(edition):
    import pypdfium2

    project = ms.project(edition, status="applied", title_en="Solar sails", title_zh_hans="太阳帆")
    item = ms.item(edition, text_en="The patent is granted", text_zh_hans="专利已授权")
    check_eligibility(project.pk, {item.pk: Finding(False)}, by=make.organizer())
    ms.review(ms.phase(edition=edition), project, points=2, to_applicant="Show a prototype.")
    decision = decide(project.pk, outcome="decline", by=make.organizer())
    letter = ms.letter(decision, reference="2117-D-0007")

    document = pypdfium2.PdfDocument(draw_letter(letter, decision))

    english, chinese = (page.get_textpage().get_text_bounded() for page in document)
    for text in ["2117-D-0007", "Solar sails", "The patent is granted", "Show a prototype."]:
        assert text in " ".join(english.split())
    for text in ["2117-D-0007", "太阳帆", "专利已授权"]:
        assert text in chinese
    document.close()


def test_file_of_reasons_holds_everything_that_led_to_a_decision(edition, quick, tmp_path):
    phase = ms.phase(edition=edition)
    project = ms.project(edition, holder=make.person(email="a@silan.com"))
    ms.reviewer(edition, person=make.person(email="b@silan.com"))
    ms.review(phase, project, points=4, to_board="A good team.")
    by = make.organizer()
    decide(project.pk, outcome="accept", note="Best of its sector.", phase=phase, by=by)
    release_decisions(edition, by=by)
    project.refresh_from_db()

    (found,) = gather([project])

    assert [one["detail"] for one in found["conflicts"]] == ["silan.com"]
    assert [(one["points"], one["to_board"]) for one in found["reviews"]] == [
        (80.0, "A good team.")
    ]
    (decision,) = found["decisions"]
    assert decision["note"] == "Best of its sector."
    assert decision["seen"]["figures"]["mean"] == 80.0
    assert decision["released_by"] == str(by)
    assert decision["letter"].endswith("-D-0001")
    path = tmp_path / "reasons.json"
    with path.open("wb") as file:
        write_json(file, [project])
    assert json.loads(path.read_text())["projects"][0]["reference"] == project.reference
    with (tmp_path / "reasons.xlsx").open("wb") as file:
        write_sheets(file, [project])
    assert (tmp_path / "reasons.xlsx").stat().st_size > 5000


def test_gathering_costs_the_same_queries_however_many(edition, django_assert_max_num_queries):
    phase = ms.phase(edition=edition)
    projects = [ms.review(phase, points=3).project for _n in range(8)]

    with django_assert_max_num_queries(14):
        gather(projects)
