"""The names of companies made comparable: script, spelling, legal form and place apart."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from pypinyin import Style, lazy_pinyin

from hrconf.lib.name_keys import plain
from hrconf.lib.names import HAN

# What a company is in law, not what it is called.
LATIN_FORMS = {
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp",
    "lp", "plc", "gmbh", "ag", "kg", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy", "ab",
    "as", "aps", "pte", "pty", "pvt", "private", "kk", "holding", "holdings", "group",
}  # fmt: skip
CHINESE_FORM = re.compile(r"(股份有限公司|有限责任公司|有限公司|集团公司|公司|集团|工作室|团队)+$")
PLACES = (
    "中国|浙江|杭州|北京|上海|深圳|广州|南京|苏州|宁波|武汉|成都|西安|天津|重庆|合肥|厦门|青岛|长沙"
)
CHINESE_PLACE = re.compile(rf"^(?:(?:{PLACES})(?:省|市)?)+(?=.{{2}})")
# Where many live: the address of such a page tells nothing about its company.
SHARED_HOSTS = {
    "linkedin.com", "facebook.com", "twitter.com", "x.com", "instagram.com", "github.com",
    "github.io", "medium.com", "weixin.qq.com", "mp.weixin.qq.com", "weibo.com", "youtube.com",
    "angel.co", "crunchbase.com", "ycombinator.com", "notion.site", "google.com", "qq.com",
    "163.com", "baidu.com", "wixsite.com", "wordpress.com", "example.com", "example.org",
}  # fmt: skip


@lru_cache(maxsize=65536)
def core(name: str) -> str:
    """A name without what it is in law, words apart: “Zhiyun Co., Ltd.” is “zhiyun”."""
    text = plain(name)
    if HAN.search(text):
        bare = CHINESE_FORM.sub("", text.replace(" ", ""))
        return CHINESE_PLACE.sub("", bare)
    words = text.split()
    while len(words) > 1 and words[-1] in LATIN_FORMS:
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=65536)
def said(name: str) -> str:
    """How the core of a name sounds, joined: pinyin for characters, else its letters."""
    text = core(name)
    if HAN.search(text):
        text = " ".join(lazy_pinyin(text, style=Style.NORMAL))
    return plain(text).replace(" ", "")


@lru_cache(maxsize=65536)
def domain_of(website: str) -> str:
    """The host of a web address, where it is the company's own."""
    try:
        host = (urlsplit(website).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    is_shared = any(host == one or host.endswith(f".{one}") for one in SHARED_HOSTS)
    return "" if is_shared else host


@lru_cache(maxsize=65536)
def trigrams(text: str) -> frozenset[str]:
    padded = f"  {text} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def likeness(one: str, other: str) -> float:
    """The share of trigrams that two texts have in common, from 0 to 1."""
    first, second = trigrams(one), trigrams(other)
    return len(first & second) / len(first | second)
