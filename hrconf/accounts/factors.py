"""The second factor: who must have one, who has one, whether this session proved it."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from hrconf.accounts.models import User

# Recovery codes come on top of one of these and count for nothing by themselves.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def must_have_factor(user: User) -> bool:
    """Whether a role of the login demands it; a superuser holds every role."""
    demanding = set(settings.SECOND_FACTOR_ROLES)
    if not demanding or not (user.is_staff or user.is_superuser):
        return False
    return user.is_superuser or bool(user.role_names & demanding)


def has_factor(user: User) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def proved_factor(request: HttpRequest, user: User) -> bool:
    """Whether a second factor was shown in this session. Asks no database."""
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)
