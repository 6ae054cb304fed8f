"""The report as a PDF on A4, for someone who reads it on paper."""

import re
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from agreements.reports.content import DrawnReport, Progress, Report
from agreements.reports.tally import Breakdown
from hrconf.lib.money import format_amount, is_chinese, short_amount
from hrconf.lib.pdf import render_pdf
from hrconf.lib.sheets import Cell, clean

TEMPLATE = Path(__file__).with_name("report.typ")
MARK = settings.BASE_DIR / "static" / "img" / "mark.svg"
MOST_RATES = 14
# Marks that would turn the direction of the text behind them.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
OTHER = {"en": "zh-hans", "zh-hans": "en"}


def write(drawn: DrawnReport, file: IO[bytes], progress: Progress) -> None:
    """Draw the PDF; the rows are held in memory, so their number is limited by the caller."""
    data = summary_of(drawn.report)
    data["rows"] = [row_of(cells, drawn) for cells in drawn.rows(progress)]
    file.write(render_pdf(TEMPLATE, data))


def summary_of(report: Report) -> dict[str, Any]:
    """All but the rows, as the template takes it: text and numbers already written out."""
    language = get_language() or "en"
    counted = report.tally.counted
    with override(OTHER[language]):
        title_other, edition_other = report.title, report.edition.name
    return {
        "lang": "zh" if is_chinese(language) else "en",
        "region": "cn" if is_chinese(language) else "gb",
        "mark": MARK.read_text(),
        "title": report.title,
        "title_other": title_other,
        "edition": plain(report.edition.name),
        "edition_other": plain(edition_other),
        "drawn": report.drawn,
        "by": plain(report.drawn_by),
        "filters": plain(report.filters_in_words),
        "uncounted": _uncounted(report),
        "headline": _headline(report, language),
        "breakdowns": [breakdown_of(part, report) for part in report.breakdowns if part.lines],
        "definitions": [{"term": term, "text": text} for term, text in report.definitions],
        "rates": _rates(report),
        "more_rates": _more_rates(report),
        "total_cny": number(counted.cny),
        "total_usd": number(counted.usd),
        "words": _words(),
        "rows": [],
    }


def _headline(report: Report, language: str) -> list[dict[str, str]]:
    counted = report.tally.counted
    amounts = [
        (_("Contract volume in CNY"), counted.cny, "CNY"),
        (_("Contract volume in USD"), counted.usd, "USD"),
    ]
    first = {
        "label": _("Agreements signed"),
        "value": f"{counted.number:,}",
        "exact": _("signed, not cancelled"),
    }
    return [
        first,
        *(
            {
                "label": label,
                "value": short_amount(amount, currency, language),
                "exact": format_amount(amount, currency, language),
            }
            for label, amount, currency in amounts
        ),
    ]


def breakdown_of(part: Breakdown, report: Report) -> dict[str, Any]:
    counted = report.tally.counted
    return {
        "key": part.key,
        "title": part.title,
        "head": part.head,
        "lines": [
            {
                "label": plain(line.label),
                "number": f"{line.number:,}",
                "cny": number(line.cny),
                "usd": number(line.usd),
                "share": line.percent,
                "width": float(width.rstrip("%")),
            }
            for line, width in part.bars
        ],
        "total": [_("Total"), f"{counted.number:,}", number(counted.cny), number(counted.usd), ""],
    }


def _uncounted(report: Report) -> str | None:
    groups = [f"{group.label} {group.number:,}" for group in report.uncounted]
    return " · ".join(groups) or None


def _rates(report: Report) -> list[dict[str, str]]:
    return [
        {
            "on": date_format(rate.on),
            "currency": rate.currency,
            "rate": f"{rate.rate.normalize():f}",
            "source": plain(rate.source),
        }
        for rate in report.rates[:MOST_RATES]
    ]


def _more_rates(report: Report) -> str | None:
    more = len(report.rates) - MOST_RATES
    if more <= 0:
        return None
    text = ngettext(
        "%(count)s more rate is in the spreadsheet of this report.",
        "%(count)s more rates are in the spreadsheet of this report.",
        more,
    )
    return text % {"count": more}


def _words() -> dict[str, Any]:
    """What the template itself says."""
    return {
        "page": _("Page {page} of {pages}"),
        "by": _("Drawn by"),
        "filters": _("Filters"),
        "uncounted": _("Listed, but not counted"),
        "number": _("Agreements"),
        "cny": _("CNY"),
        "usd": _("USD"),
        "share": _("Share"),
        "definitions": _("Definitions"),
        "rates": _("Exchange rates used"),
        "total": _("Total of what is counted"),
        "columns": [
            _("Reference"),
            _("Title and parties"),
            _("Sector and origin"),
            _("Lands in"),
            _("Status"),
            _("Amount as agreed"),
            _("Amount in CNY"),
            _("Amount in USD"),
        ],
    }


def row_of(cells: list[Cell], drawn: DrawnReport) -> dict[str, str]:
    """A row as the template takes it."""
    row = dict(zip(drawn.keys, cells, strict=True))
    parties = [row["project_side"], row["receiving_side"], row["others"]]
    return {
        "reference": plain(row["reference"]),
        "title": plain(row["title"]),
        "parties": plain(" · ".join(str(names) for names in parties if names)),
        "sector": plain(row["subsector"] or row["sector"]),
        "district": plain(row["district"]),
        "park": plain(row["park"]),
        "country": plain(row["country"]),
        "status": str(row["status"]),
        "signed": row["signed_on"].isoformat() if row["signed_on"] else "",
        "amount": f"{row['currency']} {number(row['amount'])}",
        "cny": number(row["cny"]),
        "usd": number(row["usd"]),
    }


def plain(text: object) -> str:
    """Text from people, without what could disturb the page around it."""
    return TURNS.sub("", clean(text)).replace("\r", " ")


def number(amount: Any) -> str:
    return "" if amount is None else f"{amount:,.2f}"
