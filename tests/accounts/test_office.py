"""The office signs in with a password, and a second factor where its role demands one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from hrconf.accounts.models import User
from hrconf.mailing.models import Message
from tests import make
from tests.accounts.doors import (
    FACTOR,
    FACTORS,
    OFFICE,
    PASSWORD,
    app_code,
    is_signed_in,
    set_up_app,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make.organizer(email="member@office.example", password=PASSWORD)


@pytest.fixture
def demanded(settings):
    """Organizers must have a second factor."""
    settings.SECOND_FACTOR_ROLES = ["organizer"]


# The password ----------------------------------------------------------------------


def test_member_signs_in_with_a_password(client, member):
    response = sign_in(client, " Member@Office.example")

    assert response.url == "/admin/"
    assert is_signed_in(client)


def test_wrong_password_is_refused(client, member):
    response = sign_in(client, member.email, "wrong")

    assert "do not go together" in response.content.decode()
    assert not is_signed_in(client)


def test_guest_with_a_password_is_refused(client):
    make.user(email="guest@guests.example", password=PASSWORD)
    sign_in(client, "guest@guests.example")

    assert not is_signed_in(client)


def test_inactive_member_gets_the_answer_of_a_stranger(member):
    def answer(email):
        response = sign_in(Client(), email)
        token = str(response.context["csrf_token"])
        return response.content.decode().replace(email, "·").replace(token, "token")

    User.objects.update(is_active=False)

    assert answer(member.email) == answer("nobody@nowhere.example")


def test_address_that_a_login_no_longer_has_opens_nothing(client, member):
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    member.email = "new@office.example"
    member.save()

    sign_in(client, "member@office.example")
    assert not is_signed_in(client)
    sign_in(client, "new@office.example")
    assert is_signed_in(client)


def test_sixth_wrong_password_in_five_minutes_is_not_looked_at(client, member):
    for _try in range(5):
        sign_in(client, member.email, "wrong")
    response = sign_in(client, member.email)

    assert "Too many attempts" in response.content.decode()
    assert not is_signed_in(client)


def test_stranger_cannot_lock_a_member_out(client, member):
    for _try in range(12):
        sign_in(Client(REMOTE_ADDR="203.0.113.9"), member.email, "wrong")
    sign_in(client, member.email, REMOTE_ADDR="198.51.100.7")

    assert is_signed_in(client)


def test_session_of_the_office_ends_after_its_hours(client, member, settings):
    sign_in(client, member.email)
    secret = set_up_app(client)
    assert client.session.get_expiry_age() == settings.OFFICE_SESSION_SECONDS

    client.logout()
    sign_in(client, member.email)
    client.post(FACTOR, {"code": app_code(secret)})
    assert client.session.get_expiry_age() == settings.OFFICE_SESSION_SECONDS


def test_session_changes_its_key_at_sign_in(client, member):
    client.get(OFFICE)
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, member.email)

    assert is_signed_in(client)
    assert client.session.session_key != before


def test_admin_speaks_the_language_of_the_sign_in_page(client, member):
    sign_in(client, member.email, path="/zh-hans/accounts/login/")

    assert client.get("/admin/").headers["Content-Language"] == "zh-hans"


# Where one goes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example/",
        "\\/evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "///evil.example",
        "https://testserver/admin/",
    ],
)
def test_redirect_to_elsewhere_is_ignored(client, member, wanted):
    response = sign_in(client, member.email, path=f"{OFFICE}?next={wanted}")

    assert response.url == "/admin/"


def test_redirect_within_the_house_is_followed(client, member):
    response = sign_in(client, member.email, path=f"{OFFICE}?next=/en/jobs/")

    assert response.url == "/en/jobs/"


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/"])
def test_sign_out_redirects_within_the_house_only(client, member, wanted):
    client.force_login(member)
    response = client.post("/en/accounts/logout/", {"next": wanted})

    assert response.url == "/en/"


def test_sign_out_needs_a_post(client, member):
    client.force_login(member)
    client.get("/en/accounts/logout/")
    assert is_signed_in(client)

    client.post("/en/accounts/logout/")
    assert not is_signed_in(client)


def test_sign_out_needs_the_token_of_our_own_page(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)

    assert client.post("/en/accounts/logout/").status_code == 403
    assert client.post("/admin/logout/").status_code == 403
    assert is_signed_in(client)


def test_admin_sends_to_the_one_sign_in(client):
    response = client.get("/admin/attendees/person/?q=wang", follow=True)

    assert response.redirect_chain[-1][0].startswith("/en/accounts/login/?next=/admin/attendees")


def test_admins_own_login_form_is_gone(client, member):
    response = client.post("/admin/login/", {"username": member.email, "password": PASSWORD})

    assert response.status_code == 302
    assert not is_signed_in(client)


def test_guest_in_the_admin_is_refused(client):
    client.force_login(make.user())

    assert client.get("/admin/", follow=True).status_code == 403


def test_nobody_can_sign_up(client):
    for path in ["signup/", "email/", "password/set/", "2fa/webauthn/login/", "social/signup/"]:
        assert client.get(f"/en/accounts/{path}").status_code == 404


# The second factor -----------------------------------------------------------------------


def test_member_without_a_factor_may_go_nowhere_but_to_set_one_up(client, member, demanded):
    sign_in(client, member.email)

    for path in ["/admin/", "/admin/attendees/person/", "/en/jobs/", "/admin/login/"]:
        assert client.get(path).url == FACTORS
    assert client.post("/admin/attendees/person/add/").url == FACTORS
    assert client.get(FACTORS).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_member_sets_up_an_app_and_goes_on(client, member, demanded):
    sign_in(client, member.email)
    set_up_app(client)

    assert client.get("/admin/").status_code == 200
    assert Message.objects.get().kind == "login_notice"


def test_factor_is_asked_for_after_the_password(client, member, demanded):
    sign_in(client, member.email)
    secret = set_up_app(client)
    client.logout()

    response = sign_in(client, member.email)
    assert response.url == FACTOR
    assert not is_signed_in(client)

    response = client.post(FACTOR, {"code": app_code(secret)})
    assert response.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_factor_is_asked_for_although_no_role_demands_it(client, member):
    sign_in(client, member.email)
    set_up_app(client)
    client.logout()

    assert sign_in(client, member.email).url == FACTOR


def test_wrong_second_factor_is_refused(client, member):
    sign_in(client, member.email)
    set_up_app(client)
    client.logout()
    sign_in(client, member.email)
    response = client.post(FACTOR, {"code": "000000"})

    assert "not right" in response.content.decode()
    assert not is_signed_in(client)


def test_code_of_the_app_works_once(client, member):
    sign_in(client, member.email)
    secret = set_up_app(client)
    client.logout()
    code = app_code(secret)
    sign_in(client, member.email)
    client.post(FACTOR, {"code": code})
    client.logout()
    sign_in(client, member.email)
    client.post(FACTOR, {"code": code})

    assert not is_signed_in(client)


def test_recovery_code_works_once(client, member):
    sign_in(client, member.email)
    set_up_app(client)
    codes = member.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()

    seen = []
    for _time in range(2):
        client.logout()
        sign_in(client, member.email)
        client.post(FACTOR, {"code": codes[0]})
        seen.append(is_signed_in(client))

    assert seen == [True, False]


def test_session_older_than_the_factor_has_to_show_it(client, member, demanded):
    old = Client()
    sign_in(old, member.email)
    sign_in(client, member.email)
    secret = set_up_app(client)

    response = old.get("/admin/")
    assert response.url == "/en/accounts/2fa/reauthenticate/?next=/admin/"

    old.post(response.url, {"code": app_code(secret)})
    assert old.get("/admin/").status_code == 200


def test_new_session_with_the_password_alone_cannot_remove_the_factor(client, member):
    sign_in(client, member.email)
    set_up_app(client)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session["account_authentication_methods"] = session["account_authentication_methods"][:1]
    session.save()

    response = client.get("/en/accounts/2fa/totp/deactivate/", follow=True)
    assert response.request["PATH_INFO"] == "/en/accounts/2fa/reauthenticate/"
    response = client.get("/en/accounts/reauthenticate/")
    assert response.url.startswith("/en/accounts/2fa/reauthenticate/")


def test_last_factor_cannot_be_removed_where_the_role_demands_one(client, member, demanded):
    sign_in(client, member.email)
    set_up_app(client)
    client.post("/en/accounts/2fa/totp/deactivate/")
    assert member.authenticator_set.filter(type="totp").exists()


def test_factor_can_be_removed_where_no_role_demands_one(client, member):
    sign_in(client, member.email)
    set_up_app(client)
    client.post("/en/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.exists()


def test_superuser_needs_what_any_role_needs(client, demanded):
    make.user(email="boss@office.example", password=PASSWORD, is_superuser=True, is_staff=True)
    sign_in(client, "boss@office.example")

    assert client.get("/admin/").url == FACTORS


def test_other_roles_need_no_factor(client, demanded):
    make.staff(email="staff@office.example", password=PASSWORD)
    sign_in(client, "staff@office.example")

    assert client.get("/admin/").status_code == 200


def test_guest_has_no_second_factor_to_set_up(client, demanded):
    client.force_login(make.user())

    for path in ["", "totp/activate/", "webauthn/add/", "recovery-codes/"]:
        assert client.get(f"{FACTORS}{path}").status_code == 404


def test_secret_of_the_app_is_stored_sealed(client, member):
    sign_in(client, member.email)
    secret = set_up_app(client)
    stored = member.authenticator_set.get(type="totp").data["secret"]

    assert secret not in stored
    assert stored.startswith("gAAAA")


# Passwords --------------------------------------------------------------------------------


def link_in_mail(email: str) -> str:
    mail = Message.objects.filter(to_address=email).latest("pk")
    return re.search(r"https?://[^/]+(/\S+/key/\S+)", mail.text).group(1)


def test_member_chooses_a_password_from_a_link(client, member):
    client.post("/en/accounts/password/reset/", {"email": member.email})
    clean = client.get(link_in_mail(member.email)).url
    new = {"password1": "an entirely new one", "password2": "an entirely new one"}
    client.post(clean, new)

    assert clean.endswith("-set-password/")
    assert not is_signed_in(client)
    sign_in(client, member.email, "an entirely new one")
    assert is_signed_in(client)


def test_link_of_the_mail_leads_to_the_address_of_the_site(client, member, settings):
    settings.BASE_URL = "https://conference.example"
    settings.ALLOWED_HOSTS = ["*"]
    client.post(
        "/en/accounts/password/reset/", {"email": member.email}, headers={"Host": "evil.example"}
    )

    assert "https://conference.example/en/accounts/" in Message.objects.get().text
    assert "evil" not in Message.objects.get().text


def test_link_works_once(client, member):
    client.post("/en/accounts/password/reset/", {"email": member.email})
    link = link_in_mail(member.email)
    new = {"password1": "an entirely new one", "password2": "an entirely new one"}
    client.post(client.get(link).url, new)

    response = Client().get(link)
    assert "has been used" in response.content.decode()


def test_guest_and_stranger_get_no_link_but_the_same_answer(client, member):
    make.user(email="guest@guests.example")
    addresses = [member.email, "guest@guests.example", "nobody@nowhere.example"]
    answers = {
        (response.status_code, response.url)
        for response in (
            Client().post("/en/accounts/password/reset/", {"email": email}) for email in addresses
        )
    }

    assert len(answers) == 1
    assert {mail.to_address for mail in Message.objects.all()} == {member.email}


def test_password_change_ends_other_sessions_and_tells_the_member(client, member):
    other = Client()
    sign_in(other, member.email)
    sign_in(client, member.email)
    new = {"password1": "an entirely new one", "password2": "an entirely new one"}
    client.post("/en/accounts/password/change/", {"oldpassword": PASSWORD, **new})

    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302
    assert Message.objects.get().kind == "login_notice"


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012"])
def test_weak_password_is_refused(client, member, password):
    client.post("/en/accounts/password/reset/", {"email": member.email})
    clean = client.get(link_in_mail(member.email)).url
    client.post(clean, {"password1": password, "password2": password})
    member.refresh_from_db()

    assert member.check_password(PASSWORD)
