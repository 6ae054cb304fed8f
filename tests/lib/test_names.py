"""Names in two scripts: once where only accents differ, both where scripts do."""

import pytest

from attendees.models import Person


@pytest.mark.parametrize(
    ("native", "latin", "both", "english"),
    [
        ("Amélie Roux", "Amelie Roux", "Amélie Roux", "Amélie Roux"),
        ("Amelie Roux", "Amelie Roux", "Amelie Roux", "Amelie Roux"),
        ("李华", "Li Hua", "李华 · Li Hua", "Li Hua"),
        ("Ελένη Παππά", "Eleni Pappa", "Ελένη Παππά · Eleni Pappa", "Eleni Pappa"),
        ("Jürgen Groß", "Juergen Gross", "Jürgen Groß · Juergen Gross", "Juergen Gross"),
        ("", "Li Hua", "Li Hua", "Li Hua"),
        ("李华", "", "李华", "李华"),
    ],
)
def test_name_is_said_once_where_only_accents_differ(native, latin, both, english):
    person = Person(name_native=native, name_latin=latin)

    assert (person.both_names, person.name_in("en")) == (both, english)
