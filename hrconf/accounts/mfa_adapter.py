"""The second factor: names, secrets at rest, and which one may be given up."""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hrconf.accounts.factors import FACTORS, must_have_factor
from hrconf.lib import sealing


class FactorAdapter(DefaultMFAAdapter):
    """Second factors are for the office."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. It changes every 30 seconds."),
        "cannot_delete_authenticator": _(
            "Your role needs a second factor: set up another before you remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text, purpose="second-factor")

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text, purpose="second-factor")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        has_another = others.exclude(pk=authenticator.pk).exists()
        return has_another or not must_have_factor(authenticator.user)

    def get_totp_issuer(self) -> str:
        return gettext("Conference office")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = urlsplit(settings.BASE_URL).hostname or "localhost"
        return {"id": host, "name": gettext("Conference office")}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}
