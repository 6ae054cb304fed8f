"""Favourites: brought together from devices, told by calendars, shared by a code."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from icalendar import Calendar

from events.models import Booking, Favourite, Release, Session, StarList
from events.services import favourites
from events.services.favourites import Star, bring_together, calendar_token, list_of
from events.services.releases import release_schedule
from tests import make
from tests.events import make_programmes

pytestmark = pytest.mark.django_db
NOON = datetime(2017, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def edition():
    return make_programmes.conference()


@pytest.fixture
def reader():
    return make.user(email="reader@guests.example")


@pytest.fixture
def stars(edition, reader):
    return list_of(reader, edition)


def url(name: str, **more) -> str:
    return reverse(f"events:{name}", kwargs={"edition": "2017", **more})


def guid(edition, code: str) -> UUID:
    return edition.sessions.get(code=code).guid


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def send(client, stars: object):
    body = json.dumps({"stars": stars})
    return client.post(url("my_sync"), body, content_type="application/json")


# Two devices ----------------------------------------------------------------------------


def test_what_two_devices_starred_is_in_one_list(edition, stars):
    opening, forum = guid(edition, "opening"), guid(edition, "life-forum")

    bring_together(stars, {opening: Star(True, NOON)})
    found, unknown = bring_together(stars, {forum: Star(True, NOON)})

    assert {key for key, star in found.items() if star.is_on} == {opening, forum}
    assert unknown == []


def test_later_word_about_a_session_holds_whoever_comes_first(edition, stars):
    opening = guid(edition, "opening")
    later = NOON + timedelta(minutes=1)

    bring_together(stars, {opening: Star(False, later)})
    found, _unknown = bring_together(stars, {opening: Star(True, NOON)})

    assert found[opening] == Star(False, later)
    assert not stars.favourites.starred().exists()


def test_device_whose_clock_runs_ahead_says_nothing_later_than_now(edition, stars):
    opening = guid(edition, "opening")

    bring_together(stars, {opening: Star(True, datetime(2200, 1, 1, tzinfo=UTC))})
    found, _unknown = bring_together(
        stars, {opening: Star(False, datetime(2200, 1, 1, tzinfo=UTC))}
    )

    assert not found[opening].is_on


def test_what_is_no_session_of_the_edition_is_named_and_left_out(edition, stars):
    elsewhere = make.session(edition=make.edition(slug="2016", year=2016)).guid

    found, unknown = bring_together(stars, {elsewhere: Star(True, NOON)})

    assert (found, unknown) == ({}, [elsewhere])


def test_list_has_an_end(edition, stars, monkeypatch):
    monkeypatch.setattr(favourites, "MOST", 1)
    bring_together(stars, {guid(edition, "opening"): Star(True, NOON)})

    with pytest.raises(ValidationError, match="at most 1"):
        bring_together(stars, {guid(edition, "life-forum"): Star(True, NOON)})


def test_list_costs_the_same_with_few_and_with_many(edition, stars, django_assert_max_num_queries):
    make_programmes.plain_sessions(edition, make.venue(slug="other"), 40)
    known = {one: Star(True, NOON) for one in edition.sessions.values_list("guid", flat=True)}
    bring_together(stars, known)

    with django_assert_max_num_queries(5):
        bring_together(stars, known)


# Over the net ---------------------------------------------------------------------------


def test_reader_who_is_not_signed_in_is_told_so_without_a_cookie(client, edition):
    answer = client.get(url("my_sync"))

    assert answer.json() == {"who": ""}
    assert not answer.cookies
    assert send(client, {}).status_code == 401
    assert not StarList.objects.exists()


def test_signed_in_reader_gets_the_whole_list_and_no_cache_keeps_it(client, edition, reader):
    client.force_login(reader)
    opening = str(guid(edition, "opening"))

    answer = send(client, {opening: [True, milliseconds(NOON)]})

    assert answer.json()["stars"] == {opening: [True, milliseconds(NOON)]}
    assert answer.json()["who"] == str(reader)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_foreign_page_cannot_star_anything(edition, reader):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)

    assert send(strict, {}).status_code == 403
    token = strict.get(url("my_sync")).json()["csrf"]
    answer = strict.post(
        url("my_sync"),
        json.dumps({"stars": {}}),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        [],
        None,
        "x",
        {"no-guid": [True, 1]},
        {str(uuid4()): True},
        {str(uuid4()): ["yes", 1]},
        {str(uuid4()): [True, -1]},
        {str(uuid4()): [True, 10**30]},
        {str(uuid4()): [True, 1.5]},
    ],
)
def test_what_is_no_list_is_refused_in_words(client, edition, reader, given):
    client.force_login(reader)

    answer = send(client, given)

    assert answer.status_code == 400
    assert answer.json()["refusal"] == "That is no list of favourites."


def test_unknown_sessions_are_told_in_the_readers_language(client, edition, reader):
    client.force_login(reader)
    path = url("my_sync").replace("/en/", "/zh-hans/")
    body = json.dumps({"stars": {str(uuid4()): [True, 1]}})

    told = client.post(path, body, content_type="application/json").json()

    assert len(told["unknown"]) == 1
    assert "1" in told["notice"]
    assert "favourite" not in told["notice"]


# Calendars ------------------------------------------------------------------------------


def entries(answer) -> dict[str, str]:
    """The titles of a calendar with their state."""
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(one["summary"]): str(one["status"]) for one in found}


def test_private_calendar_has_what_is_starred_and_what_of_it_was_called_off(client, edition, stars):
    wanted = [guid(edition, "opening"), guid(edition, "called-off")]
    bring_together(stars, {one: Star(True, NOON) for one in wanted})

    answer = client.get(url("my_calendar", token=calendar_token(stars)))

    titles = {one.guid: one.title for one in edition.sessions.all()}
    assert entries(answer) == {titles[wanted[0]]: "CONFIRMED", titles[wanted[1]]: "CANCELLED"}
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_renewed_address_closes_the_old_one(client, edition, stars, reader):
    client.force_login(reader)
    old = url("my_calendar", token=calendar_token(stars))
    assert client.get(old).status_code == 200

    told = client.post(url("my_settings"), {"renew": "yes"}).json()

    assert client.get(old).status_code == 404
    assert client.get(told["calendar"]).status_code == 200


def test_guessed_address_opens_nothing(client, edition, stars):
    assert client.get(url("my_calendar", token=f"{stars.pk}-1.guess")).status_code == 404


def test_address_of_another_edition_opens_nothing_here(client, edition, reader):
    other = list_of(reader, make.edition(slug="2018", year=2018))

    assert client.get(url("my_calendar", token=calendar_token(other))).status_code == 404


def test_chosen_sessions_make_a_calendar_without_a_login(client, edition):
    short = str(guid(edition, "opening"))[:8]

    assert len(entries(client.get(f"{url('my_choice')}?with={short}"))) == 1
    for bad in ["", "xyz", short[:7], f"{short}.", "a" * 5000]:
        assert client.get(f"{url('my_choice')}?with={bad}").status_code == 404


def test_session_that_a_release_removed_is_cancelled_in_every_calendar(client, edition, stars):
    forum = edition.sessions.get(code="life-forum")
    bring_together(stars, {forum.guid: Star(True, NOON)})
    Session.objects.filter(pk=forum.pk).update(status="draft")
    release_schedule(edition.pk)

    public = client.get(url("schedule_ics"))
    private = client.get(url("my_calendar", token=calendar_token(stars)))

    assert entries(public)[forum.title] == "CANCELLED"
    assert entries(private) == {forum.title: "CANCELLED"}
    event = next(
        one
        for one in Calendar.from_ical(public.content).walk("VEVENT")
        if str(forum.guid) in one["uid"]
    )
    assert event["sequence"] == 2


def test_removed_session_that_came_back_is_in_the_calendar_once(client, edition):
    forum = edition.sessions.get(code="life-forum")
    for status in ["draft", "confirmed"]:
        Session.objects.filter(pk=forum.pk).update(status=status)
        Booking.objects.filter(pk=forum.booking_id).update(is_firm=False)
        release_schedule(edition.pk)
    Session.objects.filter(pk=forum.pk).update(code="renamed")
    release_schedule(edition.pk)

    events = Calendar.from_ical(client.get(url("schedule_ics")).content).walk("VEVENT")

    uids = [str(one["uid"]) for one in events]
    assert len(uids) == len(set(uids))
    assert entries(client.get(url("schedule_ics")))[forum.title] == "CONFIRMED"


def test_calendar_of_a_track_names_what_was_removed_from_it_alone(client, edition):
    forum = edition.sessions.get(code="life-forum")
    Session.objects.filter(code="called-off").update(track=forum.track)
    release_schedule(edition.pk)
    Session.objects.filter(code__in=["life-forum", "visit"]).update(status="draft")
    release_schedule(edition.pk)

    found = entries(client.get(f"{url('schedule_ics')}?track={forum.track.slug}"))

    assert found[forum.title] == "CANCELLED"
    assert edition.sessions.get(code="visit").title not in found


# Pages ----------------------------------------------------------------------------------


def test_my_schedule_is_the_same_for_everybody(client, edition, reader):
    before = client.get(url("my_schedule"))
    client.force_login(reader)
    after = client.get(url("my_schedule"))

    assert before.content == after.content
    assert "public" in before["Cache-Control"]
    assert not before.cookies
    assert "noindex" in before.text


def test_code_draws_the_link_and_nothing_else(client, edition):
    short = str(guid(edition, "opening"))[:8]

    drawn = client.get(f"{url('my_code')}?with={short}")

    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.text.startswith("<svg")
    assert client.get(f"{url('my_code')}?with=<script>").status_code == 404


def test_release_in_short_says_what_it_changed(client, edition):
    assert client.get(url("release_now")).json() == {"number": 1, "name": "First", "counts": []}
    Session.objects.filter(code="life-forum").update(title_en="Another forum")
    release_schedule(edition.pk)

    told = client.get(url("release_now")).json()

    assert told["number"] == 2
    assert told["counts"] == ["Described anew: 1"]


def test_worker_changes_with_every_release(client, edition):
    before = client.get(url("service_worker"))
    Session.objects.filter(code="life-forum").update(title_en="Another forum")
    release_schedule(edition.pk)

    assert before["Content-Type"].startswith("text/javascript")
    assert client.get(url("service_worker")).content != before.content


def test_entries_say_each_session_in_the_readers_language(client, edition):
    english = {one["guid"]: one for one in client.get(url("schedule_entries")).json()}
    path = url("schedule_entries").replace("/en/", "/zh-hans/")
    chinese = {one["guid"]: one for one in client.get(path).json()}
    forum = edition.sessions.get(code="life-forum")

    assert english[str(forum.guid)]["title"] == forum.title_en
    assert chinese[str(forum.guid)]["title"] == forum.title_zh_hans
    assert english[str(guid(edition, "called-off"))]["cancelled"] is True
    assert Release.objects.get().number == 1


def test_lists_of_favourites_are_deleted_with_the_login(edition, stars, reader):
    bring_together(stars, {guid(edition, "opening"): Star(True, NOON)})

    reader.delete()

    assert not Favourite.objects.exists()
