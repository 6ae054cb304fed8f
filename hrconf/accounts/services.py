"""Writes of the accounts."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.apps import AppConfig, apps
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.translation import gettext as _

from hrconf.accounts.letters import send_letter, send_notice
from hrconf.accounts.models import User
from hrconf.accounts.roles import GRANTS, Role
from hrconf.lib.errors import DomainError
from hrconf.lib.links import link


def grant_role_permissions(app_config: AppConfig, **kwargs: Any) -> None:
    """Give each role the permissions of the table in roles.py, and no others.

    Runs after the last app has migrated: only then do all permissions exist.
    """
    if app_config != list(apps.get_app_configs())[-1]:
        return
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role, patterns in GRANTS.items():
        group, _created = Group.objects.get_or_create(name=role.value)
        group.permissions.set(
            permission
            for name, permission in permissions.items()
            if any(fnmatchcase(name, pattern) for pattern in patterns)
        )


# Logins of the office ----------------------------------------------------------


def may_manage(actor: User, login: User) -> bool:
    """Whether an organizer may change a login: not their own, not a superuser's."""
    if actor.is_superuser:
        return True
    return actor.has_perm("accounts.change_user") and not login.is_superuser and login != actor


@transaction.atomic
def make_office_login(
    *,
    email: str,
    roles: Iterable[Role | str],
    name: str = "",
    language: str = "en",
    password: str | None = None,
    is_superuser: bool = False,
) -> User:
    """Return a member's login with these roles; an address that has a login keeps it.

    Without a password the member chooses one from `password_link` or the mail
    of `mail_password_link`.
    """
    defaults = {"name": name, "language": language}
    login, _made = User.objects.get_or_create(email=email.strip().lower(), defaults=defaults)
    login.is_superuser = login.is_superuser or is_superuser
    if password is not None:
        login.set_password(password)
    elif not login.password:
        login.set_unusable_password()
    login.save()
    set_roles(login, roles)
    return login


@transaction.atomic
def set_roles(login: User, roles: Iterable[Role | str]) -> None:
    """Give a login these roles and no others. Who has a role may enter the office."""
    names = {Role(role).value for role in roles}
    login.groups.set(Group.objects.filter(name__in=names))
    login.is_staff = bool(names) or login.is_superuser
    login.save(update_fields=["is_staff"])
    vars(login).pop("_role_names", None)


def password_link(login: User) -> str:
    """The address where a member chooses a password: works once, for three days."""
    key = {"uidb36": user_pk_to_url_str(login), "key": default_token_generator.make_token(login)}
    return link("account_reset_password_from_key", language=login.language, **key)


def mail_password_link(login: User, *, by: User) -> None:
    """Mail a member the link to choose a password."""
    if not login.is_office or not login.is_active:
        raise DomainError(_("Only an active login of the office has a password."), code="no_office")
    if not may_manage(by, login):
        raise DomainError(_("You may not change this login."), code="not_yours")
    context = {"user": login, "password_reset_url": password_link(login)}
    name = "password_link" if login.has_usable_password() else "office_welcome"
    send_letter(name, login.email, context, kind="password_link", language=login.language)


@transaction.atomic
def reset_second_factor(login: User, *, by: User) -> int:
    """Remove a member's second factors, for a lost phone; they hear of it by mail."""
    if not may_manage(by, login):
        raise DomainError(_("You may not change this login."), code="not_yours")
    removed, _each = Authenticator.objects.filter(user=login).delete()
    if removed:
        send_notice(login, "factor_removed")
    return removed
