"""What guests of 2017 were asked when they registered, and once they were confirmed."""

from dataclasses import dataclass, field

from agreements.edition_2017.text import Text, text


@dataclass(frozen=True)
class Question:
    """A question with its choices (key, words, places) and, of a consent, its text."""

    key: str
    kind: str
    words: Text
    help: Text = field(default_factory=lambda: Text("", ""))
    choices: tuple[tuple[str, Text, int | None], ...] = ()
    is_required: bool = False
    asks_approval: bool = False
    shown_if: tuple[str, str] | None = None
    consent: Text | None = None
    meaning: str = ""


def choices(block: str) -> tuple[tuple[str, Text, int | None], ...]:
    """Lines of `key | places or - | English | 中文`."""
    lines = [[cell.strip() for cell in line.split("|")] for line in block.strip().splitlines()]
    return tuple(
        (key, Text(english, chinese), None if places == "-" else int(places))
        for key, places, english, chinese in lines
    )


SECTORS = """
    information | - | Information economy | 信息经济
    biomedicine | - | Biomedicine and health | 生物医药与健康
    manufacturing | - | Advanced manufacturing | 高端装备制造
    finance | - | Financial technology and services | 金融科技与服务
"""
AIMS = """
    partners | - | Partners for my project | 项目合作伙伴
    funding | - | Funding | 融资
    position | - | A position or a professorship | 岗位或教职
    site | - | A site or laboratory in Hangzhou | 在杭落户场地或实验室
    look | - | To get to know the city | 了解杭州
"""
HOTELS = """
    expo | 260 | Hotel beside the expo centre | 博览中心旁酒店
    lake | 120 | Hotel by West Lake (30 minutes by bus) | 西湖边酒店（班车30分钟）
    own | - | I have my own place to stay | 自行安排
"""
DIETS = """
    any | - | No restriction | 无特殊要求
    vegetarian | - | Vegetarian | 素食
    halal | - | Halal | 清真
    kosher | - | Kosher | 犹太洁食
"""
TONGUES = """
    en | - | English | 英语
    ja | - | Japanese | 日语
    ru | - | Russian | 俄语
    ko | - | Korean | 韩语
"""
PRIVACY = text(
    "The organizing committee keeps my data to prepare and hold the conference, shows my "
    "name, organization and title to those I meet there, and deletes my travel data when "
    "the edition is over. I may withdraw this consent at any time by writing to the office."
    "|组委会为筹备和举办大会保存我的个人资料，向与我会面的人员展示我的姓名、单位和职务，"
    "并在大会结束后删除我的行程资料。我可随时致函组委会撤回本同意。"
)
PHOTOS = text(
    "Photographs and recordings of the conference in which I can be recognized may be "
    "published by the organizing committee."
    "|组委会可以公开发布含有本人形象的大会照片和影像。"
)

MAIN: list[tuple[Text, list[Question]]] = [
    (
        text("Your visit|参会意向"),
        [
            Question(
                "first-visit",
                "yes_no",
                text("Is this your first visit to Hangzhou?|您是否首次来杭州？"),
                is_required=True,
            ),
            Question(
                "sectors",
                "choices",
                text("Which sectors interest you?|您关注哪些领域？"),
                choices=choices(SECTORS),
                is_required=True,
            ),
            Question(
                "aim",
                "choice",
                text("What do you hope to find above all?|您最希望达成什么？"),
                choices=choices(AIMS),
                is_required=True,
            ),
        ],
    ),
    (
        text("Languages|语言"),
        [
            Question(
                "interpreter",
                "yes_no",
                text("Do you need an interpreter in your meetings?|洽谈时是否需要翻译？"),
                is_required=True,
                asks_approval=True,
            ),
            Question(
                "tongue",
                "choice",
                text("Into which language?|翻译语种"),
                choices=choices(TONGUES),
                is_required=True,
                shown_if=("interpreter", "yes"),
            ),
        ],
    ),
    (
        text("Consents|同意书"),
        [
            Question(
                "privacy",
                "consent",
                text("I agree to the use of my data|同意使用本人资料"),
                is_required=True,
                consent=PRIVACY,
            ),
            Question(
                "photos", "consent", text("I agree to photographs|同意影像使用"), consent=PHOTOS
            ),
        ],
    ),
]

TRAVEL: list[tuple[Text, list[Question]]] = [
    (
        text("Arrival|抵达"),
        [
            Question(
                "arrival",
                "date",
                text("Day of arrival|抵达日期"),
                is_required=True,
                meaning="arrival",
            ),
            Question(
                "flight",
                "text",
                text("Flight or train|航班或车次"),
                help=text("Such as MU 5101 or G 7349.|如 MU 5101 或 G 7349。"),
            ),
            Question(
                "pick-up",
                "yes_no",
                text("Shall we fetch you?|是否需要接站？"),
                is_required=True,
            ),
        ],
    ),
    (
        text("Stay|食宿"),
        [
            Question(
                "hotel",
                "choice",
                text("Where would you like to stay?|住宿选择"),
                choices=choices(HOTELS),
                is_required=True,
            ),
            Question("diet", "choice", text("What do you eat?|饮食要求"), choices=choices(DIETS)),
        ],
    ),
]
