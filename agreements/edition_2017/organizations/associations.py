"""Invented associations of overseas Chinese students and professionals, over 100 of them."""

from dataclasses import dataclass

from agreements.edition_2017.text import Text, rows, text

_KINDS = {
    "S": text("Chinese Scholars and Engineers Association of {place} | {place}华人学者工程师协会"),
    "B": text("{place} Chinese Biomedical Society | {place}华人生物医药学会"),
    "U": text("Federation of Chinese Students and Scholars in {place} | {place}中国学人联谊会"),
    "E": text("{place} Overseas Chinese Entrepreneurs Club | {place}华人创业者俱乐部"),
    "I": text("{place} Chinese Information Technology Association | {place}华人信息技术协会"),
    "Z": text("Zhejiang Professionals Club of {place} | {place}浙籍专业人士联谊会"),
    "F": text("{place} Chinese Finance Professionals Association | {place}华人金融专业人士协会"),
    "M": text("{place} Chinese Mechanical Engineers Society | {place}华人机械工程师学会"),
}

# Country | place | 地名 | kinds of association there
_PLACES = rows("""
US | the Great Lakes | 五大湖地区 | SUM
US | the Bay Coast | 湾岸地区 | IEZ
US | New England South | 新英格兰南部 | BSU
US | the Pacific Northwest | 美国西北部 | IU
US | the Mid-Atlantic | 大西洋中部 | BF
US | the Research Corridor | 科研走廊 | BS
US | Southern Texas | 得州南部 | SE
US | the Front Range | 落基山前沿 | SU
US | the Ohio Valley | 俄亥俄河谷 | MU
US | Upstate New York | 纽约上州 | SF
US | the Sun Belt | 阳光地带 | EI
US | Georgia and the Carolinas | 佐治亚与卡罗来纳 | BZ
US | Greater Minnesota | 大明尼苏达 | BU
US | Southern California | 南加州 | ZEB
CA | the Golden Horseshoe | 金马蹄地区 | SIU
CA | Quebec | 魁北克 | UB
CA | British Columbia | 不列颠哥伦比亚 | EI
CA | the Prairies | 草原三省 | SU
GB | the Midlands | 英格兰中部 | MU
GB | Scotland | 苏格兰 | SBU
GB | the Thames Valley | 泰晤士河谷 | IF
GB | Northern England | 英格兰北部 | SZ
DE | Bavaria | 巴伐利亚 | MSU
DE | the Rhine and Ruhr | 莱茵—鲁尔地区 | ME
DE | Baden-Württemberg | 巴登—符腾堡 | MZ
DE | Northern Germany | 德国北部 | BU
FR | the Île-de-France | 法兰西岛 | SFU
FR | Southern France | 法国南部 | UE
JP | Kanto | 关东地区 | SIZ
JP | Kansai | 关西地区 | BUE
JP | Kyushu | 九州 | U
AU | New South Wales | 新南威尔士 | SBF
AU | Victoria | 维多利亚州 | UE
AU | Queensland | 昆士兰 | BU
NZ | New Zealand | 新西兰 | SU
SG | Singapore | 新加坡 | SFZ
KR | Seoul and Gyeonggi | 首尔与京畿道 | UI
KR | Southern Korea | 韩国南部 | M
NL | the Netherlands | 荷兰 | SUB
CH | Switzerland | 瑞士 | FB
SE | Sweden | 瑞典 | SU
FI | Finland | 芬兰 | U
IT | Northern Italy | 意大利北部 | ME
ES | Spain | 西班牙 | U
RU | the Urals | 乌拉尔地区 | U
IL | Israel | 以色列 | U
IN | Southern India | 印度南部 | U
MY | Malaysia | 马来西亚 | E
PL | Poland | 波兰 | U
UA | Ukraine | 乌克兰 | U
GR | Greece | 希腊 | U
AE | the Gulf | 海湾地区 | E
""")


# Associations of Hong Kong, Macao and Taiwan are not overseas, and named otherwise.
_OF_OWN_NAME = rows("""
HK | Hong Kong Scholars and Engineers Association | 香港学者工程师协会
HK | Hong Kong Young Finance Professionals Association | 香港青年金融专业人士协会
HK | Hong Kong Innovation and Entrepreneurship Club | 香港创新创业俱乐部
MO | Macao Youth Science and Technology Association | 澳门青年科技协会
TW | Taiwan Youth Information Technology Exchange Association | 台湾青年信息技术交流协会
TW | Taiwan Biomedical Entrepreneurs Exchange Association | 台湾生物医药创业者交流协会
""")


@dataclass(frozen=True, slots=True)
class AssociationRow:
    """An association and the country or region it works in."""

    country: str
    name: Text


def _named(kind: Text, english: str, chinese: str) -> Text:
    # "in the Great Lakes", but "Great Lakes Chinese Biomedical Society"
    leads = kind.en.startswith("{place}")
    place = english.removeprefix("the ") if leads else english
    return kind.format(place=Text(place, chinese))


ASSOCIATIONS: tuple[AssociationRow, ...] = tuple(
    AssociationRow(country, _named(_KINDS[letter], english, chinese))
    for country, english, chinese, kinds in _PLACES
    for letter in kinds
) + tuple(
    AssociationRow(country, Text(english, chinese)) for country, english, chinese in _OF_OWN_NAME
)
