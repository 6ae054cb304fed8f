"""People are found by any script, order, width and accent, by an index."""

import pytest
from django.db import connection

from attendees.models import Person
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, Person]:
    return {
        "both": make.person(name_native="王建国", name_latin="Wang Jianguo", email=""),
        "latin": make.person(name_native="", name_latin="Jian-Guo WANG", email=""),
        "traditional": make.person(name_native="歐陽錦瑟", name_latin="", email=""),
        "accents": make.person(name_native="José Núñez", name_latin="José Núñez", email=""),
        "other": make.person(name_native="汪建国", name_latin="", email="x@guests.example"),
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王建国", {"both", "latin"}),
        ("王建國", {"both", "latin"}),
        ("Wang Jianguo", {"both", "latin", "other"}),
        ("jianguo wang", {"both", "latin", "other"}),
        ("ＷＡＮＧ　Ｊｉａｎｇｕｏ", {"both", "latin", "other"}),
        ("Wang Jian-Guo", {"both", "latin", "other"}),
        ("欧阳", {"traditional"}),
        ("ouyang jinse", {"traditional"}),
        ("jose nunez", {"accents"}),
        ("NÚÑEZ", {"accents"}),
        ("X@Guests.example", {"other"}),
        ("100%", set()),
        ("_", set()),
        ("Wang\x00", {"both", "latin", "other"}),
    ],
)
def test_a_person_is_found_by_any_script_order_width_and_accent(people, text, found):
    rows = set(Person.objects.search(text))

    assert {key for key, person in people.items() if person in rows} == found


def test_whoever_is_written_in_bulk_is_found_too():
    person = Person(name_latin="Anna Smith", sort_key="anna smith")
    Person.objects.bulk_create([person])
    assert Person.objects.search("smith anna").exists()

    person.name_latin, person.sort_key = "Anna Kowalska", "anna kowalska"
    Person.objects.bulk_update([person], ["name_latin", "sort_key"])
    assert Person.objects.search("kowalska").exists()

    person.email = "anna@guests.example"
    person.save(update_fields=["email"])
    assert Person.objects.search("anna@guests").exists()


def test_search_among_three_thousand_goes_by_the_index():
    Person.objects.bulk_create(
        Person(
            name_native=f"来宾{n}",
            name_latin=f"Guest {n}",
            sort_key=f"guest {n}",
            email=f"guest{n}@institute-of-science-and-technology.example",
            organization_en="Institute of Science and Technology",
            organization_zh_hans="科学技术研究院",
        )
        for n in range(3000)
    )
    make.person(name_native="王建国", name_latin="")
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('person_search_trgm')")
        cursor.execute("ANALYZE attendees_person")
        for text in ["Wang Jianguo", "王建国", "jianguo-wang"]:
            sql, params = Person.objects.search(text).query.sql_with_params()
            cursor.execute(f"EXPLAIN {sql}", params)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "person_search_trgm" in plan, plan
