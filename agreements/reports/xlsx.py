"""The report as a workbook: summary, agreements, definitions."""

from typing import IO

from django.utils.translation import gettext as _

from agreements.reports.content import DrawnReport, Progress, Report
from agreements.reports.tally import Breakdown
from hrconf.lib.sheets import Block, Column, Kind, Sheet, write_xlsx


def write(drawn: DrawnReport, file: IO[bytes], progress: Progress) -> None:
    """Write the workbook; the sheet of agreements streams."""
    sheets = [
        Sheet(_("Summary"), summary_blocks(drawn.report), title=drawn.report.title),
        Sheet.table(_("Agreements"), drawn.columns, drawn.rows(progress)),
        Sheet(_("Definitions"), definition_blocks(drawn.report), title=_("Definitions")),
    ]
    write_xlsx(file, sheets, title=f"{drawn.report.title} · {drawn.report.edition.name}")


def summary_blocks(report: Report) -> list[Block]:
    return [
        facts_block(report),
        totals_block(report),
        *(breakdown_block(breakdown, report) for breakdown in report.breakdowns),
        *([uncounted_block(report)] if report.uncounted else []),
    ]


def facts_block(report: Report) -> Block:
    return Block([Column(_("About this report")), Column("")], report.facts)


def totals_block(report: Report) -> Block:
    counted = report.tally.counted
    columns = [
        Column(_("Total")),
        Column(_("Agreements"), Kind.INTEGER),
        Column(_("Amount in CNY"), Kind.MONEY),
        Column(_("Amount in USD"), Kind.MONEY),
    ]
    row = (_("Counted: signed, not cancelled"), counted.number, counted.cny, counted.usd)
    return Block(columns, [row], _("Totals"))


def breakdown_block(breakdown: Breakdown, report: Report) -> Block:
    counted = report.tally.counted
    columns = [
        Column(breakdown.head),
        Column(_("Agreements"), Kind.INTEGER),
        Column(_("Amount in CNY"), Kind.MONEY),
        Column(_("Amount in USD"), Kind.MONEY),
        Column(_("Share of the volume"), Kind.PERCENT),
    ]
    rows = [(line.label, line.number, line.cny, line.usd, line.share) for line in breakdown.lines]
    whole = (_("Total"), counted.number, counted.cny, counted.usd, 1 if counted.cny else None)
    return Block(columns, rows, breakdown.title, totals=whole)


def uncounted_block(report: Report) -> Block:
    columns = [
        Column(_("Status")),
        Column(_("Agreements"), Kind.INTEGER),
        Column(_("Amount as agreed"), Kind.MONEY),
        Column(_("Currency")),
    ]
    rows = [
        (group.label, number, amount, currency)
        for group in report.uncounted
        for currency, number, amount in group.lines
    ]
    return Block(columns, rows, _("Listed, but not counted"))


def definition_blocks(report: Report) -> list[Block]:
    rates = [(rate.on, rate.currency, rate.rate, rate.source) for rate in report.rates]
    rate_columns = [
        Column(_("Day"), Kind.DATE),
        Column(_("Currency")),
        Column(_("CNY per unit"), Kind.RATE),
        Column(_("Source")),
    ]
    return [
        Block([Column(_("Term")), Column(_("Meaning"))], report.definitions),
        Block(rate_columns, rates, _("Exchange rates used")),
    ]
