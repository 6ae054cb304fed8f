"""Winners: sealed until revealed, third before second before first."""

from decimal import Decimal

import pytest
from django.urls import reverse

from projects.services.rounds import close_round, publish_round, reopen_round, reveal
from tests import make
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    made = mc.published()
    mc.prize(round=made, place=1, name_en="Grand prize", amount=Decimal("1000000.00"))
    mc.prize(round=made, place=3, name_en="Third prize", amount=None)
    return made


def address(round, name: str = "winners") -> str:
    more = [] if name == "winners" else [round.number]
    return reverse(f"projects:{name}", args=[round.edition.slug, *more])


def shown(client, round, name: str = "winners") -> list[int]:
    """Positions of the entries whose titles stand on the page."""
    page = client.get(address(round, name)).text
    entries = round.entries.select_related("project")
    return [entry.position for entry in entries if entry.project.title_en in page]


@pytest.mark.parametrize("name", ["winners", "reveal"])
def test_places_are_shown_from_the_last_to_the_first(client, round, name):
    pages = []
    for step in range(4):
        reveal(round.pk, step=step, by=make.organizer())
        pages.append(shown(client, round, name))

    assert pages == [[], [3], [1, 3], [1, 2, 3]]


@pytest.mark.parametrize("name", ["winners", "reveal", "reveal_state"])
def test_two_worlds_nothing_of_who_won_is_in_a_page_before_the_reveal(client, round, name):
    before = client.get(address(round, name)).content
    rows = round.published["standings"]
    rows[0]["entry"], rows[2]["entry"] = rows[2]["entry"], rows[0]["entry"]
    round.save()

    assert client.get(address(round, name)).content == before


def test_what_the_audience_chose_comes_after_the_jury(client, round):
    reveal(round.pk, step=1, by=make.organizer())
    favourite = mc.audience(competition=round.competition, number=2)
    mc.vote(entry=favourite.entries.first(), state="counted")
    close_round(favourite.pk, by=make.organizer())
    publish_round(favourite.pk, by=make.organizer())
    reveal(favourite.pk, step=1, by=make.organizer())

    podiums = client.get(address(round)).context["podiums"]

    assert [podium.round for podium in podiums] == [round, favourite]


def test_prizes_stand_with_their_amounts(client, round):
    reveal(round.pk, step=3, by=make.organizer())

    page = client.get(address(round)).text

    assert "Grand prize" in page
    assert "1,000,000 CNY" in page
    assert "Third prize" in page


def test_screen_is_in_both_languages_at_once(client, round):
    reveal(round.pk, step=1, by=make.organizer())
    project = round.entries.get(position=3).project

    page = client.get(address(round, "reveal")).text

    assert project.title_en in page
    assert project.title_zh_hans in page


def test_round_that_is_opened_again_hides_its_winners(client, round):
    reveal(round.pk, step=3, by=make.organizer())

    reopen_round(round.pk, reason="A card was missing", by=make.organizer())

    assert shown(client, round) == []
    assert client.get(address(round, "reveal_state")).json() == {"revealed": 0}


def test_winners_are_the_same_for_everyone_and_set_no_cookie(client, round):
    response = client.get(address(round))

    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_edition_without_a_competition_and_a_round_that_is_not_there_are_404(client, round):
    assert client.get(reverse("projects:winners", args=[make.edition().slug])).status_code == 404
    for number in (7, 10**18):
        wrong = reverse("projects:reveal", args=[round.edition.slug, number])
        assert client.get(wrong).status_code == 404


def test_shared_place_is_two_steps_of_the_reveal(client):
    round = mc.published(points={1: [5, 5], 2: [5, 5], 3: [1, 1]}, tie_rule="shared", winners=1)

    reveal(round.pk, step=1, by=make.organizer())
    assert len(shown(client, round)) == 1
    reveal(round.pk, step=2, by=make.organizer())

    assert shown(client, round) == [1, 2]
