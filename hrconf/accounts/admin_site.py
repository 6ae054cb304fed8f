"""The office: Django's admin with our look, sign-in and security policy."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from csp.decorators import csp_update
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from unfold.sites import UnfoldAdminSite


class OfficeAdminSite(UnfoldAdminSite):
    """The organizers' admin."""

    index_title = _("Dashboard")
    # Marked, so that a list on a phone can leave empty columns out.
    empty_value_display = SafeString('<span class="office-empty">—</span>')

    def extra_urls(self) -> list[URLPattern]:
        """Pages beside the lists of models."""
        from hrconf.office.views_page import views_page

        view = self.admin_view(views_page)
        return [path("views/<str:label>/", view, name="office_views")]

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        # Alpine.js, inside unfold, evaluates its attributes and sets styles.
        relaxed = csp_update({"script-src": ["'unsafe-eval'"], "style-src": ["'unsafe-inline'"]})
        return relaxed(super().admin_view(view, cacheable))

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """There is one sign-in, with the second factor in it; this address leads there."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        wanted = get_next_redirect_url(request) or reverse("admin:index")
        if request.user.is_authenticated:
            return HttpResponseRedirect(wanted)
        return redirect_to_login(wanted, reverse("account_login"))

    @method_decorator([never_cache, require_POST])
    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        get_adapter().logout(request)
        return HttpResponseRedirect(reverse("account_login"))

    def password_change(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))
