"""Words of the trade, and which sector of ours they mean."""

import re

from attendees.importing.columns import folded
from projects.models import Sector

# Where nothing is known: made when it is first needed.
OTHER = {"slug": "other", "name_en": "Other", "name_zh_hans": "其他", "position": 99}
PARTS = re.compile(r"[,;/|、，；+&]|\band\b|\s-\s")
# Words as lists of companies write them → keys of sectors, the nearest first.
WORDS = {
    "information": """
        software, saas, b2b software, enterprise software, internet, curated web, mobile, cloud,
        cloud computing, analytics, big data, data, ai, artificial intelligence, machine learning,
        social media, social, games, messaging, video, music, education, edtech, advertising,
        marketing, search, developer tools, databases, security, cyber security, semiconductors,
        telecommunications, media, web hosting, web development, file sharing, storage,
        collaboration, crm, consumertech, proptech, travel, photography, email, iot,
        互联网, 软件, 人工智能, 大数据, 电子信息, 集成电路, 物联网, 新一代信息技术, 数字经济""",
    "e-commerce": "e-commerce, ecommerce, marketplaces, shopping, retail, logistics, 电子商务, 电商",
    "biomedicine": """
        health, healthcare, health care, healthtech, biotech, biotechnology, biopharma, medical,
        pharma, pharmaceuticals, life sciences, medicine, wellness, diagnostics, genomics,
        bioinformatics, medtech, 医药, 医疗, 生物, 生命健康, 大健康, 医疗器械""",
    "manufacturing": """
        hardware, robotics, manufacturing, industrials, industrial, energy, climatetech, cleantech,
        clean technology, automotive, transportation, aerospace, drones, materials, electronics,
        3d printing, engineering, consumer electronics, 机器人, 装备制造, 高端装备, 新能源, 新材料,
        节能环保, 航空航天, 智能制造""",
    "finance": """
        finance, fintech, financial services, payments, banking, insurance, insurtech, lending,
        trading, crypto, blockchain, accounting, venture capital, personal finance,
        金融, 金融科技, 保险, 支付""",
}


class SectorFinder:
    """Finds sectors by what lists call them; one query for all of them."""

    def __init__(self) -> None:
        self.names = {}
        slugs: dict[str, Sector] = {}
        for sector in Sector.objects.all():
            slugs[sector.slug] = sector
            for name in (sector.slug, sector.name_en, sector.name_zh_hans):
                self.names[folded(name or "")] = sector
        for slug, words in WORDS.items():
            sector = slugs.get(slug) or (slugs.get("information") if slug == "e-commerce" else None)
            for word in words.split(",") if sector else ():
                self.names.setdefault(folded(word), sector)
        self.names.pop("", None)
        self.other = slugs.get(OTHER["slug"])

    def find(self, text: str) -> Sector | None:
        """The sector of a cell: of all of it, else of the first part that is known."""
        parts = [text, *PARTS.split(text)]
        return next((self.names[key] for key in map(folded, parts) if key in self.names), None)


def other_sector() -> Sector:
    """Where projects of no known sector are filed."""
    return Sector.objects.get_or_create(slug=OTHER["slug"], defaults=OTHER)[0]
