"""What a report of agreements says, in one language, before it is a file.

The rows are read once: one pass writes them, in words of the report's language,
to a temporary file and adds up the totals, so that both are of one moment and
memory stays small however many there are.
"""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from tempfile import SpooledTemporaryFile
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.forms.filters import AgreementFilter
from agreements.models import Agreement, AgreementParty
from agreements.reports.tally import (
    Breakdown,
    Tally,
    Uncounted,
    UsedRate,
    breakdowns_of,
    cell_of,
    rates_of,
    tally_of,
    uncounted_of,
)
from agreements.services.rates import MAX_AGE
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.sheets import Cell, Column, Kind

CHUNK = 1000
IN_MEMORY = 4 * 2**20
Role = AgreementParty.Role
Progress = Callable[[int, int], None]


@dataclass
class Report:
    """A report in the active language: whose, of what, when, and how much."""

    edition: Edition
    filters: list[tuple[str, str]]
    drawn_at: datetime
    drawn_by: str
    tally: Tally

    @property
    def title(self) -> str:
        return _("Report of agreements")

    @property
    def drawn(self) -> str:
        """The instant with its zone, as in “8 Nov 2017, 17:00 (Asia/Shanghai, UTC+08:00)”."""
        local = self.drawn_at
        offset = local.strftime("%z")
        zone = f"{self.edition.time_zone}, UTC{offset[:3]}:{offset[3:5]}"
        return f"{date_format(local, 'DATETIME_FORMAT')} ({zone})"

    @property
    def filters_in_words(self) -> str:
        """All filters on one line."""
        return "; ".join(f"{label}: {value}" for label, value in self.filters) or str(
            _("None: all agreements of the edition")
        )

    @cached_property
    def breakdowns(self) -> list[Breakdown]:
        return breakdowns_of(self.tally)

    @cached_property
    def uncounted(self) -> list[Uncounted]:
        return uncounted_of(self.tally)

    @cached_property
    def rates(self) -> list[UsedRate]:
        return rates_of(self.tally)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What stands at the head of every report."""
        return [
            (_("Edition"), self.edition.name),
            (_("Filters"), self.filters_in_words),
            (_("Drawn"), self.drawn),
            (_("Drawn by"), self.drawn_by),
        ]

    @property
    def definitions(self) -> list[tuple[str, str]]:
        """What the words and numbers mean."""
        return [
            (
                _("Counted"),
                _(
                    "An agreement counts once it is signed, and still counts when its company is "
                    "registered or its capital has arrived. Cancelled agreements and those not "
                    "yet signed are listed where the filters include them, and are in no total."
                ),
            ),
            (
                _("Amount in CNY"),
                _(
                    "The agreed amount times the yuan per unit of its currency, as recorded for "
                    "the day of signing and fixed on the agreement; each agreement is rounded "
                    "half up to the fen before amounts are added."
                ),
            ),
            (
                _("Amount in USD"),
                _(
                    "The agreed amount in yuan divided by the yuan per US dollar of the same "
                    "day; each agreement is rounded half up to the cent before amounts are added."
                ),
            ),
            (
                _("Exchange rates"),
                _(
                    "The last rates published on or before the day of signing, at most %(days)s "
                    "days old. Their sources are listed with this report."
                )
                % {"days": MAX_AGE.days},
            ),
            (
                _("Sector"),
                _("Sub-sectors are counted under the sector that they are part of."),
            ),
        ]


def report_on_screen(edition: Edition, chosen: AgreementFilter, agreements, by: User) -> Report:
    """The report without rows; the database adds up."""
    return _report(edition, chosen, tally_of(agreements), by)


def _report(edition: Edition, chosen: AgreementFilter, tally: Tally, by: User) -> Report:
    now = timezone.localtime(timezone.now(), edition.tz)
    return Report(edition, chosen.in_words(), now, str(by), tally)


class DrawnReport:
    """A report with its rows, kept in a temporary file until it is closed."""

    def __init__(
        self, edition: Edition, chosen: AgreementFilter, agreements, by: User, progress: Progress
    ) -> None:
        self.edition, self.chosen, self.by = edition, chosen, by
        found = columns()
        self.keys, self.columns = list(found), list(found.values())
        self.kept: Any = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed by __exit__
        self.report = self._read(agreements, progress)

    def __enter__(self) -> "DrawnReport":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.kept.close()

    def _read(self, agreements, progress: Progress) -> Report:
        tally, total = Tally(), agreements.count()
        rows = agreements.with_sides().select_related(
            "sector__parent", "district", "park", "project", "signed_at_session"
        )
        for done, agreement in enumerate(rows.iterator(CHUNK), 1):
            tally.add(cell_of(agreement))
            pickle.dump(row_of(agreement), self.kept)
            if done % CHUNK == 0:
                progress(done, total * 2)
        return _report(self.edition, self.chosen, tally, self.by)

    def rows(self, progress: Progress | None = None) -> Iterator[list[Cell]]:
        """The rows again, from the temporary file."""
        self.kept.seek(0)
        total = self.report.tally.rows
        for done in range(total):
            if progress and done % CHUNK == 0:
                progress(total + done, total * 2)
            yield pickle.load(self.kept)  # noqa: S301  we wrote it ourselves a moment ago


def columns() -> dict[str, Column]:
    """The columns of the rows by key, in the active language."""
    return {
        "reference": Column(_("Reference")),
        "title": Column(_("Title")),
        "status": Column(_("Status")),
        "counted": Column(_("Counted")),
        "sector": Column(_("Sector")),
        "subsector": Column(_("Sub-sector")),
        "district": Column(_("District")),
        "park": Column(_("Industrial park")),
        "country": Column(_("Country or region of origin")),
        "project_side": Column(_("Project side")),
        "receiving_side": Column(_("Receiving side")),
        "others": Column(_("Investors and witnesses")),
        "project": Column(_("Project")),
        "signed_on": Column(_("Signed on"), Kind.DATE),
        "signed_at": Column(_("Signed at")),
        "amount": Column(_("Amount"), Kind.MONEY),
        "currency": Column(_("Currency")),
        "rate": Column(_("CNY per unit"), Kind.RATE),
        "usd_rate": Column(_("CNY per USD"), Kind.RATE),
        "rate_on": Column(_("Day of the rates"), Kind.DATE),
        "cny": Column(_("Amount in CNY"), Kind.MONEY),
        "usd": Column(_("Amount in USD"), Kind.MONEY),
    }


def row_of(agreement: Agreement) -> list[Cell]:
    """The cells of an agreement. What is not counted has no amount in CNY or USD."""
    is_counted = agreement.is_counted
    sector = agreement.sector
    return [
        agreement.reference,
        agreement.title,
        agreement.get_status_display(),
        _("Yes") if is_counted else _("No"),
        agreement.top_sector.name,
        sector.name if sector.parent_id else "",
        agreement.district.name if agreement.district else "",
        agreement.park.name if agreement.park else "",
        str(agreement.country.name) if agreement.country else "",
        parties_of(agreement, Role.PROJECT),
        parties_of(agreement, Role.HOST),
        parties_of(agreement, Role.INVESTOR, Role.WITNESS),
        agreement.project.reference if agreement.project else "",
        agreement.signed_on,
        agreement.signed_at_session.title if agreement.signed_at_session else "",
        agreement.amount,
        agreement.currency,
        agreement.rate,
        agreement.usd_rate,
        agreement.rate_on,
        agreement.amount_cny if is_counted else None,
        agreement.amount_usd if is_counted else None,
    ]


def parties_of(agreement: Agreement, *roles: str) -> str:
    """The names of the parties in the roles, in their order; no query when prefetched."""
    return "; ".join(side.party.name for side in agreement.sides.all() if side.role in roles)
