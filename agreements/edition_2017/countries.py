"""Where the guests of 2017 come from, and which languages they speak."""

# The 498 invited professionals by country or region: 27 of them.
PROFESSIONALS: dict[str, int] = {
    "US": 151,
    "JP": 42,
    "GB": 39,
    "DE": 38,
    "CA": 35,
    "AU": 32,
    "SG": 22,
    "FR": 19,
    "KR": 17,
    "HK": 15,
    "TW": 13,
    "RU": 10,
    "NL": 9,
    "SE": 8,
    "IL": 7,
    "IT": 7,
    "IN": 6,
    "UA": 5,
    "CH": 5,
    "ES": 4,
    "FI": 3,
    "NZ": 3,
    "MY": 2,
    "PL": 2,
    "GR": 2,
    "AE": 1,
    "AM": 1,
}

# Countries of which guests were asked and none came: they must not be counted.
ASKED_IN_VAIN = ("BR", "VN", "TH", "GE", "MO")

LANGUAGES: dict[str, tuple[str, ...]] = {
    "CN": ("zh",),
    "HK": ("zh", "yue", "en"),
    "MO": ("zh", "yue", "pt"),
    "TW": ("zh", "en"),
    "SG": ("en", "zh"),
    "MY": ("ms", "en"),
    "JP": ("ja", "en"),
    "KR": ("ko", "en"),
    "DE": ("de", "en"),
    "CH": ("de", "en"),
    "FR": ("fr", "en"),
    "IT": ("it", "en"),
    "ES": ("es", "en"),
    "NL": ("nl", "en"),
    "SE": ("sv", "en"),
    "FI": ("fi", "en"),
    "PL": ("pl", "en"),
    "RU": ("ru", "en"),
    "UA": ("uk", "en"),
    "GR": ("el", "en"),
    "AM": ("hy", "en"),
    "GE": ("ka", "en"),
    "IL": ("he", "en"),
    "AE": ("ar", "en"),
    "IN": ("hi", "en"),
    "TH": ("th", "en"),
    "VN": ("vi", "en"),
    "BR": ("pt", "en"),
}


def languages_of(country: str, is_chinese: bool) -> list[str]:
    """The languages a guest speaks, mother tongue first."""
    local = LANGUAGES.get(country, ("en",))
    first = ("zh",) if is_chinese else ()
    return list(dict.fromkeys((*first, *local)))
