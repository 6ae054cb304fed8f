"""The columns of a guest list: headings in English or Chinese, and what they mean."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hrconf.lib.names import HAN

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2}")


@dataclass(frozen=True)
class Column:
    """A column: its field, its headings, other names that people give it, an example."""

    key: str
    english: str
    chinese: str
    example: str
    help: object
    others: Sequence[str] = ()

    @property
    def title(self) -> str:
        """The heading in the reader's language."""
        is_chinese = (get_language() or "").startswith("zh")
        return self.chinese if is_chinese else self.english

    @property
    def headings(self) -> list[str]:
        return [self.key, self.english, self.chinese, *self.others]


COLUMNS = [
    Column(
        "name_native",
        "Name (own script)",
        "姓名",
        "张伟",
        _("As its owner writes it. At least one of the two names is needed."),
        ["name", "full name", "chinese name", "native name", "中文姓名", "中文名", "嘉宾姓名"],
    ),
    Column(
        "name_latin",
        "Name (Latin)",
        "拼音或英文名",
        "Zhang Wei",
        _("In Latin letters."),
        ["latin name", "english name", "pinyin", "英文姓名", "英文名", "外文姓名", "拼音"],
    ),
    Column(
        "email",
        "E-mail",
        "电子邮箱",
        "zhang.wei@guests.example",
        _("People are recognised by it first."),
        ["email", "mail", "e-mail address", "email address", "邮箱", "电子邮件", "邮件"],
    ),
    Column(
        "phone",
        "Phone",
        "手机",
        "+1 604 555 0123",
        _("With the country's number, or as dialled in the country of the row."),
        ["telephone", "mobile", "tel", "cell", "电话", "手机号", "手机号码", "联系电话"],
    ),
    Column(
        "country",
        "Country or region",
        "国家或地区",
        "CA",
        _("Two letters, or the name in English or Chinese."),
        ["country", "region", "country/region", "国家", "国别", "国籍", "地区", "国家/地区"],
    ),
    Column(
        "organization_en",
        "Organization (English)",
        "单位（英文）",
        "Lakeside Biotech",
        _("Where they work."),
        ["organization", "organisation", "company", "affiliation", "employer", "英文单位"],
    ),
    Column(
        "organization_zh_hans",
        "Organization (Chinese)",
        "单位（中文）",
        "湖滨生物",
        _("Where they work."),
        ["单位", "公司", "机构", "工作单位", "中文单位", "所在单位", "单位名称"],
    ),
    Column(
        "title_en",
        "Title (English)",
        "职务（英文）",
        "Chief scientist",
        _("What they are there."),
        ["title", "job title", "position", "英文职务"],
    ),
    Column(
        "title_zh_hans",
        "Title (Chinese)",
        "职务（中文）",
        "首席科学家",
        _("What they are there."),
        ["职务", "职位", "职称", "中文职务", "头衔"],
    ),
    Column(
        "preferred_language",
        "Language of mail",
        "邮件语言",
        "zh-hans",
        _("en or zh-hans. Without it: Chinese for who has only a Chinese name, else English."),
        ["language", "mail language", "语言", "首选语言"],
    ),
    Column(
        "association",
        "Association",
        "推荐社团",
        "",
        _("Name or slug of an association of ours: who sends the guest."),
        ["sent by", "sender", "社团", "协会", "推荐单位", "推荐协会"],
    ),
    Column(
        "category",
        "Category",
        "参会类别",
        "",
        _("Name or key of a category of the edition."),
        ["kind", "类别", "嘉宾类别", "参会身份"],
    ),
    Column(
        "note",
        "Note",
        "备注",
        "",
        _("For the office; guests do not see it."),
        ["notes", "remark", "remarks", "comment", "说明"],
    ),
]
# Read as well, but not asked for in the template: names that are one or two columns elsewhere.
OTHER_COLUMNS = [
    Column(
        "name_both",
        "Name (both scripts)",
        "姓名（中英文）",
        "张伟 Zhang Wei",
        _("Both scripts in one column, in either order: they are parted."),
        ["bilingual name", "name in both scripts", "中英文姓名", "姓名（中文/英文）"],
    ),
    Column(
        "family_name",
        "Family name",
        "姓",
        "Zhang",
        _("Joined with the given name, in the order of its language."),
        ["last name", "surname", "familyname", "姓氏"],
    ),
    Column(
        "given_name",
        "Given name",
        "名",
        "Wei",
        _("Joined with the family name."),
        ["first name", "forename", "givenname", "名字"],
    ),
]
ALL_COLUMNS = [*COLUMNS[:2], *OTHER_COLUMNS, *COLUMNS[2:]]
BY_KEY = {column.key: column for column in ALL_COLUMNS}
NAMES = {"name_native", "name_latin", "name_both", "family_name", "given_name"}
SAMPLES = 50  # rows that a guess looks at


def heading(key: str) -> str:
    """What a column is called, in the reader's language."""
    return BY_KEY[key].title


def folded(text: str) -> str:
    """A heading or name without case, width, spaces and punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", plain)


KEYS = {folded(heading): column.key for column in ALL_COLUMNS for heading in column.headings}


def signature(headings: Sequence[str]) -> str:
    """What two files with the same headings have in common, whatever case and width."""
    return hashlib.sha256("\n".join(map(folded, headings)).encode()).hexdigest()


@dataclass
class Header:
    """How the headings of a file were understood."""

    places: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    @property
    def has_names(self) -> bool:
        return bool(NAMES & set(self.places))

    @property
    def known(self) -> list[tuple[Column, int]]:
        """The columns that were found, with their places, counted from nought."""
        return [(BY_KEY[key], place) for key, place in self.places.items()]


def understand(headings: Sequence[str], fields: Sequence[str] | None = None) -> Header:
    """Tell which column is which field; the first of two equal ones counts.

    `fields` says it for each column, "" for one left out; without it the
    headings are looked up.
    """
    header = Header(headings=list(headings))
    for place, heading in enumerate(headings):
        key = _field_at(place, heading, fields)
        is_taken = key in header.places
        header.fields.append("" if is_taken else key)
        if is_taken:
            header.doubled.append(heading)
        elif key:
            header.places[key] = place
        elif heading.strip():
            header.unknown.append(heading)
    return header


def _field_at(place: int, heading: str, fields: Sequence[str] | None) -> str:
    if fields is None:
        return KEYS.get(folded(heading), "")
    return fields[place] if place < len(fields) and fields[place] in BY_KEY else ""


def guess(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The field of each column, by its heading and, for names, by what stands under it."""
    fields = understand(headings).fields
    for place, key in enumerate(fields):
        cells = [row[place] for row in rows[:SAMPLES] if place < len(row) and row[place].strip()]
        both = sum(bool(HAN.search(cell) and LATIN.search(cell)) for cell in cells)
        if key in {"name_native", "name_latin"} and both * 2 > len(cells):
            fields[place] = "name_both"
    return fields
