"""System checks: what goes wrong with sign-in when it is set up."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

from hrconf.accounts.roles import Role


@register(Tags.security)
def known_roles(**kwargs: Any) -> list[CheckMessage]:
    """SECOND_FACTOR_ROLES names roles that exist: a misspelt one would protect nobody."""
    unknown = sorted(set(settings.SECOND_FACTOR_ROLES) - set(Role.values))
    if not unknown:
        return []
    hint = f"Known are {', '.join(Role.values)}."
    message = f"SECOND_FACTOR_ROLES names no role: {', '.join(unknown)}."
    return [Error(message, hint=hint, id="accounts.E001")]


@register(Tags.security, deploy=True)
def factor_is_demanded(**kwargs: Any) -> list[CheckMessage]:
    """On a real server a stolen password alone must not open the office."""
    if settings.SECOND_FACTOR_ROLES or settings.DEMO:
        return []
    hint = "Unset SECOND_FACTOR_ROLES for the default, organizer and staff."
    message = "SECOND_FACTOR_ROLES is empty: a password alone opens the office."
    return [Caution(message, hint=hint, id="accounts.W001")]
