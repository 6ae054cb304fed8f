"""The juror's page: touches by script, cards by plain forms, nobody else's scores."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from projects.services.rounds import close_round
from projects.services.scoring import juror_token, recuse, scores_now
from tests import make
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2117, 11, 8), "ends_on": date(2117, 11, 10)}


@pytest.fixture
def round():
    edition = make.edition(slug="2117", year=2117, **DAYS)
    return mc.final(entries=3, jurors=2, criteria=2, competition=mc.competition(edition=edition))


@pytest.fixture
def juror(round):
    return round.jurors.order_by("pk").first()


@pytest.fixture
def entry(round):
    return round.entries.get(position=1)


def page_of(juror) -> str:
    return reverse("projects:juror", args=[juror.edition.slug, juror_token(juror)])


def touch(round, entry, value="7", **more) -> dict[str, str]:
    criterion = round.criteria.order_by("position").first()
    said = {"entry": entry.pk, "criterion": criterion.pk, "value": value, "key": uuid4()}
    return said | {"client": str(uuid4()), "sequence": 1, "seen": 0} | more


def test_touch_is_kept_and_answered_with_its_line(client, round, juror, entry):
    answer = client.post(page_of(juror), touch(round, entry))

    assert answer.json() == {"state": "kept", "number": 2, "value": 7}
    assert [score.value for score in scores_now(round)] == [7]


def test_same_touch_sent_again_gets_the_same_answer(client, round, juror, entry):
    said = touch(round, entry)

    answers = [client.post(page_of(juror), said).json() for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert round.trail.filter(kind="score").count() == 1


def test_older_touch_is_refused_with_what_holds(client, round, juror, entry):
    browser = str(uuid4())
    client.post(page_of(juror), touch(round, entry, "9", client=browser, sequence=5))

    answer = client.post(page_of(juror), touch(round, entry, "2", client=browser, sequence=4))

    assert answer.status_code == 409
    assert answer.json()["state"] == "superseded"
    assert answer.json()["value"] == 9


def test_touch_after_the_close_is_told_so(client, round, juror, entry):
    close_round(round.pk, by=make.organizer())

    answer = client.post(page_of(juror), touch(round, entry))

    assert (answer.status_code, answer.json()["state"]) == (409, "closed")


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "eleven"},
        {"value": "-1"},
        {"key": "1"},
        {"entry": "9" * 30},
        {"sequence": "1e9"},
        {"client": "<script>"},
        {"seen": "\x00"},
    ],
)
def test_touch_that_makes_no_sense_is_refused(client, round, juror, entry, wrong):
    answer = client.post(page_of(juror), touch(round, entry) | wrong)

    assert answer.status_code == 422
    assert scores_now(round) == []


def test_points_beyond_the_scale_are_refused(client, round, juror, entry):
    answer = client.post(page_of(juror), touch(round, entry, "11"))

    assert answer.status_code == 409
    assert scores_now(round) == []


def card(round, entry, *points) -> dict[str, str]:
    names = [f"score-{criterion.pk}" for criterion in round.criteria.order_by("position")]
    return {"entry": entry.pk, "deed": "keep"} | dict(zip(names, points, strict=False))


def test_card_is_kept_by_a_plain_form_and_twice_is_once(client, round, juror, entry):
    for _ in range(2):
        answer = client.post(page_of(juror), card(round, entry, "8", "6"))
        assert answer.url == f"{page_of(juror)}#entry-{entry.pk}"

    assert sorted(score.value for score in scores_now(round)) == [6, 8]
    assert round.trail.filter(kind="score").count() == 2


def test_part_of_a_card_is_kept_too(client, round, juror, entry):
    client.post(page_of(juror), card(round, entry, "8"))

    assert [score.value for score in scores_now(round)] == [8]


def test_points_that_are_no_number_come_back_with_the_page(client, round, juror, entry):
    answer = client.post(page_of(juror), card(round, entry, "many", "6"))

    assert answer.status_code == 422
    assert scores_now(round) == []


def test_juror_abstains_and_judges_after_all(client, round, juror, entry):
    page = page_of(juror)
    client.post(page, {"entry": entry.pk, "deed": "abstain"})
    assert "You abstained" in client.get(page).text

    client.post(page, {"entry": entry.pk, "deed": "resume"})

    assert "You abstained" not in client.get(page).text


def test_recusal_without_a_reason_is_asked_for_one_and_keeps_what_was_ticked(
    client, round, juror, entry
):
    answer = client.post(page_of(juror), {"entry": entry.pk, "deed": "recuse", "is_silent": "on"})

    assert answer.status_code == 422
    assert answer.text.count("This field is required.") == 1
    assert 'name="is_silent" checked' in answer.text


def test_recused_juror_cannot_come_back_alone(client, round, juror, entry):
    recuse(juror.pk, entry_id=entry.pk, reason="Own firm")

    answer = client.post(page_of(juror), {"entry": entry.pk, "deed": "resume"})

    assert answer.status_code == 422


def test_juror_sees_nothing_of_the_others_until_the_close(client, round, juror, entry):
    """Two worlds: whatever the other juror does, the page has the same bytes."""
    other = round.jurors.order_by("pk").last()
    before = client.get(page_of(juror)).content
    mc.give(other, entry, 9)
    recuse(other.pk, entry_id=round.entries.get(position=2).pk, reason="Own firm")

    assert client.get(page_of(juror)).content == before
    close_round(round.pk, by=make.organizer())
    assert "What the jury gave" in client.get(page_of(juror)).text


def test_chair_of_the_jury_sees_how_far_the_others_are_and_no_score(client, round, juror, entry):
    other = round.jurors.order_by("pk").last()
    for criterion in round.criteria.all():
        mc.give(other, entry, 9, criterion)
    juror.is_lead = True
    juror.save()

    page = client.get(page_of(juror))

    found = {one.juror.pk: (one.done, one.cards) for one in page.context["progress"]}
    assert found == {juror.pk: (0, 3), other.pk: (1, 3)}
    assert page.context["standings"] == []
    assert "checked" not in page.text


@pytest.mark.parametrize(
    ("mode", "words"), [("pass_fail", ["Fail", "Pass"]), ("picks", ["Not chosen", "1", "2", "3"])]
)
def test_other_modes_show_words_to_touch(client, round, mode, words):
    other = mc.final(mode=mode, entries=1, jurors=1, competition=round.competition, number=2)

    (card,) = client.get(page_of(other.jurors.get())).context["cards"]

    (cell,) = card.cells
    assert [said for _, said in cell.choices][: len(words)] == words


def test_page_is_private_and_kept_by_nobody(client, juror):
    page = client.get(page_of(juror))

    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"


def test_page_costs_the_same_with_twenty_entries(client, django_assert_num_queries):
    small = mc.final(entries=2, competition=mc.competition(edition=make.edition(**DAYS)))
    large = mc.final(entries=20, competition=mc.competition(edition=make.edition(**DAYS)))
    pages = [page_of(one.jurors.first()) for one in (small, large)]
    client.get(pages[0])  # what is cached once stays out

    for page in pages:
        # edition, juror, cards, scores, criteria
        with django_assert_num_queries(6):
            client.get(page)
