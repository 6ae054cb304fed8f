"""Makes people: a name in both scripts, a place, a title, an address nobody has."""

from random import Random

from django.utils.text import slugify

from agreements.edition_2017.countries import languages_of
from agreements.edition_2017.load.context import between, moment
from agreements.edition_2017.names import Name, draw_name
from agreements.edition_2017.text import Text
from attendees.models import Person
from hrconf.lib.names import sort_key

# Surnames whose usual reading as a word is another one.
SURNAME_READINGS = {"曾": "zeng", "单": "shan", "仇": "qiu"}
FIRST_HEARD_OF, LAST_HEARD_OF = moment(3, 1), moment(8, 20)
ADDRESS_LIMIT = 40  # letters of an organization's name in an address


class PersonMaker:
    """Makes people with addresses at reserved domains, each address once."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.addresses: dict[str, int] = {}

    def make(self, country: str, organization: Text, title: Text) -> Person:
        name, is_chinese = draw_name(country, self.rng)
        return self.named(name, country, organization, title, is_chinese=is_chinese)

    def named(
        self,
        name: Name,
        country: str,
        organization: Text,
        title: Text,
        *,
        is_chinese: bool,
    ) -> Person:
        reads_chinese = is_chinese and (country == "CN" or self.rng.random() < 0.7)
        created = between(FIRST_HEARD_OF, LAST_HEARD_OF, self.rng)
        person = Person(
            name_native=name.native,
            name_latin=name.latin,
            sort_key=person_sort_key(name, country),
            email=self.address(name.given_latin, name.family_latin, organization),
            country=country,
            organization_en=organization.en,
            organization_zh_hans=organization.zh,
            title_en=title.en,
            title_zh_hans=title.zh,
            languages=languages_of(country, is_chinese),
            preferred_language="zh-hans" if reads_chinese else "en",
            created_at=created,
        )
        # Kept for a new address, should the organization change.
        person.given_latin, person.family_latin = name.given_latin, name.family_latin
        return person

    def address(self, given: str, family: str, organization: Text) -> str:
        """Given and family name at the organization's domain; a number tells namesakes."""
        local = f"{slugify(given)}.{slugify(family)}"
        domain = domain_of(organization.en)
        address = f"{local}@{domain}.example"
        number = self.addresses.get(address, 0) + 1
        self.addresses[address] = number
        return address if number == 1 else f"{local}{number}@{domain}.example"


def domain_of(organization: str) -> str:
    """Whole words of the organization's name, as many as fit."""
    slug = slugify(organization)
    cut = slug[: ADDRESS_LIMIT + 1].rpartition("-")[0]
    return slug if len(slug) <= ADDRESS_LIMIT else cut


def person_sort_key(name: Name, country: str) -> str:
    """Pinyin for Chinese names; Japanese characters are sorted by their Latin reading."""
    if country == "JP" and name.native != name.latin and not name.native.isascii():
        is_japanese = " " in name.native
        if is_japanese:
            return sort_key("", f"{name.family_latin} {name.given_latin}")
    key = sort_key(name.native, name.latin)
    reading = SURNAME_READINGS.get(name.native[:1])
    return " ".join([reading, *key.split()[1:]]) if reading else key
