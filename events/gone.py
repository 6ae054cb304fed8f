"""Sessions that a release took out of the programme altogether.

A calendar that holds one learns from the feed that it is cancelled; without a word of
it, it would stand there for ever.
"""

from events.calendars import entry_of
from events.current import programme_of
from events.models import Edition, Release
from events.news import news_of
from events.programme import Programme, SessionOf


def gone_sessions(edition: Edition, programme: Programme) -> list[SessionOf]:
    """What earlier releases had and this one has not, each as cancelled, by session code.

    A first release has removed nothing; after it one query says which have, and each of
    those costs what reading it and the one before costs.
    """
    if programme.number <= 1:
        return []
    removing = Release.objects.filter(edition=edition, number__lte=programme.number)
    removing = removing.filter(changes__has_key="removed").defer("snapshot").order_by("number")
    found: dict[str, SessionOf] = {}
    for release in removing:
        if set(release.changes["removed"]) - programme.sessions.keys():
            found |= _removed_by(release)
    guids = {one.guid for one in programme.sessions.values()}
    there = programme.sessions.keys()
    return [one for code, one in found.items() if code not in there and one.guid not in guids]


def _removed_by(release: Release) -> dict[str, SessionOf]:
    before = Release.objects.before(release).first()
    then = programme_of(release)
    return {
        news.session.code: entry_of(then, news)
        for news in news_of(release, before)
        if news.now is None
    }
