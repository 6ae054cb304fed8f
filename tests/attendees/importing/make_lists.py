"""Makers of guest lists: rows to bytes, bytes to an uploaded list."""

import csv
import io

from django.core.files.base import ContentFile

from attendees.importing.writing import import_guest_list, upload_guest_list
from attendees.models import GuestList
from hrconf.accounts.models import User
from tests import make

HEADING = ["姓名", "拼音或英文名", "电子邮箱", "国家或地区", "单位（中文）"]
ZHANG = ["张伟", "Zhang Wei", "zhang@guests.example", "加拿大", "湖滨生物"]
LI = ["李娜", "Li Na", "li@guests.example", "FR", ""]


def as_csv(*rows: list[str], encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def guest_list(*rows: list[str], heading=HEADING, encoding="utf-8-sig", **fields) -> GuestList:
    """An uploaded list, not yet imported."""
    fields["edition"] = fields.get("edition") or make.edition()
    by: User = fields.pop("by", None) or make.user()
    file = ContentFile(as_csv(heading, *rows, encoding=encoding), name="guests.csv")
    return upload_guest_list(GuestList(**fields), file, by=by)


def imported(*rows: list[str], **fields) -> GuestList:
    """The same, and imported."""
    return import_guest_list(guest_list(*rows, **fields).pk)


def counts(guest_list: GuestList) -> tuple[int, int, int, int]:
    """Created, changed, matched, refused."""
    found = guest_list.report["counts"]
    return tuple(found[key] for key in ["created", "changed", "matched", "refused"])


def notes(guest_list: GuestList) -> dict[int, list[str]]:
    """What the report says to each line."""
    return {row["line"]: row["notes"] for row in guest_list.report["rows"]}
