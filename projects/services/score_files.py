"""A round as a file with every score: XLSX, CSV, JSON."""

import json
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from hrconf.lib.sheets import Column, Kind, Sheet, write_csv, write_xlsx
from projects.models import Round, Score
from projects.services.standings import frozen, ranking_of

RANKING = ["place", "reference", "raw", "zscore", "corrected", "error", "spread", "cards"]


def lines_of(round: Round) -> Iterator[list[Any]]:
    """The trail: every score ever given, with who, when and the hashes."""
    rows = Score.objects.filter(round=round).order_by("number")
    related = ["juror__person", "entry__project", "criterion", "by"]
    for line in rows.select_related(*related).iterator(chunk_size=2000):
        yield [
            line.number,
            line.at.astimezone(round.edition.tz),
            line.get_kind_display(),
            line.juror.person.both_names if line.juror else str(line.by or ""),
            line.entry.project.reference if line.entry else "",
            line.entry.project.title if line.entry else "",
            line.criterion.name if line.criterion else "",
            line.value,
            line.reason,
            line.sha256,
        ]


def columns() -> list[Column]:
    return [
        Column(_("Line"), Kind.INTEGER),
        Column(_("Time"), Kind.INSTANT),
        Column(_("What")),
        Column(_("Who")),
        Column(_("Reference")),
        Column(_("Project")),
        Column(_("Criterion")),
        Column(_("Points"), Kind.INTEGER),
        Column(_("Reason")),
        Column("SHA-256"),
    ]


def ranking_columns() -> list[Column]:
    titles = [_("Rank"), _("Reference"), _("Mean"), _("z-score"), _("Corrected"), _("± error")]
    kinds = [Kind.INTEGER, Kind.TEXT, *[Kind.RATE] * 5, Kind.INTEGER]
    return [Column(t, k) for t, k in zip([*titles, _("Spread"), _("Cards")], kinds, strict=True)]


def write_scores_xlsx(file: IO[bytes], round: Round) -> None:
    standings = frozen(round, ranking_of(round))["standings"]
    rows = [[row[name] for name in RANKING] for row in standings]
    sheets = [
        Sheet.table(_("Ranking"), ranking_columns(), rows),
        Sheet.table(_("Every score"), columns(), lines_of(round)),
    ]
    write_xlsx(file, sheets, title=round.name)


def write_scores_csv(file: IO[bytes], round: Round) -> None:
    titles = [column.title for column in columns()]
    write_csv(file, [titles, *lines_of(round)])


def write_scores_json(file: IO[bytes], round: Round) -> None:
    """Everything that recomputing needs: criteria with weights, the trail, the ranking."""
    said = {
        "round": round.name,
        "edition": round.edition.slug,
        "criteria": [
            {"name": one.name, "weight": str(one.weight), "highest": one.highest}
            for one in round.criteria.all()
        ],
        "columns": [column.title for column in columns()],
        "trail": list(lines_of(round)),
        "ranking": frozen(round, ranking_of(round)),
        "published": round.published,
    }
    file.write(json.dumps(said, ensure_ascii=False, indent=1, default=str).encode())
