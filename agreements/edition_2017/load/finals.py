"""The final of the competition: ten projects on stage, pitched by their holders."""

from datetime import datetime, timedelta
from random import Random

from agreements.edition_2017.load.context import Context
from agreements.edition_2017.load.programme import (
    Stage,
    make_session,
    save_sessions,
    speaker_code,
)
from agreements.edition_2017.load.projects import Portfolio
from agreements.edition_2017.names.book import for_chinese_readers
from agreements.edition_2017.programme.jury import FINALISTS
from agreements.edition_2017.sectors import SECTOR_OF
from agreements.edition_2017.text import Text
from attendees.models import Person
from events.models import Appearance, Room, Session, Speaker, Track
from projects.models import Project

FIRST_PITCH, MINUTES = datetime(2017, 11, 10, 9, 0), 15  # noqa: DTZ001


def load_finals(context: Context, portfolio: Portfolio, stage: Stage) -> None:
    """Ten pitches one after the other; each holder is a speaker now."""
    rng = context.rng("finals")
    projects = finalists(portfolio, rng)
    track = Track.objects.get(edition=context.edition, slug="competition")
    room = Room.objects.get(slug="ballroom")
    pitches = [pitch(context, project, n, track, room) for n, project in enumerate(projects)]
    save_sessions(context, pitches)
    speakers = context.save([holder_on_stage(context, project, stage) for project in projects])
    context.save(
        [
            Appearance(session=session, speaker=speaker, position=1)
            for session, speaker in zip(pitches, speakers, strict=True)
        ]
    )
    Person.speakers.through.objects.bulk_create(
        [
            Person.speakers.through(person=project.holder, speaker=speaker)
            for project, speaker in zip(projects, speakers, strict=True)
        ]
    )


def finalists(portfolio: Portfolio, rng: Random) -> list[Project]:
    """The best of each sector, each holder once, in the order that was drawn."""
    waiting = dict(FINALISTS)
    chosen: dict[int, Project] = {}
    for project in portfolio.at_the_conference():
        sector = SECTOR_OF[project.sector.slug]
        is_best = project.status == Project.Status.SHORTLISTED and project.stage != "idea"
        if is_best and waiting[sector] and project.holder_id not in chosen:
            waiting[sector] -= 1
            chosen[project.holder_id] = project
    return rng.sample([*chosen.values()], len(chosen))


def pitch(context: Context, project: Project, number: int, track: Track, room: Room) -> Session:
    return make_session(
        context,
        code=f"pitch-{number + 1}",
        kind=Session.Kind.PITCH,
        track=track,
        room=room,
        start=FIRST_PITCH + timedelta(minutes=MINUTES * number),
        minutes=MINUTES,
        title=Text(f"Pitch: {project.title_en}", f"路演：{project.title_zh_hans}"),
        abstract=Text(project.summary_en, project.summary_zh_hans),
        language="zh-hans" if project.holder.preferred_language == "zh-hans" else "en",
    )


def holder_on_stage(context: Context, project: Project, stage: Stage) -> Speaker:
    person = project.holder
    return Speaker(
        edition=context.edition,
        code=speaker_code(stage, person.name_latin),
        name_native=person.name_native,
        name_latin=person.name_latin,
        sort_key=person.sort_key,
        title_en=person.title_en,
        title_zh_hans=person.title_zh_hans,
        organization_en=person.organization_en,
        organization_zh_hans=person.organization_zh_hans,
        biography_en=f"{person.name_latin} presents the project “{project.title_en}”.",
        biography_zh_hans=f"{for_chinese_readers(person.name_native, person.name_latin)}，“{project.title_zh_hans}”项目负责人。",
        country=person.country,
    )
