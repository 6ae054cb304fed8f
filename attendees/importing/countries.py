"""Countries and regions by code or by any name that a list may call them."""

from functools import lru_cache

from django.utils import translation
from django_countries import countries

from attendees.importing.columns import folded

# Names that the standard does not have.
OTHERS = {
    "CN": ["China", "PRC", "中国", "中华人民共和国", "中国大陆"],
    "TW": ["Taiwan", "Taiwan China", "Chinese Taipei", "台湾", "台湾地区", "中国台湾"],
    "HK": ["Hong Kong", "Hongkong", "Hong Kong SAR", "香港", "中国香港", "香港特别行政区"],
    "MO": ["Macao", "Macau", "Macao SAR", "澳门", "中国澳门", "澳门特别行政区"],
    "US": ["USA", "U.S.", "America", "United States", "美国", "美利坚合众国"],
    "GB": ["UK", "U.K.", "Great Britain", "Britain", "England", "Scotland", "Wales", "英国"],
    "KR": ["Korea", "South Korea", "Republic of Korea", "韩国", "南韩"],
    "RU": ["Russia", "俄罗斯", "俄国"],
    "CZ": ["Czech Republic", "捷克"],
    "NL": ["Holland", "The Netherlands", "荷兰"],
    "AE": ["UAE", "阿联酋"],
    "VN": ["Viet Nam", "Vietnam", "越南"],
    "IR": ["Iran", "伊朗"],
    "SY": ["Syria", "叙利亚"],
    "LA": ["Laos", "老挝"],
    "MD": ["Moldova", "摩尔多瓦"],
    "TZ": ["Tanzania", "坦桑尼亚"],
    "VE": ["Venezuela", "委内瑞拉"],
    "BO": ["Bolivia", "玻利维亚"],
    "BN": ["Brunei", "文莱"],
    "TR": ["Turkey", "土耳其"],
    "SA": ["沙特"],
}


@lru_cache(maxsize=1024)
def country_code(text: str) -> str | None:
    """The two-letter code of a country or region; None if nobody calls one so."""
    return _codes().get(folded(text))


def known_names() -> dict[str, str]:
    """The code of each country and region by all its names, folded."""
    return _codes()


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ["en", "zh-hans"]:
        with translation.override(language):
            for code, name in countries:
                found.setdefault(folded(str(name)), code)
    for code, _name in countries:
        found[folded(code)] = code
        found[folded(countries.alpha3(code))] = code
    for code, names in OTHERS.items():
        found.update({folded(name): code for name in names})
    found.pop("", None)
    return found
