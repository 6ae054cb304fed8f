"""Doubles in the office: looked for, compared, merged, kept apart, undone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendees.models import Duplicate, Merge, Person
from attendees.services.duplicates import find_duplicates
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


@pytest.fixture
def pair() -> Duplicate:
    first = make.person(name_native="王建国", name_latin="", email="", note="courted since 2015")
    second = make.person(name_native="", name_latin="WANG Jian-Guo", email="wang@guests.example")
    make.project(holder=second, title_en="Lake water")
    find_duplicates()
    return Duplicate.objects.get(first=first, second=second)


def page(row) -> str:
    return reverse(f"admin:attendees_{row._meta.model_name}_change", args=[row.pk])


def test_search_for_doubles_is_long_work(organizer):
    for _each in range(2):
        make.person(name_native="王建国", name_latin="", email="")

    organizer.post(reverse("admin:attendees_duplicate_find"))
    run(Job.objects.get().pk)

    assert Job.objects.get().state == "done"
    response = organizer.get(reverse("admin:attendees_duplicate_changelist"))
    assert response.context["cl"].result_count == 1


def test_page_shows_both_what_differs_and_what_moves(organizer, pair):
    shown = organizer.get(page(pair)).context["shown"]

    assert [line.name for line in shown.fields] == [
        "name_native",
        "name_latin",
        "sort_key",
        "email",
        "note",
    ]
    assert [(title, count) for title, count, _rows in shown.moves] == [("Projects", 1)]


def test_records_are_merged_as_chosen_and_undone(organizer, pair):
    response = organizer.post(
        page(pair), {"merge": "1", "keep": pair.second_id, "field-name_latin": "kept"}
    )

    assert response["Location"] == page(pair.second)
    kept = Person.objects.get(pk=pair.second_id)
    assert (kept.name_native, kept.name_latin) == ("王建国", "WANG Jian-Guo")
    merge = Merge.objects.get()
    assert organizer.get(page(merge)).context["may_undo"]

    organizer.post(page(merge))

    kept.refresh_from_db()
    assert (kept.name_native, kept.note) == ("", "")
    assert organizer.get(page(merge)).context["may_undo"] is False


def test_a_clash_is_shown_with_the_way_out_and_no_button(organizer, pair):
    edition = make.edition()
    for person in [pair.first, pair.second]:
        make.registration(person=person, edition=edition)

    content = organizer.get(page(pair)).content.decode()

    assert "cancel one of the registrations first" in content
    assert 'name="merge"' not in content
    response = organizer.post(page(pair), {"merge": "1", "field-note": "gone"})
    assert "cancel one of the registrations first" in response.content.decode()
    note = next(one for one in response.context["shown"].fields if one.name == "note")
    assert [option.value for option in note.options if option.is_chosen] == ["gone"]


def test_kept_apart_is_out_of_the_list_and_can_be_asked_again(organizer, pair):
    list_url = reverse("admin:attendees_duplicate_changelist")

    organizer.post(page(pair), {"different": "1"})
    find_duplicates()
    assert organizer.get(list_url).context["cl"].result_count == 0

    organizer.post(page(pair), {"again": "1"})
    assert organizer.get(list_url).context["cl"].result_count == 1


def test_any_two_people_can_be_compared_from_their_list(organizer):
    one, other = make.person(), make.person()
    url = reverse("admin:attendees_person_changelist")
    data = {"action": "compare", "_selected_action": [one.pk, other.pk]}

    response = organizer.post(url, data)

    pair = Duplicate.objects.get()
    assert response["Location"] == page(pair)
    assert organizer.get(page(pair)).status_code == 200


def test_merged_records_are_out_of_lists_and_choices(organizer, pair):
    organizer.post(page(pair), {"merge": "1"})
    list_url = reverse("admin:attendees_person_changelist")

    shown = organizer.get(list_url, {"q": "王建国"}).context["cl"].result_list
    assert [person.pk for person in shown] == [pair.first_id]
    merged = organizer.get(list_url, {"record": "merged"}).context["cl"].result_list
    assert [person.pk for person in merged] == [pair.second_id]


def test_read_only_may_look_and_not_decide(client, pair):
    client.force_login(make.office(Role.READ_ONLY))

    assert 'name="merge"' not in client.get(page(pair)).content.decode()
    assert client.post(page(pair), {"merge": "1"}).status_code == 403
    assert client.post(reverse("admin:attendees_duplicate_find")).status_code == 403


def test_comparing_costs_the_same_however_much_moves(organizer, pair):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            organizer.get(page(pair))
        return len(seen.captured_queries)

    queries()
    few = queries()
    for _each in range(12):
        make.project(holder=pair.second)
        make.registration(person=pair.second)

    assert queries() <= few + 2  # conditions of constraints that nobody had to ask before
