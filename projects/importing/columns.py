"""The columns of a list of projects: headings in English or Chinese, and what they mean."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendees.importing.columns import Column, folded
from hrconf.lib.errors import DomainError

COLUMNS = [
    Column(
        "reference",
        "Reference",
        "项目编号",
        "P-0001",
        gettext_lazy("Ours: a project of the edition is found by it. Left empty, one is given."),
        ["project no", "project number", "no.", "编号", "序号"],
    ),
    Column(
        "source_id",
        "Number in the list",
        "来源编号",
        "antler-01",
        gettext_lazy("What the list calls it: the next list finds the project by it."),
        ["id", "source id", "external id", "uuid"],
    ),
    Column(
        "title",
        "Title",
        "项目名称",
        "智能手术机器人",
        gettext_lazy("In either script; it is filed under its language."),
        ["name", "project", "project name", "project title", "startup", "项目", "名称"],
    ),
    Column(
        "title_en",
        "Title (English)",
        "项目名称（英文）",
        "Surgical robot",
        gettext_lazy("At least one title or company is needed."),
        ["english title", "english name", "英文名称", "项目英文名称"],
    ),
    Column(
        "title_zh_hans",
        "Title (Chinese)",
        "项目名称（中文）",
        "手术机器人",
        gettext_lazy("At least one title or company is needed."),
        ["chinese title", "chinese name", "中文名称", "项目中文名称"],
    ),
    Column(
        "summary",
        "Summary",
        "项目简介",
        "A robot that …",
        gettext_lazy("In either language."),
        ["description", "about", "one-liner", "pitch", "abstract", "简介", "项目介绍", "项目描述"],
    ),
    Column(
        "summary_en",
        "Summary (English)",
        "项目简介（英文）",
        "A robot that …",
        gettext_lazy("In English."),
        ["english summary", "english description", "英文简介"],
    ),
    Column(
        "summary_zh_hans",
        "Summary (Chinese)",
        "项目简介（中文）",
        "一种……",
        gettext_lazy("In Chinese."),
        ["chinese summary", "chinese description", "中文简介"],
    ),
    Column(
        "organization",
        "Company or team",
        "公司或团队",
        "Lakeside Robotics",
        gettext_lazy("In either script. It gives the title where there is no other."),
        ["company", "company name", "organization", "organisation", "team", "applicant", "公司",
         "企业", "企业名称", "单位", "申报单位", "公司名称"],
    ),
    Column(
        "sector",
        "Sector",
        "产业领域",
        "biomedicine",
        gettext_lazy("Name or key of a sector of ours, or words of the trade; the first known counts."),
        ["industry", "industries", "category", "categories", "field", "tags", "领域", "行业",
         "所属领域", "所属行业", "产业"],
    ),
    Column(
        "country",
        "Country or region",
        "国家或地区",
        "CA",
        gettext_lazy("Two letters or a name; the last part of an address will do."),
        ["country", "region", "country/region", "headquarters (country)", "hq country", "location",
         "国家", "国别", "地区", "国家/地区", "来源国"],
    ),
    Column(
        "place",
        "Place",
        "所在地",
        "Toronto - Ontario - Canada",
        gettext_lazy("An address or city: says the country where no other column does."),
        ["mapping location", "address", "office address", "headquarters", "hq", "city", "地址"],
    ),
    Column(
        "website",
        "Website",
        "网址",
        "https://lakeside.example",
        gettext_lazy("Projects of one name are told apart by it."),
        ["url", "web", "homepage", "web site", "官网", "网站"],
    ),
    Column(
        "founded_year",
        "Founded in",
        "成立年份",
        "2015",
        gettext_lazy("A year of four digits."),
        ["year founded", "founded", "founded year", "founding year", "成立时间", "成立日期"],
    ),
    Column(
        "stage",
        "Stage",
        "发展阶段",
        "pilot",
        gettext_lazy("Idea, prototype, pilot, on the market or growth."),
        ["project stage", "阶段", "项目阶段"],
    ),
    Column(
        "seeking",
        "Seeking",
        "合作需求",
        "funding, space",
        gettext_lazy("Funding, partner, space, talent; several with commas."),
        ["looking for", "needs", "需求", "项目需求"],
    ),
    Column(
        "funding_sought",
        "Funding sought",
        "融资需求",
        "5,000,000 CNY",
        gettext_lazy("An amount, with its currency before or after it; without one CNY."),
        ["amount sought", "ask", "融资金额", "拟融资金额"],
    ),
    Column(
        "holder",
        "Holder",
        "项目负责人",
        "张伟",
        gettext_lazy("Who brings the project, in either script."),
        ["project holder", "contact", "contact person", "leader", "负责人", "联系人", "姓名"],
    ),
    Column(
        "holder_email",
        "E-mail of the holder",
        "负责人邮箱",
        "zhang.wei@guests.example",
        gettext_lazy("People are recognised by it first."),
        ["email", "e-mail", "contact email", "邮箱", "电子邮箱", "联系邮箱"],
    ),
    Column(
        "status",
        "Standing",
        "项目状态",
        "applied",
        gettext_lazy("For new projects; one that is here keeps its own."),
        ["project status", "状态"],
    ),
    Column(
        "invited_on",
        "Invited on",
        "邀请日期",
        "2017-09-01",
        gettext_lazy("A date."),
        ["invited", "date invited", "邀请时间"],
    ),
]  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
KEYS = {folded(name): column.key for column in COLUMNS for name in column.headings}
NAMES = {"title", "title_en", "title_zh_hans", "organization"}


def heading(key: str) -> str:
    """What a column is called, in the reader's language."""
    return BY_KEY[key].title


def signature(headings: Sequence[str]) -> str:
    """What two files with the same headings have in common, whatever case and width."""
    return hashlib.sha256("\n".join(map(folded, headings)).encode()).hexdigest()


@dataclass
class Header:
    """How the headings of a file are understood: the field of each column, "" if left out."""

    headings: list[str]
    fields: list[str] = field(default_factory=list)

    @property
    def places(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.fields) if key}

    @property
    def has_names(self) -> bool:
        return bool(NAMES & set(self.fields))

    @property
    def left_out(self) -> list[str]:
        """Headings of columns that nobody reads."""
        pairs = zip(self.headings, self.fields, strict=True)
        return [name for name, key in pairs if name.strip() and not key]


def understand(headings: Sequence[str], fields: Sequence[str] | None = None) -> Header:
    """Tell which column is which field: as `fields` says, else by its heading.

    Of two columns for one field the first counts.
    """
    header = Header(list(headings))
    for place, name in enumerate(headings):
        if fields is None:
            key = KEYS.get(folded(name), "")
        else:
            key = fields[place] if place < len(fields) and fields[place] in BY_KEY else ""
        header.fields.append("" if key in header.fields else key)
    return header


def check_fields(fields: Sequence[str]) -> None:
    """Raise DomainError with a sentence if the fields make no list of projects."""
    chosen = [one for one in fields if one]
    if unknown := [one for one in chosen if one not in BY_KEY]:
        text = _("There is no field called %(names)s.") % {"names": ", ".join(unknown)}
        raise DomainError(text, code="unknown_field")
    if twice := [heading(one) for one, count in Counter(chosen).items() if count > 1]:
        text = _("Several columns are to be %(names)s: choose one of them.")
        raise DomainError(text % {"names": ", ".join(twice)}, code="twice")
    if not NAMES & set(chosen):
        raise DomainError(_("No column holds titles or companies."), code="no_names")


def fields_of_map(headings: Sequence[str], choices: Mapping[str, str]) -> list[str]:
    """The field of each column out of {heading: field}; what is not named is looked up.

    An empty field leaves a column out. Refuses a heading that the file does not have.
    """
    by_name = {folded(name): key for name, key in choices.items()}
    if missing := [name for name in choices if folded(name) not in map(folded, headings)]:
        text = _("The file has no column called %(names)s.")
        raise DomainError(text % {"names": ", ".join(missing)}, code="no_column")
    taken = {key for key in by_name.values() if key}
    fields = []
    for name in headings:
        guessed = KEYS.get(folded(name), "")
        fields.append(by_name.get(folded(name), "" if guessed in taken else guessed))
    check_fields([one for one in by_name.values() if one] and fields)
    return fields
