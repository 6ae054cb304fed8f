"""A programme as big as the biggest: 872 sessions in 36 rooms on two days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from events.models import (
    Appearance,
    Booking,
    Edition,
    Room,
    Series,
    Session,
    Speaker,
    Track,
    Venue,
)

SESSIONS, ROOMS, MINUTES = 872, 36, 25
ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2027, 2, 6)
WORDS = [
    "robots",
    "lasers",
    "vaccines",
    "batteries",
    "rivers",
    "cities",
    "chips",
    "seeds",
    "light",
    "money",
    "trains",
]


@transaction.atomic
def fill(slug: str = "bench") -> None:
    """Make the edition, unless it is there."""
    if Edition.objects.filter(slug=slug).exists():
        return
    series, _made = Series.objects.get_or_create(slug="bench", defaults={"first_year": 2027})
    edition = Edition.objects.create(
        series=series,
        slug=slug,
        year=2027,
        name_en="Bench 2027",
        name_zh_hans="2027测试大会",
        city_en="Hangzhou",
        city_zh_hans="杭州",
        starts_on=FIRST,
        ends_on=FIRST + timedelta(days=1),
    )
    venue = Venue.objects.create(slug=slug, name_en="Campus", name_zh_hans="校区")
    rooms = Room.objects.bulk_create(
        Room(venue=venue, slug=f"r{n}", name_en=f"Room {n}", name_zh_hans=f"{n}号厅", position=n)
        for n in range(ROOMS)
    )
    tracks = Track.objects.bulk_create(
        Track(edition=edition, slug=f"t{n}", name_en=f"{word.title()} track", colour=n % 8 + 1)
        for n, word in enumerate(WORDS)
    )
    bookings = Booking.objects.bulk_create(booked(number, rooms) for number in range(SESSIONS))
    sessions = Session.objects.bulk_create(
        session_of(edition, number, booking, tracks) for number, booking in enumerate(bookings)
    )
    speakers = Speaker.objects.bulk_create(
        Speaker(
            edition=edition,
            code=f"s{n}",
            name_latin=f"Speaker {n} {WORDS[n % len(WORDS)].title()}",
            sort_key=f"s{n:04}",
        )
        for n in range(SESSIONS)
    )
    Appearance.objects.bulk_create(
        Appearance(session=session, speaker=speaker)
        for session, speaker in zip(sessions, speakers, strict=True)
    )


def booked(number: int, rooms: list[Room]) -> Booking:
    slot, place = divmod(number, len(rooms))
    day, turn = divmod(slot, 13)
    start = datetime(2027, 2, 6 + day, 9, tzinfo=ZONE) + timedelta(minutes=turn * (MINUTES + 5))
    return Booking(
        room=rooms[place], during=DateTimeTZRange(start, start + timedelta(minutes=MINUTES))
    )


def session_of(edition: Edition, number: int, booking: Booking, tracks: list[Track]) -> Session:
    words = [WORDS[(number * step) % len(WORDS)] for step in (1, 3, 5, 7)]
    title = f"On {words[0]} and {words[1]}, with {words[2]} in mind ({number})"
    return Session(
        edition=edition,
        code=f"talk-{number}",
        title_en=title,
        title_zh_hans=f"第{number}场：{title}",
        abstract_en=" ".join(words * 40),
        status=Session.Status.CONFIRMED,
        track=tracks[number % len(tracks)],
        minutes=MINUTES,
        language="en",
        booking=booking,
    )
