"""Which descriptions are of one project."""

import pytest

from projects.matching.names import core, domain_of, said
from projects.matching.pairs import Entry, find_pairs


def reasons(one: dict, other: dict) -> set[str] | None:
    """What speaks for one project, or None if nobody is asked."""
    pairs = find_pairs([Entry(1, **one), Entry(2, **other)])
    return set(pairs[0].reasons) if pairs else None


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Zhiyun Technology Co., Ltd.", "zhiyun technology"),
        ("ROBOTICS Inc", "robotics"),
        ("Müller GmbH & Co. KG", "muller"),
        ("Group", "group"),
        ("杭州智云科技有限公司", "智云科技"),
        ("浙江省杭州市智雲科技股份有限公司", "智云科技"),
        ("智云（中国）有限公司", "智云中国"),
        ("杭州", "杭州"),
    ],
)
def test_name_loses_its_legal_form_and_place(name, bare):
    assert core(name) == bare


def test_characters_and_letters_of_one_name_sound_alike():
    assert said("杭州智云科技有限公司") == said("Zhi-Yun Keji Co., Ltd.") == "zhiyunkeji"


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.Robots.cn/about", "robots.cn"),
        ("https://www.linkedin.com/company/robots", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_domain_is_the_companys_own(website, domain):
    assert domain_of(website) == domain


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"names": ("Airbnb, Inc.",)}, {"names": ("AIRBNB",)}, {"name"}),
        ({"names": ("智云科技有限公司",)}, {"names": ("智雲科技",)}, {"name"}),
        ({"names": ("智云科技有限公司",)}, {"names": ("Zhiyun Keji Ltd",)}, {"scripts"}),
        ({"names": ("Brightwheel",)}, {"names": ("Bright-Wheel",)}, {"name"}),
        ({"names": ("Bright Wheel",)}, {"names": ("Brightwheel",)}, {"spelling"}),
        ({"names": ("Stripe Payments",)}, {"names": ("Strype Payments",)}, {"spelling"}),
        (
            {"names": ("Old",), "titles": ("Lidar",), "website": "https://same.io"},
            {"names": ("New",), "titles": ("Lidar",), "website": "http://www.same.io/x"},
            {"domain", "title"},
        ),
        (
            {"names": ("智云",), "website": "https://same.io"},
            {"names": ("Cloud of Wisdom",), "website": "http://www.same.io/x"},
            {"domain"},
        ),
        ({"titles": ("A lidar for farms",)}, {"titles": ("A Lidar for Farms!",)}, {"name"}),
    ],
)
def test_pair_is_found(one, other, why):
    assert reasons(one, other) == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # A name alone does not tell companies apart that have pages of their own.
        (
            {"names": ("Atlas",), "website": "https://atlas.io"},
            {"names": ("Atlas",), "website": "https://atlas.cn"},
        ),
        # One title, two companies.
        (
            {"titles": ("Cloud platform",), "names": ("Alpha Labs",)},
            {"titles": ("Cloud platform",), "names": ("Omega Works",)},
        ),
        # One company, two projects.
        (
            {"titles": ("A lidar for farms",), "names": ("Alpha Labs",)},
            {"titles": ("Pathogen detection",), "names": ("Alpha Labs Inc.",)},
        ),
        ({"names": ("Robo Farm",)}, {"names": ("Bank of Data",)}),
        (
            {"names": ("One",), "website": "https://linkedin.com/a"},
            {"names": ("Two",), "website": "https://linkedin.com/b"},
        ),
        ({"names": ("AI",)}, {"names": ("AI",)}),
    ],
)
def test_pair_is_not_asked_about(one, other):
    assert reasons(one, other) is None


def test_same_holder_alone_is_no_reason():
    assert reasons({"names": ("Farm",), "holder": 7}, {"names": ("Bank",), "holder": 7}) is None
    assert reasons({"names": ("Farm",), "holder": 7}, {"names": ("Farm",), "holder": 7}) == {
        "name",
        "holder",
    }


def test_name_that_many_share_tells_nothing():
    crowd = [Entry(number, names=("Startup",)) for number in range(1, 40)]

    assert find_pairs(crowd) == []
