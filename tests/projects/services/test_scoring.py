"""A juror's touches: each kept once, the newer holds, none after the close."""

import pytest

from hrconf.lib.errors import DomainError
from projects.models import Assignment, Score
from projects.services.rounds import close_round, reopen_round
from projects.services.scoring import (
    abstain,
    juror_of,
    juror_token,
    keep_score,
    recuse,
    resume,
    scores_now,
)
from projects.services.trail import Touch
from tests import make
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return mc.final()


@pytest.fixture
def juror(round):
    return round.jurors.first()


@pytest.fixture
def entry(round):
    return round.entries.first()


def values(round) -> list[int | None]:
    return [score.value for score in scores_now(round)]


def test_later_touch_holds_and_the_earlier_stays_in_the_trail(round, juror, entry):
    mc.give(juror, entry, 6)
    mc.give(juror, entry, 8)

    assert values(round) == [8]
    assert list(round.trail.filter(kind="score").values_list("value", flat=True)) == [6, 8]


def test_same_touch_sent_three_times_is_one_line(round, juror, entry):
    touch = mc.touch()
    criterion = round.criteria.get()

    lines = {
        keep_score(juror.pk, entry_id=entry.pk, criterion_id=criterion.pk, value=5, touch=touch).pk
        for _ in range(3)
    }

    assert len(lines) == 1
    assert round.trail.filter(kind="score").count() == 1


def test_key_of_a_touch_with_other_points_is_refused(juror, entry):
    line = mc.give(juror, entry, 5)

    with pytest.raises(DomainError) as refused:
        mc.give(juror, entry, 6, key=line.key)

    assert refused.value.code == "other_touch"


def test_older_touch_of_a_browser_changes_nothing_when_it_arrives_late(round, juror, entry):
    mc.give(juror, entry, 8, client="tablet", sequence=2)

    with pytest.raises(DomainError) as refused:
        mc.give(juror, entry, 6, client="tablet", sequence=1)

    assert refused.value.code == "superseded"
    assert values(round) == [8]


def test_queue_of_a_browser_that_was_offline_goes_in_in_its_order(round, juror, entry):
    mc.give(juror, entry, 6, client="tablet", sequence=1)
    mc.give(juror, entry, 8, client="tablet", sequence=2)

    assert values(round) == [8]


def test_touch_that_had_not_seen_the_score_of_another_browser_is_refused(round, juror, entry):
    first = mc.give(juror, entry, 3, client="tablet", sequence=1)
    second = mc.give(juror, entry, 8, client="phone", sequence=1, seen=first.number)

    with pytest.raises(DomainError) as refused:
        mc.give(juror, entry, 4, client="tablet", sequence=2, seen=first.number)
    mc.give(juror, entry, 5, client="tablet", sequence=3, seen=second.number)

    assert refused.value.code == "superseded"
    assert values(round) == [5]


@pytest.mark.parametrize("value", [-1, 11, 1_000_000])
def test_points_beyond_the_scale_are_refused(juror, entry, value):
    with pytest.raises(DomainError) as refused:
        mc.give(juror, entry, value)

    assert refused.value.code == "points"


def test_entry_of_another_juror_and_criterion_of_another_round_are_refused(round, juror, entry):
    other = mc.final()
    with pytest.raises(DomainError) as refused:
        mc.give(juror, other.entries.first(), 5)
    assert refused.value.code == "not_assigned"

    with pytest.raises(DomainError) as refused:
        mc.give(juror, entry, 5, other.criteria.get())
    assert refused.value.code == "points"


def test_score_after_the_close_is_refused_and_counts_again_after_reopening(round, juror, entry):
    close_round(round.pk, by=make.organizer())
    with pytest.raises(DomainError) as refused:
        mc.give(juror, entry, 5)
    assert refused.value.code == "closed"

    reopen_round(round.pk, reason="Wi-Fi was down in the hall", by=make.organizer())
    mc.give(juror, entry, 5)

    assert values(round) == [5]


def test_touch_that_was_kept_before_the_close_is_still_answered_as_kept(round, juror, entry):
    line = mc.give(juror, entry, 5)
    close_round(round.pk, by=make.organizer())

    again = mc.give(juror, entry, 5, key=line.key)

    assert again == line


def test_abstention_takes_no_more_scores_until_the_juror_judges_after_all(round, juror, entry):
    abstain(juror.pk, entry_id=entry.pk, reason="Not my field", touch=mc.touch())
    with pytest.raises(DomainError):
        mc.give(juror, entry, 5)

    resume(juror.pk, entry_id=entry.pk)
    mc.give(juror, entry, 5)

    assert values(round) == [5]


def test_recusal_needs_a_reason_and_only_the_office_lifts_it(juror, entry):
    with pytest.raises(DomainError) as refused:
        recuse(juror.pk, entry_id=entry.pk, reason="  ")
    assert refused.value.code == "reason"
    recuse(juror.pk, entry_id=entry.pk, reason="My brother's firm", is_silent=True)

    with pytest.raises(DomainError):
        resume(juror.pk, entry_id=entry.pk)
    resume(juror.pk, entry_id=entry.pk, by=make.organizer())

    found = Assignment.objects.get(juror=juror, entry=entry)
    assert (found.state, found.is_silent) == ("assigned", False)


def test_link_opens_the_jury_of_its_own_edition_and_ends_with_its_version(juror):
    slug = juror.round.edition.slug
    token = juror_token(juror)
    assert juror_of(token, slug) == juror
    assert juror_of(token, make.edition().slug) is None
    assert juror_of(token + "x", slug) is None

    juror.key_version += 1
    juror.save()

    assert juror_of(token, slug) is None


def test_touch_without_a_browser_is_a_plain_form(round, juror, entry):
    mc.give(juror, entry, 3, client="tablet", sequence=9)
    keep_score(
        juror.pk,
        entry_id=entry.pk,
        criterion_id=round.criteria.get().pk,
        value=None,
        touch=Touch(mc.touch().key),
    )

    assert values(round) == [None]
    assert Score.objects.filter(round=round, kind="score").count() == 2
