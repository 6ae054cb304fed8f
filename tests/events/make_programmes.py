"""A small conference of three days for tests of what the public reads."""

from datetime import timedelta

from events.current import programme_of
from events.models import Appearance, Booking, Edition, Room, Session, Speaker, VisitStop
from events.programme import Programme
from events.services.releases import Words, release_schedule
from tests import make

SECOND_DAY = make.OPENING + timedelta(days=1)
THIRD_DAY = make.OPENING + timedelta(days=2)


def conference(slug="2017", sessions=0) -> Edition:
    """An edition, released: an opening, a forum, a cancelled talk, a park visit.

    `sessions` adds as many plain ones to the first day, each with a speaker.
    """
    edition = make.edition(
        slug=slug,
        name_en="Hangzhou Conference",
        name_zh_hans="杭州大会",
        tagline_en="Talent meets opportunity",
        tagline_zh_hans="聚天下英才",
    )
    venue = convention_centre(slug)
    ceremony_and_forum(edition, venue)
    called_off_talk(edition, venue)
    park_visit(edition)
    plain_sessions(edition, venue, sessions)
    release_schedule(edition.pk, Words("First", "首版"))
    return edition


def plain_sessions(edition, venue, number):
    """Many at once, for what must not cost more the more there are."""
    during = make.booking(starts_at=make.OPENING).during
    names = [{"name_en": f"N{n}", "name_zh_hans": f"第{n}"} for n in range(number)]
    rooms = Room.objects.bulk_create(
        Room(venue=venue, slug=f"plain-{n}", **name) for n, name in enumerate(names)
    )
    bookings = Booking.objects.bulk_create(Booking(room=room, during=during) for room in rooms)
    sessions = Session.objects.bulk_create(
        Session(
            edition=edition,
            code=f"plain-{n}",
            title_en=f"Session {n}",
            title_zh_hans=f"会议{n}",
            status=Session.Status.CONFIRMED,
            booking=booking,
        )
        for n, booking in enumerate(bookings)
    )
    speakers = Speaker.objects.bulk_create(
        Speaker(edition=edition, code=f"plain-{n}", name_latin=f"Speaker {n}", sort_key=f"s{n}")
        for n in range(number)
    )
    Appearance.objects.bulk_create(
        Appearance(session=session, speaker=speaker)
        for session, speaker in zip(sessions, speakers, strict=True)
    )


def convention_centre(slug):
    return make.venue(
        slug=f"centre-{slug}",
        name_en="Convention Centre",
        name_zh_hans="会议中心",
        address_en="1 River Road",
        address_zh_hans="江边路1号",
        latitude="30.25",
        longitude="120.25",
    )


def ceremony_and_forum(edition, venue):
    hall = make.room(venue=venue, slug="hall", name_en="Main Hall", name_zh_hans="主会场")
    opening = make.opening(
        edition=edition,
        room=hall,
        code="opening",
        title_en="Opening ceremony",
        title_zh_hans="开幕式",
        interpretation=["en"],
    )
    forum = make.session(
        edition=edition,
        room=hall,
        track=make.track(
            edition=edition, slug="life", name_en="Life science", name_zh_hans="生命健康"
        ),
        kind=Session.Kind.FORUM,
        code="life-forum",
        title_en="Biomedicine forum",
        title_zh_hans="生物医药论坛",
        abstract_en="New drugs & old <hopes>",
        starts_at=SECOND_DAY,
        minutes=180,
        language="en",
    )
    chinese, german = professor_wang(edition), doctor_mueller(edition)
    make.appearance(
        session=opening, speaker=chinese, position=1, role=Appearance.Role.GUEST_OF_HONOUR
    )
    make.appearance(session=forum, speaker=german, position=2)
    make.appearance(session=forum, speaker=chinese, position=1)


def professor_wang(edition):
    return make.speaker(
        edition=edition,
        code="wang-jianguo",
        name_native="王建国",
        name_latin="Wang Jianguo",
        title_en="Professor",
        title_zh_hans="教授",
        organization_en="West Lake Institute",
        organization_zh_hans="西湖研究所",
    )


def doctor_mueller(edition):
    return make.speaker(
        edition=edition,
        code="mueller",
        name_native="Jürgen Müller",
        name_latin="",
        country="DE",
        biography_en="Chemist",
    )


def called_off_talk(edition, venue):
    make.session(
        edition=edition,
        room=make.room(venue=venue, slug="b", name_en="Room B", name_zh_hans="B厅"),
        code="called-off",
        title_en="Called-off talk",
        title_zh_hans="取消的讲座",
        starts_at=SECOND_DAY + timedelta(hours=1),
        status=Session.Status.CANCELLED,
    )


def park_visit(edition):
    visit = make.session(
        edition=edition,
        kind=Session.Kind.VISIT,
        code="visit",
        title_en="Park visit",
        title_zh_hans="园区考察",
        starts_at=THIRD_DAY,
        minutes=120,
        needs_seat=True,
    )
    park = make.park(name_en="Dream Town", name_zh_hans="梦想小镇")
    during = make.booking(starts_at=THIRD_DAY, minutes=60).during
    VisitStop.objects.create(session=visit, park=park, during=during, host="Ms Chen")


def programme(edition) -> Programme:
    return programme_of(edition.releases.newest_first()[0])
