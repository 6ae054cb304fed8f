"""Where a guest of each category works, and as what."""

from random import Random

from agreements.edition_2017.organizations import titles
from agreements.edition_2017.organizations.companies import chinese_company, company
from agreements.edition_2017.organizations.universities import UNIVERSITIES
from agreements.edition_2017.places import PARKS
from agreements.edition_2017.text import Text
from attendees.models import Association

SECTORS, SHARES = ["information", "biomedicine", "manufacturing", "finance"], [37, 28, 24, 11]


def place_of_work(
    kind: str, country: str, rng: Random, association: Association | None = None
) -> tuple[Text, Text]:
    """A title and an organization."""
    match kind:
        case "association" if association:
            name = Text(association.name_en, association.name_zh_hans)
            return rng.choice(titles.ASSOCIATION), name
        case "professional":
            return scholar(country, rng) if rng.random() < 0.6 else engineer(country, rng)
        case "project_holder":
            return scholar(country, rng) if rng.random() < 0.25 else founder(country, rng)
        case "host":
            return park_official(rng) if rng.random() < 0.45 else employer(rng)
        case "investor":
            return rng.choice(titles.INVESTOR), company(country, "capital", rng)
        case "press":
            return rng.choice(titles.PRESS), rng.choice(titles.MEDIA)
        case "staff":
            return rng.choice(titles.STAFF), rng.choice(titles.PUBLIC_BODIES)
    return visitor(country, rng)


def scholar(country: str, rng: Random) -> tuple[Text, Text]:
    return rng.choice(titles.PROFESSOR), rng.choice(UNIVERSITIES[country])


def engineer(country: str, rng: Random) -> tuple[Text, Text]:
    return rng.choice(titles.ENGINEER[:6]), company(country, some_sector(rng), rng)


def founder(country: str, rng: Random) -> tuple[Text, Text]:
    sector = some_sector(rng)
    if country == "CN" and rng.random() < 0.7:
        return rng.choice(titles.FOUNDER), chinese_company(sector, rng)
    return rng.choice(titles.FOUNDER), company(country, sector, rng)


def park_official(rng: Random) -> tuple[Text, Text]:
    return rng.choice(titles.HOST_PARK), committee_of(rng.choice(PARKS).name)


def employer(rng: Random) -> tuple[Text, Text]:
    return rng.choice(titles.EMPLOYER), company("CN", some_sector(rng), rng)


def visitor(country: str, rng: Random) -> tuple[Text, Text]:
    title = rng.choice(titles.VISITOR)
    is_scholar = title in titles.VISITOR[:3] or title.en.startswith("Postdoctoral")
    place = rng.choice(UNIVERSITIES[country]) if is_scholar else engineer(country, rng)[1]
    return title, place


def committee_of(park: Text) -> Text:
    """The body that runs a park."""
    return Text(f"Administrative Committee of {park.en}", f"{park.zh}管理委员会")


def some_sector(rng: Random) -> str:
    return rng.choices(SECTORS, SHARES)[0]
