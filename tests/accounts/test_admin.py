"""Logins and roles in the office."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from hrconf.accounts.models import User
from hrconf.accounts.roles import Role
from hrconf.mailing.models import Message
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/admin/accounts/user/"


def page_of(login: User) -> str:
    return reverse("admin:accounts_user_change", args=[login.pk])


def form(**fields) -> dict:
    return {"email": "new@office.example", "name": "New", "language": "zh-hans", **fields}


@pytest.fixture
def organizer(client):
    made = make.organizer()
    client.force_login(made)
    return made


@pytest.fixture
def superuser(client):
    made = make.user(is_superuser=True, is_staff=True)
    client.force_login(made)
    return made


def test_organizer_makes_a_login_that_gets_a_link_in_its_language(client, organizer):
    client.post(f"{LIST}add/", form(email="New@Office.example", roles=["staff", "desk"]))

    login = User.objects.get(email="new@office.example")
    assert login.role_names == {"staff", "desk"}
    assert login.is_staff
    assert not login.has_usable_password()
    mail = Message.objects.get()
    assert (mail.to_address, mail.language) == ("new@office.example", "zh-hans")
    assert "/zh-hans/accounts/password/reset/key/" in mail.text


def test_login_without_roles_is_a_guests_and_gets_no_mail(client, organizer):
    client.post(f"{LIST}add/", form())

    login = User.objects.get(email="new@office.example")
    assert not login.is_office
    assert not Message.objects.exists()


def test_organizer_changes_roles_and_the_way_into_the_office_follows(client, organizer):
    login = make.staff()
    client.post(page_of(login), form(roles=[], is_active="on"))

    login = User.objects.get(pk=login.pk)
    assert login.role_names == set()
    assert not login.is_staff


def test_organizer_changes_no_address(client, organizer):
    login = make.staff(email="staff@office.example")
    client.post(page_of(login), form(email="mine@elsewhere.example", roles=["staff"]))

    login.refresh_from_db()
    assert login.email == "staff@office.example"


def test_organizer_makes_nobody_superuser(client, organizer):
    login = make.staff()
    client.post(page_of(login), form(roles=["staff"], is_active="on", is_superuser="on"))
    client.post(f"{LIST}add/", form(roles=["staff"], is_superuser="on"))

    assert not User.objects.filter(is_superuser=True).exists()


def test_organizer_changes_neither_themselves_nor_a_superuser(client, organizer):
    boss = make.user(is_superuser=True, is_staff=True)

    for login in (organizer, boss):
        response = client.post(page_of(login), form(roles=list(Role.values), is_active="on"))
        assert response.status_code == 403
    assert User.objects.get(pk=organizer.pk).role_names == {"organizer"}


def test_superuser_changes_anybody(client, superuser):
    login = make.staff()
    fields = form(email="other@office.example", roles=["press"], is_active="on", is_superuser="on")
    client.post(page_of(login), fields)

    login = User.objects.get(pk=login.pk)
    assert (login.email, login.is_superuser) == ("other@office.example", True)
    assert login.role_names == {"press"}


def act(client, action: str, *logins: User):
    keys = [login.pk for login in logins]
    return client.post(LIST, {"action": action, "_selected_action": keys}, follow=True)


def test_organizer_mails_a_link(client, organizer):
    act(client, "send_password_link", make.staff(email="staff@office.example"))

    assert Message.objects.get().to_address == "staff@office.example"


def test_link_is_refused_to_guests_and_for_superusers(client, organizer):
    response = act(
        client,
        "send_password_link",
        make.user(email="guest@guests.example"),
        make.user(email="boss@office.example", is_superuser=True),
    )

    assert not Message.objects.exists()
    shown = [str(message) for message in response.context["messages"]]
    assert sorted(text.split(":")[0] for text in shown) == [
        "boss@office.example",
        "guest@guests.example",
    ]


def test_organizer_removes_the_second_factor_of_a_lost_phone(client, organizer):
    login = make.staff()
    login.authenticator_set.create(type="totp", data={"secret": "x"})
    act(client, "remove_second_factor", login)

    assert not login.authenticator_set.exists()
    assert Message.objects.get().kind == "login_notice"


def test_organizer_removes_neither_their_own_factor_nor_a_superusers(client, organizer):
    boss = make.user(is_superuser=True, is_staff=True)
    for login in (organizer, boss):
        login.authenticator_set.create(type="totp", data={"secret": "x"})
    act(client, "remove_second_factor", organizer, boss)

    assert organizer.authenticator_set.exists()
    assert boss.authenticator_set.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ORGANIZER])
def test_other_roles_see_no_logins(client, role):
    client.force_login(make.office(role))

    assert client.get(LIST).status_code == 403
    assert client.get("/admin/auth/group/").status_code == 403


def test_nobody_deletes_a_login_or_edits_a_role(client, superuser):
    login, group = make.staff(), Group.objects.first()

    assert client.post(f"{LIST}{login.pk}/delete/", {"post": "yes"}).status_code == 403
    group_page = reverse("admin:auth_group_change", args=[group.pk])
    assert client.get(group_page).status_code == 200
    assert client.post(group_page, {"name": "mine"}).status_code == 403
    assert client.get("/admin/auth/group/add/").status_code == 403


def test_list_filters_by_role(client, organizer):
    staff = make.staff()
    make.office(Role.DESK)
    response = client.get(f"{LIST}?role=staff")

    assert list(response.context["cl"].queryset) == [staff]


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("path", [LIST, "/admin/auth/group/"])
def test_lists_cost_the_same_however_many_there_are(
    client, superuser, django_assert_max_num_queries, rows, path
):
    for _row in range(rows):
        make.office(Role.DESK, Role.STAFF)

    with django_assert_max_num_queries(9):
        assert client.get(path).status_code == 200
