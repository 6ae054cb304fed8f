"""An earlier release is put back: the drafts follow, and a new release says the same."""

from datetime import timedelta

import pytest
from django.db.models import F

from events.models import Booking, Session, Track, VisitStop
from events.services.releases import NO_WORDS, NothingToRelease, release_schedule
from events.services.restoring import put_back
from hrconf.lib.errors import DomainError
from tests import make
from tests.events.make_programmes import conference

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=3)


@pytest.fixture
def edition():
    return conference()


def content(release) -> list[dict]:
    """What readers see of its sessions."""
    drop = {"revision"}
    sessions = release.snapshot["sessions"]
    return [{k: v for k, v in one.items() if k not in drop} for one in sessions]


def test_everything_said_of_a_session_comes_back(edition):
    first = edition.releases.get()
    forum = edition.sessions.get(code="life-forum")
    later = make.booking(starts_at=make.OPENING + 2 * HOURS).during
    Booking.objects.filter(pk=forum.booking_id).update(during=later)
    Session.objects.filter(pk=forum.pk).update(
        title_zh_hans="改名", abstract_en="", track=None, language="de", capacity=9
    )
    forum.appearances.update(position=3 - F("position"))
    edition.sessions.filter(code="called-off").update(status="confirmed")
    VisitStop.objects.update(host="Somebody else")
    release_schedule(edition.pk)

    third = put_back(edition.pk, 1, NO_WORDS)

    assert content(third) == content(first)
    assert (third.number, third.restores) == (3, first)
    assert set(third.changes) == {"moved", "text", "people", "cancelled"}
    revised = {s["code"]: s["revision"]["number"] for s in third.snapshot["sessions"]}
    assert revised == {"opening": 1, "life-forum": 3, "called-off": 3, "visit": 3}


def test_what_few_sessions_have_comes_back_too(edition):
    told = {
        "subtitle_en": "From bench to bed",
        "description_zh_hans": "详情",
        "links": [{"url": "https://talks.example/1", "title": "Slides"}],
        "recording_licence": "CC BY 4.0",
    }
    rows = Session.objects.filter(code="life-forum")
    rows.update(**told)
    second = release_schedule(edition.pk)
    rows.update(
        subtitle_en="", description_zh_hans="", links=[], recording_licence="", is_off_record=True
    )
    release_schedule(edition.pk)

    assert content(put_back(edition.pk, 2, NO_WORDS)) == content(second)


def test_what_was_deleted_since_is_made_again(edition):
    first = edition.releases.get()
    edition.sessions.filter(code="life-forum").delete()
    edition.speakers.filter(code="mueller").delete()
    Track.objects.all().delete()
    release_schedule(edition.pk)

    third = put_back(edition.pk, 1, NO_WORDS)

    assert content(third) == content(first)
    assert third.snapshot["speakers"] == first.snapshot["speakers"]
    assert third.changes == {"new": ["life-forum"]}


def test_shared_rooms_and_what_few_sessions_have_come_back(edition):
    room = make.room()
    for code in ["one", "two"]:
        made = make.session(edition=edition, code=code, room=room, starts_at=make.OPENING)
        Booking.objects.filter(pk=made.booking_id).update(is_shared=True)
    told = {"subtitle_en": "Small steps", "links": [{"url": "https://a.example"}]}
    edition.sessions.filter(code="one").update(source_id="7", format_name="devroom", **told)
    second = release_schedule(edition.pk)
    edition.sessions.filter(code="one").update(subtitle_en="", links=[], format_name="")
    edition.sessions.filter(code="two").delete()
    Booking.objects.update(is_shared=False)
    release_schedule(edition.pk)

    fourth = put_back(edition.pk, second.number, NO_WORDS)

    assert content(fourth) == content(second)


def test_session_that_came_later_is_out_and_its_draft_stays(edition):
    later = make.session(edition=edition, code="later", starts_at=make.OPENING + HOURS)
    release_schedule(edition.pk)

    third = put_back(edition.pk, 1, NO_WORDS)

    later.refresh_from_db()
    assert third.changes == {"removed": ["later"]}
    assert later.status == Session.Status.PENDING
    assert later.booking.is_firm is False


def test_opening_that_replaced_another_gives_way(edition):
    edition.sessions.filter(code="opening").update(status="cancelled")
    make.opening(edition=edition, code="other-opening", starts_at=make.OPENING + HOURS)
    release_schedule(edition.pk)

    third = put_back(edition.pk, 1, NO_WORDS)

    opening = edition.sessions.opening().exclude(status="cancelled").get()
    assert opening.code == "opening"
    assert content(third) == content(edition.releases.get(number=1))


def test_room_that_something_else_holds_meanwhile_refuses_it_and_changes_nothing(edition):
    forum = edition.sessions.get(code="life-forum")
    old_room, during = forum.booking.room, forum.booking.during
    Booking.objects.filter(pk=forum.booking_id).update(room=make.room())
    release_schedule(edition.pk)
    make.booking(room=old_room, starts_at=during.lower, is_firm=True)

    with pytest.raises(DomainError, match="Biomedicine forum"):
        put_back(edition.pk, 1, NO_WORDS)

    forum.refresh_from_db()
    assert forum.booking.room != old_room
    assert edition.releases.count() == 2


def test_room_that_is_gone_is_named(edition):
    forum = edition.sessions.get(code="life-forum")
    room = forum.booking.room
    Booking.objects.filter(room=room).update(room=make.room())
    room.delete()

    with pytest.raises(DomainError, match="hall"):
        put_back(edition.pk, 1, NO_WORDS)


def test_current_release_needs_no_putting_back(edition):
    with pytest.raises(NothingToRelease):
        put_back(edition.pk, 1, NO_WORDS)


def test_queries_do_not_grow_with_what_is_unchanged(django_assert_max_num_queries):
    for slug, sessions in [("few", 1), ("many", 40)]:
        edition = conference(slug, sessions=sessions)
        Session.objects.filter(edition=edition, code="visit").update(title_en="Other")
        release_schedule(edition.pk)
        with django_assert_max_num_queries(60):
            put_back(edition.pk, 1, NO_WORDS)
