"""Names of organizations made comparable: across legal forms, scripts and mail domains.

`organization_keys` is what two spellings of one organization have in common: the name
without its legal form, and a Chinese name as it is said, its common words translated.
So 浙江大学, 浙江大學 and Zhejiang University share a key. What the words do not
translate is not found: an abbreviation, a trade name.
"""

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from hrconf.lib.name_keys import address_of, plain
from hrconf.lib.names import HAN

# Legal forms as `plain` leaves them; longest first where one holds another.
LEGAL = {
    "co", "company", "corp", "corporation", "inc", "incorporated", "ltd", "limited", "llc", "llp",
    "lp", "plc", "pte", "pty", "pvt", "private", "gmbh", "ag", "kg", "ug", "mbh", "se", "sa", "sas",
    "sarl", "srl", "spa", "bv", "nv", "oy", "oyj", "ab", "as", "asa", "aps", "kk", "kft", "zrt",
    "doo", "sro", "bhd", "sdn", "ltda", "lda", "sl", "ooo", "jsc", "holding", "holdings",
    "group", "the", "of", "and", "at", "for", "de", "la", "der", "fur",
}  # fmt: skip
LEGAL_HAN = re.compile(
    r"股份有限公司|有限责任公司|集团有限公司|有限公司|责任公司|株式会社|합자회사|주식회사"
    r"|有限合伙|合伙企业|集团|公司|企业"
)
# The words of Chinese names that an English name translates; longer ones first.
WORDS = {
    "研究开发": "research development", "生物医药": "biomedicine", "生物科技": "biotechnology",
    "生物技术": "biotechnology", "人工智能": "artificial intelligence", "信息技术": "information technology",
    "网络科技": "network technology", "医疗器械": "medical devices", "师范大学": "normal university",
    "科技大学": "university science technology", "理工大学": "university technology",
    "工业大学": "university technology", "交通大学": "jiaotong university", "研究院": "institute",
    "研究所": "institute", "科学院": "academy sciences", "实验室": "laboratory", "微电子": "microelectronics",
    "新材料": "new materials", "新能源": "new energy", "机器人": "robotics", "半导体": "semiconductor",
    "大学": "university", "学院": "college", "医院": "hospital", "银行": "bank", "基金": "fund",
    "资本": "capital", "投资": "investment", "科技": "technology", "技术": "technology", "生物": "biotech",
    "医药": "pharmaceutical", "制药": "pharmaceutical", "医疗": "medical", "电子": "electronics",
    "软件": "software", "网络": "network", "信息": "information", "智能": "intelligent", "材料": "materials",
    "能源": "energy", "环保": "environmental", "中国": "china", "国际": "international", "国家": "national",
    "协会": "association", "中心": "center", "香港": "hong kong", "北京": "beijing", "上海": "shanghai",
}  # fmt: skip
BRITISH = {"centre": "center", "technologies": "technology", "labs": "laboratory"}
# What stands there when there is no organization, or says nothing.
NOTHING = {
    "", "none", "na", "n a", "nil", "self employed", "selfemployed", "freelance", "freelancer",
    "individual", "independent", "personal", "private", "startup", "university", "college", "hospital",
    "institute", "technology", "student", "retired", "无", "暂无", "个人", "自由职业", "创业团队", "团队", "大学", "医院",
}  # fmt: skip
# Providers whose addresses say nothing of an employer, by the name before the ending.
PUBLIC = {
    "gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "ymail", "rocketmail", "aol",
    "icloud", "me", "mac", "gmx", "web", "mail", "yandex", "proton", "protonmail", "pm", "tutanota",
    "zoho", "fastmail", "qq", "foxmail", "163", "126", "yeah", "139", "189", "wo", "sina", "sohu",
    "aliyun", "tom", "21cn", "vip", "naver", "daum", "hanmail", "kakao", "rediffmail", "orange",
    "wanadoo", "laposte", "free", "sfr", "tonline", "t-online", "freenet", "libero", "virgilio", "btinternet",
    "comcast", "verizon", "att", "sbcglobal", "shaw", "rogers", "bigpond", "inbox", "bk", "list", "rambler",
    "hey", "duck", "seznam", "wp", "o2", "uol", "bol", "terra", "docomo", "ezweb", "softbank",
}  # fmt: skip
RESERVED = {"example", "test", "invalid", "localhost", "local"}
# Second levels under a country, such as ac.uk and edu.cn, that belong to nobody.
SECOND = {"ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ne", "net", "or", "org", "re", "sch"}
SHORTEST = 3
INITIALS = re.compile(r"(?<=\b\w)\.\s?(?=\w\b)")  # the dots in S.A.


@lru_cache(maxsize=8192)
def organization_keys(name: str) -> frozenset[str]:
    """What spellings of one organization share; empty if the name says nothing."""
    bare = plain(INITIALS.sub("", name or ""))
    if bare in NOTHING:
        return frozenset()
    found = {_latin_key(_said(bare)) if HAN.search(bare) else _latin_key(bare)}
    if HAN.search(bare):
        found.add(LEGAL_HAN.sub("", bare).replace(" ", ""))
    return frozenset(key for key in found if _tells(key))


def _tells(key: str) -> bool:
    least = 2 if HAN.search(key) else SHORTEST
    return len(key) >= least and key not in NOTHING


def _said(bare: str) -> str:
    """A Chinese name in Latin letters: common words in English, the others in pinyin."""
    text = LEGAL_HAN.sub(" ", bare)
    for word, english in sorted(WORDS.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(word, f" {english} ")
    parts = [
        "".join(lazy_pinyin(part, style=Style.NORMAL)) if HAN.search(part) else part
        for part in text.split()
    ]
    return " ".join(parts)


def _latin_key(bare: str) -> str:
    """The words that tell, in the order of the alphabet: University of X is X University."""
    told = [BRITISH.get(word, word) for word in bare.split() if word not in LEGAL]
    return "".join(sorted(told))


@lru_cache(maxsize=8192)
def mail_domain(email: str) -> str:
    """The domain an organization registered, cs.zju.edu.cn → zju.edu.cn; "" if it tells nothing."""
    labels = address_of(email or "").rpartition("@")[2].strip(".").split(".")
    if len(labels) < 2 or labels[-1] in RESERVED:
        return ""
    is_below_country = len(labels[-1]) == 2 and labels[-2] in SECOND
    own = labels[-3:] if is_below_country else labels[-2:]
    if own[0] in PUBLIC or (is_below_country and len(labels) < 3):
        return ""
    return ".".join(own)
