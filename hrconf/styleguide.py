"""Every component on one page, for who builds pages. Routed only while DEBUG is on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace as Sample
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language

AT = datetime(2017, 11, 8, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SPREAD = [131, 74, 62, 49, 38, 31, 27, 22, 18, 15, 12, 10, 5, 4]
MONEY = [Decimal(1_120_000_000), Decimal(894_000_000), Decimal(702_500_000), Decimal(213_500_000)]

# Samples are not part of the product, so they live here in both languages
# and not in the catalogue.
WORDS = {
    "en": {
        "city": "Hangzhou",
        "name": "2017 Hangzhou International Human Resources Exchanges and Cooperation Conference",
        "lead": "Three days in which people, projects and parks from 27 countries and regions meet.",
        "dates": "8–10 November 2017",
        "place": "Hangzhou International Expo Center",
        "sections": "Colour|Type|Figures|Breakdown|Programme|Table|States|Form|Thread and facts|Work in progress|Nothing here",
        "countries": "United States|Germany|United Kingdom|Japan|Canada|Australia|France|Singapore|Republic of Korea|Sweden|Israel|Netherlands|Hong Kong, China|Switzerland",
        "figures": "Attendees at the opening ceremony|Contract volume|Projects signed|Associations since 2009",
        "definition": "People checked in at the desk before the opening ceremony closed, each counted once.",
        "sessions": "Opening ceremony|Forum: biomedicine after the genome|Signing session: information technology|Visit to Binjiang high-tech park",
        "kinds": "Ceremony|Forum|Signing|Park visit",
        "speakers": "Prof. Anna Lindqvist (Uppsala), Dr Chen Wei (Hangzhou), Kenji Watanabe (Kyoto)",
        "projects": "Silicon photonics for data centres|Oral insulin in clinical phase II|A six-axis robot that learns by touch",
        "holders": "Maria Schneider, Munich|Li Na, Boston|Yuki Tanaka, Osaka",
        "districts": "Binjiang|Yuhang|Xiaoshan",
        "columns": "Project|District|Signed on|Amount in CNY|State",
        "states": "signed:Signed|in_review:In review|pending:Pending|bounced:Bounced|cancelled:Cancelled",
        "fields": "Search|Sector|District|Signed from|Amount at least|Cancelled ones too",
        "sectors": "Information|Biomedicine|High-end equipment|Financial services",
        "thread": "Invited by the Binjiang delegation|Invitation opened|Accepted, seat 118 in the main hall|Agreement drawn up",
        "facts": "Name|Country or region|Organization|Languages",
        "values": "Maria Schneider|Germany|Technical University of Munich|German, English",
        "prose": "The conference shows an open and dynamic city to people who may settle in it. Every number on these pages is counted from the rows that the office works on, with its definition and the moment it was computed.",
        "job": "Agreement report, 206 rows",
        "job_text": "Writing the spreadsheet",
        "nothing": "No agreement matches these filters",
        "nothing_text": "Take one of them away, or look at all agreements of this edition.",
        "all": "Show all agreements",
        "notices": "Saved.|The figures were computed two minutes ago.|Three invitations wait for an answer since more than a week.|The mail server refused this address.",
    },
    "zh-hans": {
        "city": "杭州",
        "name": "2017杭州国际人力资源交流与合作大会",
        "lead": "三天时间，来自27个国家和地区的人才、项目与园区在此相遇。",
        "dates": "2017年11月8日至10日",
        "place": "杭州国际博览中心",
        "sections": "色彩|字体|数据|分布|日程|表格|状态|表单|经过与资料|进行中|空白",
        "countries": "美国|德国|英国|日本|加拿大|澳大利亚|法国|新加坡|韩国|瑞典|以色列|荷兰|中国香港|瑞士",
        "figures": "开幕式到场人数|签约总金额|签约项目|2009年以来参会社团",
        "definition": "开幕式结束前在签到台完成签到的人员，每人计一次。",
        "sessions": "开幕式|论坛：基因组之后的生物医药|签约专场：信息技术|考察滨江高新技术产业园区",
        "kinds": "仪式|论坛|签约|园区考察",
        "speakers": "安娜·林奎斯特教授（乌普萨拉）、陈伟博士（杭州）、渡边健司（京都）",
        "projects": "面向数据中心的硅光子技术|口服胰岛素Ⅱ期临床|凭触觉学习的六轴机器人",
        "holders": "玛丽亚·施耐德，慕尼黑|李娜，波士顿|田中由纪，大阪",
        "districts": "滨江区|余杭区|萧山区",
        "columns": "项目|区县|签约日期|金额（人民币）|状态",
        "states": "signed:已签约|in_review:评审中|pending:待处理|bounced:已退回|cancelled:已取消",
        "fields": "搜索|领域|区县|签约日期起|金额不低于|包含已取消",
        "sectors": "信息经济|生物医药|高端装备制造|金融服务",
        "thread": "由滨江代表团邀请|已查看邀请函|已接受邀请，主会场118座|已起草协议",
        "facts": "姓名|国家或地区|单位|语言",
        "values": "玛丽亚·施耐德|德国|慕尼黑工业大学|德语、英语",
        "prose": "大会向有意来杭的人才展示一座开放而充满活力的城市。本站的每一项数据均由大会办公室的工作记录实时统计得出，并注明统计口径与统计时间。",
        "job": "协议报告，共206条",
        "job_text": "正在生成电子表格",
        "nothing": "没有符合条件的协议",
        "nothing_text": "请减少筛选条件，或查看本届全部协议。",
        "all": "查看全部协议",
        "notices": "已保存。|数据统计于两分钟前。|有三份邀请函超过一周未获答复。|邮件服务器拒收该地址。",
    },
}
SWATCHES = [
    "paper",
    "surface",
    "sunken",
    "rule",
    "rule-strong",
    "ink-soft",
    "ink",
    "jade-soft",
    "jade",
    "jade-deep",
    "seal",
    "night",
]


def styleguide(request: HttpRequest) -> HttpResponse:
    """All components with samples; it reads nothing from the database."""
    words = {key: _split(text) for key, text in WORDS[get_language() or "en"].items()}
    context = {
        "edition": _edition(words),
        "words": words,
        "swatches": SWATCHES,
        "figures": _figures(words),
        "countries": [
            Sample(label=n, value=v) for n, v in zip(words["countries"], SPREAD, strict=True)
        ],
        "money": [
            Sample(label=name, value=value)
            for name, value in zip(words["sectors"], MONEY, strict=True)
        ],
        "hero_facts": [words["dates"], words["place"]],
        "agenda": list(_agenda(words)),
        "rows": list(_rows(words)),
        "states": [state.split(":") for state in words["states"]],
        "days": _days(),
        "page_obj": Paginator(range(3012), 50).page(7),
        "filters": _filter_form(words, request),
        "form": _form(words),
        "thread": list(_thread(words)),
        "facts": list(zip(words["facts"], words["values"], strict=True)),
        "notices": list(zip(["good", "note", "warn", "bad"], words["notices"], strict=True)),
        "computed_at": AT,
    }
    return render(request, "styleguide.html", context)


def _split(text: str) -> Any:
    return text.split("|") if "|" in text else text


def _edition(words: dict[str, Any]) -> Sample:
    return Sample(
        slug="2017",
        year=2017,
        city=words["city"],
        name=words["name"],
        starts_on=AT.date(),
        ends_on=AT.date() + timedelta(days=2),
        contact_email="office@conference.example",
    )


def _figures(words: dict[str, Any]) -> list[Sample]:
    before = Sample(year=2016, value=187)
    shape = {"definition": words["definition"], "source": "", "is_recorded": False}
    shape |= {"is_lower_bound": False, "currency": "", "growth": None, "before": None}
    changes: list[dict[str, Any]] = [
        {"value": 3128, "growth": Decimal("6.2"), "before": before},
        {
            "value": Decimal("2930000000"),
            "currency": "CNY",
            "growth": Decimal("44.3"),
            "before": before,
        },
        {"value": 206, "growth": Decimal("-1.4"), "before": before},
        {"value": 100, "is_lower_bound": True, "is_recorded": True},
    ]
    return [
        Sample(**shape | change, label=label, key=f"figure-{place}")
        for place, (label, change) in enumerate(zip(words["figures"], changes, strict=True))
    ]


def _agenda(words: dict[str, Any]) -> Iterator[Sample]:
    for place, (title, kind) in enumerate(zip(words["sessions"], words["kinds"], strict=True)):
        yield Sample(
            title=title,
            url="#agenda",
            kind=kind,
            starts_at=AT + timedelta(minutes=100 * place),
            ends_at=AT + timedelta(minutes=100 * place + 90),
            place=words["place"],
            speakers=words["speakers"] if place == 1 else "",
            is_highlight=place == 0,
            is_cancelled=place == 3,
        )


def _rows(words: dict[str, Any]) -> Iterator[Sample]:
    amounts = [Decimal("128500000"), Decimal("64000000"), Decimal("9750000.50")]
    statuses = [state.split(":") for state in words["states"]][:3]
    each = zip(
        words["projects"], words["holders"], words["districts"], amounts, statuses, strict=True
    )
    for project, holder, district, amount, (status, label) in each:
        yield Sample(
            project=project,
            holder=holder,
            district=district,
            amount=amount,
            status=status,
            label=label,
        )


def _days() -> list[Sample]:
    days = [AT + timedelta(days=number) for number in range(3)]
    return [
        Sample(
            label=date_format(day, "MONTH_DAY_FORMAT"),
            url=f"?day={day:%d}",
            note=date_format(day, "l"),
            is_current=day == AT,
        )
        for day in days
    ]


def _thread(words: dict[str, Any]) -> Iterator[Sample]:
    for place, (title, tone) in enumerate(
        zip(words["thread"], ["note", "quiet", "good", "warn"], strict=True)
    ):
        yield Sample(
            at=AT - timedelta(days=40 - 9 * place), title=title, tone=tone, text="", url="", by=""
        )


def _fields(words: dict[str, Any]) -> dict[str, forms.Field]:
    names = words["fields"]
    sectors = [("", "—"), *enumerate(words["sectors"])]
    districts = list(enumerate(words["districts"]))
    return {
        "q": forms.CharField(label=names[0], required=False),
        "sector": forms.ChoiceField(label=names[1], choices=sectors, required=False),
        "district": forms.ChoiceField(
            label=names[2], choices=[("", "—"), *districts], required=False
        ),
        "from": forms.DateField(
            label=names[3], required=False, widget=forms.DateInput(attrs={"type": "date"})
        ),
        "amount": forms.DecimalField(label=names[4], required=False),
    }


def _filter_form(words: dict[str, Any], request: HttpRequest) -> forms.Form:
    return type("SampleFilters", (forms.Form,), _fields(words))(request.GET or None)


def _form(words: dict[str, Any]) -> forms.Form:
    """A form with a wrong answer and a help text."""
    fields = _fields(words)
    fields["q"] = forms.CharField(label=words["facts"][0], help_text=words["definition"])
    fields["choice"] = forms.ChoiceField(
        label=words["fields"][1],
        choices=list(enumerate(words["sectors"])),
        widget=forms.RadioSelect,
    )
    fields["tick"] = forms.BooleanField(label=words["fields"][5], required=False)
    answers = {"q": "", "amount": "12x", "tick": "on", "choice": "1"}
    return type("SampleForm", (forms.Form,), fields)(answers, auto_id="sample_%s")
