"""The chair's page: what it shows, what its buttons do, who may not look."""

import json

import pytest
from django.urls import reverse

from events.models import Session
from hrconf.accounts.roles import Role
from hrconf.mailing.models import Message
from projects.models import Assignment, Juror
from projects.services.scoring import juror_token
from tests import make
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(client, settings):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.office(Role.JUROR_MANAGER))
    return client


def page_of(round, name: str = "chair") -> str:
    return reverse(f"admin:projects_round_{name}", args=[round.pk])


def press(chair, round, deed: str, **filled):
    response = chair.post(page_of(round), {"deed": deed, **filled})
    round.refresh_from_db()
    return response


def test_live_ranking_stands_with_spread_and_what_the_correction_moves(chair):
    round = mc.scored({1: [9, 2], 2: [6, 6], 3: [3, 2]})

    view = chair.get(page_of(round)).context["view"]

    first = view.rows[0]
    assert (first.entry.position, first.standing.place) == (2, 1)
    assert [row.entry.position for row in view.rows if row.is_split] == [1]
    assert (view.done, view.cards, view.broken_at) == (6, 6, None)


def test_progress_names_the_entries_that_are_missing(chair):
    round = mc.final(entries=3, jurors=2)
    juror = round.jurors.order_by("person__sort_key").first()
    mc.give(juror, round.entries.get(position=2), 5)

    progress = [one for one, _seen in chair.get(page_of(round)).context["view"].jurors]

    found = {one.juror.pk: [entry.position for entry in one.missing] for one in progress}
    assert found == {juror.pk: [1, 3], progress[1].juror.pk: [1, 2, 3]}


@pytest.mark.parametrize("role", [Role.READ_ONLY, Role.STAFF, Role.DESK, Role.PRESS])
@pytest.mark.parametrize("page", ["chair", "scores"])
def test_ranking_is_sealed_from_the_rest_of_the_office(client, settings, role, page):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.office(role))

    assert client.get(page_of(mc.scored(), page)).status_code == 403


def test_two_worlds_the_office_that_may_only_look_learns_no_score(client, settings):
    """Whatever the jury gives, lists and forms have the same bytes for who may only look."""
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.office(Role.READ_ONLY))
    round = mc.final()
    pages = [
        reverse("admin:projects_round_changelist"),
        reverse("admin:projects_round_change", args=[round.pk]),
        reverse("admin:projects_project_change", args=[round.entries.first().project_id]),
    ]
    before = [without_tokens(client.get(page).text) for page in pages]

    mc.give(round.jurors.first(), round.entries.first(), 9)

    assert [without_tokens(client.get(page).text) for page in pages] == before


def without_tokens(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "csrf" not in line.lower())


def test_round_goes_from_preparation_to_the_reveal_by_its_buttons(chair):
    round = mc.round_of()
    mc.criterion(round=round)
    for _ in range(2):
        mc.entry(round=round)
        mc.juror(round=round)

    press(chair, round, "assign")
    press(chair, round, "open")
    assert (round.state, Assignment.objects.filter(entry__round=round).count()) == ("open", 4)
    for juror in round.jurors.all():
        for entry in round.entries.all():
            mc.give(juror, entry, entry.position)
    press(chair, round, "close")
    press(chair, round, "publish")
    press(chair, round, "reveal", step=1)

    assert (round.state, round.revealed) == ("published", 1)
    assert "agrees with the raw scores" in chair.get(page_of(round)).text


def test_opening_again_without_a_reason_asks_for_one(chair):
    round = mc.published()

    response = press(chair, round, "reopen", reason=" ")

    assert response.status_code == 422
    assert round.state == "published"
    press(chair, round, "reopen", reason="A card was missing")
    assert round.state == "open"


def test_step_that_is_not_possible_now_is_told(chair):
    round = mc.final()

    response = chair.post(page_of(round), {"deed": "publish"}, follow=True)

    assert "that is not possible now" in response.text


def test_jury_gets_its_links_once_and_reminders_of_what_is_missing(chair):
    round = mc.scored()
    behind = round.jurors.first()
    mc.assignment(entry=mc.entry(round=round), juror=behind)

    for _ in range(2):
        press(chair, round, "links")
        press(chair, round, "remind")

    kinds = sorted(Message.objects.values_list("kind", flat=True))
    assert kinds == ["jury_link", "jury_link", "jury_reminder"]
    reminder = Message.objects.get(kind="jury_reminder")
    assert reminder.to_address == behind.person.email
    assert juror_token(behind) in reminder.text


def test_new_link_ends_the_old_one(chair):
    round = mc.final()
    juror = round.jurors.first()

    press(chair, round, "renew", juror=juror.pk)

    assert Juror.objects.get(pk=juror.pk).key_version == 2


def test_office_recuses_a_juror_silently_and_the_card_no_longer_counts(chair):
    round = mc.scored()
    juror, entry = round.jurors.first(), round.entries.first()
    seat = {"juror": juror.pk, "entry": entry.pk}

    assert press(chair, round, "recuse", **seat).status_code == 422  # no reason
    press(chair, round, "recuse", **seat, reason="Sits on its board", is_silent="on")

    page = chair.get(page_of(round))
    assert {row.entry.pk: row.standing.cards for row in page.context["view"].rows}[entry.pk] == 1
    assert "Sits on its board" in page.text
    press(chair, round, "resume", **seat)
    assert Assignment.objects.get(juror=juror, entry=entry).state == "assigned"


def test_juror_of_another_round_is_not_recused_here(chair):
    round, other = mc.scored(), mc.scored()
    foreign = other.jurors.first()

    response = press(
        chair, round, "recuse", juror=foreign.pk, entry=other.entries.first().pk, reason="x"
    )

    assert response.status_code == 422
    assert not Assignment.objects.filter(state="recused").exists()


def test_pitches_become_sessions_one_after_the_other(chair):
    chair.force_login(make.organizer())  # a jury manager may not touch the programme
    round = mc.final(entries=3)
    edition, room = round.edition, make.room()
    kept = make.session(edition=edition)
    round.entries.filter(position=2).update(session=kept)
    when = {"starts_at_0": "2017-11-10", "starts_at_1": "09:00", "minutes": 20, "room": room.pk}

    press(chair, round, "pitches", **when)
    press(chair, round, "pitches", **when)

    made = Session.objects.filter(entries__round=round).exclude(pk=kept.pk).order_by("pk")
    starts = [s.booking.during.lower.astimezone(edition.tz).strftime("%H:%M") for s in made]
    assert starts == ["09:00", "09:40"]
    assert {(s.kind, s.status) for s in made} == {("pitch", "draft")}


def test_jury_manager_makes_no_pitches_in_the_programme(chair):
    round = mc.final()

    assert "pitches_form" not in chair.get(page_of(round)).text
    when = {"starts_at_0": "2017-11-10", "starts_at_1": "09:00", "minutes": 20}
    press(chair, round, "pitches", **when)

    assert not Session.objects.filter(entries__round=round).exists()


def test_wrong_time_of_the_pitches_comes_back_with_what_was_typed(chair):
    chair.force_login(make.organizer())
    response = press(
        chair, mc.final(), "pitches", starts_at_0="soon", starts_at_1="09:00", minutes=3
    )

    assert response.status_code == 422
    assert 'value="soon"' in response.text
    assert set(response.context["pitches_form"].errors) == {"starts_at", "minutes"}


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_file_holds_every_score(chair, kind):
    round = mc.published()

    response = chair.get(page_of(round, "scores"), {"format": kind})

    content = b"".join(response.streaming_content)
    assert len(content) > 500
    if kind == "csv":
        assert content.decode("utf-8-sig").count("\r\n") == 1 + round.trail.count()
    if kind == "json":
        said = json.loads(content)
        assert len(said["trail"]) == round.trail.count()
        assert said["ranking"]["standings"] == said["published"]["standings"]


def test_file_of_an_unknown_kind_is_not_there(chair):
    assert chair.get(page_of(mc.published(), "scores"), {"format": "exe"}).status_code == 404


def test_rules_stand_once_the_round_is_open(chair):
    round = mc.final()

    page = chair.get(reverse("admin:projects_round_change", args=[round.pk]))

    form = page.context["adminform"].form
    assert set(form.fields) == {"name_en", "name_zh_hans", "starts_at", "ends_at"}
    editable = [
        one.opts.model.__name__ for one in page.context["inline_admin_formsets"]
        if one.has_change_permission
    ]  # fmt: skip
    assert editable == ["Prize"]


def test_page_costs_the_same_with_many_jurors_and_entries(chair, django_assert_num_queries):
    small, large = (
        mc.scored({1: [3, 4], 2: [4, 5]}),
        mc.scored(dict.fromkeys(range(1, 13), [5] * 6)),
    )
    chair.get(page_of(small))  # what is cached once stays out
    with django_assert_num_queries(40, exact=False) as seen:
        chair.get(page_of(small))

    with django_assert_num_queries(len(seen.captured_queries)):
        chair.get(page_of(large))
