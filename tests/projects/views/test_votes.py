"""The audience's vote: once each, by badge or mail, counted once it is checked."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from attendees.models import Registration
from hrconf.accounts.roles import Role
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from projects.models import Vote
from projects.services.rounds import close_round, publish_round
from projects.services.standings import ranking_of
from projects.services.votes import count_votes, sources_of, strike_votes
from tests import make
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2117, 11, 8), "ends_on": date(2117, 11, 10)}


@pytest.fixture
def round():
    edition = make.edition(slug="2117", year=2117, **DAYS)
    return mc.audience(competition=mc.competition(edition=edition))


@pytest.fixture
def guest(round) -> Registration:
    return make.registration(edition=round.edition, status="confirmed")


def page_of(round) -> str:
    return reverse("projects:vote", args=[round.edition.slug, round.number])


def vote(client, round, entry=None, **who):
    entry = entry or round.entries.first()
    return client.post(page_of(round), {"entry": entry.pk, **who})


def test_badge_votes_once(client, round, guest):
    first = vote(client, round, badge=guest.badge.lower())
    second = vote(client, round, round.entries.last(), badge=guest.badge)

    assert first.url.endswith("?done=voted")
    assert second.status_code == 422
    assert "You have voted already." in second.text
    assert Vote.objects.get().entry == round.entries.first()


@pytest.mark.parametrize("badge", ["WRONG123", "\x00", "' OR 1=1 --"])
def test_badge_that_is_not_there_or_of_another_edition_does_not_vote(client, round, badge):
    other = make.registration(status="confirmed")
    for code in (badge, other.badge):
        assert vote(client, round, badge=code).status_code == 422
    assert not Vote.objects.exists()


def test_badge_of_who_has_no_confirmed_place_does_not_vote(client, round):
    pending = make.registration(edition=round.edition, status="pending")

    assert vote(client, round, badge=pending.badge).status_code == 422


def test_nobody_named_comes_back_with_what_was_chosen(client, round):
    entry = round.entries.last()

    page = vote(client, round, entry)

    assert page.status_code == 422
    assert "Please give the code of your badge or your e-mail." in page.text
    assert f'value="{entry.pk}" ' in page.text
    assert "checked" in page.text


def link_in(message: Message) -> str:
    lines = message.text.replace("\u2060", "").split()
    return next("/" + line.split("/", 3)[3] for line in lines if "/vote/" in line)


def test_mail_casts_a_vote_when_its_button_is_pressed_and_once(client, round):
    answer = vote(client, round, email="visitor@mail.example")
    proof = link_in(Message.objects.get(kind="vote"))

    assert answer.url.endswith("?done=mailed")
    assert client.get(proof).status_code == 200
    assert not Vote.objects.exists()
    assert "your vote is in" in client.post(proof, {"deed": "vote"}).text
    assert client.post(proof, {"deed": "vote"}).status_code == 422
    assert [one.via for one in Vote.objects.all()] == ["mail"]


def test_guest_has_one_vote_by_badge_and_mail_together(client, round, guest):
    vote(client, round, badge=guest.badge)
    vote(client, round, round.entries.last(), email=guest.person.email.upper())

    answer = client.post(link_in(Message.objects.get(kind="vote")), {"deed": "vote"})

    assert answer.status_code == 422
    assert Vote.objects.count() == 1


def test_tags_after_a_plus_sign_are_one_mailbox(client, round):
    for email in ("ann+1@mail.example", "ann+2@mail.example"):
        vote(client, round, email=email)

    assert len(set(Message.objects.values_list("recipient", flat=True))) == 1


def test_link_of_another_edition_casts_nothing(client, round):
    vote(client, round, email="visitor@mail.example")
    proof = link_in(Message.objects.get(kind="vote")).replace("/2117/", "/2118/")
    make.edition(slug="2118", **DAYS)

    assert client.post(proof, {"deed": "vote"}).status_code == 404


def test_vote_that_is_closed_takes_none(client, round, guest):
    close_round(round.pk, by=make.organizer())

    assert vote(client, round, badge=guest.badge).status_code == 422
    assert "The vote is not open." in client.get(page_of(round)).text


def test_round_of_a_jury_has_no_vote_of_the_audience(client):
    assert client.get(page_of(mc.final())).status_code == 404


def test_nothing_that_is_kept_tells_who_voted_or_from_where(client, round, guest):
    vote(client, round, badge=guest.badge)

    row = Vote.objects.get()
    kept = " ".join(str(getattr(row, f.attname)) for f in Vote._meta.concrete_fields)
    for secret in (guest.badge, guest.person.email, "127.0.0.1"):
        assert secret not in kept


# Checked for fraud ------------------------------------------------------------------------


def test_votes_are_hidden_until_they_are_checked(round):
    for entry in round.entries.all():
        mc.vote(entry=entry)
    assert {s.place for s in ranking_of(round).standings} == {None}
    close_round(round.pk, by=make.organizer())
    with pytest.raises(DomainError) as refused:
        publish_round(round.pk, by=make.organizer())
    assert refused.value.code == "unchecked"

    count_votes(round.pk, by=make.organizer())

    assert publish_round(round.pk, by=make.organizer()).state == "published"


def test_many_votes_for_one_project_from_one_address_are_shown_first(round):
    first, second = round.entries.all()
    at = timezone.now().replace(second=0, microsecond=0)
    for _ in range(6):
        mc.vote(entry=second, source="telephone", at=at)
    for entry in [first, second] * 4:
        mc.vote(entry=entry, source="hall", at=at)

    found = sources_of(round)

    assert [(one.key, one.votes, one.is_odd) for one in found] == [
        ("telephone", 6, True),
        ("hall", 8, False),
    ]
    assert found[0].favourites == [(second, 6)]


def test_struck_votes_need_a_reason_and_do_not_count(round):
    first, second = round.entries.all()
    mc.vote(entry=first, source="hall")
    for _ in range(3):
        mc.vote(entry=second, source="telephone")
    by = make.organizer()
    with pytest.raises(DomainError):
        strike_votes(round.pk, sources=["telephone"], reason=" ", by=by)

    assert strike_votes(round.pk, sources=["telephone"], reason="One telephone", by=by) == 3
    count_votes(round.pk, by=by)

    places = {s.entry: s.place for s in ranking_of(round).standings}
    assert places == {first.pk: 1, second.pk: None}


def test_office_checks_votes_on_its_page(client, settings, round):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.office(Role.JUROR_MANAGER))
    page = reverse("admin:projects_round_votes", args=[round.pk])
    mc.vote(entry=round.entries.first(), source="telephone")
    mc.vote(entry=round.entries.first(), source="hall")

    client.post(page, {"deed": "strike", "source": "telephone"})
    assert not Vote.objects.filter(state="struck").exists()  # no reason
    client.post(page, {"deed": "strike", "source": "telephone", "reason": "One telephone"})
    client.post(page, {"deed": "count_all"})

    assert set(Vote.objects.values_list("source", "state")) == {
        ("telephone", "struck"),
        ("hall", "counted"),
    }


def test_database_takes_one_vote_of_a_voter(round):
    mc.vote(entry=round.entries.first(), voter="a" * 32)

    with pytest.raises(IntegrityError):
        mc.vote(entry=round.entries.last(), voter="a" * 32)
