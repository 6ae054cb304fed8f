"""The columns of a guest list: headings in English or Chinese, and what they mean."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


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
BY_KEY = {column.key: column for column in COLUMNS}


def heading(key: str) -> str:
    """What a column is called, in the reader's language."""
    return BY_KEY[key].title


def folded(text: str) -> str:
    """A heading or name without case, width, spaces and punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", plain)


KEYS = {folded(heading): column.key for column in COLUMNS for heading in column.headings}


@dataclass
class Header:
    """How the headings of a file were understood."""

    places: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @property
    def has_names(self) -> bool:
        return bool({"name_native", "name_latin"} & set(self.places))

    @property
    def known(self) -> list[tuple[Column, int]]:
        """The columns that were found, with their places, counted from nought."""
        return [(BY_KEY[key], place) for key, place in self.places.items()]


def understand(headings: Sequence[str]) -> Header:
    """Tell which heading is which column; the first of two equal ones counts."""
    header = Header()
    for place, heading in enumerate(headings):
        key = KEYS.get(folded(heading))
        if not heading.strip():
            continue
        if key is None:
            header.unknown.append(heading)
        elif key in header.places:
            header.doubled.append(heading)
        else:
            header.places[key] = place
    return header
