"""Hangzhou as it was in November 2017: its districts and its industrial parks.

Districts, parks and zones are real (Lin'an became a district in August 2017); codes
are those of the administrative divisions of that year.
"""

from dataclasses import dataclass

from agreements.edition_2017.text import Text, rows

# code | English | 中文 | share of the agreements that land here
_DISTRICTS = rows("""
330108 | Binjiang District | 滨江区 | 21
330110 | Yuhang District | 余杭区 | 20
330109 | Xiaoshan District | 萧山区 | 14
330104 | Jianggan District | 江干区 | 13
330106 | Xihu District | 西湖区 | 12
330102 | Shangcheng District | 上城区 | 6
330105 | Gongshu District | 拱墅区 | 6
330103 | Xiacheng District | 下城区 | 5
330112 | Lin'an District | 临安区 | 5
330111 | Fuyang District | 富阳区 | 4
330122 | Tonglu County | 桐庐县 | 2
330182 | Jiande City | 建德市 | 1
330127 | Chun'an County | 淳安县 | 1
""")


@dataclass(frozen=True, slots=True)
class DistrictRow:
    code: str
    name: Text
    weight: int


DISTRICTS: tuple[DistrictRow, ...] = tuple(
    DistrictRow(code, Text(english, chinese), int(weight))
    for code, english, chinese, weight in _DISTRICTS
)

# slug | district | English | 中文 | sectors | strengths | 产业特色
_PARKS = rows("""
binjiang-hi-tech-zone | 330108 | Hangzhou Hi-Tech Zone (Binjiang) | 杭州高新区（滨江） | information finance | Information economy: e-commerce, video surveillance, integrated circuits, the Internet of Things. | 信息经济：电子商务、视频安防、集成电路、物联网。
internet-of-things-town | 330108 | Internet of Things Town | 杭州物联网小镇 | information manufacturing | Sensors, industrial networks and smart-city systems. | 传感器、工业互联网与智慧城市系统。
internet-town | 330108 | Internet Town | 互联网小镇 | information | Cloud services, mobile software, digital content. | 云服务、移动软件、数字内容。
baima-lake-eco-creative-city | 330108 | Baima Lake Eco-Creative City | 白马湖生态创意城 | information | Animation, design, digital entertainment. | 动漫、设计、数字娱乐。
future-sci-tech-city | 330110 | Future Sci-Tech City | 未来科技城 | information biomedicine finance | A national base for overseas talent: artificial intelligence, health, financial technology. | 国家级海外高层次人才创新创业基地：人工智能、健康产业、金融科技。
dream-town | 330110 | Dream Town | 梦想小镇 | information finance | Seed-stage internet and financial start-ups. | 种子期互联网与金融创业项目。
ai-town | 330110 | Artificial Intelligence Town | 人工智能小镇 | information | Machine learning, robotics, virtual reality. | 机器学习、机器人、虚拟现实。
yuhang-economic-zone | 330110 | Yuhang Economic & Technological Development Zone | 余杭经济技术开发区 | manufacturing biomedicine | Equipment manufacturing, biomedicine, new energy. | 装备制造、生物医药、新能源。
xiasha-economic-zone | 330104 | Hangzhou Economic & Technological Development Area (Xiasha) | 杭州经济技术开发区（下沙） | manufacturing biomedicine | Biopharmaceuticals, aerospace parts, electronics; fourteen universities next door. | 生物制药、航空航天零部件、电子信息，毗邻十四所高校。
hangzhou-pharma-port | 330104 | Hangzhou Pharma Port | 杭州东部医药港小镇 | biomedicine | Antibody drugs, medical devices, contract research. | 抗体药物、医疗器械、研发外包。
qianjiang-new-city | 330104 | Qianjiang New City | 钱江新城 | finance | Banks, insurers, wealth management, professional services. | 银行、保险、财富管理与专业服务。
dingqiao-smart-valley | 330104 | Dingqiao Smart Industry Park | 丁桥智慧产业园 | information manufacturing | Smart hardware and testing services. | 智能硬件与检测服务。
xiaoshan-economic-zone | 330109 | Xiaoshan Economic & Technological Development Zone | 萧山经济技术开发区 | manufacturing | Intelligent equipment, automotive parts, robots. | 智能装备、汽车零部件、机器人。
robot-town | 330109 | Xiaoshan Robot Town | 萧山机器人小镇 | manufacturing | Industrial and service robots with their key parts. | 工业与服务机器人及核心零部件。
linjiang-hi-tech-zone | 330109 | Hangzhou Linjiang Hi-Tech Zone | 杭州临江高新区 | manufacturing | New materials, new-energy vehicles, heavy equipment. | 新材料、新能源汽车、重型装备。
xianghu-finance-town | 330109 | Xianghu Lake Finance Town | 湘湖金融小镇 | finance | Private equity and industry funds. | 私募股权与产业基金。
cloud-town | 330106 | Cloud Town | 云栖小镇 | information | Cloud computing, big data, geographic information. | 云计算、大数据、空间地理信息。
zijin-science-park | 330106 | Zijingang Science and Technology City | 紫金港科技城 | information biomedicine | Research spin-offs of the universities of the west of the city. | 城西高校科研成果转化。
xixi-valley | 330106 | Xixi Valley | 西溪谷 | finance information | Internet finance and online services. | 互联网金融与网络服务。
fund-town | 330102 | Yuhuangshan Southside Fund Town | 玉皇山南基金小镇 | finance | Private funds, hedge funds, asset management. | 私募基金、对冲基金、资产管理。
wangjiang-smart-town | 330102 | Wangjiang Smart Industry Park | 望江智慧产业园 | information biomedicine | Smart health, digital services. | 智慧健康与数字服务。
canal-wealth-town | 330105 | Canal Wealth Town | 运河财富小镇 | finance | Wealth management and financial big data. | 财富管理与金融大数据。
northern-software-park | 330105 | Northern Software Park | 北部软件园 | information | Software, online games, e-commerce services. | 软件、网络游戏、电子商务服务。
cross-trade-town | 330103 | Cross-Border Trade Town | 跨贸小镇 | information finance | Cross-border e-commerce, payment, logistics data. | 跨境电商、支付与物流数据。
xintiandi-park | 330103 | Xiacheng Innovation and Venture New World | 下城区创新创业新天地 | information biomedicine | Health services, digital culture. | 健康服务与数字文化。
qingshan-lake-sci-tech-city | 330112 | Qingshan Lake Sci-Tech City | 青山湖科技城 | manufacturing information | High-end equipment, micro-nano manufacturing, research institutes. | 高端装备、微纳制造、科研院所集聚。
cloud-manufacturing-town | 330112 | Cloud Manufacturing Town | 云制造小镇 | manufacturing | Industrial software and cloud manufacturing. | 工业软件与云制造。
fuyang-economic-zone | 330111 | Fuyang Economic & Technological Development Zone | 富阳经济技术开发区 | manufacturing biomedicine | Optical communication, biomedicine, new materials. | 光通信、生物医药、新材料。
silicon-valley-town | 330111 | Fuyang Silicon Valley Town | 富春硅谷小镇 | information | Data centres, maker spaces, online services. | 数据中心、众创空间、网络服务。
tonglu-economic-zone | 330122 | Tonglu Economic Development Zone | 桐庐经济开发区 | manufacturing biomedicine | Medical devices, magnetics, express-delivery equipment. | 医疗器械、磁性材料、快递装备。
health-town | 330122 | Fuchun Mountain Health Town | 富春山健康城 | biomedicine | Rehabilitation, traditional medicine, health tourism. | 康复、中医药、健康旅游。
jiande-aviation-town | 330182 | Jiande Aviation Town | 建德航空小镇 | manufacturing | General aviation, unmanned aircraft, parts. | 通用航空、无人机及零部件。
qiandao-lake-smart-valley | 330127 | Qiandao Lake Smart Valley | 千岛湖智谷 | information biomedicine | Ecological data, cold-water data centres, health products. | 生态数据、湖水冷却数据中心、健康产品。
""")


@dataclass(frozen=True, slots=True)
class ParkRow:
    slug: str
    district: str
    name: Text
    sectors: tuple[str, ...]
    strengths: Text


PARKS: tuple[ParkRow, ...] = tuple(
    ParkRow(slug, district, Text(english, chinese), tuple(sectors.split()), Text(strong, special))
    for slug, district, english, chinese, sectors, strong, special in _PARKS
)
