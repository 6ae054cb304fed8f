"""The organizer's list of registrations: search, filters, columns."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from attendees.models import Category, Registration
from tests import make

pytestmark = pytest.mark.django_db
LIST = "admin:attendees_registration_changelist"


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def shown(client, query: str) -> set[Registration]:
    response = client.get(f"{reverse(LIST)}?{query}")
    assert response.status_code == 200
    return set(response.context["cl"].result_list)


@pytest.mark.parametrize(
    "words", ["张伟", "zhang wei", "Wei", "湖滨", "lakeside", "zw@guests", "ABC2345Z", "abc2345z"]
)
def test_search_finds_a_person_by_either_script_address_organization_or_badge(organizer, words):
    person = make.person(
        name_native="张伟",
        name_latin="Zhang Wei",
        email="zw@guests.example",
        organization_en="Lakeside Biotech",
        organization_zh_hans="湖滨生物",
    )
    wanted = make.registration(person=person, badge="ABC2345Z")
    make.registration(person=make.person(name_native="李娜", name_latin="Li Na"))

    assert shown(organizer, f"q={words}") == {wanted}


def test_search_wants_every_word(organizer):
    make.registration(person=make.person(name_latin="Zhang Min"))
    wanted = make.registration(person=make.person(name_latin="Zhang Wei"))

    assert shown(organizer, "q=wei+zhang") == {wanted}


def test_filters_are_in_the_address_and_narrow_together(organizer):
    edition = make.edition()
    wanted = make.registration(edition=edition, kind=Category.Kind.PRESS, status="pending")
    make.registration(edition=edition, kind=Category.Kind.PRESS)
    make.registration(edition=edition, status="pending")
    make.registration(kind=Category.Kind.PRESS, status="pending")

    query = f"edition__id__exact={edition.pk}&category=press&status__exact=pending"
    assert shown(organizer, query) == {wanted}


def test_several_states_may_be_chosen(organizer):
    pending = make.registration(status="pending")
    incomplete = make.registration(status="incomplete")
    make.registration()

    found = shown(organizer, "status__exact=pending&status__exact=incomplete")
    assert found == {pending, incomplete}


def test_country_filter_lists_countries_that_occur_and_takes_several(organizer):
    french = make.registration(person=make.person(country="FR"))
    korean = make.registration(person=make.person(country="KR"))
    make.registration(person=make.person(country="JP"))

    page = organizer.get(reverse(LIST)).content.decode()
    assert "South Korea" in page
    assert "Brazil" not in page
    assert shown(organizer, "country=FR&country=KR") == {french, korean}


def test_association_filter_finds_who_it_invited_and_who_is_in_its_delegation(organizer):
    association = make.association()
    sent = make.invitation(association=association)
    invited = make.registration(edition=sent.edition, person=sent.person, invitation=sent)
    delegation = make.delegation(association=association)
    member = make.registration(edition=delegation.edition, delegation=delegation)
    make.registration()

    assert shown(organizer, f"association={association.pk}") == {invited, member}


def test_arrival_filter_knows_the_day_in_the_host_city(organizer):
    late = datetime(2017, 11, 8, 23, 30, tzinfo=UTC)  # the 9th in Hangzhou
    first = make.registration(arrived_at=datetime(2017, 11, 8, 1, tzinfo=UTC))
    second = make.registration(arrived_at=late)
    absent = make.registration()

    assert shown(organizer, "arrived=yes") == {first, second}
    assert shown(organizer, "arrived=no") == {absent}
    assert shown(organizer, "arrived=2017-11-09") == {second}


@pytest.mark.parametrize(
    "query", ["arrived=nonsense", "association=x", "association=99999999999999999999", "q=%00"]
)
def test_nonsense_in_the_address_breaks_nothing(organizer, query):
    make.registration()

    response = organizer.get(f"{reverse(LIST)}?{query}")

    assert response.status_code in {200, 302}


def test_status_is_not_for_typing(organizer):
    registration = make.registration(status="pending")
    url = reverse("admin:attendees_registration_change", args=[registration.pk])
    fields = {"category": registration.category_id, "companions": 0, "note": "", "delegation": ""}

    fields |= {"companion_rows-TOTAL_FORMS": 0, "companion_rows-INITIAL_FORMS": 0}
    response = organizer.post(url, {**fields, "status": "confirmed", "badge": "MINE2345"})

    registration.refresh_from_db()
    assert response.status_code == 302
    assert registration.status == Registration.Status.PENDING
    assert registration.badge != "MINE2345"


def test_a_registration_that_was_sent_cannot_be_deleted(organizer):
    sent = make.registration(status="pending")
    begun = make.registration(status="incomplete")

    def delete(row):
        url = reverse("admin:attendees_registration_delete", args=[row.pk])
        return organizer.post(url, {"post": "yes"}).status_code

    assert delete(sent) == 403
    assert delete(begun) == 302
    assert set(Registration.objects.all()) == {sent}


def test_there_is_no_deleting_of_many_at_once(organizer):
    registration = make.registration(status="incomplete")

    organizer.post(
        reverse(LIST), {"action": "delete_selected", "_selected_action": registration.pk}
    )

    assert Registration.objects.filter(pk=registration.pk).exists()
