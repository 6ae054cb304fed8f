"""Whom of this storey a release is told: the speakers."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from events.models import Edition, Speaker
from events.news import LABELS, SessionNews
from events.notices import NoticeGroup, Reader, register


def speakers(edition: Edition, news: Sequence[SessionNews]) -> Iterator[Reader]:
    """Who is on the stage of a session in the news, or was; one query."""
    sessions: dict[str, set[str]] = {}
    for one in news:
        for code in one.speakers:
            sessions.setdefault(code, set()).add(one.session.code)
    rows = Speaker.objects.filter(edition=edition, code__in=sessions).exclude(email="")
    for row in rows.order_by("pk"):
        language = row.preferred_language
        yield Reader(
            recipient=f"speaker:{row.pk}",
            address=row.email,
            name=row.name_in(language),
            language=language,
            codes=frozenset(sessions[row.code]),
        )


register(
    NoticeGroup(
        name="speakers",
        title=_("Speakers"),
        kinds=frozenset(LABELS),
        readers=speakers,
        is_told_first=True,
    )
)
