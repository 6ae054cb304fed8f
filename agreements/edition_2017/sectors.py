"""The four sectors of the report, and the sub-sectors projects belong to."""

from dataclasses import dataclass

from agreements.edition_2017.text import Text, rows

# slug | English | 中文
_SECTORS = rows("""
information | Information technology | 信息技术
biomedicine | Biomedicine | 生物医药
manufacturing | High-end equipment manufacturing | 高端装备制造
finance | Financial services | 金融服务
""")

# sector | slug | English | 中文 | priority of the province | share of the sector's projects
_SUBSECTORS = rows("""
information | artificial-intelligence | Artificial intelligence | 人工智能 | yes | 9
information | big-data-cloud | Big data and cloud computing | 大数据与云计算 | yes | 8
information | integrated-circuits | Integrated circuits | 集成电路 | yes | 7
information | internet-of-things | Internet of Things | 物联网 | yes | 7
information | cyber-security | Network security | 网络安全 | yes | 5
information | e-commerce | E-commerce and logistics data | 电子商务与物流信息 | yes | 4
information | digital-content | Digital content and education | 数字内容与教育 | no | 4
biomedicine | innovative-drugs | Innovative drugs | 创新药物 | yes | 9
biomedicine | medical-devices | Medical devices | 医疗器械 | yes | 9
biomedicine | gene-cell-therapy | Gene and cell therapy | 基因与细胞治疗 | yes | 6
biomedicine | diagnostics | In-vitro diagnostics | 体外诊断 | yes | 7
biomedicine | digital-health | Digital health | 数字健康 | yes | 5
biomedicine | agri-food-biotech | Agricultural and food biotechnology | 农业与食品生物技术 | no | 4
manufacturing | robotics | Robotics and intelligent equipment | 机器人与智能装备 | yes | 9
manufacturing | new-materials | New materials | 新材料 | yes | 8
manufacturing | new-energy | New energy and vehicles | 新能源与新能源汽车 | yes | 8
manufacturing | aerospace | Aerospace and unmanned aircraft | 航空航天与无人机 | yes | 4
manufacturing | precision-instruments | Precision instruments and lasers | 精密仪器与激光 | yes | 6
manufacturing | environmental-equipment | Environmental equipment | 节能环保装备 | no | 5
finance | payment-banking | Payment and digital banking | 支付与数字银行 | yes | 6
finance | risk-credit | Risk control and credit data | 风控与征信 | yes | 6
finance | insurance-wealth | Insurance and wealth technology | 保险与财富科技 | yes | 5
finance | supply-chain-finance | Supply-chain and cross-border finance | 供应链与跨境金融 | no | 4
""")


@dataclass(frozen=True, slots=True)
class SectorRow:
    """A sector, or with a parent a sub-sector; weight is its share within the parent."""

    slug: str
    name: Text
    parent: str = ""
    is_priority: bool = True
    weight: int = 0


SECTORS: tuple[SectorRow, ...] = tuple(
    SectorRow(slug, Text(english, chinese)) for slug, english, chinese in _SECTORS
)
SUBSECTORS: tuple[SectorRow, ...] = tuple(
    SectorRow(slug, Text(english, chinese), parent, priority == "yes", int(weight))
    for parent, slug, english, chinese, priority, weight in _SUBSECTORS
)
SUBSECTORS_OF: dict[str, tuple[SectorRow, ...]] = {
    sector.slug: tuple(row for row in SUBSECTORS if row.parent == sector.slug) for sector in SECTORS
}
SECTOR_OF: dict[str, str] = {row.slug: row.parent for row in SUBSECTORS}
