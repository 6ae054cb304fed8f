"""Which programme the public reads now; parsed once per release and process."""

from threading import Lock

from events.models import Edition, Release
from events.parsing import nothing_yet, parse
from events.programme import Programme
from events.shelf import Shelf

_kept: Shelf[Programme] = Shelf(size=8)
_parsing = Lock()


def current_release(slug: str) -> Release | None:
    """The newest release of a public edition: one indexed query, without its snapshot."""
    return Release.objects.current(slug).first()


def public_edition(slug: str) -> Edition | None:
    return Edition.objects.public().select_related("series").filter(slug=slug).first()


def public_programme(slug: str) -> tuple[Edition, Programme] | None:
    """A public edition and its released programme; an empty one before the first release.

    One query when this process knows the release, two when it is new.
    """
    if release := current_release(slug):
        return release.edition, programme_of(release)
    edition = public_edition(slug)
    return (edition, nothing_yet(edition)) if edition else None


def programme_of(release: Release) -> Programme:
    """The release's programme. Releases never change, so what is kept stays true.

    Readers who arrive together wait for the first to parse it.
    """
    key = (release.pk, release.sha256)
    if programme := _kept.get(key):
        return programme
    with _parsing:
        return _kept.get(key) or _kept.put(key, _parsed(release))


def _parsed(release: Release) -> Programme:
    return parse(
        release.snapshot,
        number=release.number,
        released_at=release.released_at,
        sha256=release.sha256,
    )
