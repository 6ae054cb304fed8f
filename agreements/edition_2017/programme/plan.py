"""Everything on the programme besides the forums and the final pitches."""

from dataclasses import dataclass
from datetime import datetime

from agreements.edition_2017.text import Text, rows

# slug | colour | English | 中文
_TRACKS = rows("""
main | 8 | Main stage | 主会场活动
signings | 6 | Signings | 项目签约
competition | 7 | Innovation and Entrepreneurship Competition | 创新创业大赛
visits | 4 | Park visits | 园区考察
matchmaking | 5 | Matchmaking and job fairs | 项目对接与人才招聘
workshops | 3 | Workshops | 专题工作坊
evenings | 2 | Meals and evenings | 餐叙与交流
""")

# code | kind | track | day of November | start | end | room | language | seats ("-" none)
# | Title | 题目 | Abstract | 摘要
_SLOTS = rows("""
opening-ceremony | opening | main | 8 | 09:30 | 11:00 | plenary-hall | zh | - | Opening ceremony | 开幕式 | The conference opens in the presence of guests from 27 countries and regions: addresses by the organizers and by representatives of the guests, a report on the city's talent environment, and the launch of the competition. | 来自27个国家和地区的嘉宾齐聚一堂。主办方与嘉宾代表致辞，发布杭州人才生态报告，启动创新创业大赛。
signing-key-projects | signing | signings | 8 | 11:15 | 12:00 | plenary-hall | zh | - | Signing of key projects | 重点项目集中签约 | The largest agreements of the year are signed on the main stage, in groups of six. | 本届大会规模最大的合作项目分组登台签约。
signing-information | signing | signings | 8 | 13:30 | 14:20 | signing-hall | zh | - | Signing session: information technology | 信息技术专场签约 | Artificial intelligence, chips, data and network security. | 人工智能、集成电路、大数据与网络安全项目签约。
signing-biomedicine | signing | signings | 8 | 14:30 | 15:20 | signing-hall | zh | - | Signing session: biomedicine | 生物医药专场签约 | New drugs, devices, diagnostics and digital health. | 创新药物、医疗器械、体外诊断与数字健康项目签约。
signing-manufacturing | signing | signings | 8 | 15:30 | 16:20 | signing-hall | zh | - | Signing session: high-end equipment manufacturing | 高端装备制造专场签约 | Robots, new materials, new energy, aerospace and instruments. | 机器人、新材料、新能源、航空航天与精密仪器项目签约。
signing-finance | signing | signings | 8 | 16:30 | 17:10 | signing-hall | zh | - | Signing session: financial services | 金融服务专场签约 | Payment, risk control, insurance and supply-chain finance. | 支付、风控、保险与供应链金融项目签约。
signing-second-day | signing | signings | 9 | 16:00 | 17:00 | signing-hall | zh | - | Signing session of the second day | 次日补充签约 | For agreements that were made ready at the matchmaking tables. | 面向对接洽谈中达成一致的项目。
press-briefing | talk | main | 8 | 17:20 | 17:50 | press-centre | zh | 150 | Press briefing on the first day | 首日新闻通气会 | Figures of the first day, with their definitions, and questions from the floor. | 通报首日数据及统计口径，现场答问。
competition-information-1 | competition | competition | 8 | 14:00 | 17:30 | roadshow-hall | zh | - | Preliminary round: information technology, first sitting | 大赛初赛：信息技术组（第一场） | Ten minutes to present, five for questions. | 每个项目陈述10分钟、答辩5分钟。
competition-biomedicine-1 | competition | competition | 8 | 14:00 | 17:30 | pitch-1 | zh | - | Preliminary round: biomedicine, first sitting | 大赛初赛：生物医药组（第一场） | Ten minutes to present, five for questions. | 每个项目陈述10分钟、答辩5分钟。
competition-manufacturing-1 | competition | competition | 8 | 14:00 | 17:30 | pitch-2 | zh | - | Preliminary round: equipment manufacturing, first sitting | 大赛初赛：装备制造组（第一场） | Ten minutes to present, five for questions. | 每个项目陈述10分钟、答辩5分钟。
competition-finance-1 | competition | competition | 8 | 14:00 | 17:30 | pitch-3 | zh | - | Preliminary round: financial services | 大赛初赛：金融服务组 | Ten minutes to present, five for questions. | 每个项目陈述10分钟、答辩5分钟。
competition-information-2 | competition | competition | 9 | 09:00 | 12:00 | roadshow-hall | en | - | Preliminary round: information technology, second sitting | 大赛初赛：信息技术组（第二场） | Pitches in English by teams from overseas. | 海外团队英文路演。
competition-biomedicine-2 | competition | competition | 9 | 09:00 | 12:00 | pitch-1 | en | - | Preliminary round: biomedicine, second sitting | 大赛初赛：生物医药组（第二场） | Pitches in English by teams from overseas. | 海外团队英文路演。
competition-manufacturing-2 | competition | competition | 9 | 09:00 | 12:00 | pitch-2 | en | - | Preliminary round: equipment manufacturing, second sitting | 大赛初赛：装备制造组（第二场） | Pitches in English by teams from overseas. | 海外团队英文路演。
semi-final-1 | competition | competition | 9 | 14:00 | 17:30 | roadshow-hall | zh | - | Semi-final: information technology and financial services | 大赛半决赛：信息技术与金融服务 | Twenty teams, of which five go on to the final. | 20支团队角逐5个决赛席位。
semi-final-2 | competition | competition | 9 | 14:00 | 17:30 | pitch-1 | zh | - | Semi-final: biomedicine and equipment manufacturing | 大赛半决赛：生物医药与装备制造 | Twenty teams, of which five go on to the final. | 20支团队角逐5个决赛席位。
final-opening | competition | competition | 10 | 08:45 | 09:00 | ballroom | zh | - | Final: the rules and the jury | 大赛决赛：规则与评委介绍 | Ten teams in ten quarters of an hour; the order was drawn the night before. | 十支团队，每队十五分钟，出场顺序已于前一晚抽签决定。
awards-ceremony | ceremony | competition | 10 | 16:40 | 17:15 | plenary-hall | zh | - | Award ceremony of the competition | 大赛颁奖典礼 | One first, two second and three third prizes, and four awards of merit. | 颁发一等奖1名、二等奖2名、三等奖3名、优胜奖4名。
closing-ceremony | ceremony | main | 10 | 17:20 | 17:50 | plenary-hall | zh | - | Closing ceremony | 闭幕式 | A summary of the three days and an invitation to the next edition. | 回顾三天成果，邀约下届再会。
matchmaking-8-afternoon | matchmaking | matchmaking | 8 | 13:30 | 17:30 | matchmaking-hall | zh | - | Project matchmaking, first afternoon | 项目对接洽谈（首日下午） | Project holders meet parks, companies and investors at numbered tables, by appointment. | 项目负责人与园区、企业、投资机构按预约桌号一对一洽谈。
matchmaking-9-morning | matchmaking | matchmaking | 9 | 09:00 | 12:00 | matchmaking-hall | zh | - | Project matchmaking, second morning | 项目对接洽谈（次日上午） | Project holders meet parks, companies and investors at numbered tables, by appointment. | 项目负责人与园区、企业、投资机构按预约桌号一对一洽谈。
matchmaking-9-afternoon | matchmaking | matchmaking | 9 | 13:30 | 17:30 | matchmaking-hall | zh | - | Project matchmaking, second afternoon | 项目对接洽谈（次日下午） | Project holders meet parks, companies and investors at numbered tables, by appointment. | 项目负责人与园区、企业、投资机构按预约桌号一对一洽谈。
matchmaking-10-morning | matchmaking | matchmaking | 10 | 09:00 | 11:30 | matchmaking-hall | zh | - | Project matchmaking, third morning | 项目对接洽谈（第三日上午） | Last appointments, and free tables for those who come without one. | 最后一轮预约洽谈，并开放自由洽谈桌位。
job-fair-doctoral | job_fair | matchmaking | 9 | 09:00 | 12:00 | job-fair-hall | zh | - | Job fair for holders of doctorates | 博士及高层次人才专场招聘会 | Universities, hospitals and research institutes with posts for principal investigators and fellows. | 高校、医院与科研院所面向学科带头人与青年学者招聘。
job-fair-industry | job_fair | matchmaking | 9 | 13:30 | 17:00 | job-fair-hall | zh | - | Job fair of the advanced industries | 重点产业专场招聘会 | Some 200 employers of the four sectors of the conference. | 四大领域约200家用人单位现场招聘。
job-fair-graduates | job_fair | matchmaking | 10 | 09:00 | 12:00 | job-fair-hall | zh | - | Job fair for returning graduates | 海归毕业生专场招聘会 | First posts and internships, with advice on residence and housing. | 应届岗位与实习，现场提供落户与住房咨询。
workshop-company | talk | workshops | 8 | 14:00 | 15:30 | longjing | en | 50 | Founding a company in Hangzhou in half a day | 半天办好：在杭注册公司 | From the name to the seal: forms, fees and the order in which to do things. | 从核名到刻章：表格、费用与办理顺序。
workshop-permit | talk | workshops | 8 | 16:00 | 17:00 | longjing | en | 50 | Work permit and residence: bring your questions | 工作许可与居留：现场答疑 | Officers of the service counter answer individual questions. | 服务窗口工作人员现场解答个案。
workshop-pitch | talk | workshops | 8 | 18:00 | 19:00 | workshop | en | 40 | Ten minutes on stage: rehearsing the pitch | 台上十分钟：路演演练 | Bring your slides; leave half of them behind. | 带着幻灯片来，留下一半再走。
workshop-patents | talk | workshops | 9 | 10:00 | 11:30 | longjing | zh | 50 | Filing patents at home and abroad | 国内外专利布局实务 | What to file first, where, and what it costs in the first five years. | 先申请什么、在哪里申请、前五年费用几何。
workshop-interview | talk | workshops | 9 | 14:00 | 15:00 | liangzhu | zh | 100 | Job interviews in two cultures | 跨文化求职面试 | What employers here ask, and what they mean. | 国内用人单位会问什么，真正想了解什么。
workshop-clinical | talk | workshops | 9 | 15:30 | 17:00 | liangzhu | zh | 100 | Registering medical devices: the road map | 医疗器械注册路线图 | Classes, clinical evaluation, timetable and the usual detours. | 分类、临床评价、时间表与常见弯路。
workshop-schools | talk | workshops | 10 | 10:00 | 11:00 | longjing | en | 50 | Schools for the children of newcomers | 新杭州人子女入学 | Public, bilingual and international schools, and how places are given. | 公办、双语与国际学校，以及入学名额如何安排。
associations-round-table | networking | evenings | 9 | 12:15 | 13:45 | osmanthus | zh | 100 | Round table of the associations | 海外学人社团圆桌会 | Presidents of associations compare notes on sending and receiving talent. | 各社团负责人交流引才荐才经验。
lunch-8 | meal | evenings | 8 | 12:00 | 13:30 | banquet-hall | zh | - | Lunch | 午餐 | Buffet; vegetarian and halal counters on the left. | 自助餐，左侧设素食与清真餐台。
lunch-9 | meal | evenings | 9 | 12:00 | 13:30 | banquet-hall | zh | - | Lunch | 午餐 | Buffet; vegetarian and halal counters on the left. | 自助餐，左侧设素食与清真餐台。
lunch-10 | meal | evenings | 10 | 12:00 | 13:30 | banquet-hall | zh | - | Lunch | 午餐 | Buffet; vegetarian and halal counters on the left. | 自助餐，左侧设素食与清真餐台。
welcome-dinner | networking | evenings | 8 | 18:30 | 20:30 | ballroom | en | 560 | Welcome dinner | 欢迎晚宴 | For invited professionals and their hosts, with Jiangnan music. | 面向受邀专家与接待单位，江南丝竹助兴。
investors-evening | networking | evenings | 9 | 18:30 | 20:30 | riverside-terrace | en | 180 | Investors' evening by the river | 江畔投资人之夜 | Founders and investors over tea, without slides. | 创业者与投资人以茶会友，不放幻灯片。
morning-walk | networking | evenings | 10 | 07:00 | 08:00 | riverside-terrace | en | 60 | Morning walk along the Qiantang River | 钱塘江晨走 | Four kilometres at an easy pace. | 四公里，轻松步行。
""")

# code | day | start | end | bus bay | seats | Title | 题目 | stops: "park start-end, …"
_VISITS = rows("""
visit-binjiang | 9 | 13:30 | 17:30 | bus-bay-1 | 45 | Route 1: Binjiang, chips and networks | 线路一：滨江·集成电路与物联网 | binjiang-hi-tech-zone 14:00-15:10, internet-of-things-town 15:30-16:40
visit-west | 9 | 13:30 | 17:45 | bus-bay-2 | 45 | Route 2: the western science corridor | 线路二：城西科创大走廊 | future-sci-tech-city 14:20-15:20, dream-town 15:35-16:20, ai-town 16:30-17:00
visit-xiasha | 9 | 13:30 | 17:30 | bus-bay-3 | 45 | Route 3: Xiasha, medicines and devices | 线路三：下沙·生物医药 | xiasha-economic-zone 14:10-15:10, hangzhou-pharma-port 15:25-16:45
visit-xiaoshan | 9 | 13:30 | 17:15 | bus-bay-4 | 45 | Route 4: Xiaoshan, robots at work | 线路四：萧山·机器人与智能装备 | xiaoshan-economic-zone 13:50-14:50, robot-town 15:10-16:40
visit-cloud-fund | 10 | 08:30 | 12:30 | bus-bay-1 | 45 | Route 5: Cloud Town and Fund Town | 线路五：云栖小镇与基金小镇 | cloud-town 09:15-10:15, fund-town 10:50-11:50
visit-qingshan | 10 | 08:00 | 12:45 | bus-bay-2 | 45 | Route 6: Qingshan Lake, high-end equipment | 线路六：青山湖·高端装备 | qingshan-lake-sci-tech-city 09:20-10:20, cloud-manufacturing-town 10:35-11:30
visit-linjiang | 10 | 08:30 | 12:15 | bus-bay-3 | 45 | Route 7: Linjiang, new materials and vehicles | 线路七：临江·新材料与新能源汽车 | linjiang-hi-tech-zone 09:20-11:00
visit-fuyang | 10 | 08:00 | 12:45 | bus-bay-4 | 45 | Route 8: Fuyang and Tonglu, along the Fuchun River | 线路八：富阳·桐庐富春江沿线 | fuyang-economic-zone 09:00-09:50, tonglu-economic-zone 10:40-11:30
""")

_VISIT_ABSTRACT = Text(
    "Buses leave from the East Gate of the Expo Center ten minutes after the meeting time. "
    "Guides speak Chinese and English; hard shoes are advised.",
    "集合后十分钟从国际博览中心东门发车，全程中英文讲解，请穿着平底鞋。",
)


@dataclass(frozen=True, slots=True)
class TrackRow:
    slug: str
    colour: int
    name: Text


@dataclass(frozen=True, slots=True)
class Stop:
    park: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """A session with its room and time, before it is a row. Times are local."""

    code: str
    kind: str
    track: str
    start: datetime
    end: datetime
    room: str
    language: str
    seats: int | None
    title: Text
    abstract: Text
    stops: tuple[Stop, ...] = ()


def at(day: str | int, clock: str) -> datetime:
    """A local moment of November 2017; the caller knows the zone."""
    hour, minute = clock.split(":")
    return datetime(2017, 11, int(day), int(hour), int(minute))  # noqa: DTZ001


def _slot(cells: list[str]) -> Slot:
    code, kind, track, day, start, end, room, language, seats, *words = cells
    return Slot(
        code=code,
        kind=kind,
        track=track,
        start=at(day, start),
        end=at(day, end),
        room=room,
        language="zh-hans" if language == "zh" else "en",
        seats=None if seats == "-" else int(seats),
        title=Text(*words[:2]),
        abstract=Text(*words[2:]),
    )


def _visit(cells: list[str]) -> Slot:
    code, day, start, end, bay, seats, english, chinese, stops = cells
    return Slot(
        code=code,
        kind="visit",
        track="visits",
        start=at(day, start),
        end=at(day, end),
        room=bay,
        language="zh-hans",
        seats=int(seats),
        title=Text(english, chinese),
        abstract=_VISIT_ABSTRACT,
        stops=tuple(_stop(day, item) for item in stops.split(",")),
    )


def _stop(day: str, item: str) -> Stop:
    park, span = item.split()
    start, end = span.split("-")
    return Stop(park, at(day, start), at(day, end))


TRACKS = tuple(
    TrackRow(slug, int(colour), Text(english, chinese))
    for slug, colour, english, chinese in _TRACKS
)
SLOTS = tuple(_slot(cells) for cells in _SLOTS) + tuple(_visit(cells) for cells in _VISITS)
