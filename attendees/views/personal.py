"""Pages that a personal link opens: no login, no cookie, nobody else's business."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from attendees.services.answers import LinkOver
from events.models import Edition


@method_decorator(csrf_exempt, name="dispatch")
class PersonalPage(View):
    """A page whose address is the key to it.

    No cookie gives anyone rights here, so a foreign site that made a browser
    post would need the link itself; hence no csrf token. `find` returns what the
    link stands for, None for a link we never made; opening changes nothing.
    """

    http_method_names = ["get", "head", "options", "post"]
    template_name: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        edition = get_object_or_404(Edition, slug=kwargs["edition"], is_public=True)
        response = self.open(request, edition, kwargs["token"])
        add_never_cache_headers(response)
        patch_cache_control(response, private=True, no_store=True)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    def open(self, request: HttpRequest, edition: Edition, token: str) -> HttpResponse:
        try:
            self.row = self.find(token, edition.slug)
        except LinkOver:
            return self.closed(request, edition, HTTPStatus.GONE)
        if self.row is None:
            return self.closed(request, edition, HTTPStatus.NOT_FOUND)
        return super().dispatch(request)

    def find(self, token: str, edition_slug: str) -> Any:
        raise NotImplementedError

    def closed(self, request: HttpRequest, edition: Edition, status: int) -> HttpResponse:
        context = {"edition": edition, "is_over": status == HTTPStatus.GONE}
        return render(request, "attendees/link_over.html", context, status=status)

    def show(self, request: HttpRequest, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        context = {"edition": self.row.edition, **self.get_context(), **more}
        return render(request, self.template_name, context, status=status)

    def get_context(self) -> dict[str, Any]:
        return {}
