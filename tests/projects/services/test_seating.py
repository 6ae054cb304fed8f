"""Cards given out: balanced, without conflicts, and again without doubling."""

from collections import Counter

import pytest

from projects.models import Assignment
from projects.services.seating import clashes_of, seat_jury
from tests import make
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db


def contest(entries: int, jurors: int, **fields):
    round = mc.round_of(**fields)
    for _ in range(entries):
        mc.entry(round=round)
    for _ in range(jurors):
        mc.juror(round=round)
    return round


def pairs(round) -> list[tuple[int, int]]:
    return list(Assignment.objects.filter(entry__round=round).values_list("entry", "juror"))


def test_every_entry_gets_its_jurors_and_the_loads_are_even():
    round = contest(entries=10, jurors=6, cards_per_entry=3)

    seated = seat_jury(round.pk, by=make.organizer())

    assert (seated.made, seated.short) == (30, [])
    assert set(Counter(entry for entry, _ in pairs(round)).values()) == {3}
    assert set(Counter(juror for _, juror in pairs(round)).values()) == {5}


def test_small_jury_judges_everything():
    round = contest(entries=3, jurors=2, cards_per_entry=5)

    assert seat_jury(round.pk, by=make.organizer()).made == 6


def test_nobody_gets_their_own_project_and_the_chair_is_told():
    round = contest(entries=2, jurors=2, cards_per_entry=2)
    juror, entry = round.jurors.first(), round.entries.first()
    juror.person = entry.project.holder
    juror.save()

    seated = seat_jury(round.pk, by=make.organizer())

    assert seated.short == [entry]
    assert (entry.pk, juror.pk) not in pairs(round)
    found = [(one.juror, one.entry, one.is_assigned) for one in clashes_of(round)]
    assert (juror, entry, False) in found


def test_card_given_in_spite_of_a_conflict_is_shown():
    entry = mc.entry()
    juror = mc.juror(round=entry.round, person=entry.project.holder)
    mc.assignment(entry=entry, juror=juror)

    assert [one.is_assigned for one in clashes_of(entry.round)][:1] == [True]


def test_giving_out_again_adds_only_what_is_new():
    round = contest(entries=4, jurors=3, cards_per_entry=2)
    by = make.organizer()
    seat_jury(round.pk, by=by)
    before = set(pairs(round))
    mc.entry(round=round)

    assert seat_jury(round.pk, by=by).made == 2
    assert before < set(pairs(round))
