"""The plain data behind the 2017 edition, without a database."""

import re
from decimal import Decimal
from random import Random

import pytest

from agreements.edition_2017 import countries, deals, history, names, places, sectors
from agreements.edition_2017.load.people import PersonMaker, domain_of, person_sort_key
from agreements.edition_2017.load.places_of_work import place_of_work
from agreements.edition_2017.names import han
from agreements.edition_2017.names.book import AVOIDED
from agreements.edition_2017.organizations.associations import ASSOCIATIONS
from agreements.edition_2017.organizations.universities import UNIVERSITIES
from agreements.edition_2017.programme.plan import SLOTS
from agreements.edition_2017.programme.venues import ROOMS
from agreements.edition_2017.proposals.families import FAMILIES
from agreements.edition_2017.proposals.writer import ProposalWriter
from agreements.edition_2017.text import Text, in_sentence, with_article

HAN = re.compile("[\u3400-\u9fff]")
COMPANY = Text("Company", "公司")


def test_professionals_come_from_27_countries_and_regions():
    assert len(countries.PROFESSIONALS) == 27
    assert sum(countries.PROFESSIONALS.values()) == 498


def test_past_totals_are_those_of_the_report():
    sums: dict[str, Decimal] = {}
    for total in history.TOTALS:
        sums[total.metric] = sums.get(total.metric, Decimal(0)) + total.value

    assert sums["professionals"] == 3723
    assert sums["projects_signed"] == 937
    assert all(total.is_estimate or total.is_lower_bound for total in history.TOTALS)


@pytest.mark.parametrize("scale", [1, 10])
@pytest.mark.parametrize("seed", [2017, 1, 2])
def test_signed_amounts_sum_to_the_fen(seed, scale):
    total = deals.VOLUME_CNY * scale

    prices = deals.signed_prices(deals.SIGNED * scale, total, Random(seed))

    assert sum(price.cny for price in prices) == total
    assert min(price.amount for price in prices) > 0
    assert {price.currency for price in prices} == {"CNY", "USD", "EUR"}


@pytest.mark.parametrize("code", names.OWN)
def test_names_have_a_latin_form_in_letters_a_badge_can_print(code):
    book = names.OWN[code]
    parts = [*book.families, *book.feminine, *book.men, *book.women]

    assert [part for part in parts if not part.latin.replace("ü", "u").isascii()] == []
    assert all(part.native for part in parts)


def test_names_are_in_a_dozen_scripts():
    scripts = {
        "CN": "[\u4e00-\u9fff]",
        "KR": "[\uac00-\ud7af]",
        "RU": "[\u0400-\u04ff]",
        "GR": "[\u0370-\u03ff]",
        "IL": "[\u0590-\u05ff]",
        "AE": "[\u0600-\u06ff]",
        "IN": "[\u0900-\u097f]",
        "TH": "[\u0e00-\u0e7f]",
        "AM": "[\u0530-\u058f]",
        "GE": "[\u10a0-\u10ff]",
    }

    for code, script in scripts.items():
        assert re.search(script, names.OWN[code].draw(Random(1)).native), code


def test_nobody_is_a_namesake_of_someone_in_office():
    rng = Random(1)

    drawn = {han.MAINLAND.draw(rng).native for _each in range(20_000)}

    assert not drawn & AVOIDED


def test_chinese_names_are_sorted_by_the_reading_of_the_surname():
    zeng = names.Name("曾志明", "Chih-ming Tseng", "Tseng", "Chih-ming", False)
    hayashi = names.Name("林 健一", "Kenichi Hayashi", "Hayashi", "Kenichi", False)

    assert person_sort_key(zeng, "TW") == "zeng zhi ming"
    assert person_sort_key(hayashi, "JP") == "hayashi kenichi"


def test_ten_times_the_guests_have_an_address_each():
    rng = Random(1)
    maker = PersonMaker(rng)

    people = [
        maker.make("US", organization, title)
        for title, organization in (place_of_work("professional", "US", rng) for _n in range(5000))
    ]

    assert len({person.email for person in people}) == 5000


def test_domain_is_of_whole_words():
    assert domain_of("Federation of Chinese Students and Scholars in Upstate New York") == (
        "federation-of-chinese-students-and"
    )
    assert domain_of("Lakemont University") == "lakemont-university"


def test_associations_are_over_a_hundred_and_those_of_china_are_not_called_overseas():
    own = [row for row in ASSOCIATIONS if row.country in {"HK", "MO", "TW"}]

    assert len({row.name.en for row in ASSOCIATIONS}) == len(ASSOCIATIONS) > 100
    assert own
    assert not [row for row in own if "Overseas" in row.name.en or "华人" in row.name.zh]


def test_every_country_that_is_asked_has_names_and_universities():
    asked = {*countries.PROFESSIONALS, *countries.ASKED_IN_VAIN, "CN"}

    assert asked <= names.OWN.keys()
    assert asked <= UNIVERSITIES.keys()


def test_every_sector_has_parks_and_every_park_a_district():
    codes = {district.code for district in places.DISTRICTS}

    assert {park.district for park in places.PARKS} == codes
    assert {sector for park in places.PARKS for sector in park.sectors} == {
        sector.slug for sector in sectors.SECTORS
    }


def test_every_subsector_has_families_of_projects():
    assert FAMILIES.keys() == sectors.SECTOR_OF.keys()


def test_projects_have_titles_of_their_own_in_both_languages():
    writer = ProposalWriter(Random(1))
    subsectors = [row.slug for row in sectors.SUBSECTORS for _each in range(3 * row.weight)]

    written = [writer.write(slug, COMPANY) for slug in subsectors]

    assert len({proposal.title.en for proposal in written}) == len(written)
    assert len({proposal.title.zh for proposal in written}) == len(written)


def test_projects_are_written_out_and_read_as_sentences():
    writer = ProposalWriter(Random(3))

    for slug in [row.slug for row in sectors.SUBSECTORS for _each in range(12)]:
        proposal = writer.write(slug, COMPANY)
        english, chinese = proposal.summary.en, proposal.summary.zh
        assert not re.search(r"[{}]|  |\.\.", english + chinese)
        assert english.endswith(".")
        assert chinese.endswith("。")
        assert not HAN.search(english)
        assert all(first[0].isupper() or first[0].isdigit() for first in english.split(". "))
        assert english.count(". ") == chinese.count("。") - 1


def test_a_writer_who_runs_out_of_titles_goes_on():
    writer = ProposalWriter(Random(1))

    written = [writer.write("supply-chain-finance", COMPANY) for _each in range(400)]

    assert len(written) == 400
    assert writer.exhausted == {"supply-chain-finance"}


def test_planned_sessions_take_no_room_twice():
    rooms = {room.slug for room in ROOMS}
    taken: dict[str, list] = {}

    for slot in SLOTS:
        assert slot.room in rooms
        others = taken.setdefault(slot.room, [])
        assert all(slot.end <= other.start or other.end <= slot.start for other in others)
        others.append(slot)


def test_opening_hall_holds_everyone_who_comes():
    opening = next(slot for slot in SLOTS if slot.kind == "opening")
    hall = next(room for room in ROOMS if room.slug == opening.room)

    assert hall.capacity >= 3500


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("MRI coil", "an MRI coil"),
        ("RISC-V controller", "a RISC-V controller"),
        ("universal CAR-T product", "a universal CAR-T product"),
        ("anti-fraud engine", "an anti-fraud engine"),
        ("X-ray tube", "an X-ray tube"),
    ],
)
def test_articles_follow_the_sound(noun, expected):
    assert with_article(noun) == expected


def test_organizations_take_the_article_english_wants():
    assert in_sentence(Text("University of Lindenburg", "")).en == "the University of Lindenburg"
    assert in_sentence(Text("Lakemont University", "")).en == "Lakemont University"
