"""Releases: what is frozen, what is refused, what a change does to the public."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from events.models import Booking, Release, Session
from events.services.releases import NothingToRelease, ScheduleClash, Words, release_schedule
from events.snapshots import checksum
from tests import make

pytestmark = pytest.mark.django_db


def titles(release):
    return {session["title"]["en"] for session in release.snapshot["sessions"]}


def scheduled(edition, **fields):
    return make.session(edition=edition, starts_at=make.OPENING, **fields)


def test_release_freezes_confirmed_and_cancelled_sessions_only():
    edition = make.edition()
    scheduled(edition, title_en="Opening")
    scheduled(edition, title_en="Called off", status=Session.Status.CANCELLED)
    scheduled(edition, title_en="Idea", status=Session.Status.DRAFT)
    scheduled(edition, title_en="Perhaps", status=Session.Status.PENDING)
    make.session(edition=edition, title_en="Without a time")
    make.session(title_en="Elsewhere", starts_at=make.OPENING)

    release = release_schedule(edition.pk, Words("First"))

    assert titles(release) == {"Opening", "Called off"}
    assert (release.number, release.name_en) == (1, "First")


def test_release_freezes_both_languages_and_the_order_of_precedence():
    edition = make.edition()
    session = scheduled(edition, title_en="Opening", title_zh_hans="开幕式", room=make.room())
    second = make.speaker(edition=edition, name_native="王小明", code="wang")
    first = make.speaker(edition=edition, name_native="李华", code="li")
    make.speaker(edition=edition, code="nowhere")
    make.appearance(session=session, speaker=second, position=2)
    make.appearance(session=session, speaker=first, position=1)

    snapshot = release_schedule(edition.pk).snapshot

    assert snapshot["sessions"][0]["title"] == {"en": "Opening", "zh-hans": "开幕式"}
    assert [p["speaker"] for p in snapshot["sessions"][0]["people"]] == ["li", "wang"]
    assert [s["code"] for s in snapshot["speakers"]] == ["li", "wang"]
    assert len(snapshot["rooms"]) == len(snapshot["venues"]) == 1


def test_release_has_the_checksum_of_its_snapshot_after_a_round_trip():
    edition = make.edition()
    scheduled(edition)

    release = Release.objects.get(pk=release_schedule(edition.pk).pk)

    assert release.sha256 == checksum(release.snapshot)
    assert release.sha256 == checksum(json.loads(json.dumps(release.snapshot)))


def test_release_numbers_count_per_edition():
    first, second = make.edition(), make.edition()
    for edition in (first, second):
        scheduled(edition)
        release_schedule(edition.pk)

    scheduled(first)
    release_schedule(first.pk)

    numbers = Release.objects.order_by("pk").values_list("edition", "number")
    assert list(numbers) == [(first.pk, 1), (second.pk, 1), (first.pk, 2)]


def test_release_twice_without_a_change_is_refused():
    edition = make.edition()
    scheduled(edition)
    release_schedule(edition.pk)

    with pytest.raises(NothingToRelease):
        release_schedule(edition.pk)

    assert edition.releases.count() == 1


def test_release_makes_confirmed_bookings_firm_and_frees_cancelled_ones():
    edition = make.edition()
    held = scheduled(edition, room=make.room())
    freed = scheduled(edition, room=make.room(), status=Session.Status.CANCELLED)
    Booking.objects.filter(pk=freed.booking_id).update(is_firm=True)

    release_schedule(edition.pk)

    assert set(Booking.objects.filter(is_firm=True)) == {held.booking}


def test_release_refuses_sessions_that_clash_and_names_them():
    edition = make.edition()
    hall = make.room(name_en="Main hall")
    scheduled(edition, title_en="Forum A", room=hall)
    make.session(
        edition=edition,
        title_en="Forum B",
        room=hall,
        starts_at=make.OPENING + timedelta(minutes=30),
    )

    with pytest.raises(ScheduleClash) as refusal:
        release_schedule(edition.pk)

    said = " ".join(refusal.value.messages)
    assert all(part in said for part in ["Forum A", "Forum B", "Main hall", "2017-11-08 09:30"])
    assert not edition.releases.exists()
    assert not Booking.objects.filter(is_firm=True).exists()


def test_release_refuses_a_room_that_something_else_holds():
    edition = make.edition()
    hall = make.room()
    make.booking(room=hall, is_firm=True)
    scheduled(edition, title_en="Forum", room=hall)

    with pytest.raises(ScheduleClash, match=r"Forum.*another booking|another booking.*Forum"):
        release_schedule(edition.pk)


def test_release_lets_a_session_take_the_room_of_a_cancelled_one():
    edition = make.edition()
    hall = make.room()
    old = scheduled(edition, room=hall)
    release_schedule(edition.pk)
    Session.objects.filter(pk=old.pk).update(status=Session.Status.CANCELLED)
    new = scheduled(edition, room=hall)

    release = release_schedule(edition.pk)

    assert release.changes == {"cancelled": [old.code], "new": [new.code]}


def test_release_allows_sessions_back_to_back_and_drafts_that_clash():
    edition = make.edition()
    hall = make.room()
    scheduled(edition, room=hall)
    scheduled(edition, room=hall, status=Session.Status.DRAFT)
    make.session(edition=edition, room=hall, starts_at=make.OPENING + timedelta(hours=1))

    assert len(release_schedule(edition.pk).snapshot["sessions"]) == 2


def test_release_tells_what_changed_since_the_last():
    edition = make.edition()
    _kept, moved, rehoused, retitled, dropped, called_off = (
        scheduled(edition, code=code, room=make.room())
        for code in ["kept", "moved", "rehoused", "retitled", "dropped", "called-off"]
    )
    assert release_schedule(edition.pk).changes == {}

    Booking.objects.filter(pk=moved.booking_id).update(
        during=make.booking(starts_at=make.OPENING + timedelta(hours=3)).during
    )
    Booking.objects.filter(pk=rehoused.booking_id).update(room=make.room())
    Session.objects.filter(pk=retitled.pk).update(title_zh_hans="改名")
    Session.objects.filter(pk=dropped.pk).update(status=Session.Status.DRAFT)
    Session.objects.filter(pk=called_off.pk).update(status=Session.Status.CANCELLED)
    scheduled(edition, code="fresh")
    make.appearance(session=retitled, speaker=make.speaker(edition=edition))
    release = release_schedule(edition.pk)

    assert release.changes == {
        "new": ["fresh"],
        "moved": ["moved"],
        "room": ["rehoused"],
        "text": ["retitled"],
        "people": ["retitled"],
        "cancelled": ["called-off"],
        "removed": ["dropped"],
    }
    revisions = {s["code"]: s["revision"]["number"] for s in release.snapshot["sessions"]}
    assert revisions == {
        "kept": 1, "moved": 2, "rehoused": 2, "retitled": 2, "called-off": 2, "fresh": 2,
    }  # fmt: skip


def test_release_costs_the_same_queries_for_one_session_and_twenty(django_assert_max_num_queries):
    for sessions in (1, 20):
        edition = make.edition()
        for _each in range(sessions):
            make.appearance(session=scheduled(edition, room=make.room()))
        with django_assert_max_num_queries(16):
            release_schedule(edition.pk)


def test_command_releases_and_reports(capsys):
    edition = make.edition(slug="2017")
    scheduled(edition)

    call_command("release_schedule", "--edition", "2017", "--name", "Final")
    call_command("release_schedule", "--edition", "2017", "--name", "Final")

    said = capsys.readouterr().out
    assert "Release 1 “Final”: 1 sessions." in said
    assert "Nothing has changed since release 1." in said
    assert edition.releases.get().name_zh_hans == "Final"


def test_command_refuses_an_unknown_edition():
    with pytest.raises(CommandError, match="no edition “1066”"):
        call_command("release_schedule", "--edition", "1066")


def test_deleted_session_and_deleted_meeting_let_go_of_their_rooms():
    edition = make.edition()
    session = scheduled(edition, room=make.room())
    release_schedule(edition.pk)
    meeting = make.meeting(booking=make.booking(room=make.room(), is_firm=True))

    session.delete()
    type(meeting).objects.filter(pk=meeting.pk).delete()

    assert not Booking.objects.exists()
