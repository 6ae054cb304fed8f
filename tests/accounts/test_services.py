"""Logins made outside the admin, and the checks of the settings."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from hrconf.accounts import checks
from hrconf.accounts.models import User
from hrconf.accounts.services import make_office_login
from tests.accounts.doors import PASSWORD, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("make_office_login", *args, stdout=out)
    return out.getvalue()


def test_command_makes_a_login_and_prints_a_link_that_works(client):
    shown = run("Ada@office.example", "--role", "organizer", "--role", "desk", "--name", "Ada")
    link = "/" + shown.split("://")[1].split("/", 1)[1].strip()
    new = {"password1": PASSWORD, "password2": PASSWORD}
    client.post(client.get(link).url, new)

    assert User.objects.get().role_names == {"organizer", "desk"}
    browser = Client()
    sign_in(browser, "ada@office.example")
    assert is_signed_in(browser)


def test_command_run_again_changes_the_roles_and_keeps_the_password():
    make_office_login(email="ada@office.example", roles=["organizer"], password=PASSWORD)
    run("ada@office.example", "--role", "staff")

    login = User.objects.get()
    assert login.role_names == {"staff"}
    assert login.check_password(PASSWORD)


def test_command_makes_a_superuser():
    run("ada@office.example", "--superuser")

    login = User.objects.get()
    assert login.is_superuser
    assert login.is_staff


@pytest.mark.parametrize(
    "args",
    [
        ["no-address", "--role", "staff"],
        ["ada@office.example"],
        ["ada@office.example", "--role", "king"],
    ],
)
def test_command_refuses_what_makes_no_sense(args):
    with pytest.raises(CommandError):
        run(*args)
    assert not User.objects.exists()


def test_unknown_role_in_the_settings_is_an_error(settings):
    settings.SECOND_FACTOR_ROLES = ["organizer", "stuff"]

    assert "stuff" in checks.known_roles()[0].msg


def test_deploying_without_second_factors_is_a_warning(settings):
    settings.SECOND_FACTOR_ROLES = []
    settings.DEMO = False
    assert checks.factor_is_demanded()[0].id == "accounts.W001"

    settings.SECOND_FACTOR_ROLES = ["organizer"]
    assert checks.factor_is_demanded() == []
