"""Saved views of a list: kept, opened, shared, renamed, deleted, begun with."""

import pytest
from django.contrib import admin
from django.urls import reverse

from attendees.models import Invitation, Registration
from hrconf.accounts.roles import Role
from hrconf.office.models import DefaultView, SavedView, views_of
from tests import make

pytestmark = pytest.mark.django_db
LABEL = "attendees.registration"
LIST = reverse("admin:attendees_registration_changelist")
PAGE = reverse("admin:office_views", args=[LABEL])


@pytest.fixture
def organizer(client):
    user = make.organizer()
    client.force_login(user)
    return user


@pytest.fixture
def edition():
    return make.edition(slug="2017")


def keep(client, query="", **data) -> SavedView:
    response = client.post(f"{PAGE}?{query}", {"do": "keep", "name": "Mine", **data})
    assert response.status_code == 302, response.context["form"].errors
    return SavedView.objects.latest("pk")


def opened(client, view: SavedView):
    return client.get(LIST, {"view": view.pk}, follow=True)


def columns(page) -> list[str]:
    return [name for name in page.context["cl"].list_display if name != "action_checkbox"]


def said(page) -> str:
    return " ".join(str(message) for message in page.context["messages"])


def test_view_opens_with_its_filters_search_order_and_columns(client, organizer, edition):
    rows = [make.registration(edition=edition, status="pending") for _row in range(3)]
    make.registration(edition=edition)
    view = keep(client, "status__exact=pending&o=-3&p=1", columns=["country", "badge"])

    page = opened(client, view)

    assert columns(page) == ["names", "country", "badge"]
    assert (view.query, view.order) == ("status__exact=pending", ["-country"])
    assert set(page.context["cl"].result_list) == set(rows)


def test_order_is_kept_by_the_name_of_its_column(client, organizer, edition):
    people = [make.person(organization_en=name) for name in ["Beta", "Alpha", "Gamma"]]
    for person in people:
        make.registration(edition=edition, person=person)
    # The checkbox is column 0, the name 1, the organization 2.
    view = keep(client, "o=-2", columns=["kind", "organization"])
    SavedView.objects.filter(pk=view.pk).update(columns=["organization", "state"])

    page = opened(client, view)

    assert view.order == ["-organization"]
    shown = [row.person.organization_en for row in page.context["cl"].result_list]
    assert shown == ["Gamma", "Beta", "Alpha"]


def test_search_is_kept(client, organizer, edition):
    found = make.registration(edition=edition, person=make.person(name_latin="Ada Byron"))
    make.registration(edition=edition, person=make.person(name_latin="Emmy Noether"))
    view = keep(client, "q=byron")

    assert list(opened(client, view).context["cl"].result_list) == [found]


def test_filter_that_no_longer_exists_is_said_and_left_out(client, organizer, edition):
    wanted = make.registration(edition=edition, status="pending")
    make.registration(edition=edition)
    view = keep(client, "status__exact=pending")
    SavedView.objects.filter(pk=view.pk).update(
        query="status__exact=pending&weather=fine&person__email__iregex=x",
        columns=["names", "gone"],
        order=["-gone"],
    )

    page = opened(client, view)

    assert page.status_code == 200
    assert list(page.context["cl"].result_list) == [wanted]
    assert "weather" in said(page)
    assert "person__email__iregex" in said(page)
    assert "status__exact" not in said(page)


def test_list_begins_with_the_view_of_ones_choice_and_all_rows_stay_a_click_away(
    client, organizer, edition
):
    make.registration(edition=edition)
    wanted = make.registration(edition=edition, status="pending")
    view = keep(client, "status__exact=pending", is_default="on")

    begun = client.get(LIST, follow=True)
    everything = client.get(LIST + begun.context["all_rows"])

    assert list(begun.context["cl"].result_list) == [wanted]
    assert everything.context["cl"].result_count == 2
    client.post(PAGE, {"do": "all"})
    assert not DefaultView.objects.filter(view=view).exists()
    assert client.get(LIST).status_code == 200


def test_popup_that_chooses_a_row_does_not_begin_with_a_view(client, organizer):
    keep(client, "status__exact=pending", is_default="on")

    assert client.get(LIST, {"_popup": "1"}).status_code == 200


def test_shared_view_is_seen_by_its_role_and_changed_by_its_owner_alone(client, organizer):
    view = keep(client, "status__exact=confirmed", name="At the desk", shared_with=Role.DESK)
    client.force_login(make.office(Role.DESK))

    assert opened(client, view).context["saved_views"][0]["is_current"]
    for deed in ["rename", "renew", "delete"]:
        client.post(PAGE, {"do": deed, "pk": view.pk, "name": "Stolen"})
    view.refresh_from_db()
    assert view.name == "At the desk"
    client.post(PAGE, {"do": "default", "pk": view.pk})
    assert DefaultView.objects.get().view == view


def test_own_view_is_nobody_elses(client, organizer):
    view = keep(client)
    client.force_login(make.organizer())

    assert client.get(LIST).context["saved_views"] == []
    assert client.post(PAGE, {"do": "default", "pk": view.pk}).status_code == 404


def test_view_shows_nothing_that_its_reader_may_not_see(client, organizer, edition):
    make.registration(edition=edition)
    view = keep(client, shared_with=Role.PRESS)
    client.force_login(make.office(Role.PRESS))

    assert client.get(LIST, {"view": view.pk}).status_code == 403


def test_view_is_renamed_renewed_and_deleted(client, organizer):
    view = keep(client, "status__exact=pending")

    client.post(PAGE, {"do": "rename", "pk": view.pk, "name": "Ours", "shared_with": "desk"})
    client.post(f"{PAGE}?view={view.pk}&status__exact=declined", {"do": "renew", "pk": view.pk})
    view.refresh_from_db()

    assert (view.name, view.shared_with) == ("Ours", "desk")
    assert view.query == "status__exact=declined"
    client.post(PAGE, {"do": "delete", "pk": view.pk})
    assert not SavedView.objects.exists()


def test_name_that_is_taken_or_empty_is_said_beside_it(client, organizer):
    keep(client)

    again = client.post(PAGE, {"do": "keep", "name": "Mine", "columns": ["badge"]})
    empty = client.post(PAGE, {"do": "keep", "name": " "})

    assert "You have a view of this name." in again.content.decode()
    assert 'value="badge" id="id_columns' in again.content.decode()
    assert "This field is required." in empty.content.decode()
    assert SavedView.objects.count() == 1


def test_page_says_in_words_what_will_be_kept(client, organizer, edition):
    make.edition()  # with a single edition there is nothing to choose
    query = {"status__exact": ["pending"], "edition__id__exact": edition.pk, "q": "byron"}

    told = dict(client.get(PAGE, query).context["filters"])

    assert told == {"status": "Pending", "edition": edition.name_en, "the search": "byron"}


def test_strange_words_change_nothing(client, organizer):
    view = keep(client)

    assert client.post(PAGE, {"do": "explode", "pk": view.pk}).status_code == 404
    assert client.post(PAGE, {"do": "delete", "pk": "9" * 30}).status_code == 404
    assert client.get(LIST, {"view": "\x00", "columns": "password,\x00"}).status_code == 200
    assert client.get(LIST, {"view": "999999"}).status_code == 200
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("model", [Registration, Invitation])
def test_every_column_to_choose_can_be_shown(client, organizer, rf, model):
    office = admin.site._registry[model]
    request = rf.get("/")
    request.user = organizer
    {Registration: make.registration, Invitation: make.invitation}[model]()
    address = reverse(f"admin:attendees_{model._meta.model_name}_changelist")

    page = client.get(address, {"columns": ",".join(office.columns_to_choose(request))})

    assert columns(page) == office.columns_to_choose(request)


@pytest.mark.parametrize("views", [1, 20])
def test_tabs_cost_one_query_however_many(client, organizer, views, django_assert_num_queries):
    make.registration()
    for number in range(views):
        keep(client, name=f"View {number}")
    client.get(LIST + "?view=all-rows")

    with django_assert_num_queries(1):
        found = views_of(organizer, LABEL)
        [str(view.owner) for view in found]
    assert len(found) == views
