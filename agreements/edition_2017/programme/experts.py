"""Who is on stage: titles, organizations and biographies of invented experts."""

import re
from dataclasses import dataclass
from random import Random

from agreements.edition_2017.names import Name
from agreements.edition_2017.names.book import for_chinese_readers
from agreements.edition_2017.organizations import titles
from agreements.edition_2017.organizations.companies import company
from agreements.edition_2017.organizations.universities import UNIVERSITIES
from agreements.edition_2017.programme.forums import Expert
from agreements.edition_2017.text import Text, in_sentence, texts

OFFICE = Text("Conference Office", "大会组委会办公室")
OFFICIALS = texts("""
Director of Talent Services | 人才服务处处长
Deputy Director, Overseas Liaison | 海外联络处副处长
Head of the Expert Service Desk | 专家服务科科长
""")
HOSPITALS = texts("""
First Hospital of Wulin Medical College | 武林医学院附属第一医院
Qiantang Hospital | 钱塘医院
Jinghu University Cancer Hospital | 镜湖大学附属肿瘤医院
""")
PHYSICIANS = texts("""
Chief Physician | 主任医师
Vice President | 副院长
Head of Department | 科主任
""")

MEDICAL = re.compile("Medic|Biomed|Life Sciences")
_SECTOR_WORDS = {
    "biomedicine": "medic drug pharma cell gene clinic onco implant antibod surg rehabil tumour",
    "finance": "bank pay financ credit invest capital fund regulat ledger",
    "manufacturing": "robot machin energy batter weld alloy packag material production photonics",
}

# {He} and {he} follow the name; Chinese needs no pronoun.
_BIOGRAPHIES = {
    "P": texts("""
    {name} is {title} at {org}, with {field} as {his} subject. {He} has published some {many} papers, holds {few} patents and has advised companies in {some} countries. | {name}，{org}{title}，主要研究方向为{field}。发表论文{many}余篇，拥有专利{few}项，曾为{some}个国家的企业提供咨询。
    {name} is {title} at {org}. {His} group of {few} works on {field} together with partners in {some} countries; {he} serves on the boards of two journals of the field. | {name}，{org}{title}，带领{few}人团队从事{field}研究，与{some}个国家的机构保持合作，并担任两种专业期刊编委。
    {name} came to {field} by way of industry, where {he} spent {few} years. {He} is now {title} at {org} and teaches the subject to engineers and managers alike. | {name}，现任{org}{title}，长期从事{field}研究，此前在企业工作{few}年，面向工程师与管理者授课。
    """),
    "F": texts("""
    {name} is {title} of {org}. After {few} years of research in {field}, {he} founded the company in {year}; it now has {many} employees on two continents. | {name}，{org}{title}。从事{field}研究{few}年后，于{year}年创办公司，现有员工{many}人，分布于两大洲。
    {name}, {title} of {org}, has started two companies in the field of {field}. The first failed within a year, and {he} is often asked to speak about that one. | {name}，{org}{title}，在{field}领域两次创业。首次创业不到一年即告失败，也因此常受邀分享经验。
    """),
    "E": texts("""
    {name} is {title} at {org} and has worked in {field} for {few} years, in laboratories, plants and on customers' sites. | {name}，{org}{title}，从事{field}工作{few}年，经历覆盖实验室、工厂与客户现场。
    {name} is {title} at {org}. {He} leads {many} people who work on {field} and sits on two committees for standards. | {name}，{org}{title}，带领{many}人团队从事{field}工作，并担任两个标准委员会委员。
    """),
    "I": texts("""
    {name} is {title} of {org} and has led {few} investments in the field of {field}, {some} of which have gone public. | {name}，{org}{title}，在{field}方面主导投资{few}个项目，其中{some}家已上市。
    {name}, {title} of {org}, trained as an engineer before turning to {field}. {He} reads every business plan to the last page. | {name}，{org}{title}，工程师出身，后转入{field}。每一份商业计划书都会读到最后一页。
    """),
    "G": texts("""
    {name} is {title} at the {org} and has been in charge of {field} since {year}. | {name}，{org}{title}，{year}年起负责{field}工作。
    """),
    "H": texts("""
    {name} is {title} at {org}. {He} has practised for {few} years and works on {field} with engineers of three companies. | {name}，{org}{title}，从医{few}年，与三家企业的工程师合作开展{field}方面的工作。
    """),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """An expert's name, place and life, ready for a speaker's page."""

    name: Name
    country: str
    title: Text
    organization: Text
    biography: Text


def profile(expert: Expert, name: Name, rng: Random) -> Profile:
    title, organization = _place(expert, rng)
    return Profile(
        name=name,
        country=expert.country,
        title=title,
        organization=organization,
        biography=_biography(expert, name, title, organization, rng),
    )


def _place(expert: Expert, rng: Random) -> tuple[Text, Text]:
    country = expert.country
    match expert.role:
        case "P":
            return rng.choice(titles.PROFESSOR), rng.choice(_universities(expert))
        case "F":
            return rng.choice(titles.FOUNDER[:3]), company(country, _sector(expert), rng)
        case "I":
            return rng.choice(titles.INVESTOR[:3]), company(country, "capital", rng)
        case "G":
            return rng.choice(OFFICIALS), OFFICE
        case "H":
            return rng.choice(PHYSICIANS), rng.choice(HOSPITALS)
    return rng.choice(titles.ENGINEER[:4]), company(country, _sector(expert), rng)


def _universities(expert: Expert) -> list[Text]:
    """Medical schools for medical subjects, other universities for the rest."""
    everywhere = UNIVERSITIES[expert.country]
    is_medical = _sector(expert) == "biomedicine"
    fitting = [place for place in everywhere if bool(MEDICAL.search(place.en)) == is_medical]
    return fitting or list(everywhere)


def _sector(expert: Expert) -> str:
    words = expert.field.en.lower()
    for sector, stems in _SECTOR_WORDS.items():
        if any(stem in words for stem in stems.split()):
            return sector
    return "information"


def _biography(expert: Expert, name: Name, title: Text, org: Text, rng: Random) -> Text:
    pronoun = "she" if name.is_woman else "he"
    possessive = "her" if name.is_woman else "his"
    written = rng.choice(_BIOGRAPHIES[expert.role]).format(
        name=Text(name.latin, for_chinese_readers(name.native, name.latin)),
        title=title,
        org=in_sentence(org),
        field=expert.field,
        He=pronoun.capitalize(),
        he=pronoun,
        His=possessive.capitalize(),
        his=possessive,
        many=rng.randint(4, 18) * 10,
        few=rng.randint(6, 22),
        some=rng.randint(3, 5),
        year=rng.randint(2009, 2015),
    )
    return Text(written.en.replace("..", "."), written.zh)  # "… Co., Ltd.."
