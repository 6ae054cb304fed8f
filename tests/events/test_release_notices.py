"""Who is told of a release: once, in one mail, with the entries of their calendar."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from attendees.models import Registration, Seat
from attendees.readers import who_starred
from events import tasks
from events.models import Booking, Release, Session, StarList
from events.news import news_of
from events.services.favourites import Star, bring_together, list_of
from events.services.notices import tell_release, tell_the_untold
from events.services.releases import release_schedule
from hrconf.mailing.models import Attachment, Message
from tests import make

pytestmark = pytest.mark.django_db
EVERYBODY = ["speakers", "seat_holders", "starred"]


@pytest.fixture
def edition():
    return make.edition(slug="2017", name_en="Hangzhou Conference", name_zh_hans="杭州大会")


@pytest.fixture
def forum(edition):
    """A released session with a speaker who reads Chinese."""
    made = make.session(
        edition=edition,
        code="forum",
        title_en="Forum",
        title_zh_hans="论坛",
        starts_at=make.OPENING,
        room=make.room(name_en="Hall A", name_zh_hans="A厅"),
    )
    speaker = make.speaker(edition=edition, name_native="王建国", email="wang@speakers.example")
    make.appearance(session=made, speaker=speaker)
    release_schedule(edition.pk)
    return made


def move(session: Session, hours: int = 2) -> None:
    during = make.booking(starts_at=make.OPENING + timedelta(hours=hours)).during
    Booking.objects.filter(pk=session.booking_id).update(during=during)


def seat_of(session: Session, **fields) -> Seat:
    registration = make.registration(edition=session.edition, status="confirmed", **fields)
    return Seat.objects.create(session=session, registration=registration)


def release_and_tell(edition, groups=EVERYBODY) -> Release:
    release = release_schedule(edition.pk, groups=groups)
    tell_release(release.pk)
    return release


def mails() -> dict[str, Message]:
    return {one.to_address: one for one in Message.objects.filter(kind="schedule_changed")}


def test_a_moved_session_is_told_to_its_speaker_and_who_has_a_seat(edition, forum):
    seat_of(forum, person=make.person(email="guest@people.example"))
    make.speaker(edition=edition, email="else@speakers.example")
    move(forum)

    release = release_and_tell(edition)

    found = mails()
    assert set(found) == {"wang@speakers.example", "guest@people.example"}
    wang, guest = found["wang@speakers.example"], found["guest@people.example"]
    assert "论坛" in wang.text
    assert "A厅" in wang.text
    assert "09:00–10:00" in guest.text
    assert "11:00–12:00" in guest.text
    assert "Forum" in guest.text
    assert "/en/2017/sessions/forum/" in guest.text
    assert {one.batch for one in found.values()} == {release.batch}
    assert Release.objects.get(pk=release.pk).told_at is not None


def test_mail_brings_the_entry_of_the_calendar_up_to_date(edition, forum):
    move(forum)
    release_and_tell(edition)

    (file,) = Attachment.objects.filter(message=mails()["wang@speakers.example"])
    (entry,) = Calendar.from_ical(bytes(file.content)).walk("VEVENT")

    assert file.mimetype == "text/calendar"
    assert entry["SEQUENCE"] == 2
    assert entry["UID"].startswith(f"{forum.guid}@")
    assert entry["STATUS"] == "CONFIRMED"
    assert entry.decoded("DTSTART") == make.OPENING + timedelta(hours=2)


def test_session_taken_out_is_cancelled_in_the_calendar(edition, forum):
    make.session(edition=edition, starts_at=make.OPENING)
    Session.objects.filter(pk=forum.pk).update(status=Session.Status.DRAFT)
    release_and_tell(edition)

    (file,) = Attachment.objects.filter(message=mails()["wang@speakers.example"])
    (entry,) = Calendar.from_ical(bytes(file.content)).walk("VEVENT")

    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 2)


def test_who_is_speaker_and_guest_at_one_address_gets_one_mail(edition, forum):
    other = make.session(edition=edition, code="talk", title_zh_hans="讲座", starts_at=make.OPENING)
    release_schedule(edition.pk)
    person = make.person(
        email="Wang@Speakers.example", name_native="王建国", preferred_language="zh-hans"
    )
    seat_of(other, person=person)
    move(forum)
    move(other, hours=4)

    release_and_tell(edition)

    (mail,) = Message.objects.filter(kind="schedule_changed")
    assert "论坛" in mail.text
    assert "讲座" in mail.text


def test_two_people_at_one_address_each_get_their_own(edition, forum):
    for name in ["Ann", "Bob"]:
        seat_of(forum, person=make.person(email="office@people.example", name_latin=name))
    move(forum)

    release_and_tell(edition, ["seat_holders"])

    assert Message.objects.filter(to_address="office@people.example").count() == 2


def test_telling_twice_writes_no_second_mail(edition, forum):
    move(forum)
    release = release_and_tell(edition)
    Release.objects.filter(pk=release.pk).update(told_at=None)

    assert tell_release(release.pk) == 0

    assert Message.objects.filter(kind="schedule_changed").count() == 1


def test_who_is_not_chosen_is_not_told(edition, forum):
    seat_of(forum, person=make.person(email="guest@people.example"))
    move(forum)

    release_and_tell(edition, ["seat_holders"])

    assert set(mails()) == {"guest@people.example"}


def test_new_words_are_told_to_speakers_and_not_to_guests(edition, forum):
    seat_of(forum, person=make.person(email="guest@people.example"))
    Session.objects.filter(pk=forum.pk).update(abstract_en="Other words")

    release_and_tell(edition)

    assert set(mails()) == {"wang@speakers.example"}


def test_seat_given_up_and_place_not_confirmed_are_not_told(edition, forum):
    given_up = seat_of(forum, person=make.person(email="gone@people.example"))
    Seat.objects.filter(pk=given_up.pk).update(status=Seat.Status.CANCELLED)
    pending = seat_of(forum, person=make.person(email="pending@people.example"))
    Registration.objects.filter(pk=pending.registration_id).update(status="pending")
    move(forum)

    release_and_tell(edition, ["seat_holders"])

    assert mails() == {}


def test_speaker_taken_off_a_session_is_told(edition, forum):
    forum.appearances.all().delete()
    make.appearance(session=forum, speaker=make.speaker(edition=edition))

    release_and_tell(edition)

    assert set(mails()) == {"wang@speakers.example"}


def test_first_release_is_told_to_speakers_only(edition):
    session = make.session(edition=edition, starts_at=make.OPENING)
    speaker = make.speaker(edition=edition, email="first@speakers.example")
    make.appearance(session=session, speaker=speaker)
    seat_of(session, person=make.person(email="guest@people.example"))

    release_and_tell(edition)

    assert set(mails()) == {"first@speakers.example"}


def test_mails_wait_so_that_they_can_be_held_back(edition, forum, settings):
    settings.UNDO_SECONDS = 60
    move(forum)

    release = release_and_tell(edition)

    (mail,) = mails().values()
    assert mail.send_after == release.released_at + timedelta(seconds=60)


def test_lost_writing_is_found_by_the_sweeper_and_an_old_one_is_let_be(edition, forum):
    move(forum)
    lost = release_schedule(edition.pk, groups=EVERYBODY)
    move(forum, hours=5)
    restored = release_schedule(edition.pk, groups=EVERYBODY)
    day = timedelta(days=1)
    Release.objects.filter(pk=lost.pk).update(released_at=lost.released_at - timedelta(minutes=9))
    Release.objects.filter(pk=restored.pk).update(released_at=restored.released_at - 2 * day)

    assert tell_the_untold() == 1
    tasks.tell_releases()

    assert Message.objects.filter(occasion=f"release:{lost.pk}").count() == 1
    assert not Message.objects.filter(occasion=f"release:{restored.pk}").exists()


def test_names_in_a_mail_are_no_links_and_no_markup(edition, forum):
    Session.objects.filter(pk=forum.pk).update(title_zh_hans="<b>evil.example</b>")

    release_and_tell(edition)

    (mail,) = mails().values()
    assert "<b>evil" not in mail.html
    assert "evil.example" not in mail.text


def test_queries_do_not_grow_with_sessions_and_readers(
    edition, forum, django_assert_max_num_queries
):
    for number in (1, 15):
        for _each in range(number):
            session = make.session(edition=edition, starts_at=make.OPENING, room=make.room())
            speaker = make.speaker(edition=edition, email=f"s{session.pk}@speakers.example")
            make.appearance(session=session, speaker=speaker)
        release = release_schedule(edition.pk, groups=EVERYBODY)
        with django_assert_max_num_queries(14):
            tell_release(release.pk)
    assert Message.objects.filter(kind="schedule_changed").count() == 16


# Who starred it ---------------------------------------------------------------------------


def starred_by(session: Session, email: str, **fields) -> StarList:
    stars = list_of(make.user(email=email), session.edition)
    bring_together(stars, {session.guid: Star(True, make.OPENING - timedelta(days=60))})
    StarList.objects.filter(pk=stars.pk).update(**fields)
    return stars


def test_who_starred_it_is_told_and_who_wants_no_mail_is_not(edition, forum):
    wanted = starred_by(forum, "reader@guests.example")
    starred_by(forum, "quiet@guests.example", wants_mail=False)
    off = starred_by(forum, "off@guests.example")
    bring_together(off, {forum.guid: Star(False, make.OPENING - timedelta(days=50))})
    move(forum)
    made = release_schedule(edition.pk, groups=["starred"])

    tell_release(made.pk)

    (message,) = Message.objects.filter(kind="schedule_changed")
    assert message.to_address == wanted.user.email
    assert "/schedule/mine/" in message.text


def test_who_has_a_seat_and_starred_it_is_told_once(edition, forum):
    seat = seat_of(forum, person=make.person(email="guest@guests.example"))
    person = seat.registration.person
    stars = starred_by(forum, "login@guests.example")
    person.user = stars.user
    person.save()
    move(forum)
    made = release_schedule(edition.pk, groups=EVERYBODY)

    tell_release(made.pk)

    mails = Message.objects.filter(kind="schedule_changed").exclude(recipient__startswith="speaker")
    assert [one.to_address for one in mails] == ["guest@guests.example"]


def test_readers_who_starred_are_found_by_one_query(edition, forum, django_assert_max_num_queries):
    for number in range(20):
        starred_by(forum, f"reader{number}@guests.example")
    move(forum)
    made = release_schedule(edition.pk, groups=["starred"])
    news = news_of(made, Release.objects.before(made).first())

    with django_assert_max_num_queries(1):
        assert len(list(who_starred(edition, news))) == 20
