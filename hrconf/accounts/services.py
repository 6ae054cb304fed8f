"""Writes of the accounts."""

from fnmatch import fnmatchcase

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from hrconf.accounts.roles import GRANTS


def grant_role_permissions(app_config, **kwargs) -> None:
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
