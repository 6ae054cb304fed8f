"""The three venues of the conference and their rooms.

The Expo Center is real; its rooms, the hotel and the roadshow centre are invented.
"""

from dataclasses import dataclass

from agreements.edition_2017.text import Text, rows

# slug | district | latitude | longitude | English | 中文 | address | 地址
_VENUES = rows("""
expo-center | 330109 | 30.229600 | 120.241800 | Hangzhou International Expo Center | 杭州国际博览中心 | 353 Benjing Avenue, Xiaoshan District | 萧山区奔竞大道353号
qianjiang-hotel | 330104 | 30.246900 | 120.211700 | Qianjiang Conference Hotel | 钱江会议酒店 | Qianjiang New City, Jianggan District | 江干区钱江新城
roadshow-centre | 330110 | 30.278200 | 120.003900 | Future Sci-Tech City Roadshow Centre | 未来科技城路演中心 | Wenyi West Road, Yuhang District | 余杭区文一西路
""")

# venue | slug | kind | capacity | floor | English | 中文
_ROOMS = rows("""
expo-center | plenary-hall | hall | 3800 | 1F | Plenary Hall | 主会场
expo-center | matchmaking-hall | hall | 1200 | 1F | Matchmaking Hall | 项目对接大厅
expo-center | job-fair-hall | hall | 2000 | 1F | Job Fair Hall | 招聘大厅
expo-center | signing-hall | hall | 420 | 2F | Signing Hall | 签约厅
expo-center | banquet-hall | hall | 1500 | 2F | Banquet Hall | 宴会厅
expo-center | west-lake | room | 500 | 3F | West Lake Room | 西湖厅
expo-center | qiantang | room | 360 | 3F | Qiantang Room | 钱塘厅
expo-center | canal | room | 260 | 3F | Grand Canal Room | 运河厅
expo-center | xixi | room | 200 | 3F | Xixi Room | 西溪厅
expo-center | liangzhu | room | 120 | 3F | Liangzhu Room | 良渚厅
expo-center | longjing | room | 60 | 3F | Longjing Room | 龙井厅
expo-center | press-centre | room | 150 | 2F | Press Centre | 新闻中心
expo-center | bus-bay-1 | outdoor | 200 | | East Gate, bus bay 1 | 东门1号候车点
expo-center | bus-bay-2 | outdoor | 200 | | East Gate, bus bay 2 | 东门2号候车点
expo-center | bus-bay-3 | outdoor | 200 | | East Gate, bus bay 3 | 东门3号候车点
expo-center | bus-bay-4 | outdoor | 200 | | East Gate, bus bay 4 | 东门4号候车点
qianjiang-hotel | ballroom | hall | 600 | 2F | Tidewater Ballroom | 观潮大宴会厅
qianjiang-hotel | jinsha | room | 240 | 3F | Jinsha Room | 金沙厅
qianjiang-hotel | osmanthus | room | 100 | 3F | Osmanthus Room | 桂花厅
qianjiang-hotel | riverside-terrace | outdoor | 180 | 1F | Riverside Terrace | 江畔露台
roadshow-centre | roadshow-hall | hall | 350 | 1F | Roadshow Hall | 路演大厅
roadshow-centre | pitch-1 | room | 90 | 2F | Pitch Room 1 | 1号路演厅
roadshow-centre | pitch-2 | room | 90 | 2F | Pitch Room 2 | 2号路演厅
roadshow-centre | pitch-3 | room | 90 | 2F | Pitch Room 3 | 3号路演厅
roadshow-centre | workshop | room | 50 | 2F | Workshop Room | 工作坊教室
""")

TABLES = 24  # meeting tables of the Matchmaking Hall


@dataclass(frozen=True, slots=True)
class VenueRow:
    slug: str
    district: str
    latitude: str
    longitude: str
    name: Text
    address: Text


@dataclass(frozen=True, slots=True)
class RoomRow:
    venue: str
    slug: str
    kind: str
    capacity: int
    floor: str
    name: Text


VENUES = tuple(
    VenueRow(slug, district, latitude, longitude, Text(*names[:2]), Text(*names[2:]))
    for slug, district, latitude, longitude, *names in _VENUES
)
ROOMS = tuple(
    RoomRow(venue, slug, kind, int(capacity), floor, Text(english, chinese))
    for venue, slug, kind, capacity, floor, english, chinese in _ROOMS
) + tuple(
    RoomRow("expo-center", f"table-{n}", "table", 4, "1F", Text(f"Table {n}", f"{n}号洽谈桌"))
    for n in range(1, TABLES + 1)
)
