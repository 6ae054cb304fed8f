"""Tracks, sessions with their rooms and times, speakers and their appearances."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.text import slugify

from agreements.edition_2017.load.context import Context, local
from agreements.edition_2017.load.hosts import park_host
from agreements.edition_2017.load.people import person_sort_key
from agreements.edition_2017.names import Name, draw_name
from agreements.edition_2017.programme import jury, plan
from agreements.edition_2017.programme.experts import Profile, profile
from agreements.edition_2017.programme.forums import FORUMS, Expert, Forum, Talk
from agreements.edition_2017.text import Text
from events.models import (
    Appearance,
    Booking,
    Park,
    Room,
    Session,
    Speaker,
    Track,
    VisitStop,
)

Kind = Session.Kind
Role = Appearance.Role
# Minutes after the forum's start at which its four talks and the discussion begin.
TALK_STARTS, TALK_MINUTES = (0, 30, 75, 105), 30
DISCUSSION_START, DISCUSSION_MINUTES = 140, 40
# The juror whom the demo lets sign in.
FIRST_JUROR = Name("方启明", "Fang Qiming", "Fang", "Qiming", is_woman=False)
OTHER_LANGUAGE = {"en": ["zh-hans"], "zh-hans": ["en"]}


@dataclass
class Stage:
    """The programme in memory: sessions by code, speakers with their parts."""

    sessions: dict[str, Session] = field(default_factory=dict)
    speakers: list[Speaker] = field(default_factory=list)
    profiles: list[Profile] = field(default_factory=list)
    parts: list[tuple[str, Speaker, str]] = field(default_factory=list)
    jurors: list[Speaker] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)


def load_programme(context: Context) -> Stage:
    stage = Stage()
    tracks = load_tracks(context)
    rooms = {room.slug: room for room in Room.objects.exclude(kind=Room.Kind.TABLE)}
    for slot in plan.SLOTS:
        stage.sessions[slot.code] = session_of_slot(context, slot, tracks, rooms)
    invite_stage(context, stage, tracks, rooms)
    save_sessions(context, stage.sessions.values())
    context.save(stage.speakers)
    save_parts(context, stage)
    load_stops(context, stage)
    return stage


def load_tracks(context: Context) -> dict[str, Track]:
    rows = [(row.slug, row.name, row.colour) for row in plan.TRACKS]
    rows += [(forum.slug, forum.title, forum.colour) for forum in FORUMS]
    tracks = [
        Track(
            edition=context.edition,
            slug=slug,
            name_en=name.en,
            name_zh_hans=name.zh,
            colour=colour,
            position=position,
        )
        for position, (slug, name, colour) in enumerate(rows)
    ]
    return {track.slug: track for track in context.save(tracks)}


def session_of_slot(context: Context, slot: plan.Slot, tracks: dict, rooms: dict) -> Session:
    return make_session(
        context,
        code=slot.code,
        kind=slot.kind,
        track=tracks[slot.track],
        room=rooms[slot.room],
        start=slot.start,
        minutes=int((slot.end - slot.start).total_seconds() // 60),
        title=slot.title,
        abstract=slot.abstract,
        language=slot.language,
        capacity=slot.seats,
        needs_seat=slot.kind == Kind.VISIT or slot.track == "workshops",
    )


def make_session(
    context: Context,
    *,
    code: str,
    kind: str,
    track: Track,
    room: Room,
    start: datetime,
    minutes: int,
    title: Text,
    abstract: Text,
    language: str,
    capacity: int | None = None,
    needs_seat: bool = False,
) -> Session:
    """A confirmed session and its booking, neither saved yet. The start is local."""
    begin = local(start)
    return Session(
        edition=context.edition,
        code=code,
        kind=kind,
        track=track,
        title_en=title.en,
        title_zh_hans=title.zh,
        abstract_en=abstract.en,
        abstract_zh_hans=abstract.zh,
        language=language,
        interpretation=OTHER_LANGUAGE[language],
        status=Session.Status.CONFIRMED,
        capacity=capacity,
        needs_seat=needs_seat,
        minutes=minutes,
        booking=Booking(
            room=room, during=DateTimeTZRange(begin, begin + timedelta(minutes=minutes))
        ),
    )


def save_sessions(context: Context, sessions: Iterable[Session]) -> None:
    sessions = list(sessions)
    context.save([session.booking for session in sessions])
    for session in sessions:
        session.booking = session.booking  # takes over the key it has now
    context.save(sessions)


# Who is on stage ---------------------------------------------------------------


def invite_stage(context: Context, stage: Stage, tracks: dict, rooms: dict) -> None:
    for forum in FORUMS:
        add_forum(context, stage, forum, tracks[forum.slug], rooms[forum.room])
    for expert in jury.GUESTS_OF_HONOUR:
        guest = add_speaker(context, stage, expert)
        stage.parts.append(("opening-ceremony", guest, Role.GUEST_OF_HONOUR))
    for number, (group, expert) in enumerate(jury.JURORS):
        juror = add_speaker(context, stage, expert, FIRST_JUROR if number == 0 else None)
        stage.jurors.append(juror)
        stage.parts += [(code, juror, Role.JUROR) for code in jury.GROUPS[group]]
    stage.parts += [("final-opening", juror, Role.JUROR) for juror in stage.jurors[::2]]


def add_forum(context: Context, stage: Stage, forum: Forum, track: Track, room: Room) -> None:
    speakers = []
    for number, (talk, start) in enumerate(zip(forum.talks, TALK_STARTS, strict=True), 1):
        code = f"{forum.slug}-{number}"
        begin = forum.start + timedelta(minutes=start)
        stage.sessions[code] = talk_session(context, code, talk, track, room, begin)
        speakers.append(add_speaker(context, stage, talk.expert))
        stage.parts.append((code, speakers[-1], Role.SPEAKER))
    add_discussion(context, stage, forum, track, room, speakers)


def talk_session(
    context: Context, code: str, talk: Talk, track: Track, room: Room, start: datetime
) -> Session:
    return make_session(
        context,
        code=code,
        kind=Kind.TALK,
        track=track,
        room=room,
        start=start,
        minutes=TALK_MINUTES,
        title=talk.title,
        abstract=talk.abstract,
        language=talk.language,
    )


def add_discussion(
    context: Context,
    stage: Stage,
    forum: Forum,
    track: Track,
    room: Room,
    speakers: list[Speaker],
) -> None:
    code = f"{forum.slug}-discussion"
    topic = forum.discussion
    stage.sessions[code] = make_session(
        context,
        code=code,
        kind=Kind.FORUM,
        track=track,
        room=room,
        start=forum.start + timedelta(minutes=DISCUSSION_START),
        minutes=DISCUSSION_MINUTES,
        title=Text(f"Discussion: {topic.en}", f"圆桌讨论：{topic.zh}"),
        abstract=Text(
            "The speakers of the forum discuss with each other and with the audience.",
            "论坛嘉宾与现场观众共同讨论。",
        ),
        language="zh-hans",
    )
    moderator = add_speaker(context, stage, forum.moderator)
    stage.parts.append((code, moderator, Role.MODERATOR))
    stage.parts += [(code, speaker, Role.SPEAKER) for speaker in speakers]


def add_speaker(
    context: Context, stage: Stage, expert: Expert, name: Name | None = None
) -> Speaker:
    """A new face for each part: nobody is asked to be in two places."""
    rng = context.rng(f"speaker-{len(stage.speakers)}")
    name = name or draw_name(expert.country, rng)[0]
    life = profile(expert, name, rng)
    speaker = Speaker(
        edition=context.edition,
        code=speaker_code(stage, name.latin),
        name_native=name.native,
        name_latin=name.latin,
        sort_key=person_sort_key(name, expert.country),
        title_en=life.title.en,
        title_zh_hans=life.title.zh,
        organization_en=life.organization.en,
        organization_zh_hans=life.organization.zh,
        biography_en=life.biography.en,
        biography_zh_hans=life.biography.zh,
        country=expert.country,
    )
    stage.speakers.append(speaker)
    stage.profiles.append(life)
    return speaker


def speaker_code(stage: Stage, latin: str) -> str:
    base = slugify(latin)
    stage.codes[base] = stage.codes.get(base, 0) + 1
    number = stage.codes[base]
    return base if number == 1 else f"{base}-{number}"


def save_parts(context: Context, stage: Stage) -> None:
    """Appearances, in the order of precedence in which they were arranged."""
    positions: dict[str, int] = {}
    rows = []
    for code, speaker, role in stage.parts:
        positions[code] = positions.get(code, 0) + 1
        rows.append(
            Appearance(
                session=stage.sessions[code],
                speaker=speaker,
                role=role,
                position=positions[code],
            )
        )
    context.save(rows)


def load_stops(context: Context, stage: Stage) -> None:
    parks = {park.slug: park for park in Park.objects.all()}
    context.save(
        [
            VisitStop(
                session=stage.sessions[slot.code],
                park=parks[stop.park],
                during=DateTimeTZRange(local(stop.start), local(stop.end)),
                host=received_by(context, stop.park),
            )
            for slot in plan.SLOTS
            for stop in slot.stops
        ]
    )


def received_by(context: Context, park_slug: str) -> str:
    host = park_host(context, park_slug)
    return f"{host.native} {host.latin}"
