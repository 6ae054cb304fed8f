"""Names for the guests: which cultures a country or region's guests come from."""

from dataclasses import replace
from random import Random

from agreements.edition_2017.names import anglo, east_asia, east_europe, europe, han
from agreements.edition_2017.names import west_south_asia as asia
from agreements.edition_2017.names.book import Name, NameBook

OWN: dict[str, NameBook] = {
    "CN": han.MAINLAND,
    "HK": han.HONG_KONG,
    "MO": han.HONG_KONG,
    "TW": han.TAIWAN,
    "SG": han.NANYANG,
    "MY": asia.MALAY,
    "US": anglo.ENGLISH,
    "GB": anglo.ENGLISH,
    "CA": anglo.ENGLISH,
    "AU": anglo.ENGLISH,
    "NZ": anglo.ENGLISH,
    "DE": europe.GERMANY,
    "CH": europe.SWITZERLAND,
    "FR": europe.FRANCE,
    "IT": europe.ITALY,
    "ES": europe.SPAIN,
    "NL": europe.NETHERLANDS,
    "SE": europe.SWEDEN,
    "FI": europe.FINLAND,
    "PL": europe.POLAND,
    "BR": europe.BRAZIL,
    "JP": east_asia.JAPAN,
    "KR": east_asia.KOREA,
    "TH": east_asia.THAILAND,
    "VN": east_asia.VIETNAM,
    "RU": east_europe.RUSSIA,
    "UA": east_europe.UKRAINE,
    "GR": east_europe.GREECE,
    "AM": east_europe.ARMENIA,
    "GE": east_europe.GEORGIA,
    "IL": asia.ISRAEL,
    "AE": asia.EMIRATES,
    "IN": asia.INDIA,
}

# The share of a country's guests who are Chinese scholars and founders abroad:
# the conference courts them first.
CHINESE_ABROAD: dict[str, float] = {
    "US": 0.68,
    "CA": 0.66,
    "AU": 0.64,
    "GB": 0.58,
    "NZ": 0.6,
    "SG": 0.35,
    "JP": 0.45,
    "DE": 0.42,
    "FR": 0.4,
    "NL": 0.35,
    "SE": 0.3,
    "CH": 0.3,
    "KR": 0.2,
    "MY": 0.3,
    "IT": 0.15,
}


def draw_name(country: str, rng: Random) -> tuple[Name, bool]:
    """Draw a name for a resident of the country, and say whether it is a Chinese one."""
    is_chinese = country in {"CN", "HK", "MO", "TW"}
    if is_chinese or rng.random() >= CHINESE_ABROAD.get(country, 0):
        return OWN[country].draw(rng), is_chinese or country == "SG"
    return draw_overseas_name(rng), True


def draw_overseas_name(rng: Random) -> Name:
    """A Chinese name as its owner uses it abroad: three in ten take an English first name."""
    name = han.OVERSEAS.draw(rng)
    if rng.random() >= 0.3:
        return name
    given = rng.choice((han.ENGLISH_WOMEN if name.is_woman else han.ENGLISH_MEN).split())
    return replace(name, given_latin=given, latin=f"{given} {name.family_latin}")


__all__ = ["CHINESE_ABROAD", "OWN", "Name", "NameBook", "draw_name", "draw_overseas_name"]
