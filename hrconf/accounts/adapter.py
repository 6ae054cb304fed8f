"""How allauth signs people in here; see docs/decisions/0003-sign-in.md."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hrconf.accounts.letters import send_letter, send_notice
from hrconf.accounts.models import User
from hrconf.lib.links import absolute

# The mails of signing in, as the outbox calls them.
KINDS = {
    "login_code": "sign_in_code",
    "office_door": "office_door",
    "password_link": "password_link",
}
# Who signed in a moment ago need not do so again to change their second factor.
FRESH_SECONDS = 5 * 60


def first_page() -> str:
    """The first page in the reader's language."""
    return f"/{get_language() or settings.LANGUAGE_CODE}/"


class AccountAdapter(DefaultAccountAdapter):
    """Two doors: a code by e-mail for guests, password and factor for the office."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail and password do not go together."),
        "incorrect_code": _("This is not the code we sent."),
        "incorrect_password": _("This is not your password."),
        "rate_limited": _("Please wait a moment before you ask again."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes."),
        "invalid_password_reset": _("This link has been used or has expired."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Logins are made by the office; a guest's comes from their invitation."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Nobody of the office comes in without a password, whatever else they have shown."""
        methods = {record["method"] for record in get_authentication_records(request, user)}
        if user.is_office and "password" not in methods:
            clear_login(request)
            return HttpResponseRedirect(reverse("account_login"))
        return super().pre_login(request, user, **kwargs)

    # Where people go --------------------------------------------------------

    def is_safe_url(self, url: str) -> bool:
        """Only paths of our own: no scheme, no host, not even one of ours."""
        is_local = url_has_allowed_host_and_scheme(url, allowed_hosts=None)
        return is_local and url.startswith("/")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index") if request.user.is_staff else first_page()

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return first_page()

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, token = key.partition("-")
        names = {"uidb36": uid, "key": token}
        return absolute(reverse("account_reset_password_from_key", kwargs=names))

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_request_login_code"))

    # Limits -----------------------------------------------------------------

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return limit_key(request, credentials.get("email", ""))

    # Signing in again before what is delicate ---------------------------------

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        records = get_authentication_records(self.request, self.request.user)
        ages = [time.time() - record["at"] for record in records if record["method"] != "code"]
        return min(ages, default=FRESH_SECONDS) >= FRESH_SECONDS

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """With a second factor only that counts: a stolen password cannot remove it."""
        methods = super().get_reauthentication_methods(user)
        by_factor = [m for m in methods if m["id"].startswith("mfa_")]
        return by_factor or methods

    # Mail ---------------------------------------------------------------------

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        name = template_prefix.rpartition("/")[2]
        language = get_language() or settings.LANGUAGE_CODE
        send_letter(name, email, context, kind=KINDS[name], language=language)

    def send_office_door_mail(self, user: User) -> None:
        """Tell a member of the office, who asked for a guest's code, which door is theirs."""
        context = {"sign_in_url": absolute(reverse("account_login"))}
        self.send_mail("office_door", user.email, context)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        self.send_mail("password_link", user.email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        send_notice(user, template_prefix)


def limit_key(request: HttpRequest, email: str) -> str:
    """Counts attempts per address and where they come from: no stranger locks one out."""
    from allauth.core.internal.ratelimit import get_ip

    return f"{get_ip(request)}:{email.strip().lower()}"
