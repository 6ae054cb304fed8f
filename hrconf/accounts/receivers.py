"""What follows from signing in, and from changes of a login."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from hrconf.accounts.factors import FACTORS
from hrconf.accounts.guests import guest_signed_in
from hrconf.accounts.models import User


@receiver(user_logged_in)
def begin_session(request: HttpRequest, response: HttpResponse, user: User, **kwargs: Any) -> None:
    """The office signs in anew every day; a guest stays signed in for the conference."""
    if user.is_office:
        keep_language(response)
    else:
        request.session.set_expiry(settings.SESSION_COOKIE_AGE)
        guest_signed_in.send(sender=User, user=user)


def keep_language(response: HttpResponse) -> None:
    """The admin has no language in its path: it goes on in the one of the sign-in page."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        get_language(),
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


@receiver(authenticator_added)
def note_proof(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Whoever sets a factor up has just shown it: this session is proven."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver(post_save, sender=User)
def forget_other_addresses(instance: User, **kwargs: Any) -> None:
    """A login has one address. allauth keeps its own list, which must not open a door."""
    EmailAddress.objects.filter(user=instance).exclude(email=instance.email).delete()
