"""The page on which a reader stops mail: one button, no login, no cookie."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from hrconf.mailing.addresses import masked
from hrconf.mailing.models import Message
from hrconf.mailing.suppressions import is_suppressed
from hrconf.mailing.unsubscribing import ONE_CLICK, message_of, subscribe_again, unsubscribe

SUBSCRIBE = "subscribe"


@method_decorator(csrf_exempt, name="dispatch")
class UnsubscribePage(View):
    """Opening it changes nothing, since mail scanners open links; a POST does.

    Mail programs post without cookie or referrer (RFC 8058, section 3.1), and the
    address is the key, so there is no csrf token.
    """

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        message = message_of(token)
        if message is None:
            return self.kept_by_nobody(self.unknown(request))
        response = super().dispatch(request, message)
        assert isinstance(response, HttpResponse)  # noqa: S101  every method here makes one
        return self.kept_by_nobody(response)

    def get(self, request: HttpRequest, message: Message) -> HttpResponse:
        return self.show(request, message)

    def post(self, request: HttpRequest, message: Message) -> HttpResponse:
        if request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]:
            unsubscribe(message)
            return self.show(request, message, done="unsubscribed")
        if SUBSCRIBE in request.POST:
            subscribe_again(message)
            return self.show(request, message, done="subscribed")
        return self.show(request, message, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def show(
        self, request: HttpRequest, message: Message, done: str = "", status: int = HTTPStatus.OK
    ) -> HttpResponse:
        context = {
            "address": masked(message.to_address),
            "is_stopped": is_suppressed(message.to_address, optional=True) is not None,
            "is_dead": is_suppressed(message.to_address, optional=False) is not None,
            "done": done,
            "is_unclear": status == HTTPStatus.UNPROCESSABLE_ENTITY,
        }
        return render(request, "mailing/unsubscribe.html", context, status=status)

    def unknown(self, request: HttpRequest) -> HttpResponse:
        return render(request, "mailing/unsubscribe_unknown.html", status=HTTPStatus.NOT_FOUND)

    def kept_by_nobody(self, response: HttpResponse) -> HttpResponse:
        add_never_cache_headers(response)
        patch_cache_control(response, private=True, no_store=True)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response
