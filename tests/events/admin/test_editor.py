"""The editor in the office: what it shows, refuses and costs."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from events.models import RoomBlock, Session
from events.services.placing import Place, place
from events.services.releases import release_schedule
from events.services.steps import revision
from hrconf.accounts.roles import Role
from tests import make
from tests.events.make_programmes import plain_sessions

pytestmark = pytest.mark.django_db
AT_NINE = "2017-11-08T09:00:00"


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def url(name, *args) -> str:
    return reverse(f"admin:events_edition_{name}", args=args)


def do(client, edition, **body):
    body = {"seen": revision(edition.pk)} | body
    address = url("editor_do", edition.pk)
    return client.post(address, json.dumps(body), content_type="application/json")


def form_data(**changes):
    return {"day": "2017-11-08", "time": "09:00", "minutes": 60, "room": "", "seen": 0} | changes


def test_grid_shows_what_is_placed_and_what_is_not(organizer):
    session = make.session(starts_at=make.OPENING, room=make.room())
    waiting = make.session(edition=session.edition)

    page = organizer.get(url("editor"), {"edition": session.edition.slug})

    grid = page.context["grid"]
    assert [(one["id"], one["start"]) for one in grid["events"]] == [(session.pk, AT_NINE)]
    assert [one["id"] for one in grid["unscheduled"]] == [waiting.pk]


def test_page_without_an_edition_stands(organizer):
    assert organizer.get(url("editor")).status_code == 200


@pytest.mark.parametrize("sessions", [10, 500])
def test_state_costs_the_same_however_many_sessions(organizer, django_assert_num_queries, sessions):
    edition = make.edition()
    plain_sessions(edition, make.venue(), sessions)

    # signing in (2), revision (2), edition, plan (6), last release, own tracks, rights (2)
    with django_assert_num_queries(15):
        organizer.get(url("editor_state", edition.pk))


def test_state_that_was_seen_is_one_query_beside_the_sign_in(organizer, django_assert_num_queries):
    edition = make.edition()

    with django_assert_num_queries(5):  # session, user, rights (2), the revision
        answer = organizer.get(url("editor_state", edition.pk), {"seen": 0})

    assert answer.status_code == 204


def test_place_is_checked_before_it_is_taken(organizer):
    room = make.room()
    make.session(starts_at=make.OPENING, room=room, title_en="Forum")
    session = make.session(edition=Session.objects.get().edition)
    asked = {"session": session.pk, "start": AT_NINE, "minutes": 30, "room": room.pk}

    told = organizer.get(url("editor_check", session.edition_id), asked).json()

    assert [one["kind"] for one in told["warnings"]] == ["room"]
    assert told["ways"][0]["start"] == "2017-11-08T10:00:00"
    assert not Session.objects.get(pk=session.pk).booking


@pytest.mark.parametrize(
    "wrong",
    [{"start": "x"}, {"room": "-1"}, {"room": 10**30}, {"minutes": "x"}, {"start": "9999-12-31"}],
)
def test_nonsense_is_refused_in_a_sentence(organizer, wrong):
    session = make.session()
    asked = {"session": session.pk, "start": AT_NINE, "minutes": 30, "room": 0} | wrong

    assert organizer.get(url("editor_check", session.edition_id), asked).status_code == 400
    answer = do(organizer, session.edition, do="place", **asked)

    assert answer.status_code == 400
    assert answer.json()["refusal"]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"do": "drop"}', '{"do": "place"}'])
def test_body_without_sense_is_refused(organizer, body):
    address = url("editor_do", make.edition().pk)

    answer = organizer.post(address, body, content_type="application/json")

    assert answer.status_code == 400


def test_session_of_another_edition_is_not_reached(organizer):
    session = make.session()

    answer = do(
        organizer, make.edition(), do="place", session=session.pk, start=AT_NINE, minutes=30, room=0
    )

    assert answer.status_code == 400


def test_steps_of_the_grid_are_taken_and_taken_back(organizer):
    session, room = make.session(), make.room()
    edition = session.edition

    do(organizer, edition, do="place", session=session.pk, start=AT_NINE, minutes=30, room=room.pk)
    answer = do(organizer, edition, do="resize", session=session.pk, minutes=45)
    assert answer.json() == {"revision": 2}
    session.refresh_from_db()
    assert (session.minutes, session.booking.room) == (45, room)
    for _time in range(2):
        do(organizer, edition, do="undo")

    session.refresh_from_db()
    assert session.booking is None


def test_stale_browser_is_told_and_changes_nothing(organizer):
    session = make.session()
    place(session.pk, to=Place(make.OPENING, 60, None), by=make.organizer(name="Mei"))

    answer = do(organizer, session.edition, do="unschedule", session=session.pk, seen=0)

    assert answer.status_code == 409
    assert "Mei" in answer.json()["refusal"]
    assert Session.objects.get(pk=session.pk).booking


def test_track_organizer_moves_only_sessions_of_the_track(client):
    track, user = make.track(), make.office(Role.READ_ONLY)
    track.organizers.add(user)
    mine = make.session(edition=track.edition, track=track)
    others = make.session(edition=track.edition)
    client.force_login(user)

    at = {"start": AT_NINE, "minutes": 30, "room": 0}
    answers = [
        do(client, track.edition, do="place", session=one.pk, **at) for one in [mine, others]
    ]
    grid = client.get(url("editor_state", track.edition_id)).json()

    assert [one.status_code for one in answers] == [200, 403]
    assert [one["mine"] for one in grid["events"] + grid["unscheduled"]] == [True, False]
    assert client.get(url("editor_session", others.pk)).status_code == 200
    assert client.post(url("editor_session", others.pk), form_data()).status_code == 403
    assert client.get(url("editor_block", track.edition_id)).status_code == 403


def test_form_warns_first_and_places_if_one_insists(organizer):
    room = make.room()
    taken = make.session(starts_at=make.OPENING, room=room)
    session = make.session(edition=taken.edition)
    address = url("editor_session", session.pk)

    page = organizer.post(address, form_data(room=room.pk))
    assert [one.kind for one in page.context["warned"]] == ["room"]
    assert not Session.objects.get(pk=session.pk).booking
    organizer.post(address, form_data(room=room.pk, insist="1"))

    assert Session.objects.get(pk=session.pk).booking.room == room


def test_form_says_what_is_wrong_beside_the_field(organizer):
    session = make.session()

    page = organizer.post(url("editor_session", session.pk), form_data(day="2019-01-01", minutes=2))

    assert set(page.context["form"].errors) == {"day", "minutes"}


def test_stale_form_is_refused_with_what_the_other_did(organizer):
    session = make.session()
    place(session.pk, to=Place(make.OPENING, 60, None), by=make.organizer(name="Mei"))

    page = organizer.post(url("editor_session", session.pk), form_data(time="11:00"))

    assert "Mei" in str(page.context["form"].non_field_errors())


def test_form_takes_a_session_out_and_takes_that_back(organizer):
    session = make.session(starts_at=make.OPENING)
    address = url("editor_session", session.pk)

    organizer.post(address, {"seen": 0, "take_out": "1"})
    assert not Session.objects.get(pk=session.pk).booking
    organizer.post(address, {"undo": "1"})

    assert Session.objects.get(pk=session.pk).booking


def test_room_is_blocked_by_form(organizer):
    edition, room = make.edition(), make.room()

    organizer.post(url("editor_block", edition.pk), form_data(room=room.pk, reason="Painters"))

    block = RoomBlock.objects.get()
    assert (block.reason, block.booking.room) == ("Painters", room)


def test_grid_holds_one_day_and_counts_the_others(organizer):
    edition = make.edition()
    first = make.session(edition=edition, starts_at=make.OPENING)
    second = make.session(edition=edition, starts_at=make.OPENING + timedelta(days=1))
    waiting = make.session(edition=edition)

    def shown(**day):
        grid = organizer.get(url("editor_state", edition.pk), day).json()
        assert [one["id"] for one in grid["unscheduled"]] == [waiting.pk]
        assert grid["days"] == {"2017-11-08": 1, "2017-11-09": 1, "2017-11-10": 0}
        return [one["id"] for one in grid["events"]]

    assert shown() == shown(day="x") == [first.pk]
    assert shown(day="2017-11-09") == [second.pk]
    page = organizer.get(url("editor"), {"edition": edition.slug, "day": "2017-11-09"})
    assert [len(rows) for _day, rows in page.context["listed"]] == [1, 1]


def test_marks_say_what_was_not_released_text_or_place(organizer):
    edition = make.edition()
    texts, moved, same = (make.session(edition=edition, starts_at=make.OPENING) for _n in "123")
    release_schedule(edition.pk)

    do(organizer, edition, do="edit", session=texts.pk, title_en="New", minutes=60)
    do(organizer, edition, do="place", session=moved.pk, start=AT_NINE, minutes=30, room=0)
    grid = organizer.get(url("editor_state", edition.pk)).json()

    marks = {one["id"]: (one["retold"], one["unreleased"]) for one in grid["events"]}
    assert marks == {
        texts.pk: (True, False),
        moved.pk: (False, True),
        same.pk: (False, False),
    }


def test_quick_edit_is_refused_with_a_sentence_and_changes_nothing(organizer):
    session = make.session(starts_at=make.OPENING, title_en="Forum", title_zh_hans="论坛")
    wrong = [{"title_en": "", "title_zh_hans": ""}, {"kind": "circus"}, {"capacity": -1}]
    wrong += [{"minutes": 2}, {"capacity": "many"}, {"title_en": "x" * 2000}]

    for one in wrong:
        asked = {"minutes": 60, **one}
        answer = do(organizer, session.edition, do="edit", session=session.pk, **asked)
        assert (answer.status_code in {400, 409}, bool(answer.json()["refusal"])) == (True, True)

    assert revision(session.edition_id) == 0
    assert Session.objects.get().title_en == "Forum"


def test_room_is_blocked_from_the_grid_with_a_reason(organizer):
    edition, room = make.edition(), make.room()
    at = {"start": AT_NINE, "minutes": 90, "room": room.pk}

    assert do(organizer, edition, do="block", reason=" ", **at).status_code == 409
    assert do(organizer, edition, do="block", reason="Painters", **at).status_code == 200

    assert RoomBlock.objects.get().booking.room == room
    assert do(organizer, edition, do="undo").status_code == 200
    assert do(organizer, edition, do="redo").status_code == 200
    assert RoomBlock.objects.get().reason == "Painters"


def test_form_offers_the_way_out_as_a_button_that_takes_it(organizer):
    venue = make.venue()
    room, free = make.room(venue=venue), make.room(venue=venue)
    taken = make.session(starts_at=make.OPENING, room=room)
    session = make.session(edition=taken.edition)
    address = url("editor_session", session.pk)

    page = organizer.post(address, form_data(room=room.pk)).content.decode()
    form = page[page.index("office-buttons") :]
    names = ["seen", "day", "time", "minutes", "room"]
    data = {n: re.search(rf'name="{n}" value="(.*?)"', form)[1] for n in names}
    assert data["room"] == str(free.pk)
    organizer.post(address, data)

    assert Session.objects.get(pk=session.pk).booking.room == free


def test_form_offers_as_many_seats_as_the_room_has_chairs(organizer):
    room = make.room(capacity=40)
    session = make.session(capacity=90)
    address = url("editor_session", session.pk)

    page = organizer.post(address, form_data(room=room.pk))
    assert b'name="capacity" value="40"' in page.content
    organizer.post(address, form_data(room=room.pk, capacity="40"))

    session.refresh_from_db()
    assert (session.capacity, session.booking.room) == (40, room)
