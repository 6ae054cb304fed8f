"""Guest lists: matched, written whole or not at all, and nothing the second time."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from attendees.importing.writing import import_guest_list, plan_guest_list, upload_guest_list
from attendees.models import Category, GuestList, Invitation, Person, Registration
from hrconf.mailing.models import Message
from tests import make
from tests.attendees.importing.make_lists import (
    HEADING,
    LI,
    ZHANG,
    counts,
    guest_list,
    imported,
    notes,
)

pytestmark = pytest.mark.django_db
Purpose = GuestList.Purpose


def test_new_people_are_created_with_all_they_bring():
    result = imported(ZHANG, LI)

    assert counts(result) == (2, 0, 0, 0)
    zhang = Person.objects.get(email="zhang@guests.example")
    assert (zhang.name_native, zhang.name_latin, zhang.country.code) == ("张伟", "Zhang Wei", "CA")
    assert zhang.organization_zh_hans == "湖滨生物"
    assert zhang.sort_key == "zhang wei"


def test_the_same_list_twice_changes_nothing():
    edition = make.edition()
    category = make.category(edition)
    more = {"edition": edition, "category": category, "purpose": Purpose.INVITATIONS}
    imported(ZHANG, LI, **more)
    before = list(Person.objects.values()), list(Invitation.objects.values())

    again = imported(ZHANG, LI, **more)

    assert counts(again) == (0, 0, 2, 0)
    assert (list(Person.objects.values()), list(Invitation.objects.values())) == before


def test_a_person_is_found_by_address_whatever_its_case():
    known = make.person(name_native="张伟", name_latin="", email="ZHANG@guests.example")

    result = imported(ZHANG)

    known.refresh_from_db()
    assert counts(result) == (0, 1, 0, 0)
    assert (Person.objects.count(), known.name_latin) == (1, "Zhang Wei")


def test_without_an_address_a_person_is_found_by_name_and_organization():
    known = make.person(
        name_native="张伟", name_latin="", email="", organization_zh_hans="湖滨生物"
    )
    make.person(name_native="张伟", name_latin="", email="", organization_zh_hans="别的公司")

    imported(["张 伟", "", "", "", "湖滨生物"])

    assert Person.objects.count() == 2
    assert Person.objects.filter(pk=known.pk, name_native="张 伟").exists()


def test_a_namesake_with_another_address_is_somebody_else():
    make.person(name_native="张伟", email="other@guests.example", organization_zh_hans="湖滨生物")

    assert counts(imported(ZHANG)) == (1, 0, 0, 0)


def test_empty_cells_take_nothing_away():
    known = make.person(
        name_native="张伟", email="zhang@guests.example", organization_zh_hans="湖滨生物"
    )

    result = imported(["张伟", "", "zhang@guests.example", "", ""])

    known.refresh_from_db()
    assert counts(result) == (0, 0, 1, 0)
    assert known.organization_zh_hans == "湖滨生物"


def test_whoever_was_merged_is_found_as_who_they_are_now():
    kept = make.person(name_native="张伟", name_latin="Zhang Wei", email="new@guests.example")
    make.person(
        name_native="张伟", name_latin="Zhang Wei", email="zhang@guests.example", merged_into=kept
    )

    result = imported(["张伟", "", "zhang@guests.example", "", ""])

    assert result.report["rows"][0]["person"] == kept.pk


def test_an_address_of_someone_of_another_name_is_refused():
    make.person(name_native="王芳", name_latin="Wang Fang", email="zhang@guests.example")

    result = imported(ZHANG)

    assert counts(result) == (0, 0, 0, 1)
    assert "another name" in notes(result)[2][0]


def test_two_people_of_one_name_and_place_are_not_guessed():
    for _each in range(2):
        make.person(name_native="张伟", name_latin="", email="", organization_zh_hans="湖滨生物")

    result = imported(["张伟", "", "", "", "湖滨生物"])

    assert "several people" in notes(result)[2][0]


def test_one_refused_row_keeps_the_whole_list_out():
    result = imported(ZHANG, ["", "", "nobody@guests.example", "", ""], LI)

    assert (result.status, counts(result)) == (GuestList.Status.REFUSED, (2, 0, 0, 1))
    assert Person.objects.count() == 0
    assert notes(result)[3] == ["no name"]


def test_refused_rows_may_be_left_out_by_choice():
    result = imported(ZHANG, ["", "", "nobody@guests.example", "", ""], skips_refused=True)

    assert (result.status, counts(result)) == (GuestList.Status.IMPORTED, (1, 0, 0, 1))
    assert Person.objects.count() == 1


def test_a_person_twice_in_a_list_is_one_person():
    result = imported(ZHANG, ZHANG)

    assert counts(result) == (1, 0, 1, 0)
    assert notes(result)[3] == ["the same person as in line 2"]


def test_a_person_twice_with_other_data_is_refused():
    other = [*ZHANG[:4], "别的公司"]

    result = imported(ZHANG, other)

    assert notes(result)[3] == ["the same person as in line 2, with other data"]


def test_an_error_half_way_leaves_nothing(monkeypatch):
    uploaded = guest_list(ZHANG, LI)

    def fail(*args):
        raise RuntimeError("half-way")

    monkeypatch.setattr("attendees.importing.writing.report_of", fail)
    with pytest.raises(RuntimeError):
        import_guest_list(uploaded.pk)

    assert Person.objects.count() == 0
    uploaded.refresh_from_db()
    assert uploaded.status == GuestList.Status.UPLOADED


def test_invitations_are_drawn_up_and_nobody_is_mailed():
    edition = make.edition()
    category = make.category(edition)
    association = make.association(slug="acp-canada")
    owner = make.organizer()

    result = imported(
        [*ZHANG, "acp-canada"],
        [*LI, ""],
        heading=[*HEADING, "推荐社团"],
        edition=edition,
        category=category,
        purpose=Purpose.INVITATIONS,
        by=owner,
    )

    assert counts(result) == (2, 0, 0, 0)
    drafts = {i.person.email: i for i in Invitation.objects.select_related("person")}
    assert {i.status for i in drafts.values()} == {Invitation.Status.DRAFT}
    assert drafts["zhang@guests.example"].association == association
    assert drafts["li@guests.example"].owner == owner
    assert Message.objects.count() == 0


def test_registrations_wait_for_approval():
    edition = make.edition()
    press = make.category(edition, Category.Kind.PRESS)

    imported(
        [*ZHANG, "press"],
        heading=[*HEADING, "类别"],
        edition=edition,
        category=make.category(edition),
        purpose=Purpose.REGISTRATIONS,
    )

    made = Registration.objects.get()
    assert (made.status, made.category) == (Registration.Status.PENDING, press)
    assert made.submitted_at is not None


def test_unknown_category_or_association_is_refused():
    edition = make.edition()

    result = imported(
        [*ZHANG, "nobility", "nobody"],
        heading=[*HEADING, "Category", "Association"],
        edition=edition,
    )

    assert notes(result)[2] == ["Category: is none of the edition", "Association: is none of ours"]


def test_planning_costs_the_same_at_any_length(django_assert_num_queries):
    edition = make.edition()
    few = guest_list(ZHANG, edition=edition)
    many = guest_list(
        *([f"张{n}", "", f"z{n}@guests.example", "", ""] for n in range(50)), edition=edition
    )

    for uploaded in [few, many]:
        with django_assert_num_queries(3):  # people, associations, categories
            plan_guest_list(uploaded)


def test_the_file_goes_once_it_is_imported(django_capture_on_commit_callbacks):
    uploaded = guest_list(ZHANG)
    storage, name = uploaded.file.storage, uploaded.file.name

    with django_capture_on_commit_callbacks(execute=True):
        result = import_guest_list(uploaded.pk)

    assert not result.file
    assert not storage.exists(name)


def test_the_report_holds_no_data_of_people():
    result = imported(ZHANG, ["", "", "not an address", "Atlantis", "湖滨"])

    kept = str(result.report)
    assert not any(word in kept for word in ["张", "Zhang", "@", "Atlantis", "湖滨"])


def test_what_is_no_table_is_refused_at_the_door():
    with pytest.raises(ValidationError):
        upload_guest_list(
            GuestList(edition=make.edition()),
            ContentFile(b"\x00\x01", name="x.csv"),
            by=make.user(),
        )
