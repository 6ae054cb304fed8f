"""What stands before every view: the second factor, and headers of security."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from hrconf.accounts.factors import has_factor, must_have_factor, proved_factor
from hrconf.accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]

# Pages that a member may use who has yet to prove a second factor.
OPEN_PREFIXES = ("account_", "mfa_")
OPEN_NAMES = {"set_language", "admin:logout", "admin:jsi18n"}

DENIED = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
    "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "serial=(), usb=()"
)
PASSKEYS = "publickey-credentials-create=(self), publickey-credentials-get=(self)"
PERMISSIONS_POLICY = f"{DENIED}, {PASSKEYS}"


class SecondFactorMissing(PermissionDenied):
    """A member of the office whose role demands a second factor has not shown one."""

    def __init__(self, user: User) -> None:
        super().__init__("A second factor is missing.")
        self.user = user


class SecondFactorMiddleware:
    """Sends a member without a second factor to set one up, and nowhere else.

    The gate is `request.user` itself: whatever view asks who is there meets it,
    and a public page, which does not ask, stays free of session and cookie.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = request.user
        request.user = SimpleLazyObject(partial(self.admit, request, found))
        return self.get_response(request)

    def admit(self, request: HttpRequest, user: User) -> User:
        """The user, or SecondFactorMissing."""
        if not user.is_authenticated or is_open(request) or proved_factor(request, user):
            return user
        if must_have_factor(user):
            raise SecondFactorMissing(user)
        return user

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SecondFactorMissing):
            return None
        if has_factor(exception.user):
            return redirect_to_login(request.get_full_path(), reverse("mfa_reauthenticate"))
        return HttpResponseRedirect(reverse("mfa_index"))


def is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:  # no view: a 404 in the making
        return True
    return match.view_name in OPEN_NAMES or match.view_name.startswith(OPEN_PREFIXES)


def security_headers(get_response: GetResponse) -> GetResponse:
    """Personal answers are kept by nobody; no page may use the devices of its reader."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_personal(response):
            response["Cache-Control"] = "private, no-store"
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def is_personal(response: HttpResponse) -> bool:
    """Whether the answer depends on who asked, or tells the browser who it is."""
    return bool(response.cookies) or "cookie" in response.get("Vary", "").lower()
