"""Invented companies: names put together from parts, in both languages."""

from random import Random

from agreements.edition_2017.text import Text, texts

# Latin roots with a Chinese rendering, for companies abroad.
_ROOTS = texts("""
Vantrel | 万特瑞
Orisyn | 奥瑞信
Lumigrade | 鲁米格
Castellix | 卡斯泰
Norvane | 诺凡
Quillon | 奎隆
Solbrite | 索布莱
Pelagix | 派拉吉
Tessaron | 泰萨隆
Havenmark | 海文马
Ardentix | 雅登特
Corvalis Peak | 科瓦峰
Brightmoor | 布莱摩
Kestrelway | 凯斯威
Zephyrine | 泽菲林
Marlowe Creek | 马洛溪
Ostravel | 奥斯维
Fennimore | 芬尼摩
Halcyra | 海西拉
Ironvale | 艾恩谷
Junipera | 朱尼普
Kelvaro | 凯尔沃
Lindavia | 林达维
Montrevo | 蒙特沃
Nivalis | 尼瓦里
Opaline | 欧帕林
Praxendo | 普拉信
Quorient | 科锐恩
Rivenhall | 瑞文厅
Sablewood | 赛博木
Talvera | 塔维拉
Ullswick | 乌斯维
Verdanta | 维丹塔
Westerlin | 韦斯林
Xylenta | 赛兰塔
Yarrowfield | 亚罗菲
Zentrova | 臻卓瓦
Altimera | 奥迪美
Bluestrand | 蓝岸
Cindral | 辛卓
""")

# Two syllables of a Hangzhou start-up's name: character and pinyin.
_FIRST = "澜 lan,霁 ji,泓 hong,筠 yun,珩 heng,岚 lan,沐 mu,砚 yan,钰 yu,漪 yi,宸 chen,昱 yu,湛 zhan,芯 xin,聿 yu,峤 qiao,栎 li,泠 ling,溯 su,昶 chang,榆 yu,璟 jing,翊 yi,彧 yu,睿 rui,衡 heng,枢 shu,曜 yao,棠 tang,檀 tan"
_SECOND = "川 chuan,舟 zhou,梧 wu,岸 an,谱 pu,原 yuan,崖 ya,汀 ting,瀚 han,屿 yu,帆 fan,廷 ting,樾 yue,宁 ning,图 tu,维 wei,微 wei,至 zhi,启 qi,络 luo,行 xing,枫 feng,桥 qiao,元 yuan,塘 tang,澄 cheng,格 ge,湾 wan,墨 mo,麓 lu"
_SYLLABLES = [[item.split() for item in block.split(",")] for block in (_FIRST, _SECOND)]

FIELDS: dict[str, tuple[Text, ...]] = {
    "information": texts("""
    Intelligent Technology | 智能科技
    Data Technology | 数据科技
    Network Technology | 网络科技
    Software | 软件
    Microelectronics | 微电子
    Information Technology | 信息技术
    """),
    "biomedicine": texts("""
    Biotechnology | 生物科技
    Pharmaceutical | 医药
    Medical Technology | 医疗科技
    Gene Technology | 基因科技
    Medical Devices | 医疗器械
    Life Sciences | 生命科学
    """),
    "manufacturing": texts("""
    Robotics | 机器人
    Intelligent Equipment | 智能装备
    New Materials | 新材料
    Precision Machinery | 精密机械
    Energy Technology | 能源科技
    Automation | 自动化
    """),
    "finance": texts("""
    Financial Technology | 金融科技
    Digital Technology | 数字科技
    Financial Information Services | 金融信息服务
    Credit Technology | 信用科技
    """),
    "capital": texts("""
    Capital | 资本
    Ventures | 创投
    Investment Management | 投资管理
    Equity Investment | 股权投资
    """),
}

_SHORT_FIELDS: dict[str, tuple[Text, ...]] = {
    "information": texts(
        "Systems | 系统\nAnalytics | 数据\nSemiconductor | 半导体\nSoftware | 软件"
    ),
    "biomedicine": texts(
        "Therapeutics | 医药\nBiosciences | 生物\nDiagnostics | 诊断\nMedical | 医疗"
    ),
    "manufacturing": texts(
        "Robotics | 机器人\nMaterials | 材料\nDynamics | 动力\nPhotonics | 光电"
    ),
    "finance": texts("Financial Systems | 金融系统\nRisk Analytics | 风险分析\nFintech | 金融科技"),
    "capital": texts("Capital | 资本\nVentures | 创投\nPartners | 投资"),
}

_FORMS = {
    "US": "Inc.",
    "CA": "Inc.",
    "GB": "Ltd",
    "AU": "Pty Ltd",
    "NZ": "Ltd",
    "SG": "Pte. Ltd.",
    "HK": "Ltd",
    "DE": "GmbH",
    "CH": "AG",
    "FR": "SAS",
    "IT": "S.r.l.",
    "ES": "S.L.",
    "NL": "B.V.",
    "SE": "AB",
    "FI": "Oy",
    "JP": "K.K.",
    "PL": "Sp. z o.o.",
    "RU": "LLC",
    "UA": "LLC",
    "IL": "Ltd",
    "IN": "Pvt Ltd",
    "MY": "Sdn Bhd",
}


_CITIES = texts("""
Beijing | 北京
Shanghai | 上海
Shenzhen | 深圳
Nanjing | 南京
Suzhou | 苏州
Wuhan | 武汉
Chengdu | 成都
Xi'an | 西安
Hefei | 合肥
Ningbo | 宁波
""")
HANGZHOU = Text("Hangzhou", "杭州")


def company(country: str, sector: str, rng: Random) -> Text:
    """An invented company of a sector: of Hangzhou for "CN", else of the country."""
    if country == "CN":
        return chinese_company(sector, rng, HANGZHOU)
    root, field = rng.choice(_ROOTS), rng.choice(_SHORT_FIELDS[sector])
    form = _FORMS.get(country, "Co., Ltd.")
    return Text(f"{root.en} {field.en} {form}", f"{root.zh}{field.zh}公司")


def chinese_company(sector: str, rng: Random, city: Text | None = None) -> Text:
    """An invented company of a Chinese city; without one, of some city but Hangzhou."""
    city = city or rng.choice(_CITIES)
    name, field = chinese_root(rng), rng.choice(FIELDS[sector])
    return Text(
        f"{city.en} {name.en} {field.en} Co., Ltd.", f"{city.zh}{name.zh}{field.zh}有限公司"
    )


def chinese_root(rng: Random) -> Text:
    """A two-character trade name, such as Lanchuan 澜川."""
    (one, first), (two, second) = (rng.choice(syllables) for syllables in _SYLLABLES)
    # Pinyin sets an apostrophe where a syllable begins with a vowel.
    joint = "'" if second[0] in "aeo" else ""
    return Text((first + joint + second).capitalize(), one + two)


def team(project_word: Text) -> Text:
    """A founding team that has no company yet."""
    return Text(f"{project_word.en} founding team", f"{project_word.zh}创业团队")
